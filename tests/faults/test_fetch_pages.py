"""A table that comes in pages: none missing, none twice, all under the same headings; a query is posted
once.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from publisher import Fault, Publisher
from services import fetched, source_of

from etl.fetch.fetch import Outcome
from etl.fetch.paging.statswales import PAGE_SIZE


def _without_last_rows(kind: str) -> bytes:
    return {
        "statswales_v2": b"[]",
        "nomis": b'"GEOGRAPHY_CODE","GEOGRAPHY_NAME","C_NAME","OBS_VALUE","RECORD_COUNT"\r\n',
    }.get(
        kind, b'{"type":"FeatureCollection","features":[],"numberMatched":10}'
    )


LATER = {
    "statswales_v2": "page_number=2",
    "nomis": "recordoffset=4",
    "arcgis": "resultOffset=4",
    "wfs": "startIndex=4",
}


@pytest.mark.parametrize("kind", LATER)
def test_an_empty_page_in_the_middle(
    kind: str, at: Publisher, data_dir: Path
) -> None:
    source = source_of(kind, at)
    at.fail(LATER[kind], Fault(body=_without_last_rows(kind)))
    came = fetched(source, data_dir)
    assert came.outcome is Outcome.LATE
    assert came.problems[-1].code in (
        "records_not_all_sent",
        "areas_not_all_sent",
    )


@pytest.mark.parametrize("kind", LATER)
def test_a_page_that_comes_twice(
    kind: str, at: Publisher, data_dir: Path
) -> None:
    source = source_of(kind, at)
    first: list[bytes] = []
    right = at._right

    def repeating(
        method: str, path: str, query: dict[str, str], headers: dict[str, str]
    ) -> tuple[int, dict[str, str], bytes]:
        earlier = {
            "recordoffset": "0",
            "page_number": "1",
            "resultOffset": "0",
            "startIndex": "0",
        }
        return right(
            method,
            path,
            query | {k: v for k, v in earlier.items() if k in query},
            headers,
        )

    at._right = repeating  # type: ignore[method-assign]
    came = fetched(source, data_dir)
    assert (came.outcome, came.problems[-1].code, first) == (
        Outcome.LATE,
        "page_twice",
        [],
    )


def test_headings_that_change_between_pages(
    at: Publisher, data_dir: Path
) -> None:
    source = source_of("nomis", at)
    at.fail(
        "recordoffset=4",
        Fault(body=lambda body: body.replace(b"OBS_VALUE", b"OBS_STATUS")),
    )
    assert fetched(source, data_dir).problems[-1].code == "page_differs"


def test_a_query_is_posted_once_and_its_pages_follow(
    at: Publisher, data_dir: Path
) -> None:
    fetched(source_of("statswales_v2", at), data_dir)
    posts = [
        (path, json.loads(sent))
        for method, path, _, sent in at.asked
        if method == "POST"
    ]
    assert posts == [
        (
            "/v2/id/data?lang=en-gb",
            {
                "filters": [{"Data description": ["Rate"]}],
                "options": {
                    "use_reference_values": True,
                    "data_value_type": "raw",
                },
            },
        )
    ]
    pages = at.paths("format=json")
    assert len(pages) == 3 and all(
        "/v2/id/data/abcdef123456?" in path and "page_size=4" in path
        for path in pages
    )
    assert PAGE_SIZE == 10_000


def test_a_query_that_the_service_does_not_take(
    at: Publisher, data_dir: Path
) -> None:
    at.fail(
        "/v2/id/data?lang=en-gb", Fault(body=b'{"message":"unknown dimension"}')
    )
    assert (
        fetched(source_of("statswales_v2", at), data_dir).problems[-1].code
        == "query_refused"
    )


def test_nomis_that_cuts_a_table_without_a_word_is_found_out(
    at: Publisher, data_dir: Path
) -> None:
    source = source_of("nomis", at)
    at.fail("recordoffset=8", Fault(body=_without_last_rows("nomis")))
    assert dict(fetched(source, data_dir).problems[-1].facts) == {
        "read": "8",
        "expected": "10",
    }
    assert all("RECORD_COUNT" in path for path in at.paths("/nomis"))
