"""A whole file in one download: taken up where it broke off, never sent twice, and refused where it cannot
be trusted.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from publisher import AREAS, Fault, Publisher, packed
from services import COLUMNS, KINDS, ROWS, fetched, held, revised, source_of

from etl.fetch import snapshots
from etl.fetch.fetch import Outcome
from etl.files import limits


def test_a_download_is_taken_up_where_it_broke_off(
    at: Publisher, data_dir: Path
) -> None:
    source = source_of("bulk", at)
    at.fail("/bulk", Fault(sent=30))
    assert fetched(source, data_dir).outcome is Outcome.FETCHED
    assert [headers.get("Range") for _, _, headers, _ in at.asked] == [
        None,
        "bytes=30-",
    ]
    assert held(source, data_dir) == at.bulk_file()


def test_a_file_that_changed_while_it_came_starts_again(
    at: Publisher, data_dir: Path
) -> None:
    source = source_of("bulk", at)

    def then_changed(body: bytes) -> bytes:
        revised(at)
        return body

    at.fail("/bulk", Fault(body=then_changed, sent=30))
    assert fetched(source, data_dir).outcome is Outcome.FETCHED
    assert held(source, data_dir) == at.bulk_file()


def test_an_unchanged_bulk_file_is_not_sent_again(
    at: Publisher, data_dir: Path
) -> None:
    source = source_of("bulk", at)
    fetched(source, data_dir)
    assert fetched(source, data_dir).outcome is Outcome.UNCHANGED
    assert at.asked[-1][2]["If-None-Match"]


def test_a_redirect_within_the_host_is_followed(
    at: Publisher, data_dir: Path
) -> None:
    source = source_of("bulk", at)
    at.fail("/bulk/file.csv", Fault(301, {"Location": "/bulk/moved.csv"}, b""))
    assert fetched(source, data_dir).outcome is Outcome.FETCHED
    assert at.paths()[-1] == "/bulk/moved.csv"


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_over_the_limit(
    kind: str, at: Publisher, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = source_of(kind, at)
    fetched(source, data_dir)
    good = held(source, data_dir)
    revised(at)
    monkeypatch.setattr(limits, "MAX_FILE_BYTES", 100)
    at.fail(ROWS[kind], Fault(body=b"x" * 200))
    assert fetched(source, data_dir).problems[-1].code == "file_too_large"
    assert (
        snapshots.folder_of(data_dir, source.source_id)
        .joinpath("download.part")
        .exists()
        is False
    )
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
    ids=[
        "gzip bomb",
        "zip bomb",
        "half a gzip",
        "another zip",
        "zip in zip",
        "half a line",
        "wrong encoding",
        "another country",
        "an area twice",
        "nothing",
    ],
)
def test_a_file_that_cannot_be_trusted(
    body: bytes, code: str, at: Publisher, data_dir: Path
) -> None:
    source = replace(source_of("bulk", at), expected_rows=len(AREAS))
    fetched(source, data_dir)
    good = held(source, data_dir)
    revised(at)
    at.fail("/bulk", Fault(body=body))
    came = fetched(source, data_dir)
    assert came.outcome is Outcome.REFUSED
    assert {p.code for p in came.problems} & set(code.split("|")), [
        p.code for p in came.problems
    ]
    assert held(source, data_dir) == good


def test_figures_on_another_scale_are_refused(
    at: Publisher, data_dir: Path
) -> None:
    source = replace(
        source_of("bulk", at),
        columns=(replace(COLUMNS[0], mean_low=10, mean_high=100),),
    )
    fetched(source, data_dir)
    good = held(source, data_dir)
    at.values = {code: value * 10 for code, value in at.values.items()}
    assert [p.code for p in fetched(source, data_dir).problems][:1] == [
        "scale_changed"
    ]
    assert held(source, data_dir) == good
