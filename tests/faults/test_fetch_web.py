"""Fetching over HTTP from a server on this machine that misbehaves as publishers' servers do."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

import pytest

from etl.fetch import web_site
from etl.fetch.fetch import Outcome, fetch
from etl.fetch.snapshots import Snapshot
from etl.fetch.web_site import WebSite
from etl.files import limits
from etl.files.refusal import FileRefused
from etl.sources.catalogue import Source, load_sources

DATA = b"area,count\n" + b"W06000001,5\n" * 2000
SOURCE = load_sources()["wimd_2025_ranks"]


class Publisher(BaseHTTPRequestHandler):
    """Answers by a list of steps; each step is (status, headers, body, bytes actually sent)."""

    steps: ClassVar[list[tuple[int, dict[str, str], bytes, int | None]]] = []
    asked: ClassVar[list[tuple[str, dict[str, str]]]] = []
    layer: ClassVar[list[dict[str, Any]] | None] = None

    def do_GET(self) -> None:
        self.asked.append((self.path, dict(self.headers)))
        if self.layer is not None:
            return self._answer(200, {}, self._page(), None)
        step = self.steps.pop(0) if len(self.steps) > 1 else self.steps[0]
        self._answer(*step)

    def _page(self) -> bytes:
        assert self.layer is not None
        query = {
            name: values[0]
            for name, values in parse_qs(urlsplit(self.path).query).items()
        }
        if "returnCountOnly" in query:
            return json.dumps({"count": len(self.layer)}).encode()
        start, size = int(query["resultOffset"]), 2
        rest = self.layer[start : start + size]
        return json.dumps(
            {
                "type": "FeatureCollection",
                "features": rest,
                "properties": {
                    "exceededTransferLimit": start + size < len(self.layer)
                },
            }
        ).encode()

    def _answer(
        self,
        status: int,
        headers: dict[str, str],
        body: bytes,
        sent: int | None,
    ) -> None:
        self.send_response(status)
        for name, value in (
            {"Content-Length": str(len(body))} | headers
        ).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body[:sent])
        if sent is not None:
            self.connection.close()

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing."""


@pytest.fixture
def address() -> Iterator[str]:
    Publisher.steps, Publisher.asked, Publisher.layer = [], [], None
    server = ThreadingHTTPServer(("127.0.0.1", 0), Publisher)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/file.csv"
    server.shutdown()
    server.server_close()


class Clock:
    """Time that passes only by waiting."""

    def __init__(self) -> None:
        self.at, self.waits = 0.0, []  # type: float, list[float]

    def now(self) -> float:
        return self.at

    def pause(self, seconds: float) -> None:
        self.waits.append(round(seconds, 1))
        self.at += seconds


def _site(clock: Clock) -> WebSite:
    return WebSite(clock.pause, clock.now)


def _source(address: str, **options: object) -> Source:
    return replace(SOURCE, url=address, options=options)


def _refused(
    address: str, tmp_path: Path, clock: Clock | None = None
) -> FileRefused:
    with pytest.raises(FileRefused) as refused:
        _site(clock or Clock()).get(_source(address), None, tmp_path)
    return refused.value


def test_a_file_comes_whole_with_its_date(address: str, tmp_path: Path) -> None:
    Publisher.steps = [
        (
            200,
            {"ETag": '"v1"', "Last-Modified": "Thu, 27 Nov 2025 09:30:00 GMT"},
            DATA,
            None,
        )
    ]
    given = _site(Clock()).get(_source(address), None, tmp_path)
    assert (given.data, given.etag, given.published_at) == (
        DATA,
        '"v1"',
        datetime(2025, 11, 27, 9, 30, tzinfo=UTC),
    )
    assert list(tmp_path.iterdir()) == []


def test_a_busy_server_is_given_the_time_it_asks_for(
    address: str, tmp_path: Path
) -> None:
    Publisher.steps = [
        (429, {"Retry-After": "7"}, b"", None),
        (503, {}, b"", None),
        (200, {}, DATA, None),
    ]
    clock = Clock()
    assert _site(clock).get(_source(address), None, tmp_path).data == DATA
    assert clock.waits == [7.0, 4.0]


def test_three_tries_and_no_more(address: str, tmp_path: Path) -> None:
    Publisher.steps = [(500, {}, b"", None)]
    assert _refused(address, tmp_path).code == "server_failed"
    assert len(Publisher.asked) == 3


def test_a_missing_file_is_asked_for_once(address: str, tmp_path: Path) -> None:
    Publisher.steps = [(404, {}, b"", None)]
    assert _refused(address, tmp_path).facts["detail"] == "HTTP 404"
    assert len(Publisher.asked) == 1


def test_a_server_that_wants_too_long_a_wait_is_left(
    address: str, tmp_path: Path
) -> None:
    Publisher.steps = [(503, {"Retry-After": "3600"}, b"", None)]
    assert _refused(address, tmp_path).code in (
        "server_too_slow",
        "server_failed",
    )


def test_a_broken_download_goes_on_where_it_stopped(
    address: str, tmp_path: Path
) -> None:
    tag = {"ETag": '"v1"'}
    Publisher.steps = [(200, tag, DATA, 9000), (206, tag, DATA[9000:], None)]
    assert _site(Clock()).get(_source(address), None, tmp_path).data == DATA
    _, headers = Publisher.asked[1]
    assert (headers["Range"], headers["If-Range"]) == ("bytes=9000-", '"v1"')


def test_a_file_that_changed_meanwhile_starts_again(
    address: str, tmp_path: Path
) -> None:
    Publisher.steps = [
        (200, {"ETag": '"v1"'}, DATA, 9000),
        (200, {"ETag": '"v2"'}, DATA + b"x\n", None),
    ]
    assert (
        _site(Clock()).get(_source(address), None, tmp_path).data
        == DATA + b"x\n"
    )


def test_an_unchanged_file_is_not_sent_again(
    address: str, tmp_path: Path
) -> None:
    Publisher.steps = [(304, {"Content-Length": "0"}, b"", None)]
    held = Snapshot(
        "s",
        "2025",
        "0" * 64,
        "f.csv",
        1,
        datetime(2026, 1, 1, tzinfo=UTC),
        "",
        "",
        "",
        None,
        '"v1"',
    )
    assert _site(Clock()).get(_source(address), held, tmp_path).data is None
    assert Publisher.asked[0][1]["If-None-Match"] == '"v1"'


def test_a_web_page_is_no_data(address: str, tmp_path: Path) -> None:
    Publisher.steps = [
        (200, {}, b"\n<!DOCTYPE html><html>This page has moved</html>", None)
    ]
    assert _refused(address, tmp_path).code == "page_instead_of_data"


def test_a_file_over_the_limit_is_dropped(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_FILE_BYTES", 10_000)
    Publisher.steps = [(200, {}, DATA, None)]
    assert _refused(address, tmp_path).code == "file_too_large"
    assert list(tmp_path.iterdir()) == []


def test_requests_to_a_host_are_a_second_apart(
    address: str, tmp_path: Path
) -> None:
    Publisher.steps = [(200, {}, DATA, None)]
    clock = Clock()
    site = _site(clock)
    for _ in range(3):
        site.get(_source(address), None, tmp_path)
    assert clock.waits == [1.0, 1.0]


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/a.csv",
        "file:///etc/passwd",
        "ftp://example.org/a.csv",
    ],
)
def test_only_https_is_asked(url: str, tmp_path: Path) -> None:
    assert _refused(url, tmp_path).code == "server_failed"


def test_a_redirect_out_of_https_is_not_followed(
    address: str, tmp_path: Path
) -> None:
    Publisher.steps = [
        (302, {"Location": "http://example.org/a.csv"}, b"", None)
    ]
    assert "without https" in _refused(address, tmp_path).facts["detail"]


def test_a_source_without_an_address_says_so(tmp_path: Path) -> None:
    with pytest.raises(FileRefused) as refused:
        WebSite().get(replace(SOURCE, url=None), None, tmp_path)
    assert refused.value.code == "no_fixed_address"


def _area(code: str) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {"LSOA21CD": code},
        "geometry": None,
    }


def test_every_page_of_a_layer_is_read_in_order(
    address: str, tmp_path: Path
) -> None:
    Publisher.layer = [_area(f"W0100000{n}") for n in (1, 2, 3, 4, 5)]
    given = _site(Clock()).get(
        _source(f"{address}?f=geojson", paging="arcgis", order_by="LSOA21CD"),
        None,
        tmp_path,
    )
    assert given.data is not None
    assert [
        each["properties"]["LSOA21CD"]
        for each in json.loads(given.data)["features"]
    ] == [f"W0100000{n}" for n in range(1, 6)]
    assert all(
        "orderByFields=LSOA21CD" in path for path, _ in Publisher.asked[1:]
    )
    assert len(Publisher.asked) == 4


def test_an_error_inside_an_answer_of_200_is_an_error(
    address: str, tmp_path: Path
) -> None:
    Publisher.steps = [
        (200, {}, b'{"error":{"code":400,"message":"Invalid query"}}', None)
    ]
    with pytest.raises(FileRefused) as refused:
        _site(Clock()).get(
            _source(address, paging="arcgis", order_by="LSOA21CD"),
            None,
            tmp_path,
        )
    assert "Invalid query" in refused.value.facts["detail"]


def test_a_layer_that_comes_short_is_refused(
    address: str, tmp_path: Path
) -> None:
    Publisher.steps = [
        (200, {}, b'{"count": 9}', None),
        (
            200,
            {},
            json.dumps(
                {"type": "FeatureCollection", "features": [_area("W01000001")]}
            ).encode(),
            None,
        ),
    ]
    with pytest.raises(FileRefused) as refused:
        _site(Clock()).get(
            _source(address, paging="arcgis", order_by="LSOA21CD"),
            None,
            tmp_path,
        )
    assert refused.value.code == "areas_not_all_sent"


def test_an_older_file_does_not_replace_a_newer_one(
    address: str, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = replace(load_sources()["nuts3_authorities"], url=address)
    good = b"NUTS318CD,NUTS318NM,LAD24CD\n" + b"".join(
        b"UKL11,A,W060000%02d\n" % n for n in range(1, 25) if n not in (7, 17)
    )
    Publisher.steps = [
        (200, {"Last-Modified": "Thu, 27 Nov 2025 09:30:00 GMT"}, good, None),
        (
            200,
            {"Last-Modified": "Thu, 20 Nov 2025 09:30:00 GMT"},
            good.replace(b"UKL11", b"UKL12"),
            None,
        ),
    ]
    outcomes = [
        fetch([source], None, data_dir, site=_site(Clock())).sources[0]
        for _ in range(2)
    ]
    assert [each.outcome for each in outcomes] == [
        Outcome.FETCHED,
        Outcome.REFUSED,
    ]
    assert [problem.code for problem in outcomes[1].problems] == [
        "older_than_held"
    ]


def test_the_waits_are_those_the_publishers_ask() -> None:
    assert (
        web_site.TRIES,
        web_site.SECONDS_BETWEEN,
        web_site.FILE_SECONDS,
    ) == (
        3,
        1.0,
        60.0,
    )
