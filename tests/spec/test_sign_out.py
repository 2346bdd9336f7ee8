"""Signing out takes a POST of our own page and is remembered in the store; behind TLS no cookie travels
without it.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from itsdangerous import URLSafeTimedSerializer
from starlette.responses import RedirectResponse

from clearlink.review import sign_ins, store
from clearlink.review.roles import Act, Viewer, viewer_from_claims
from pages.server import secure_cookies, sign_out
from pages.server.known_callers import KnownCallers
from pages.server.secure_cookies import SecureCookies
from pages.server.sign_out import SignOutByPost

SECRET = "only this test signs with this"
HOST = "127.0.0.1:8501"
OURS = {"host": HOST, "origin": f"http://{HOST}"}
SIGNED_IN_AT = 5.0


@pytest.fixture(autouse=True)
def installation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    monkeypatch.setenv("CLEARLINK_DATA", str(tmp_path))
    monkeypatch.delenv("CLEARLINK_REVIEW_URL", raising=False)
    monkeypatch.setattr(sign_out, "get_cookie_secret", lambda: SECRET)
    yield
    for held in store._stores.values():
        held.close()
    store._stores.clear()
    sign_ins._keepers.clear()
    sign_ins._ended.clear()


def chair(subject: str) -> Viewer:
    return viewer_from_claims(
        "C",
        subject,
        "chair",
        ("W06000003",),
        signed_in_at=SIGNED_IN_AT,
        ends_at=time.time() + 60,
    )


def identity(subject: str, secret: str = SECRET) -> str:
    claims = json.dumps({"sub": subject, "iat": SIGNED_IN_AT})
    return "_streamlit_user=" + str(
        URLSafeTimedSerializer(secret, salt="_streamlit_user").dumps(claims)
    )


def asked(
    method: str,
    headers: dict[str, str],
    path: str = "/auth/logout",
    app: Any = None,
) -> tuple[int, dict[str, list[str]], bytes, int]:
    """Status, headers and body of the answer, and how often Streamlit's own sign-out was reached."""
    reached = 0

    async def streamlit(scope: Any, receive: Any, send: Any) -> None:
        nonlocal reached
        reached += 1
        assert scope["method"] == "GET" and scope["path"] == "/auth/logout"
        answer = RedirectResponse("https://provider.example.org/end", 302)
        answer.delete_cookie("_streamlit_user")
        answer.delete_cookie("_streamlit_user_tokens")
        await answer(scope, receive, send)

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    raw = [(n.encode(), v.encode("latin-1")) for n, v in headers.items()]
    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "headers": raw,
        "client": ("127.0.0.1", 1),
        "query_string": b"",
    }
    asyncio.run(
        (app or KnownCallers)(SignOutByPost(streamlit))(scope, receive, send)
    )
    told: dict[str, list[str]] = {}
    for name, value in sent[0]["headers"]:
        told.setdefault(name.decode().lower(), []).append(
            value.decode("latin-1")
        )
    return (
        sent[0]["status"],
        told,
        b"".join(m.get("body", b"") for m in sent[1:]),
        reached,
    )


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS"])
@pytest.mark.parametrize("path", ["/auth/logout", "/auth/logout/"])
def test_a_link_or_a_picture_signs_nobody_out(method: str, path: str) -> None:
    status, headers, _, reached = asked(
        method, {**OURS, "cookie": identity("a")}, path
    )
    assert status == 405 and headers["allow"] == ["POST"] and reached == 0
    assert "set-cookie" not in headers and chair("a").may(
        Act.DECIDE, "W06000003"
    )


@pytest.mark.parametrize("origin", ["https://example.org", "null", None])
def test_a_form_of_another_site_signs_nobody_out(origin: str | None) -> None:
    headers = {"host": HOST, "cookie": identity("b")} | (
        {"origin": origin} if origin else {}
    )
    status, _, _, reached = asked("POST", headers)
    assert (
        status == 403
        and reached == 0
        and chair("b").may(Act.DECIDE, "W06000003")
    )


def test_our_own_page_does_and_the_store_remembers_it_for_another_process() -> (
    None
):
    viewer = chair("c")
    assert viewer.may(Act.DECIDE, "W06000003")
    status, headers, body, reached = asked(
        "POST", {**OURS, "cookie": identity("c")}
    )
    assert status == 200 and reached == 1
    assert json.loads(body) == {"next": "https://provider.example.org/end"}
    assert len([c for c in headers["set-cookie"] if "Max-Age=0" in c]) == 2
    # as another process, which has just begun
    sign_ins._ended.clear()
    sign_ins._read_at[0] = -1e9
    assert not viewer.may(Act.DECIDE, "W06000003")


@pytest.mark.parametrize(
    "cookie",
    [
        "",
        "_streamlit_user=x",
        identity("d", "another secret"),
        "_streamlit_user=" + "é" * 40,
    ],
)
def test_a_cookie_that_is_not_ours_ends_nothing(cookie: str) -> None:
    assert asked("POST", {**OURS, "cookie": cookie})[0] == 200
    assert chair("d").may(Act.DECIDE, "W06000003") and sign_ins._ended == {}


def _secure(**headers: str) -> list[bool]:
    def behind(app: Any) -> Any:
        return SecureCookies(KnownCallers(app))

    _, told, _, _ = asked(
        "POST", {**OURS, "cookie": identity("e"), **headers}, app=behind
    )
    assert ("strict-transport-security" in told) == (
        "; Secure" in told["set-cookie"][0]
    )
    return ["; Secure" in cookie for cookie in told["set-cookie"]]


def test_cookies_are_secure_behind_tls_and_work_without_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert _secure() == [False, False]
    assert _secure(**{"x-forwarded-proto": "http"}) == [False, False]
    assert _secure(**{"x-forwarded-proto": "https"}) == [True, True]
    # a proxy that says nothing of itself: the address that people sign in at does
    address = {
        "auth": {"redirect_uri": "https://need.example.org/oauth2callback"}
    }
    monkeypatch.setattr(secure_cookies, "secrets_singleton", address)
    assert _secure() == [True, True]


def test_what_is_secure_already_is_not_marked_twice() -> None:
    async def behind(scope: Any, receive: Any, send: Any) -> None:
        kept = [
            (b"set-cookie", b"a=1; SECURE; Path=/"),
            (b"set-cookie", b"secure=1; Path=/"),
        ]
        await send(
            {"type": "http.response.start", "status": 200, "headers": kept}
        )

    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "scheme": "https", "headers": []}
    asyncio.run(SecureCookies(behind)(scope, None, send))  # type: ignore[arg-type]
    cookies = [
        value for name, value in sent[0]["headers"] if name == b"set-cookie"
    ]
    assert cookies == [b"a=1; SECURE; Path=/", b"secure=1; Path=/; Secure"]
