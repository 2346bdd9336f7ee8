"""An OpenID provider on loopback, so that the tests sign in as people really do: discovery, PKCE, a code,
an RS256 token.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT_ID = "clear-link-test"
CLIENT_SECRET = "a secret of the test alone"


@dataclass(frozen=True)
class Person:
    """Somebody the provider knows. `lasts_s` is how long a sign-in counts."""

    email: str
    name: str
    is_verified: bool = True
    lasts_s: float = 3600


@dataclass
class Provider:
    """What the provider holds: its people (the page offers each by name), codes given out once, and its
    key.
    """

    people: Mapping[str, Person]
    key: RSAKey = field(
        default_factory=lambda: RSAKey.generate_key(
            2048, {"kid": "test", "use": "sig", "alg": "RS256"}
        )
    )
    codes: dict[str, tuple[Person, dict[str, str]]] = field(
        default_factory=dict
    )
    url: str = ""

    def discovery(self) -> dict[str, Any]:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/jwks",
            "end_session_endpoint": f"{self.url}/end",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
        }

    def token(self, person: Person, asked: Mapping[str, str]) -> str:
        now = int(time.time())
        claims = {
            "iss": self.url,
            "aud": CLIENT_ID,
            "sub": f"sub-{person.email}",
            "iat": now,
            "exp": now + int(person.lasts_s),
            "nonce": asked["nonce"],
            "name": person.name,
            "email": person.email,
            "email_verified": person.is_verified,
        }
        return jwt.encode({"alg": "RS256", "kid": "test"}, claims, self.key)


def _handler(provider: Provider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            at = urlsplit(self.path)
            asked = {
                name: values[0] for name, values in parse_qs(at.query).items()
            }
            if at.path == "/.well-known/openid-configuration":
                self._json(provider.discovery())
            elif at.path == "/jwks":
                self._json({"keys": [provider.key.as_dict(private=False)]})
            elif at.path == "/authorize" and "as" in asked:
                code = secrets.token_urlsafe(16)
                provider.codes[code] = (provider.people[asked["as"]], asked)
                self._redirect(
                    f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"
                )
            elif at.path == "/authorize":
                links = "".join(
                    f"<li><a "
                    f'href="/authorize?{escape(urlencode({**asked, "as": who}))}">{escape(who)}</a></li>'
                    for who in provider.people
                )
                self._send(
                    200,
                    "text/html",
                    f"<!doctype html><html lang=en><title>Sign in</title><ul>{links}</ul></html>".encode(),
                )
            elif at.path == "/end":
                self._redirect(asked["post_logout_redirect_uri"])
            else:
                self._send(404, "text/plain", b"")

        def do_POST(self) -> None:
            form = {
                n: v[0]
                for n, v in parse_qs(
                    self.rfile.read(
                        int(self.headers["Content-Length"])
                    ).decode()
                ).items()
            }
            known = base64.b64encode(
                f"{CLIENT_ID}:{CLIENT_SECRET}".encode()
            ).decode()
            given = provider.codes.pop(form.get("code", ""), None)
            proof = (
                base64.urlsafe_b64encode(
                    hashlib.sha256(
                        form.get("code_verifier", "").encode()
                    ).digest()
                )
                .decode()
                .rstrip("=")
            )
            if (
                given is None
                or self.headers["Authorization"] != f"Basic {known}"
                or proof != given[1].get("code_challenge")
            ):
                self._json({"error": "invalid_grant"}, 400)
                return
            self._json(
                {
                    "access_token": secrets.token_urlsafe(16),
                    "token_type": "Bearer",
                    "id_token": provider.token(*given),
                }
            )

        def _redirect(self, to: str) -> None:
            self.send_response(302)
            self.send_header("Location", to)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def _json(self, content: Any, status: int = 200) -> None:
            self._send(status, "application/json", json.dumps(content).encode())

        def _send(self, status: int, kind: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            return

    return Handler


@contextmanager
def provided(people: Mapping[str, Person]) -> Iterator[Provider]:
    """The provider while it answers on loopback."""
    provider = Provider(people)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(provider))
    provider.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=10)


def secrets_toml(
    provider: Provider,
    cookie_secret: str,
    people: Mapping[str, tuple[str, tuple[str, ...]]],
) -> str:
    """Streamlit's secrets for this provider; `people` is address → role and places."""
    held = "\n".join(
        f'[people."{email}"]\nrole = "{role}"\nplaces = {json.dumps(list(places))}'
        for email, (role, places) in people.items()
    )
    return f"""[auth]
redirect_uri = "http://127.0.0.1:{{port}}/oauth2callback"
cookie_secret = "{cookie_secret}"
client_id = "{CLIENT_ID}"
client_secret = "{CLIENT_SECRET}"
server_metadata_url = "{provider.url}/.well-known/openid-configuration"

{held}
"""
