"""Every way in which a publisher's service misbehaves: the last good file stays, at most three tries a
question, and it is said why.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from publisher import AREAS, Fault, Publisher
from services import (
    KINDS,
    ROWS,
    Clock,
    fetched,
    harvest,
    held,
    revised,
    source_of,
)

from etl.fetch import snapshots
from etl.fetch.fetch import Outcome
from etl.fetch.web_site import FILE_SECONDS, TRIES
from etl.records import Marker

PAGE = b"<!DOCTYPE html><html><body>We are improving our service</body></html>"


@pytest.mark.parametrize("kind", KINDS)
def test_a_service_is_read_whole(
    kind: str, at: Publisher, data_dir: Path
) -> None:
    source = source_of(kind, at)
    assert fetched(source, data_dir).outcome is Outcome.FETCHED
    read = harvest(source, data_dir)
    assert read.rows_read == len(AREAS)
    if kind != "arcgis":
        assert {(o.area_code, o.value) for o in read.observations} == set(
            at.values.items()
        )
        assert {o.period for o in read.observations} == (
            {"2023-24"} if kind.startswith("statswales") else {"2024"}
        )


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_figures_again_change_nothing(
    kind: str, at: Publisher, data_dir: Path
) -> None:
    source = source_of(kind, at)
    assert [fetched(source, data_dir).outcome for _ in range(2)] == [
        Outcome.FETCHED,
        Outcome.UNCHANGED,
    ]
    assert len(snapshots.all_of(data_dir, source.source_id)) == 1


def _repeat(fault: Fault, times: int = TRIES) -> list[Fault]:
    return [fault] * times


BAD = b'{"unfinished": '
# what the publisher does: the faults, what comes of it, and the code that says why
EVERYWHERE: dict[str, tuple[list[Fault], Outcome, str]] = {
    "busy for ever (429)": (
        _repeat(Fault(429, {"Retry-After": "1"})),
        Outcome.LATE,
        "server_failed",
    ),
    "out of service (503)": (
        _repeat(Fault(503)),
        Outcome.LATE,
        "server_failed",
    ),
    "gateway fails (502)": (_repeat(Fault(502)), Outcome.LATE, "server_failed"),
    "not found (404)": ([Fault(404)], Outcome.LATE, "server_failed"),
    "forbidden (403)": ([Fault(403)], Outcome.LATE, "server_failed"),
    "gone (410)": ([Fault(410)], Outcome.WITHDRAWN, "source_withdrawn"),
    "a web page for data": (
        [Fault(body=PAGE)],
        Outcome.LATE,
        "page_instead_of_data",
    ),
    "a redirect out of https": (
        [Fault(302, {"Location": "http://example.org/a.csv"})],
        Outcome.LATE,
        "server_failed",
    ),
    "a redirect in a circle": (
        _repeat(
            Fault(
                302,
                {
                    "Location": "/loop/startIndex=1/resultOffset/format=json/download/nomis/bulk"
                },
            ),
            40,
        ),
        Outcome.LATE,
        "server_failed",
    ),
    "a wait of an hour": (
        [Fault(503, {"Retry-After": "3600"})] * TRIES,
        Outcome.LATE,
        "server_too_slow|server_failed",
    ),
    "half an answer each time": (
        _repeat(Fault(sent=40)),
        Outcome.LATE,
        "server_failed",
    ),
    "a length that is too long": (
        _repeat(Fault(headers={"Content-Length": "999999"}, sent=60)),
        Outcome.LATE,
        "server_failed",
    ),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("what", EVERYWHERE)
def test_the_last_good_file_stays(
    what: str, kind: str, at: Publisher, data_dir: Path
) -> None:
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
    assert (
        max(asked.count(path) for path in asked) <= TRIES
        or what == "a redirect in a circle"
    )
    # and when the publisher is well again, its newer figures come
    at.faults.clear()
    assert fetched(source, data_dir).outcome is Outcome.FETCHED
    assert held(source, data_dir) != good


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "fault",
    [Fault(429, {"Retry-After": "3"}), Fault(503), Fault(sent=30)],
    ids=["429", "503", "half"],
)
def test_a_passing_fault_is_got_over(
    fault: Fault, kind: str, at: Publisher, data_dir: Path
) -> None:
    source, clock = source_of(kind, at), Clock()
    at.fail(ROWS[kind], fault, fault)
    assert fetched(source, data_dir, clock).outcome is Outcome.FETCHED
    assert clock.at >= 6.0
    assert harvest(source, data_dir).rows_read == len(AREAS)


@pytest.mark.parametrize("kind", ["statswales_v2", "arcgis", "wfs"])
@pytest.mark.parametrize(
    "body",
    [
        BAD,
        b'{"error":{"code":400,"message":"Invalid query"}}',
        b'<?xml version="1.0"?><ows:ExceptionReport/>',
        b"\xff\xfe\x00bad",
    ],
    ids=["damaged", "error", "xml", "encoding"],
)
def test_an_error_inside_an_answer_of_200(
    body: bytes, kind: str, at: Publisher, data_dir: Path
) -> None:
    source = source_of(kind, at)
    at.fail(ROWS[kind], *_repeat(Fault(body=body)))
    assert (fetched(source, data_dir).outcome, len(at.paths(ROWS[kind]))) == (
        Outcome.LATE,
        TRIES,
    )
    assert snapshots.latest(data_dir, source.source_id) is None


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
def test_a_changed_heading_is_refused(
    kind: str, old: bytes, new: bytes, code: str, at: Publisher, data_dir: Path
) -> None:
    source = source_of(kind, at)
    fetched(source, data_dir)
    good = held(source, data_dir)
    revised(at)
    at.fail(
        ROWS[kind],
        *_repeat(Fault(body=lambda body: body.replace(old, new)), 10),
    )
    came = fetched(
        source
        if kind != "arcgis"
        else replace(source, options={**source.options, "order_by": "Rate"}),
        data_dir,
    )
    assert (came.outcome, code in [p.code for p in came.problems]) == (
        Outcome.REFUSED,
        True,
    )
    assert held(source, data_dir) == good


@pytest.mark.parametrize("kind", KINDS)
def test_a_server_that_drips_is_left(
    kind: str, at: Publisher, data_dir: Path
) -> None:
    source = source_of(kind, at)
    came = fetched(source, data_dir, Clock(step=FILE_SECONDS / 3))
    assert (came.outcome, came.problems[-1].code) == (
        Outcome.LATE,
        "server_too_slow",
    )


@pytest.mark.parametrize("kind", ["statswales_v1", "statswales_v2"])
def test_an_archived_dataset_is_withdrawn_and_its_successor_named(
    kind: str, at: Publisher, data_dir: Path
) -> None:
    source = source_of(kind, at)
    fetched(source, data_dir)
    good = held(source, data_dir)
    at.about = {
        "archived_at": "2026-10-01T09:30:00Z",
        "replaced_by": "a-newer-id",
    }
    came = fetched(source, data_dir)
    assert (came.outcome, came.problems[-1].code) == (
        Outcome.WITHDRAWN,
        "source_withdrawn",
    )
    assert dict(came.problems[-1].facts) == {
        "when": "2026-10-01",
        "successor": "a-newer-id",
    }
    assert held(source, data_dir) == good


@pytest.mark.parametrize("kind", ["statswales_v1", "statswales_v2"])
def test_welsh_headings_give_the_same_figures(
    kind: str, at: Publisher, data_dir: Path
) -> None:
    source = source_of(kind, at)
    fetched(source, data_dir)
    english = {
        (o.area_code, o.period, o.value)
        for o in harvest(source, data_dir).observations
    }
    at.welsh = True
    assert fetched(source, data_dir).outcome is Outcome.FETCHED
    assert {
        (o.area_code, o.period, o.value)
        for o in harvest(source, data_dir).observations
    } == english


@pytest.mark.parametrize("kind", ["statswales_v1", "statswales_v2"])
def test_a_note_code_speaks_before_the_value(
    kind: str, at: Publisher, data_dir: Path
) -> None:
    source = source_of(kind, at)
    at.values[AREAS[0]] = 0
    noted = (
        (
            lambda body: body.replace(
                b"2023-24,202324,1,,\n", b"2023-24,202324,1,,c\n", 1
            )
        )
        if kind == "statswales_v1"
        else (lambda body: body.replace(b'"Notes": ""', b'"Notes": "c"', 1))
    )
    at.fail(ROWS[kind], Fault(body=noted))
    assert fetched(source, data_dir).outcome is Outcome.FETCHED
    first = next(
        o
        for o in harvest(source, data_dir).observations
        if o.area_code == AREAS[0]
    )
    assert (first.value, first.marker) == (None, Marker.CONFIDENTIAL)


@pytest.mark.parametrize("kind", KINDS)
def test_questions_to_a_host_are_a_second_apart(
    kind: str, at: Publisher, data_dir: Path
) -> None:
    clock = Clock()
    fetched(source_of(kind, at), data_dir, clock)
    assert clock.at >= len(at.asked) - 1


@pytest.mark.parametrize(
    "kind", ["statswales_v1", "statswales_v2", "nomis", "wfs"]
)
def test_a_table_that_nobody_has_catalogued_is_described(
    kind: str, at: Publisher, data_dir: Path
) -> None:
    source = replace(source_of(kind, at), columns=())
    assert fetched(source, data_dir).outcome is Outcome.FETCHED
    read = harvest(source, data_dir)
    assert (read.observations, [p.code for p in read.problems]) == (
        [],
        ["columns_awaited"],
    )
    assert ("Rate" in read.problems[0].found, read.problems[0].expected) == (
        True,
        f"data/catalogue/columns/{source.source_id}.csv",
    )
