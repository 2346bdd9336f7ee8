"""An upload is taken from a page with a box, of a person who may give it, under caps, and is freed: tried
against Streamlit's own routes.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient
from streamlit import config
from streamlit.runtime.memory_uploaded_file_manager import (
    MemoryUploadedFileManager,
)
from streamlit.web.server.starlette.starlette_routes import create_upload_routes

from clearlink.review import sign_ins
from clearlink.review.roles import (
    Act,
    Role,
    Viewer,
    local_viewer,
    viewer_from_claims,
)
from pages.server import uploads
from pages.server.uploads import (
    BYTES_IN_ALL,
    FILES_A_SESSION,
    KEPT_S,
    HeldFiles,
    Permit,
    UploadGate,
)

MEGABYTE = 2**20


class Place:
    """Streamlit's routes behind the gate, with sessions that are open and a clock that is set."""

    def __init__(self) -> None:
        self.open: set[str] = set()
        self.now = 0.0
        self.manager = MemoryUploadedFileManager("/_stcore/upload_file")
        self.held = HeldFiles(
            lambda: self.manager, self.is_open, lambda: self.now
        )
        behind = SimpleNamespace(is_active_session=self.is_open)
        self.app = Starlette(
            routes=create_upload_routes(behind, self.manager, None),  # type: ignore[arg-type]
            middleware=[Middleware(UploadGate, held=self.held)],
        )
        self.client = TestClient(self.app)

    def is_open(self, session_id: str) -> bool:
        return session_id in self.open

    def opens(
        self,
        session_id: str,
        viewer: Viewer | None = None,
        act: Act = Act.LOAD_REGISTER,
    ) -> None:
        self.open.add(session_id)
        if viewer is not None:
            uploads._permits[session_id] = Permit("the page", viewer, act)

    def sends(
        self, session_id: str, file_id: str = "f", size: int = 1000, **more: Any
    ) -> int:
        form = {"file": (f"{file_id}.csv", b"x" * size)}
        address = f"/_stcore/upload_file/{session_id}/{file_id}"
        return self.client.put(address, files=form, **more).status_code

    def bytes_held(self) -> int:
        return sum(
            len(f.data)
            for files in self.manager.file_storage.values()
            for f in files.values()
        )


@pytest.fixture
def place() -> Iterator[Place]:
    before = config.get_option("server.enableXsrfProtection")
    config.set_option("server.enableXsrfProtection", False)
    yield Place()
    config.set_option("server.enableXsrfProtection", before)
    uploads._permits.clear()


def steward(subject: str = "s", ends_at: float = 2e9) -> Viewer:
    return viewer_from_claims(
        "Sioned",
        subject,
        "steward",
        ("W06000003",),
        signed_in_at=1.0,
        ends_at=ends_at,
    )


def test_a_session_without_a_box_gives_nothing_however_often_it_tries(
    place: Place,
) -> None:
    place.opens("anonymous")
    tried = [
        place.sends("anonymous", f"f{n}", 9 * MEGABYTE) for n in range(100)
    ]
    assert set(tried) == {403} and place.bytes_held() == 0


@pytest.mark.parametrize("role", [r for r in Role if r is not Role.STEWARD])
def test_a_role_that_may_not_load_gives_nothing(
    place: Place, role: Role
) -> None:
    place.opens("s", viewer_from_claims("X", "x", role, (), ends_at=2e9))
    assert place.sends("s") == 403 and place.bytes_held() == 0


def test_a_steward_at_the_box_does_and_no_longer_when_the_sign_in_has_ended(
    place: Place,
) -> None:
    place.opens("s", steward("leaves"))
    assert place.sends("s") == 204 and place.bytes_held() == 1000
    sign_ins.end_sign_in("leaves", 1.0)
    assert place.sends("s", "g") == 403
    place.opens("t", steward(ends_at=time.time() - 1))
    assert place.sends("t") == 403


def test_a_hundred_files_of_one_session_never_hold_more_than_its_cap(
    place: Place,
) -> None:
    place.opens("s", local_viewer("me"))
    most = 0
    for n in range(30):
        assert place.sends("s", f"f{n}", 9 * MEGABYTE + MEGABYTE // 2) == 204
        most = max(most, place.bytes_held())
    assert most <= uploads.BYTES_A_SESSION + MEGABYTE
    for n in range(30):
        assert place.sends("s", f"g{n}", 10) == 204
        assert len(place.manager.file_storage["s"]) <= FILES_A_SESSION
    # the last one is there: a session that goes on never loses what it has just given
    assert place.manager.get_files("s", ["g29"])


def test_all_sessions_together_stay_under_the_cap_and_room_comes_back(
    place: Place,
) -> None:
    answers = []
    for n in range(40):
        place.opens(f"s{n}", local_viewer("me"))
        answers.append(place.sends(f"s{n}", "f", 9 * MEGABYTE))
        assert place.bytes_held() <= BYTES_IN_ALL
    assert set(answers) == {204, 503} and answers.count(
        204
    ) == BYTES_IN_ALL // (9 * MEGABYTE + 1)
    place.open.discard("s0")
    assert place.sends("s39", "again", 9 * MEGABYTE) == 204, (
        "a session that ended has given its room back"
    )


def test_what_is_old_is_freed_and_what_came_too_late_is_not_kept(
    place: Place,
) -> None:
    place.opens("s", local_viewer("me"))
    place.sends("s")
    place.now = KEPT_S - 1
    assert place.held.sweep() == 0 and place.bytes_held() == 1000
    place.now = KEPT_S
    assert place.held.sweep() == 1 and place.bytes_held() == 0
    place.sends("s", "late")
    place.open.clear()
    assert place.held.sweep() == 0, (
        "a connection that is lost for a moment loses no file"
    )
    place.open.add("s")
    place.held.sweep()
    place.now += uploads.CLOSED_S
    assert place.held.sweep() == 0 and place.held.closed == {}
    place.open.clear()
    place.held.sweep()
    place.now += uploads.CLOSED_S
    assert place.held.sweep() == 1 and place.bytes_held() == 0
    assert uploads._permits == {}, "no permit outlives its session"


def test_what_states_no_size_or_too_large_a_one_is_not_read(
    place: Place,
) -> None:
    place.opens("s", local_viewer("me"))
    read = 0

    def body() -> Iterator[bytes]:
        nonlocal read
        for _ in range(20):
            read += MEGABYTE
            yield b"x" * MEGABYTE

    address = "/_stcore/upload_file/s/f"
    assert place.client.put(address, content=body()).status_code == 411
    for size in ("-1", "1e3", "", "9" * 13, "٣"):
        headers = [(b"content-length", size.encode())]
        assert _asked(place.app, "s", headers) in (411, 413), size
    assert _asked(place.app, "s", [(b"content-length", b"20000000")]) == 413
    lying = [(b"content-length", b"10"), (b"transfer-encoding", b"chunked")]
    assert _asked(place.app, "s", lying) == 411
    for odd in (
        "/_stcore/upload_file",
        "/_stcore/upload_file/s",
        "/_stcore/upload_file/s/f/g",
    ):
        assert place.client.put(odd, content=b"x").status_code == 403
    assert place.bytes_held() == 0


def test_a_slow_sender_is_ended_and_the_others_wait_their_turn(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "LONGEST_S", 0.3)
    monkeypatch.setattr(uploads, "WAITS_S", 5.0)
    places = [f"s{n}" for n in range(3 * uploads.AT_ONCE)]
    for each in places:
        place.opens(each, local_viewer("me"))
    most = 0

    async def slow() -> dict[str, Any]:
        nonlocal most
        most = max(
            most,
            uploads.AT_ONCE - place_gate._turns._value
            if place_gate._turns
            else 0,
        )
        await asyncio.sleep(0.05)
        return {"type": "http.request", "body": b"", "more_body": True}

    place_gate = UploadGate(Starlette(routes=place.app.routes), held=place.held)

    async def all_of_them() -> list[int]:
        return [
            m["status"]
            for m in await asyncio.gather(
                *(_sent(place_gate, each, slow) for each in places)
            )
        ]

    assert set(asyncio.run(all_of_them())) == {408}
    assert (
        most == uploads.AT_ONCE
        and place_gate.coming_bytes == 0
        and place_gate.under_way == {}
    )


HEADERS = [
    (b"content-length", b"9000000"),
    (b"content-type", b"multipart/form-data; boundary=b"),
]


async def _sent(
    app: Any, session_id: str, receive: Any, headers: Any = None
) -> dict[str, Any]:
    sent: list[dict[str, Any]] = []

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": "PUT",
        "path": f"/_stcore/upload_file/{session_id}/f",
        "raw_path": b"",
        "query_string": b"",
        "headers": HEADERS if headers is None else headers,
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
        "scheme": "http",
        "http_version": "1.1",
        "root_path": "",
    }
    await app(scope, receive, send)
    return sent[0]


def _asked(app: Any, session_id: str, headers: Any) -> int:
    async def receive() -> dict[str, Any]:
        raise AssertionError("the body was read")

    return int(asyncio.run(_sent(app, session_id, receive, headers))["status"])


def test_a_page_without_a_box_ends_the_permit_of_the_page_before(
    place: Place,
) -> None:
    def run(page: str) -> Any:
        return SimpleNamespace(session_id="s", page_script_hash=page)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(uploads, "get_script_run_ctx", lambda **_: run("data"))
        uploads.page_begins()
        uploads.permit_uploads(
            viewer_from_claims("V", "v", "viewer", ()), Act.LOAD_REGISTER
        )
        assert not uploads.may_upload("s")
        uploads.permit_uploads(steward(), Act.LOAD_REGISTER)
        uploads.page_begins()
        assert uploads.may_upload("s"), "the same page runs again"
        uploads.permit_uploads(steward(), Act.LOAD_REGISTER)
        uploads.page_ends()
        assert uploads.may_upload("s"), "and shows its box again"
        uploads.page_begins()
        uploads.page_ends()
        assert not uploads.may_upload("s"), "another tab of the page is open"
        uploads.permit_uploads(steward(), Act.LOAD_REGISTER)
        patch.setattr(uploads, "get_script_run_ctx", lambda **_: run("home"))
        uploads.page_begins()
        assert not uploads.may_upload("s")
