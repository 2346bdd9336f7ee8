"""The publishers' own sites over HTTP: polite, patient and suspicious.

At most one request a second to a host, three tries with growing waits (a server's Retry-After is kept), 60
seconds and 50 MB for a file. An unfinished download is taken up again where it stopped; an unchanged file is
not sent twice. A web page where data should be is refused.
"""

from __future__ import annotations

import contextlib
import http
import json
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Final, TypeVar

import httpx
from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception_type,
    stop_after_attempt,
)

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
AGAIN: Final = (
    408,
    416,
    429,
    500,
    502,
    503,
    504,
)
T = TypeVar("T")
_LOOPBACK: Final = ("127.0.0.1", "localhost", "::1")


class _Unanswered(Exception):
    """A try that may be made again: the refusal it ends with if none is better, and the wait it asks for."""

    def __init__(
        self,
        refused: FileRefused,
        retry_after: str = "",
    ) -> None:
        self.refused, self.retry_after = refused, retry_after
        super().__init__(str(refused))


class WebSite:
    """Fetches over HTTP. `pause` and `now` are the clock, so that a test need not wait."""

    def __init__(
        self,
        pause: Callable[[float], None] = time.sleep,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._pause, self._now = pause, now
        self._last: dict[str, float] = {}
        # what this machine trusts, as its steward set it up; the client would bring a list of its own
        self._trust = ssl.create_default_context()

    def get(
        self,
        source: Source,
        held: Snapshot | None,
        part_folder: Path,
    ) -> Download:
        """A source's file from its address; all pages of it where the server pages."""
        if not source.url:
            raise FileRefused("no_fixed_address")
        paging = PAGING.get(str(source.option("paging", "")))
        if paging is not None:
            return Download(
                source.url,
                paging(
                    source,
                    Questions(
                        self,
                        self._now() + FILE_SECONDS,
                    ),
                ),
            )
        if about := source.option("about_url"):
            refuse_archived(
                Questions(
                    self,
                    self._now() + FILE_SECONDS,
                ).json(str(about)),
                source.url,
            )
        return self._file(
            source.url,
            held,
            part_folder / "download.part",
        )

    def ask(
        self,
        url: str,
        ends: float,
        read: Callable[[bytes], T],
        body: object | None = None,
    ) -> T:
        """One answer as `read` makes of its bytes. A server that is busy, breaks off or answers with
        damage is asked again.
        """

        def once() -> T:
            with self._answer(url, ends, body=body) as answer:
                data = b"".join(self._pieces(answer, ends))
            refuse_page(data)
            return read(data)

        return self._tried(url, ends, once)

    def _file(
        self,
        url: str,
        held: Snapshot | None,
        part: Path,
    ) -> Download:
        part.parent.mkdir(parents=True, exist_ok=True)
        ends = self._now() + FILE_SECONDS
        return self._tried(
            url,
            ends,
            lambda: self._download(url, held, part, ends),
        )

    def _download(
        self,
        url: str,
        held: Snapshot | None,
        part: Path,
        ends: float,
    ) -> Download:
        """One try: from where the last one stopped, where the server can tell that the file is the same."""
        have = part.stat().st_size if part.exists() else 0
        marks = part.with_suffix(".json")
        etag = (
            json.loads(marks.read_text(encoding="utf-8"))["etag"]
            if have and marks.exists()
            else ""
        )
        headers = (
            {
                "Range": f"bytes={have}-",
                "If-Range": etag,
            }
            if etag
            else {}
        )
        if held is not None and held.etag and not headers:
            headers["If-None-Match"] = held.etag
        with self._answer(url, ends, headers) as answer:
            if answer.status_code == http.HTTPStatus.NOT_MODIFIED:
                return Download(
                    url,
                    None,
                    etag=held.etag if held else "",
                )
            if (
                answer.status_code
                == http.HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE
            ):
                _clear(part)
                raise _Unanswered(_refusal(url, answer.status_code))
            self._receive(answer, part, ends)
        data = part.read_bytes()
        _clear(part)
        refuse_page(data)
        published = _dated(answer.headers.get("Last-Modified"))
        return Download(
            url,
            data,
            published,
            answer.headers.get("ETag", ""),
        )

    def _receive(
        self,
        answer: httpx.Response,
        part: Path,
        ends: float,
    ) -> None:
        goes_on = answer.status_code == http.HTTPStatus.PARTIAL_CONTENT
        total = part.stat().st_size if goes_on and part.exists() else 0
        if etag := answer.headers.get("ETag"):
            part.with_suffix(".json").write_text(
                json.dumps({"etag": etag}),
                encoding="utf-8",
            )
        try:
            with part.open("ab" if goes_on else "wb") as file:
                for piece in self._pieces(answer, ends, total):
                    file.write(piece)
        except FileRefused as refused:
            if refused.code == "file_too_large":
                _clear(part)
            raise

    def _pieces(
        self,
        answer: httpx.Response,
        ends: float,
        size: int = 0,
    ) -> Iterator[bytes]:
        """The bytes as they come, after `size` that are there; refused over the limit and past the time."""
        for piece in answer.iter_raw():
            size += len(piece)
            if size > limits.MAX_FILE_BYTES:
                raise FileRefused(
                    "file_too_large",
                    size_mb=size // 1_000_000,
                    limit_mb=limits.MAX_FILE_BYTES // 1_000_000,
                )
            if self._now() > ends:
                raise FileRefused("server_too_slow", seconds=int(FILE_SECONDS))
            yield piece

    @contextlib.contextmanager
    def _answer(
        self,
        url: str,
        ends: float,
        headers: Mapping[str, str] | None = None,
        body: object | None = None,
    ) -> Iterator[httpx.Response]:
        """The answer to one request, its body still to come. Raises FileRefused where asking again would not
        help, else _Unanswered.
        """
        _check_address(url)
        seconds = self._after_a_rest(url, ends)
        asks = {
            "User-Agent": "ClearLink/0.1",
            "Accept-Encoding": "identity",
            **(headers or {}),
        }
        with (
            httpx.Client(
                headers=asks,
                verify=self._trust,
                timeout=seconds,
                follow_redirects=True,
                # every address on the way, the publisher's and those it sends us to
                event_hooks={
                    "request": [
                        lambda request: _check_address(str(request.url))
                    ]
                },
            ) as client,
            client.stream(
                "GET" if body is None else "POST",
                url,
                json=body,
            ) as answer,
        ):
            if answer.status_code >= http.HTTPStatus.BAD_REQUEST:
                self._refuse_status(url, answer)
            yield answer

    def _refuse_status(
        self,
        url: str,
        answer: httpx.Response,
    ) -> None:
        refused = _refusal(url, answer.status_code)
        if answer.status_code not in AGAIN:
            raise refused
        if (
            answer.status_code
            != http.HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE
        ):
            raise _Unanswered(
                refused,
                answer.headers.get("Retry-After", ""),
            )

    def _after_a_rest(
        self,
        url: str,
        ends: float,
    ) -> float:
        """Waits until the host has had its second of rest; the seconds that an answer may then take."""
        host = httpx.URL(url).netloc.decode()
        rest = (
            self._last.get(host, -SECONDS_BETWEEN)
            + SECONDS_BETWEEN
            - self._now()
        )
        if rest > 0:
            self._pause(rest)
        self._last[host] = self._now()
        seconds = min(
            ANSWER_SECONDS,
            ends - self._now(),
        )
        if seconds <= 0:
            raise FileRefused(
                "server_too_slow",
                url,
                seconds=int(FILE_SECONDS),
            )
        return seconds

    def _tried(
        self,
        url: str,
        ends: float,
        once: Callable[[], T],
    ) -> T:
        """What one of three tries answers; the waits between them never go past the file's time."""

        def told() -> T:
            try:
                return once()
            except (httpx.HTTPError, OSError, ValueError) as fault:
                detail = f"{type(fault).__name__}: {fault}"[:200]
                raise _Unanswered(
                    FileRefused("server_failed", url, detail=detail)
                ) from fault

        def in_time(state: RetryCallState) -> None:
            if self._now() + state.upcoming_sleep > ends:
                raise FileRefused("server_too_slow", seconds=int(FILE_SECONDS))

        tries = Retrying(
            stop=stop_after_attempt(TRIES),
            wait=_wait,
            retry=retry_if_exception_type(_Unanswered),
            before_sleep=in_time,
            sleep=self._pause,
            reraise=True,
        )
        try:
            return tries(told)
        except _Unanswered as last:
            raise last.refused from last


def _wait(state: RetryCallState) -> float:
    """Seconds before the next try: as long as the server asks, else 2, then 4, and never more than 30."""
    fault = state.outcome.exception() if state.outcome else None
    asked = fault.retry_after if isinstance(fault, _Unanswered) else ""
    until = _dated(asked)
    seconds = WAIT_SECONDS * 2.0 ** (state.attempt_number - 1)
    if asked.isdigit():
        seconds = float(asked)
    elif until is not None:
        seconds = max(
            0.0,
            until.timestamp() - time.time(),
        )
    return min(seconds, LONGEST_WAIT_SECONDS)


def refuse_page(data: bytes) -> None:
    """Refuses a web page where data should be: error pages and "this file has moved" often come with
    status 200.
    """
    start = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body")):
        raise FileRefused("page_instead_of_data")


def _check_address(url: str) -> None:
    """https only; plain http only to this machine."""
    address = httpx.URL(url)
    if address.scheme != "https" and not (
        address.scheme == "http" and address.host in _LOOPBACK
    ):
        raise FileRefused(
            "server_failed",
            url,
            detail=f"address without https: {address.scheme}",
        )


def _refusal(url: str, code: int) -> FileRefused:
    """410 is a publisher's word that the file is gone for good; any other status may be mended by
    tomorrow.
    """
    if code == http.HTTPStatus.GONE:
        return FileRefused("source_withdrawn", url, when="–", successor="–")
    return FileRefused(
        "server_failed",
        url,
        detail=f"HTTP {code}",
    )


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
