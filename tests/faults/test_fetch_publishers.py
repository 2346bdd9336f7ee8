"""Every way in which a publisher's service misbehaves: the last good file stays, at most three tries a question, and it is said why."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from publisher import AREAS, Fault, Publisher, packed, publishing

from etl import snapshots
from etl.fetch import Fetched, Outcome, fetch
from etl.files import limits
from etl.paging.statswales import PAGE_SIZE
from etl.records import Harvest, Marker
from etl.sources import formats
from etl.sources.catalogue import Column, Role, Source
from etl.web_site import FILE_SECONDS, TRIES, WebSite

DAY = datetime(2026, 11, 1, tzinfo=UTC)
PAGE = b"<!DOCTYPE html><html><body>We are improving our service</body></html>"
KINDS = ("bulk", "statswales_v1", "statswales_v2", "nomis", "arcgis", "wfs")
COLUMNS = (Column("", "Rate", "a_rate", low=0, high=1000),)
BASE = Source("s", "A source", "Ffynhonnell", "A publisher", "OGL", "", "2024", None, None, False, "area_table", Role.LOAD, "LSOA21", columns=COLUMNS)


def source_of(kind: str, at: Publisher) -> Source:
    """A catalogue entry for each service, small pages so that there are several."""
    entries: dict[str, tuple[str, str, dict[str, object]]] = {
        "bulk": ("area_table", "/bulk/file.csv", {"code_heading": "LSOA Code"}),
        "statswales_v1": ("statswales_raw_extended", "/v1/id/download/csv?view=raw_extended", {"dimensions": ["description", "area", "area_name", "period"], "about_url": f"{at.address}/v1/id"}),
        "statswales_v2": (
            "statswales_v2",
            "/v2/id/data?lang=en-gb",
            {
                "paging": "statswales_v2",
                "page_size": 4,
                "query": {"filters": {"Data description": ["Rate"]}, "options": {"use_reference_values": True, "data_value_type": "raw"}},
                "keys": {"value": ["Data values", "Gwerthoedd data"], "area": ["Area code", "Cod ardal"], "period": ["Year", "Blwyddyn"], "notes": ["Notes", "Nodiadau"]},
                "category_keys": [["Data description", "Disgrifiad data"]],
            },
        ),
        "nomis": (
            "nomis_csv",
            "/nomis/NM_1_1.data.csv?select=GEOGRAPHY_CODE,GEOGRAPHY_NAME,C_NAME,OBS_VALUE",
            {"paging": "nomis", "page_size": 4, "code_heading": "GEOGRAPHY_CODE", "category_headings": ["C_NAME"], "value_headings": ["OBS_VALUE"], "known_headings": ["GEOGRAPHY_NAME", "RECORD_COUNT"]},
        ),
        "arcgis": ("boundary_geojson", "/arcgis/query?f=geojson", {"paging": "arcgis", "order_by": "LSOA21CD", "code_property": "LSOA21CD"}),
        "wfs": ("wfs_features", "/wfs?service=WFS", {"paging": "wfs", "order_by": "lsoa_code", "code_heading": "lsoa_code"}),
    }
    form, path, options = entries[kind]
    return replace(BASE, source_id=f"s_{kind}", format=form, url=at.address + path, options=options)


@pytest.fixture
def at() -> Iterator[Publisher]:
    with publishing() as publisher:
        yield publisher


@dataclass
class Clock:
    """Time that passes only by waiting; `step` seconds pass with each look at it."""

    at: float = 0.0
    step: float = 0.0

    def now(self) -> float:
        self.at += self.step
        return self.at

    def pause(self, seconds: float) -> None:
        self.at += seconds


def fetched(source: Source, data_dir: Path, clock: Clock | None = None) -> Fetched:
    clock = clock or Clock()
    # each new file comes a day later, so that the newest is never in doubt
    day = DAY + timedelta(days=len(snapshots.all_of(data_dir, source.source_id)))
    return fetch([source], None, data_dir, site=WebSite(clock.pause, clock.now), now=day).sources[0]


def held(source: Source, data_dir: Path) -> bytes:
    good = snapshots.newest_good(data_dir, source.source_id)
    assert good is not None
    return good[1]


def harvest(source: Source, data_dir: Path) -> Harvest:
    return formats.read(source, held(source, data_dir))


def revised(at: Publisher) -> None:
    """The publisher has newer figures, so that an unharmed answer would replace the file held."""
    at.values = {code: value + 1 for code, value in at.values.items()}


@pytest.mark.parametrize("kind", KINDS)
def test_a_service_is_read_whole(kind: str, at: Publisher, data_dir: Path) -> None:
    source = source_of(kind, at)
    assert fetched(source, data_dir).outcome is Outcome.FETCHED
    read = harvest(source, data_dir)
    assert read.rows_read == len(AREAS)
    if kind != "arcgis":
        assert {(o.area_code, o.value) for o in read.observations} == set(at.values.items())
        assert {o.period for o in read.observations} == ({"2023-24"} if kind.startswith("statswales") else {"2024"})


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_figures_again_change_nothing(kind: str, at: Publisher, data_dir: Path) -> None:
    source = source_of(kind, at)
    assert [fetched(source, data_dir).outcome for _ in range(2)] == [Outcome.FETCHED, Outcome.UNCHANGED]
    assert len(snapshots.all_of(data_dir, source.source_id)) == 1


# Of each service the word that marks its request for rows, not for counts or for what the dataset is.
ROWS = {"bulk": "/bulk", "statswales_v1": "download", "statswales_v2": "format=json", "nomis": "/nomis", "arcgis": "resultOffset", "wfs": "startIndex"}


def _repeat(fault: Fault, times: int = TRIES) -> list[Fault]:
    return [fault] * times


BAD = b'{"unfinished": '
# what the publisher does: the faults, what comes of it, and the code that says why
EVERYWHERE: dict[str, tuple[list[Fault], Outcome, str]] = {
    "busy for ever (429)": (_repeat(Fault(429, {"Retry-After": "1"})), Outcome.LATE, "server_failed"),
    "out of service (503)": (_repeat(Fault(503)), Outcome.LATE, "server_failed"),
    "gateway fails (502)": (_repeat(Fault(502)), Outcome.LATE, "server_failed"),
    "not found (404)": ([Fault(404)], Outcome.LATE, "server_failed"),
    "forbidden (403)": ([Fault(403)], Outcome.LATE, "server_failed"),
    "gone (410)": ([Fault(410)], Outcome.WITHDRAWN, "source_withdrawn"),
    "a web page for data": ([Fault(body=PAGE)], Outcome.LATE, "page_instead_of_data"),
    "a redirect out of https": ([Fault(302, {"Location": "http://example.org/a.csv"})], Outcome.LATE, "server_failed"),
    "a redirect in a circle": (_repeat(Fault(302, {"Location": "/loop/startIndex=1/resultOffset/format=json/download/nomis/bulk"}), 40), Outcome.LATE, "server_failed"),
    "a wait of an hour": ([Fault(503, {"Retry-After": "3600"})] * TRIES, Outcome.LATE, "server_too_slow|server_failed"),
    "half an answer each time": (_repeat(Fault(sent=40)), Outcome.LATE, "server_failed"),
    "a length that is too long": (_repeat(Fault(headers={"Content-Length": "999999"}, sent=60)), Outcome.LATE, "server_failed"),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("what", EVERYWHERE)
def test_the_last_good_file_stays(what: str, kind: str, at: Publisher, data_dir: Path) -> None:
    source = source_of(kind, at)
    fetched(source, data_dir)
    good = held(source, data_dir)
    revised(at)
    at.asked.clear()
    faults, outcome, code = EVERYWHERE[what]
    at.fail(ROWS[kind], *faults)
    came = fetched(source, data_dir)
    assert (came.outcome, came.age_days) == (outcome, 1)
    assert came.problems[-1].code in code.split("|")
    assert held(source, data_dir) == good
    asked = at.paths(ROWS[kind])
    assert max(asked.count(path) for path in asked) <= TRIES or what == "a redirect in a circle"
    # and when the publisher is well again, its newer figures come
    at.faults.clear()
    assert fetched(source, data_dir).outcome is Outcome.FETCHED
    assert held(source, data_dir) != good


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("fault", [Fault(429, {"Retry-After": "3"}), Fault(503), Fault(sent=30)], ids=["429", "503", "half"])
def test_a_passing_fault_is_got_over(fault: Fault, kind: str, at: Publisher, data_dir: Path) -> None:
    source, clock = source_of(kind, at), Clock()
    at.fail(ROWS[kind], fault, fault)
    assert fetched(source, data_dir, clock).outcome is Outcome.FETCHED
    assert clock.at >= 6.0
    assert harvest(source, data_dir).rows_read == len(AREAS)


@pytest.mark.parametrize("kind", ["statswales_v2", "arcgis", "wfs"])
@pytest.mark.parametrize("body", [BAD, b'{"error":{"code":400,"message":"Invalid query"}}', b'<?xml version="1.0"?><ows:ExceptionReport/>', b"\xff\xfe\x00bad"], ids=["damaged", "error", "xml", "encoding"])
def test_an_error_inside_an_answer_of_200(body: bytes, kind: str, at: Publisher, data_dir: Path) -> None:
    source = source_of(kind, at)
    at.fail(ROWS[kind], *_repeat(Fault(body=body)))
    assert (fetched(source, data_dir).outcome, len(at.paths(ROWS[kind]))) == (Outcome.LATE, TRIES)
    assert snapshots.latest(data_dir, source.source_id) is None


def _without_last_rows(kind: str) -> bytes:
    return {"statswales_v2": b"[]", "nomis": b'"GEOGRAPHY_CODE","GEOGRAPHY_NAME","C_NAME","OBS_VALUE","RECORD_COUNT"\r\n'}.get(kind, b'{"type":"FeatureCollection","features":[],"numberMatched":10}')


LATER = {"statswales_v2": "page_number=2", "nomis": "recordoffset=4", "arcgis": "resultOffset=4", "wfs": "startIndex=4"}


@pytest.mark.parametrize("kind", LATER)
def test_an_empty_page_in_the_middle(kind: str, at: Publisher, data_dir: Path) -> None:
    source = source_of(kind, at)
    at.fail(LATER[kind], Fault(body=_without_last_rows(kind)))
    came = fetched(source, data_dir)
    assert came.outcome is Outcome.LATE
    assert came.problems[-1].code in ("records_not_all_sent", "areas_not_all_sent")


@pytest.mark.parametrize("kind", LATER)
def test_a_page_that_comes_twice(kind: str, at: Publisher, data_dir: Path) -> None:
    source = source_of(kind, at)
    first: list[bytes] = []
    right = at._right

    def repeating(method: str, path: str, query: dict[str, str], headers: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        earlier = {"recordoffset": "0", "page_number": "1", "resultOffset": "0", "startIndex": "0"}
        return right(method, path, query | {k: v for k, v in earlier.items() if k in query}, headers)

    at._right = repeating  # type: ignore[method-assign]
    came = fetched(source, data_dir)
    assert (came.outcome, came.problems[-1].code, first) == (Outcome.LATE, "page_twice", [])


def test_headings_that_change_between_pages(at: Publisher, data_dir: Path) -> None:
    source = source_of("nomis", at)
    at.fail("recordoffset=4", Fault(body=lambda body: body.replace(b"OBS_VALUE", b"OBS_STATUS")))
    assert fetched(source, data_dir).problems[-1].code == "page_differs"


@pytest.mark.parametrize(
    ("kind", "old", "new", "code"),
    [
        ("bulk", b"LSOA Code", b"Area Code", "column_missing"),
        ("statswales_v1", b",Year,", b",", "layout_changed"),
        ("statswales_v2", b'"Area code"', b'"Place code"', "layout_changed"),
        ("nomis", b"C_NAME", b"D_NAME", "column_missing"),
        ("arcgis", b"LSOA21CD", b"LSOA31CD", "column_missing"),
        ("wfs", b'"Rate"', b'"Share"', "column_missing"),
    ],
)
def test_a_changed_heading_is_refused(kind: str, old: bytes, new: bytes, code: str, at: Publisher, data_dir: Path) -> None:
    source = source_of(kind, at)
    fetched(source, data_dir)
    good = held(source, data_dir)
    revised(at)
    at.fail(ROWS[kind], *_repeat(Fault(body=lambda body: body.replace(old, new)), 10))
    came = fetched(source if kind != "arcgis" else replace(source, options={**source.options, "order_by": "Rate"}), data_dir)
    assert (came.outcome, code in [p.code for p in came.problems]) == (Outcome.REFUSED, True)
    assert held(source, data_dir) == good


def test_a_download_is_taken_up_where_it_broke_off(at: Publisher, data_dir: Path) -> None:
    source = source_of("bulk", at)
    at.fail("/bulk", Fault(sent=30))
    assert fetched(source, data_dir).outcome is Outcome.FETCHED
    assert [headers.get("Range") for _, _, headers, _ in at.asked] == [None, "bytes=30-"]
    assert held(source, data_dir) == at.bulk_file()


def test_a_file_that_changed_while_it_came_starts_again(at: Publisher, data_dir: Path) -> None:
    source = source_of("bulk", at)

    def then_changed(body: bytes) -> bytes:
        revised(at)
        return body

    at.fail("/bulk", Fault(body=then_changed, sent=30))
    assert fetched(source, data_dir).outcome is Outcome.FETCHED
    assert held(source, data_dir) == at.bulk_file()


def test_an_unchanged_bulk_file_is_not_sent_again(at: Publisher, data_dir: Path) -> None:
    source = source_of("bulk", at)
    fetched(source, data_dir)
    assert fetched(source, data_dir).outcome is Outcome.UNCHANGED
    assert at.asked[-1][2]["If-None-Match"]


def test_a_redirect_within_the_host_is_followed(at: Publisher, data_dir: Path) -> None:
    source = source_of("bulk", at)
    at.fail("/bulk/file.csv", Fault(301, {"Location": "/bulk/moved.csv"}, b""))
    assert fetched(source, data_dir).outcome is Outcome.FETCHED
    assert at.paths()[-1] == "/bulk/moved.csv"


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_over_the_limit(kind: str, at: Publisher, data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = source_of(kind, at)
    fetched(source, data_dir)
    good = held(source, data_dir)
    revised(at)
    monkeypatch.setattr(limits, "MAX_FILE_BYTES", 100)
    at.fail(ROWS[kind], Fault(body=b"x" * 200))
    assert fetched(source, data_dir).problems[-1].code == "file_too_large"
    assert snapshots.folder_of(data_dir, source.source_id).joinpath("download.part").exists() is False
    monkeypatch.undo()
    assert held(source, data_dir) == good


def _zip(name: str, body: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        box.writestr(name, body)
    return out.getvalue()


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (packed(b"0" * 20_000_000), "ratio_too_high"),
        (_zip("a.csv", b"0" * 20_000_000), "ratio_too_high"),
        (packed(b"LSOA Code,Rate\nW01000003,5\n" * 50)[:-9], "ends_early"),
        (_zip("readme.txt", b"see the other file"), "zip_entry_missing"),
        (_zip("a.csv", _zip("b.csv", b"x")), "container_nested"),
        (b"LSOA Code,Rate\nW01000003,5\nW010000", "ends_early"),
        ("LSOA Code,Rate\nW01000003,5\n".encode("utf-16-le"), "letters_lost"),
        (b"LSOA Code,Rate\nE01000003,5\n", "area_code_foreign"),
        (b"LSOA Code,Rate\nW01000003,5\nW01000003,6\n", "figure_twice"),
        (b"", "file_empty"),
    ],
    ids=["gzip bomb", "zip bomb", "half a gzip", "another zip", "zip in zip", "half a line", "wrong encoding", "another country", "an area twice", "nothing"],
)
def test_a_file_that_cannot_be_trusted(body: bytes, code: str, at: Publisher, data_dir: Path) -> None:
    source = replace(source_of("bulk", at), expected_rows=len(AREAS))
    fetched(source, data_dir)
    good = held(source, data_dir)
    revised(at)
    at.fail("/bulk", Fault(body=body))
    came = fetched(source, data_dir)
    assert came.outcome is Outcome.REFUSED
    assert {p.code for p in came.problems} & set(code.split("|")), [p.code for p in came.problems]
    assert held(source, data_dir) == good


def test_figures_on_another_scale_are_refused(at: Publisher, data_dir: Path) -> None:
    source = replace(source_of("bulk", at), columns=(replace(COLUMNS[0], mean_low=10, mean_high=100),))
    fetched(source, data_dir)
    good = held(source, data_dir)
    at.values = {code: value * 10 for code, value in at.values.items()}
    assert [p.code for p in fetched(source, data_dir).problems][:1] == ["scale_changed"]
    assert held(source, data_dir) == good


@pytest.mark.parametrize("kind", KINDS)
def test_a_server_that_drips_is_left(kind: str, at: Publisher, data_dir: Path) -> None:
    source = source_of(kind, at)
    came = fetched(source, data_dir, Clock(step=FILE_SECONDS / 3))
    assert (came.outcome, came.problems[-1].code) == (Outcome.LATE, "server_too_slow")


@pytest.mark.parametrize("kind", ["statswales_v1", "statswales_v2"])
def test_an_archived_dataset_is_withdrawn_and_its_successor_named(kind: str, at: Publisher, data_dir: Path) -> None:
    source = source_of(kind, at)
    fetched(source, data_dir)
    good = held(source, data_dir)
    at.about = {"archived_at": "2026-10-01T09:30:00Z", "replaced_by": "a-newer-id"}
    came = fetched(source, data_dir)
    assert (came.outcome, came.problems[-1].code) == (Outcome.WITHDRAWN, "source_withdrawn")
    assert dict(came.problems[-1].facts) == {"when": "2026-10-01", "successor": "a-newer-id"}
    assert held(source, data_dir) == good


@pytest.mark.parametrize("kind", ["statswales_v1", "statswales_v2"])
def test_welsh_headings_give_the_same_figures(kind: str, at: Publisher, data_dir: Path) -> None:
    source = source_of(kind, at)
    fetched(source, data_dir)
    english = {(o.area_code, o.period, o.value) for o in harvest(source, data_dir).observations}
    at.welsh = True
    assert fetched(source, data_dir).outcome is Outcome.FETCHED
    assert {(o.area_code, o.period, o.value) for o in harvest(source, data_dir).observations} == english


@pytest.mark.parametrize("kind", ["statswales_v1", "statswales_v2"])
def test_a_note_code_speaks_before_the_value(kind: str, at: Publisher, data_dir: Path) -> None:
    source = source_of(kind, at)
    at.values[AREAS[0]] = 0
    noted = (lambda body: body.replace(b"2023-24,202324,1,,\n", b"2023-24,202324,1,,c\n", 1)) if kind == "statswales_v1" else (lambda body: body.replace(b'"Notes": ""', b'"Notes": "c"', 1))
    at.fail(ROWS[kind], Fault(body=noted))
    assert fetched(source, data_dir).outcome is Outcome.FETCHED
    first = next(o for o in harvest(source, data_dir).observations if o.area_code == AREAS[0])
    assert (first.value, first.marker) == (None, Marker.CONFIDENTIAL)


def test_a_query_is_posted_once_and_its_pages_follow(at: Publisher, data_dir: Path) -> None:
    fetched(source_of("statswales_v2", at), data_dir)
    posts = [(path, json.loads(sent)) for method, path, _, sent in at.asked if method == "POST"]
    assert posts == [("/v2/id/data?lang=en-gb", {"filters": [{"Data description": ["Rate"]}], "options": {"use_reference_values": True, "data_value_type": "raw"}})]
    pages = at.paths("format=json")
    assert len(pages) == 3 and all("/v2/id/data/abcdef123456?" in path and "page_size=4" in path for path in pages)
    assert PAGE_SIZE == 10_000


def test_a_query_that_the_service_does_not_take(at: Publisher, data_dir: Path) -> None:
    at.fail("/v2/id/data?lang=en-gb", Fault(body=b'{"message":"unknown dimension"}'))
    assert fetched(source_of("statswales_v2", at), data_dir).problems[-1].code == "query_refused"


def test_nomis_that_cuts_a_table_without_a_word_is_found_out(at: Publisher, data_dir: Path) -> None:
    source = source_of("nomis", at)
    at.fail("recordoffset=8", Fault(body=_without_last_rows("nomis")))
    assert dict(fetched(source, data_dir).problems[-1].facts) == {"read": "8", "expected": "10"}
    assert all("RECORD_COUNT" in path for path in at.paths("/nomis"))


@pytest.mark.parametrize("kind", KINDS)
def test_questions_to_a_host_are_a_second_apart(kind: str, at: Publisher, data_dir: Path) -> None:
    clock = Clock()
    fetched(source_of(kind, at), data_dir, clock)
    assert clock.at >= len(at.asked) - 1


@pytest.mark.parametrize("kind", ["statswales_v1", "statswales_v2", "nomis", "wfs"])
def test_a_table_that_nobody_has_catalogued_is_described(kind: str, at: Publisher, data_dir: Path) -> None:
    source = replace(source_of(kind, at), columns=())
    assert fetched(source, data_dir).outcome is Outcome.FETCHED
    read = harvest(source, data_dir)
    assert (read.observations, [p.code for p in read.problems]) == ([], ["columns_awaited"])
    assert ("Rate" in read.problems[0].found, read.problems[0].expected) == (True, f"data/catalogue/columns/{source.source_id}.csv")
