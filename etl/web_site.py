"""The publishers' own sites over HTTP: polite, patient and suspicious.

At most one request a second to a host, three tries with growing waits (a server's Retry-After is kept), 60 seconds
and 50 MB for a file. An unfinished download is taken up again where it stopped; an unchanged file is not sent twice.
A web page where data should be is refused.
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
from typing import Any, Final

from etl.files import limits
from etl.files.refusal import FileRefused
from etl.sites import Download
from etl.snapshots import Snapshot
from etl.sources.catalogue import Source

TRIES: Final = 3
WAIT_SECONDS: Final = 2.0
LONGEST_WAIT_SECONDS: Final = 30.0
FILE_SECONDS: Final = 60.0
ANSWER_SECONDS: Final = 20.0
SECONDS_BETWEEN: Final = 1.0
PAGE_SIZE: Final = 1000
_CHUNK: Final = 1 << 16
_LOOPBACK: Final = ("127.0.0.1", "localhost", "::1")


class _SafeRedirects(urllib.request.HTTPRedirectHandler):
    """Follows a publisher's redirects, but never from https to anything else."""

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
        _check_address(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


class WebSite:
    """Fetches over HTTP. `pause` and `now` are the clock, so that a test need not wait."""

    def __init__(self, pause: Callable[[float], None] = time.sleep, now: Callable[[], float] = time.monotonic) -> None:
        self._pause, self._now = pause, now
        self._last: dict[str, float] = {}
        self._opener = urllib.request.build_opener(_SafeRedirects())

    def get(self, source: Source, held: Snapshot | None, part_folder: Path) -> Download:
        """A source's file from its address; all pages of it where the server pages."""
        if not source.url:
            raise FileRefused("no_fixed_address")
        if source.option("paging") == "arcgis":
            return Download(source.url, self._pages(source.url, str(source.option("order_by"))))
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
                    self._receive(answer, part, append=answer.status == http.HTTPStatus.PARTIAL_CONTENT, ends=ends)
                    data = part.read_bytes()
                    _clear(part)
                    refuse_page(data)
                    return Download(url, data, _dated(answer.headers.get("Last-Modified")), answer.headers.get("ETag", ""))
            except urllib.error.HTTPError as fault:
                if fault.code == http.HTTPStatus.NOT_MODIFIED:
                    return Download(url, None, etag=held.etag if held else "")
                if fault.code == http.HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
                    _clear(part)
                problem = FileRefused("server_failed", url, detail=f"HTTP {fault.code}")
                if fault.code not in (408, 416, 429, 500, 502, 503, 504):
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
                    raise FileRefused("file_too_large", size_mb=(total + got) // 1_000_000, limit_mb=limits.MAX_FILE_BYTES // 1_000_000)
                if self._now() > ends:
                    raise FileRefused("server_too_slow", seconds=int(FILE_SECONDS))
                file.write(piece)
        if promised is not None and got != int(promised):
            raise http.client.IncompleteRead(b"", int(promised) - got)

    def _pages(self, url: str, order_by: str) -> bytes:
        """Every page of an ArcGIS layer as one GeoJSON, in the order of `order_by` so that pages never overlap."""
        ends = self._now() + FILE_SECONDS
        expected = int(self._json(_with(url, returnCountOnly="true", f="json"), ends).get("count", -1))
        features: list[Any] = []
        while True:
            page = self._json(_with(url, orderByFields=order_by, resultOffset=str(len(features)), resultRecordCount=str(PAGE_SIZE)), ends)
            features += page.get("features", [])
            more = page.get("exceededTransferLimit") or (page.get("properties") or {}).get("exceededTransferLimit")
            if not more or not page.get("features"):
                break
        if len(features) != expected:
            raise FileRefused("areas_not_all_sent", url, read=len(features), expected=expected)
        features.sort(key=lambda each: str(each["properties"].get(order_by)))
        return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False, separators=(",", ":")).encode()

    def _json(self, url: str, ends: float) -> dict[str, Any]:
        """One JSON answer. ArcGIS reports its errors in answers that say 200."""
        problem: FileRefused | None = None
        for nth in range(TRIES):
            try:
                with self._open(url, {}, ends) as answer:
                    body = answer.read(limits.MAX_FILE_BYTES + 1)
                refuse_page(body)
                stated = json.loads(body)
                if not isinstance(stated, dict):
                    raise FileRefused("geojson_expected", url, found=body[:60].decode(errors="replace"))
                if "error" not in stated:
                    return stated
                problem = FileRefused("server_failed", url, detail=json.dumps(stated["error"])[:200])
                self._wait(nth, {}, ends)
            except urllib.error.HTTPError as fault:
                problem = FileRefused("server_failed", url, detail=f"HTTP {fault.code}")
                self._wait(nth, fault.headers, ends)
            except (OSError, http.client.HTTPException, json.JSONDecodeError) as fault:
                problem = FileRefused("server_failed", url, detail=f"{type(fault).__name__}: {fault}"[:200])
                self._wait(nth, {}, ends)
        raise problem or FileRefused("server_failed", url, detail="no answer")

    def _open(self, url: str, headers: Mapping[str, str], ends: float) -> Any:
        _check_address(url)
        host = urllib.parse.urlsplit(url).netloc
        rest = self._last.get(host, -SECONDS_BETWEEN) + SECONDS_BETWEEN - self._now()
        if rest > 0:
            self._pause(rest)
        self._last[host] = self._now()
        seconds = min(ANSWER_SECONDS, ends - self._now())
        if seconds <= 0:
            raise FileRefused("server_too_slow", url, seconds=int(FILE_SECONDS))
        asked = urllib.request.Request(url, headers={"User-Agent": "ClearLink/0.1", "Accept-Encoding": "identity", **headers})
        return self._opener.open(asked, timeout=seconds)

    def _wait(self, nth: int, headers: Any, ends: float) -> None:
        """Waits before the next try: as long as the server asks, else 2, then 4 seconds; never past the file's time."""
        if nth + 1 >= TRIES:
            return
        seconds = WAIT_SECONDS * 2**nth
        asked = headers.get("Retry-After") if headers else None
        if asked:
            seconds = float(asked) if asked.isdigit() else max(0.0, (_dated(asked) or datetime.now(UTC)).timestamp() - time.time())
        seconds = min(seconds, LONGEST_WAIT_SECONDS)
        if self._now() + seconds > ends:
            raise FileRefused("server_too_slow", seconds=int(FILE_SECONDS))
        self._pause(seconds)


def refuse_page(data: bytes) -> None:
    """Refuses a web page where data should be: error pages and "this file has moved" often come with status 200."""
    start = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body")):
        raise FileRefused("page_instead_of_data")


def _check_address(url: str) -> None:
    """https only; plain http only to this machine."""
    parts = urllib.parse.urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        raise FileRefused("server_failed", url, detail=f"address without https: {parts.scheme}")


def _with(url: str, **parameters: str) -> str:
    parts = urllib.parse.urlsplit(url)
    query = dict(urllib.parse.parse_qsl(parts.query)) | parameters
    return urllib.parse.urlunsplit(parts._replace(query=urllib.parse.urlencode(query)))


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
