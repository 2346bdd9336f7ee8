"""A publisher on this machine: it answers as StatsWales v1 and v2, ArcGIS, Nomis, GeoServer and a host of
bulk files do.

Built from the documented shapes. Faults are queued by path: each next request whose path holds the word gets
the fault in place of the right answer.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

AREAS = [f"W0100{n:04d}" for n in range(3, 13)]
VALUES = {code: 10 * at + 5 for at, code in enumerate(AREAS)}
ARCHIVED = {"archived_at": None, "replaced_by": None}


@dataclass(slots=True)
class Fault:
    """What to send instead: a status, headers, a body (the right ones where none is said); `sent` bytes
    before the line is cut.
    """

    status: int | None = None
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes | Callable[[bytes], bytes] | None = None
    sent: int | None = None


class Publisher:
    """The state of the server of one test: its data, its queue of faults, and what it was asked."""

    def __init__(self) -> None:
        self.values = dict(VALUES)
        self.faults: list[tuple[str, Fault]] = []
        self.asked: list[tuple[str, str, dict[str, str], bytes]] = []
        self.about: dict[str, Any] = dict(ARCHIVED)
        self.address = ""
        self.welsh = False

    def fail(self, word: str, *faults: Fault) -> None:
        """Queues faults for requests whose address holds `word`."""
        self.faults += [(word, fault) for fault in faults]

    def paths(self, word: str = "") -> list[str]:
        """The addresses asked for so far that hold `word`."""
        return [path for _, path, _, _ in self.asked if word in path]

    def answer(
        self, method: str, path: str, headers: dict[str, str], sent: bytes
    ) -> tuple[int, dict[str, str], bytes, int | None]:
        """The answer to one request: the right one, or the fault that is queued for it."""
        self.asked.append((method, path, headers, sent))
        status, given, body = self._right(
            method,
            urlsplit(path).path,
            {k: v[0] for k, v in parse_qs(urlsplit(path).query).items()},
            headers,
        )
        at = next(
            (at for at, (word, _) in enumerate(self.faults) if word in path),
            None,
        )
        if at is None:
            return status, given, body, None
        fault = self.faults.pop(at)[1]
        body = (
            fault.body(body)
            if callable(fault.body)
            else body
            if fault.body is None
            else fault.body
        )
        return (
            fault.status or status,
            {**given, **fault.headers},
            body,
            fault.sent,
        )

    def _right(
        self,
        method: str,
        path: str,
        query: dict[str, str],
        headers: dict[str, str],
    ) -> tuple[int, dict[str, str], bytes]:
        if path.startswith("/bulk"):
            return self._bulk(headers)
        if path.startswith("/v1/"):
            return (
                (200, {}, self.raw_extended())
                if "download" in path
                else (200, {}, _json(self.about))
            )
        if path.startswith("/v2/"):
            return 200, {}, self._v2(method, path, query)
        if path.startswith("/nomis"):
            return 200, {}, self._nomis(query)
        if path.startswith("/arcgis"):
            return 200, {}, self._arcgis(query)
        if path.startswith("/wfs"):
            return 200, {}, self._wfs(query)
        return 404, {}, b""

    def bulk_file(self) -> bytes:
        """A table as a bulk host gives it."""
        return b"LSOA Code,Rate\n" + b"".join(
            f"{code},{value}\n".encode() for code, value in self.values.items()
        )

    def _bulk(
        self, headers: dict[str, str]
    ) -> tuple[int, dict[str, str], bytes]:
        body, tag = self.bulk_file(), f'"{sum(self.values.values())}"'
        if headers.get("If-None-Match") == tag:
            return 304, {"ETag": tag}, b""
        if (part := headers.get("Range")) and headers.get("If-Range") == tag:
            return (
                206,
                {"ETag": tag},
                body[int(part.removeprefix("bytes=").removesuffix("-")) :],
            )
        return 200, {"ETag": tag}, body

    def raw_extended(self) -> bytes:
        """A whole dataset as StatsWales v1 gives it, in either language."""
        names = (
            ("Disgrifiad data", "Cod ardal", "Enw ardal", "Blwyddyn")
            if self.welsh
            else ("Data description", "Area code", "Area name", "Year")
        )
        value = "Gwerthoedd data" if self.welsh else "Data values"
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        header = [value, f"{value}_sort"]
        for name in names:
            header += [
                name,
                f"{name}_reference",
                f"{name}_sort",
                f"{name}_hierarchy",
            ]
        writer.writerow([*header, "Nodiadau" if self.welsh else "Notes"])
        for at, (code, number) in enumerate(self.values.items()):
            writer.writerow(
                [
                    number,
                    number,
                    "Cyfradd" if self.welsh else "Rate",
                    "Rate",
                    1,
                    "",
                    code,
                    code,
                    at,
                    "",
                    "Lle" if self.welsh else "Place",
                    code,
                    at,
                    "",
                    "2023-24",
                    "202324",
                    1,
                    "",
                    "",
                ]
            )
        return out.getvalue().encode()

    def v2_rows(self) -> list[dict[str, str]]:
        """The rows of the same dataset as v2 gives them."""
        keys = (
            (
                "Gwerthoedd data",
                "Cod ardal",
                "Blwyddyn",
                "Disgrifiad data",
                "Nodiadau",
            )
            if self.welsh
            else (
                "Data values",
                "Area code",
                "Year",
                "Data description",
                "Notes",
            )
        )
        return [
            dict(
                zip(
                    keys,
                    (str(number), code, "2023-24", "Rate", ""),
                    strict=True,
                )
            )
            for code, number in self.values.items()
        ]

    def _v2(self, method: str, path: str, query: dict[str, str]) -> bytes:
        if method == "POST":
            return _json({"filterId": "abcdef123456"})
        if "/data" not in path:
            return _json(self.about)
        rows = self.v2_rows()
        if query["format"] == "frontend":
            return _json(
                {
                    "data": rows[:1],
                    "page_info": {
                        "total_records": len(rows),
                        "page_size": 1,
                        "next_cursor": "x",
                        "prev_cursor": None,
                    },
                }
            )
        size, number = int(query["page_size"]), int(query["page_number"])
        return _json(rows[(number - 1) * size : number * size])

    def _nomis(self, query: dict[str, str]) -> bytes:
        rows = [
            [code, "Place", "Rate", number, len(self.values)]
            for code, number in self.values.items()
        ]
        out = io.StringIO()
        writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        writer.writerow(query["select"].split(","))
        start = int(query["recordoffset"])
        writer.writerows(rows[start : start + int(query["recordlimit"])])
        return out.getvalue().encode()

    def _feature(self, code: str, name: str) -> dict[str, Any]:
        ring = [[-4.0, 52.0], [-3.9, 52.0], [-3.9, 52.1], [-4.0, 52.0]]
        return {
            "type": "Feature",
            "properties": {name: code, "Rate": self.values[code]},
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        }

    def _arcgis(self, query: dict[str, str]) -> bytes:
        codes = list(self.values)
        if "returnCountOnly" in query:
            return _json({"count": len(codes)})
        start, most = int(query["resultOffset"]), 4
        return _json(
            {
                "type": "FeatureCollection",
                "features": [
                    self._feature(c, "LSOA21CD")
                    for c in codes[start : start + most]
                ],
                "properties": {
                    "exceededTransferLimit": start + most < len(codes)
                },
            }
        )

    def _wfs(self, query: dict[str, str]) -> bytes:
        codes = list(self.values)
        start, most = int(query["startIndex"]), min(4, int(query["count"]))
        features = [
            self._feature(c, "lsoa_code") for c in codes[start : start + most]
        ]
        return _json(
            {
                "type": "FeatureCollection",
                "features": features,
                "numberMatched": len(codes),
                "numberReturned": len(features),
            }
        )


def packed(body: bytes) -> bytes:
    """A body as gzip, the same bytes every time."""
    return gzip.compress(body, mtime=0)


@contextmanager
def publishing() -> Iterator[Publisher]:
    """A publisher that answers on a free port of this machine until the block ends."""
    publisher = Publisher()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer("GET", b"")

        def do_POST(self) -> None:
            self._answer(
                "POST",
                self.rfile.read(int(self.headers.get("Content-Length", 0))),
            )

        def _answer(self, method: str, sent: bytes) -> None:
            status, headers, body, cut = publisher.answer(
                method, self.path, dict(self.headers), sent
            )
            self.send_response(status)
            for name, value in (
                {"Content-Length": str(len(body))} | headers
            ).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body[:cut])
            if cut is not None:
                self.connection.close()

        def log_message(self, format: str, *args: Any) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
    ).start()
    publisher.address = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield publisher
    finally:
        server.shutdown()
        server.server_close()


def _json(stated: object) -> bytes:
    return json.dumps(stated, ensure_ascii=False).encode()
