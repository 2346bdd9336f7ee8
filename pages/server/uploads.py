"""Uploads are taken from a page that asks for one, of somebody who may give it, and held under a cap until
the session or their time ends.

Stands before Streamlit, which takes 10 MB for every open page, whoever is on it, and keeps it while the page
is open. A page says with
`permit_uploads` that it shows a box; another page of the same session ends that, and so does a sign-in that
no longer counts.
"""

from __future__ import annotations

import asyncio
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config, runtime
from streamlit.runtime.memory_uploaded_file_manager import (
    MemoryUploadedFileManager,
)
from streamlit.runtime.scriptrunner import get_script_run_ctx

from clearlink.review.roles import Act, Viewer

FILES_A_SESSION: Final = 4
BYTES_A_SESSION: Final = 20 * 2**20
BYTES_IN_ALL: Final = 100 * 2**20
AT_ONCE: Final = 4
WAITS_S: Final = 30.0
LONGEST_S: Final = 60.0
KEPT_S: Final = 900.0
# a page whose connection is lost for less than this finds its file again
CLOSED_S: Final = 60.0
SWEPT_EVERY_S: Final = 15.0
# around a file stand the lines of a form
FRAMING_BYTES: Final = 64 * 2**10
_ADDRESS: Final = "/_stcore/upload_file"


@dataclass(frozen=True, slots=True)
class Permit:
    """What lets a session upload: the page with the box, and the person, who is asked again at every
    upload.
    """

    page: str
    viewer: Viewer
    act: Act
    # whether the run of now has shown the box again
    is_renewed: bool = True


_permits: Final[dict[str, Permit]] = {}


def permit_uploads(viewer: Viewer, act: Act) -> None:
    """The page of this run shows a box for a file, to a person who may do `act`. Anything else gives no
    permit.
    """
    run = get_script_run_ctx(suppress_warning=True)
    if run is not None and viewer.may(act):
        _permits[run.session_id] = Permit(run.page_script_hash, viewer, act)


def page_begins() -> None:
    """Ends the permit of a session that has gone to another page; on the same page it stands until the run
    has shown whether the box is there.
    """
    run = get_script_run_ctx(suppress_warning=True)
    held = _permits.get(run.session_id) if run is not None else None
    if run is None or held is None:
        return
    if held.page == run.page_script_hash:
        _permits[run.session_id] = replace(held, is_renewed=False)
    else:
        _permits.pop(run.session_id, None)


def page_ends() -> None:
    """Ends the permit of a session whose page no longer shows the box: another tab of it is open, or the
    person may no more.
    """
    run = get_script_run_ctx(suppress_warning=True)
    held = _permits.get(run.session_id) if run is not None else None
    if run is not None and held is not None and not held.is_renewed:
        _permits.pop(run.session_id, None)


def may_upload(session_id: str) -> bool:
    """Whether this session shows a box at this moment, to somebody whose sign-in still counts."""
    held = _permits.get(session_id)
    return held is not None and held.viewer.may(held.act)


@dataclass(slots=True)
class HeldFiles:
    """Which files Streamlit's memory holds by way of us: session and file id → bytes and since when
    (seconds of a clock that only grows).
    """

    manager: Callable[[], MemoryUploadedFileManager]
    is_open: Callable[[str], bool]
    clock: Callable[[], float] = time.monotonic
    files: dict[tuple[str, str], tuple[int, float]] = field(
        default_factory=dict
    )
    closed: dict[str, float] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def _ended(
        self,
        now: float,
        closed_s: float,
    ) -> set[str]:
        """The sessions that have been closed for so long."""
        sessions = {session_id for session_id, _ in list(self.files)} | set(
            _permits
        )
        self.closed = {
            each: self.closed.get(each, now)
            for each in sessions
            if not self.is_open(each)
        }
        return {
            each
            for each, since in self.closed.items()
            if now - since >= closed_s
        }

    def sweep(self, closed_s: float = CLOSED_S) -> int:
        """Frees what is too old or whose session has ended so long ago, and forgets what Streamlit has
        freed itself. Answers how many files went.
        """
        now = self.clock()
        ended = self._ended(now, closed_s)
        with self.lock:
            present = {
                key: held
                for key, held in self.files.items()
                if self.manager().get_files(
                    key[0],
                    [key[1]],
                )
            }
            late = {
                key
                for key, (_, since) in present.items()
                if now - since >= KEPT_S or key[0] in ended
            }
            for session_id, file_id in late:
                self.manager().remove_file(session_id, file_id)
            self.files = {
                key: held for key, held in present.items() if key not in late
            }
        for session_id in ended:
            _permits.pop(session_id, None)
        return len(late)

    def bytes_in_all(self) -> int:
        """What all sessions together hold."""
        with self.lock:
            return sum(size for size, _ in self.files.values())

    def make_room(
        self,
        session_id: str,
        size: int,
    ) -> None:
        """Frees the oldest files of a session until one of `size` bytes keeps it under its caps."""
        with self.lock:
            theirs = sorted(
                (since, key, held)
                for key, (held, since) in self.files.items()
                if key[0] == session_id
            )
            total = sum(held for _, _, held in theirs)
            while theirs and (
                len(theirs) >= FILES_A_SESSION or total + size > BYTES_A_SESSION
            ):
                _, key, held = theirs.pop(0)
                self.manager().remove_file(*key)
                self.files.pop(key, None)
                total -= held

    def keep(
        self,
        session_id: str,
        file_id: str,
        size: int,
    ) -> None:
        """Notes a file that Streamlit has taken."""
        with self.lock:
            self.files[session_id, file_id] = (size, self.clock())


def _manager() -> MemoryUploadedFileManager:
    held = runtime.get_instance().uploaded_file_mgr
    assert isinstance(held, MemoryUploadedFileManager)
    return held


def _is_open(session_id: str) -> bool:
    return runtime.get_instance().is_active_session(session_id)


held_files: Final = HeldFiles(_manager, _is_open)


async def sweep_for_ever() -> None:
    """Frees what is due, again and again, while the server runs."""
    while True:
        await asyncio.sleep(SWEPT_EVERY_S)
        if runtime.exists():
            held_files.sweep()


class UploadGate:
    """Refuses an upload nobody may give, of no stated size, or beyond the caps; lets a few through at a
    time, each for a minute at most.
    """

    def __init__(
        self,
        app: ASGIApp,
        prefix: str = "",
        held: HeldFiles = held_files,
    ) -> None:
        self.app, self.held = app, held
        self.begins = f"{prefix}{_ADDRESS}"
        self.address = re.compile(
            rf"{re.escape(prefix)}{_ADDRESS}/([^/]+)/([^/]+)"
        )
        self.under_way: dict[str, int] = {}
        self.coming_bytes = 0
        self._turns: asyncio.Semaphore | None = None

    async def __call__(
        self,
        scope: Scope,
        receive: Receive,
        send: Send,
    ) -> None:
        is_upload = scope["type"] == "http" and str(scope["path"]).startswith(
            self.begins
        )
        if not is_upload or scope["method"] in ("OPTIONS", "DELETE"):
            await self.app(scope, receive, send)
            return
        named = self.address.fullmatch(scope["path"])
        size = _stated_size(Headers(scope=scope))
        refusal = self._refusal(named, size)
        if named is None or size is None or refusal is not None:
            await _refuse(refusal or 411)(
                scope,
                receive,
                send,
            )
            return
        self._turns = self._turns or asyncio.Semaphore(AT_ONCE)
        session_id = named[1]
        self.under_way[session_id] = self.under_way.get(session_id, 0) + 1
        try:
            await self._in_turn(
                scope,
                receive,
                send,
                session_id,
                named[2],
                size,
            )
        finally:
            self.under_way[session_id] -= 1
            if not self.under_way[session_id]:
                del self.under_way[session_id]

    def _refusal(
        self,
        named: re.Match[str] | None,
        size: int | None,
    ) -> int | None:
        if named is None or not may_upload(named[1]):
            return 403
        if size is None:
            return 411
        if (
            size
            > int(config.get_option("server.maxUploadSize")) * 2**20
            + FRAMING_BYTES
        ):
            return 413
        return (
            429
            if self.under_way.get(
                named[1],
                0,
            )
            >= FILES_A_SESSION
            else None
        )

    async def _in_turn(
        self,
        scope: Scope,
        receive: Receive,
        send: Send,
        session_id: str,
        file_id: str,
        size: int,
    ) -> None:
        assert self._turns is not None
        try:
            async with asyncio.timeout(WAITS_S):
                await self._turns.acquire()
        except TimeoutError:
            await _refuse(503)(scope, receive, send)
            return
        try:
            await self._taken(
                scope,
                receive,
                send,
                session_id,
                file_id,
                size,
            )
        finally:
            self._turns.release()

    async def _taken(
        self,
        scope: Scope,
        receive: Receive,
        send: Send,
        session_id: str,
        file_id: str,
        size: int,
    ) -> None:
        self.held.sweep()
        self.held.make_room(session_id, size)
        if self.held.bytes_in_all() + self.coming_bytes + size > BYTES_IN_ALL:
            # where room is short, nobody's file outlives their page
            self.held.sweep(closed_s=0)
        if self.held.bytes_in_all() + self.coming_bytes + size > BYTES_IN_ALL:
            await _refuse(503)(scope, receive, send)
            return
        # asked again: the person may have left while the upload waited for its turn
        if not may_upload(session_id):
            await _refuse(403)(scope, receive, send)
            return
        status = 0

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = int(message["status"])
                if status < 300:
                    self.held.keep(session_id, file_id, size)
            await send(message)

        self.coming_bytes += size
        try:
            async with asyncio.timeout(LONGEST_S):
                await self.app(scope, receive, watched)
        except TimeoutError:
            if not status:
                await _refuse(408)(scope, receive, send)
        finally:
            self.coming_bytes -= size


def _stated_size(headers: Headers) -> int | None:
    """The length that was stated; None where none binds: a body in chunks goes on for as long as it likes."""
    stated = headers.get("content-length", "")
    if "transfer-encoding" in headers or not re.fullmatch(
        r"\d{1,12}", stated, re.ASCII
    ):
        return None
    return int(stated)


def _refuse(status: int) -> PlainTextResponse:
    return PlainTextResponse(
        "This upload is not taken. / Ni dderbynnir y ffeil hon.",
        status,
        headers={"Connection": "close"},
    )
