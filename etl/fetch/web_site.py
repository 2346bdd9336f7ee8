"""The publishers' own sites over HTTP: polite, patient and suspicious.

At most one request a second to a host, three tries with growing waits (a server's Retry-After is kept), 60
seconds and 50 MB for a file. An unfinished download is taken up again where it stopped; an unchanged file is
not sent twice. A web page where data should be is refused.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, Final, TypeVar

from etl.fetch.paging import PAGING
from etl.fetch.paging.questions import Questions
from etl.fetch.paging.statswales import refuse_archived
from etl.fetch.sites import Download
from etl.fetch.snapshots import Snapshot
from etl.files import limits
from etl.files.refusal import FileRefused
from etl.sources.catalogue import Source

TRIES: Final = 3
WAIT_SECONDS: Final = 2.0
LONGEST_WAIT_SECONDS: Final = 30.0
FILE_SECONDS: Final = 60.0
ANSWER_SECONDS: Final = 20.0
SECONDS_BETWEEN: Final = 1.0
AGAIN: Final = (408, 416, 429, 500, 502, 503, 504)
_CHUNK: Final = 1 << 16
T = TypeVar("T")
_LOOPBACK: Final = ("127.0.0.1", "localhost", "::1")


class _SafeRedirects(urllib.request.HTTPRedirectHandler):
    """Follows a publisher's redirects, but never from https to anything else."""

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
        _check_address(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


class WebSite:
    """Fetches over HTTP. `pause` and `now` are the clock, so that a test need not wait."""

    def __init__(
        self, pause: Callable[[float], None] = time.sleep, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._pause, self._now = pause, now
        self._last: dict[str, float] = {}
        self._opener = urllib.request.build_opener(_SafeRedirects())

    def get(self, source: Source, held: Snapshot | None, part_folder: Path) -> Download:
        """A source's file from its address; all pages of it where the server pages."""
        if not source.url:
            raise FileRefused("no_fixed_address")
        paging = PAGING.get(str(source.option("paging", "")))
        if paging is not None:
            return Download(source.url, paging(source, Questions(self, self._now() + FILE_SECONDS)))
        if about := source.option("about_url"):
            refuse_archived(Questions(self, self._now() + FILE_SECONDS).json(str(about)), source.url)
        return self._file(source.url, held, part_folder / "download.part")

    def _file(self, url: str, held: Snapshot | None, part: Path) -> Download:
        part.parent.mkdir(parents=True, exist_ok=True)
        ends = self._now() + FILE_SECONDS
        problem: FileRefused | None = None
        for nth in range(TRIES):
            have = part.stat().st_size if part.exists() else 0
            marks = part.with_suffix(".json")
            etag = json.loads(marks.read_text(encoding="utf-8"))["etag"] if have and marks.exists() else ""
            headers = {"Range": f"bytes={have}-", "If-Range": etag} if etag else {}
            if held is not None and held.etag and not headers:
                headers["If-None-Match"] = held.etag
            try:
                with self._open(url, headers, ends) as answer:
                    self._receive(
                        answer, part, append=answer.status == http.HTTPStatus.PARTIAL_CONTENT, ends=ends
                    )
                    data = part.read_bytes()
                    _clear(part)
                    refuse_page(data)
                    return Download(
                        url, data, _dated(answer.headers.get("Last-Modified")), answer.headers.get("ETag", "")
                    )
            except urllib.error.HTTPError as fault:
                if fault.code == http.HTTPStatus.NOT_MODIFIED:
                    return Download(url, None, etag=held.etag if held else "")
                if fault.code == http.HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
                    _clear(part)
                problem = _refusal(url, fault.code)
                if fault.code not in AGAIN:
                    raise problem from fault
                self._wait(nth, fault.headers, ends)
            except (OSError, http.client.HTTPException) as fault:
                problem = FileRefused("server_failed", url, detail=f"{type(fault).__name__}: {fault}"[:200])
                self._wait(nth, {}, ends)
        raise problem or FileRefused("server_failed", url, detail="no answer")

    def _receive(self, answer: Any, part: Path, *, append: bool, ends: float) -> None:
        total = part.stat().st_size if append and part.exists() else 0
        if etag := answer.headers.get("ETag"):
            part.with_suffix(".json").write_text(json.dumps({"etag": etag}), encoding="utf-8")
        promised = answer.headers.get("Content-Length")
        got = 0
        with part.open("ab" if append else "wb") as file:
            while piece := answer.read(_CHUNK):
                got += len(piece)
                if total + got > limits.MAX_FILE_BYTES:
                    file.close()
                    _clear(part)
                    raise FileRefused(
                        "file_too_large",
                        size_mb=(total + got) // 1_000_000,
                        limit_mb=limits.MAX_FILE_BYTES // 1_000_000,
                    )
                if self._now() > ends:
                    raise FileRefused("server_too_slow", seconds=int(FILE_SECONDS))
                file.write(piece)
        if promised is not None and got != int(promised):
            raise http.client.IncompleteRead(b"", int(promised) - got)

    def ask(self, url: str, ends: float, read: Callable[[bytes], T], body: object | None = None) -> T:
        """One answer as `read` makes of its bytes. A server that is busy, breaks off or answers with
        damage is asked again.
        """
        problem: FileRefused | None = None
        for nth in range(TRIES):
            try:
                with self._open(url, {}, ends, body) as answer:
                    data = answer.read(limits.MAX_FILE_BYTES + 1)
                    promised = answer.headers.get("Content-Length")
                if len(data) > limits.MAX_FILE_BYTES:
                    raise FileRefused(
                        "file_too_large",
                        url,
                        size_mb=len(data) // 1_000_000,
                        limit_mb=limits.MAX_FILE_BYTES // 1_000_000,
                    )
                if promised is not None and len(data) < int(promised):
                    raise http.client.IncompleteRead(b"", int(promised) - len(data))
                refuse_page(data)
                return read(data)
            except urllib.error.HTTPError as fault:
                problem = _refusal(url, fault.code)
                if fault.code not in AGAIN:
                    raise problem from fault
                self._wait(nth, fault.headers, ends)
            except (OSError, http.client.HTTPException, ValueError) as fault:
                problem = FileRefused("server_failed", url, detail=f"{type(fault).__name__}: {fault}"[:200])
                self._wait(nth, {}, ends)
        raise problem or FileRefused("server_failed", url, detail="no answer")

    def _open(self, url: str, headers: Mapping[str, str], ends: float, body: object | None = None) -> Any:
        _check_address(url)
        host = urllib.parse.urlsplit(url).netloc
        rest = self._last.get(host, -SECONDS_BETWEEN) + SECONDS_BETWEEN - self._now()
        if rest > 0:
            self._pause(rest)
        self._last[host] = self._now()
        seconds = min(ANSWER_SECONDS, ends - self._now())
        if seconds <= 0:
            raise FileRefused("server_too_slow", url, seconds=int(FILE_SECONDS))
        sent = None if body is None else json.dumps(body).encode()
        kind = {} if body is None else {"Content-Type": "application/json"}
        asked = urllib.request.Request(
            url, sent, {"User-Agent": "ClearLink/0.1", "Accept-Encoding": "identity", **kind, **headers}
        )
        return self._opener.open(asked, timeout=seconds)

    def _wait(self, nth: int, headers: Any, ends: float) -> None:
        """Waits before the next try: as long as the server asks, else 2, then 4 seconds; never past the
        file's time.
        """
        if nth + 1 >= TRIES:
            return
        seconds = WAIT_SECONDS * 2**nth
        asked = headers.get("Retry-After") if headers else None
        if asked:
            seconds = (
                float(asked)
                if asked.isdigit()
                else max(0.0, (_dated(asked) or datetime.now(UTC)).timestamp() - time.time())
            )
        seconds = min(seconds, LONGEST_WAIT_SECONDS)
        if self._now() + seconds > ends:
            raise FileRefused("server_too_slow", seconds=int(FILE_SECONDS))
        self._pause(seconds)


def refuse_page(data: bytes) -> None:
    """Refuses a web page where data should be: error pages and "this file has moved" often come with
    status 200.
    """
    start = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body")):
        raise FileRefused("page_instead_of_data")


def _check_address(url: str) -> None:
    """https only; plain http only to this machine."""
    parts = urllib.parse.urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        raise FileRefused("server_failed", url, detail=f"address without https: {parts.scheme}")


def _refusal(url: str, code: int) -> FileRefused:
    """410 is a publisher's word that the file is gone for good; any other status may be mended by
    tomorrow.
    """
    if code == http.HTTPStatus.GONE:
        return FileRefused("source_withdrawn", url, when="–", successor="–")
    return FileRefused("server_failed", url, detail=f"HTTP {code}")


def _dated(text: str | None) -> datetime | None:
    if not text:
        return None
    try:
        return parsedate_to_datetime(text)
    except ValueError:
        return None


def _clear(part: Path) -> None:
    for path in (part, part.with_suffix(".json")):
        with contextlib.suppress(FileNotFoundError):
            path.unlink()
