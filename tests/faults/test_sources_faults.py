"""Planted faults in the publishers' real files: a named refusal, or the row alone is refused and the rest
is loaded.
"""

from __future__ import annotations

import csv
import gzip
import io
import random
from pathlib import Path

import pytest

from etl.records import Harvest, Marker, Severity, SourceProblem
from etl.sources import formats
from etl.sources.catalogue import Role, Source, load_sources

pytestmark = pytest.mark.mirror

SOURCES = {
    s.source_id: s
    for s in load_sources().values()
    if s.role is not Role.REGISTER and s.mirror_path
}
# Their columns are not one to an indicator under one row of headings; each has tests of its own.
LAID_OUT_OTHERWISE = (
    "postcodes_lsoa21",
    "wimd_2025_ranks_statswales",
    "rough_sleepers_monthly",
)
TABLES = [
    name
    for name, s in SOURCES.items()
    if ".csv" in s.mirror_path and name not in LAID_OUT_OTHERWISE
]
Rows = list[list[str]]
BAD_CODES = [
    "W06000007",
    "E01000001",
    "S01006506",
    "95AA01",
    "w01000003",
    "W01000003 ",
    " W06000015",
    "WO1000003",
    "W0600015",
    "W99999999",
    "",
    "W11000023",
    "Wales",
]


def _rows(root: Path, source: Source) -> Rows:
    data = (root / source.mirror_path).read_bytes()
    text = gzip.decompress(data) if source.mirror_path.endswith(".gz") else data
    encoding = (
        "utf-8-sig"
        if source.option("encoding", "utf-8") == "utf-8"
        else source.option("encoding")
    )
    return list(csv.reader(io.StringIO(text.decode(encoding), newline="")))


def _bytes(rows: Rows) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


def _read(source: Source, rows: Rows) -> Harvest:
    return formats.read(source, _bytes(rows))


def _codes(refused: pytest.ExceptionInfo[SourceProblem]) -> set[str]:
    return {problem.code for problem in refused.value.problems}


def _wanted(source: Source) -> list[str]:
    """Headings that the reader needs."""
    named = [
        source.option("code_heading"),
        *source.option("category_headings", ()),
        *source.option("value_headings", ()),
        *source.option("wanted", ()),
        *source.option("limit_headings", ()),
    ]
    named += [
        source.option(each)
        for each in ("period_heading", "unit_heading", "remark_heading")
    ]
    table = (source.option("tables") or [{"name": ""}])[0]["name"]
    if not source.option("category_headings"):
        named += [
            column.found
            for column in source.columns
            if column.table in ("", table)
        ]
    return list(dict.fromkeys(name for name in named if name))


def _column(source: Source, rows: Rows, heading: str) -> int:
    tidy = [
        " ".join(name.split()).removesuffix(source.option("heading_suffix", ""))
        for name in rows[0]
    ]
    return tidy.index(heading)


@pytest.mark.parametrize("source_id", TABLES)
def test_a_renamed_missing_or_doubled_column_is_refused_by_name(
    source_id: str, mirror: Path
) -> None:
    source = SOURCES[source_id]
    rows = _rows(mirror, source)[:4]
    for heading in _wanted(source):
        at = _column(source, rows, heading)
        for other, code in (
            (heading.upper() + "!", "column_missing"),
            (heading + " [note 1]", "column_missing"),
            ("Ardal " + heading, "column_missing"),
        ):
            changed = [[*rows[0][:at], other, *rows[0][at + 1 :]], *rows[1:]]
            with pytest.raises(SourceProblem) as refused:
                _read(source, changed)
            assert code in _codes(refused) or "wrong_edition" in _codes(refused)
            assert any(
                f"“{' '.join(other.split())}”" in p.found
                or "wrong_edition" in p.code
                for p in refused.value.problems
            )
        with pytest.raises(SourceProblem) as refused:
            _read(source, [[*row[:at], *row[at + 1 :]] for row in rows])
        assert "column_missing" in _codes(refused)
        with pytest.raises(SourceProblem) as refused:
            _read(source, [[*row, row[at]] for row in rows])
        assert "column_twice" in _codes(refused)


@pytest.mark.parametrize("source_id", TABLES)
def test_columns_in_another_order_and_new_columns_change_no_figure(
    source_id: str, mirror: Path
) -> None:
    source = SOURCES[source_id]
    rows = _rows(mirror, source)
    order = list(range(len(rows[0])))
    random.Random(7).shuffle(order)
    shuffled = [
        [*(row[at] for at in order), f"new {n}" if n else "A new column"]
        for n, row in enumerate(rows)
        if any(row)
    ]
    plain, moved = _read(source, rows), _read(source, shuffled)
    assert [
        (o.indicator_id, o.area_code, o.period, o.value, o.marker)
        for o in plain.observations
    ] == [
        (o.indicator_id, o.area_code, o.period, o.value, o.marker)
        for o in moved.observations
    ]
    assert (plain.areas, plain.links) == (moved.areas, moved.links)
    if not source.option("any_other_headings"):
        assert "column_new" in {p.code for p in moved.problems}


@pytest.mark.parametrize("source_id", TABLES)
def test_a_file_cut_off_anywhere_is_refused(
    source_id: str, mirror: Path
) -> None:
    source = SOURCES[source_id]
    whole = _bytes(_rows(mirror, source)).rstrip(b"\n,") + b"\n"
    # more of them near the beginning, where headings are and reading costs little, and one near the end
    for at in (*((n / 40) ** 3 for n in range(1, 39)), 39 / 40):
        cut = whole[: int(len(whole) * at)]
        with pytest.raises(SourceProblem):
            formats.read(source, cut)
        if b"\n" in cut and source.expected_rows:
            with pytest.raises(SourceProblem):
                formats.read(source, cut[: cut.rindex(b"\n") + 1])


@pytest.mark.parametrize(
    "source_id",
    [
        name
        for name in TABLES
        if SOURCES[name].area_type in ("LSOA21", "LSOA11", "LA")
    ],
)
def test_a_retired_foreign_or_misspelt_code_refuses_its_row_only(
    source_id: str, mirror: Path
) -> None:
    source = SOURCES[source_id]
    rows = _rows(mirror, source)
    heading = (
        source.option("code_heading") or source.option("wanted")[0]
        if source.format != "area_lookup_nuts"
        else "LAD24CD"
    )
    at = _column(source, rows, heading)
    targets = [n for n, row in enumerate(rows) if row[at].startswith("W0")][
        : len(BAD_CODES)
    ]
    plain = _read(source, rows)
    for target, code in zip(targets, BAD_CODES, strict=True):
        # In a file of the whole UK, another country's row is no fault.
        wrong = (
            "W06000017"
            if source.format == "els" and code[:1] in ("E", "S")
            else code
        )
        rows[target] = [*rows[target][:at], wrong, *rows[target][at + 1 :]]
    harvest = _read(source, rows)
    refused = {
        p.row
        for p in harvest.problems
        if p.code.startswith("area_code") or p.code == "cell_blank"
    }
    assert refused == {target + 1 for target in targets}
    assert (
        0
        <= len(plain.observations) - len(harvest.observations)
        <= len(source.columns) * len(BAD_CODES)
    )


# An authority that stands twice under a partnership is told by the count of rows: the file is refused whole.
ONE_ROW_AN_AREA = [
    name
    for name in TABLES
    if SOURCES[name].columns and name != "recorded_crime_by_partnership"
]


@pytest.mark.parametrize("source_id", ONE_ROW_AN_AREA)
def test_a_doubled_row_puts_both_figures_out_and_names_both_cells(
    source_id: str, mirror: Path
) -> None:
    source = SOURCES[source_id]
    rows = [row for row in _rows(mirror, source) if any(row)]
    code = _column(source, rows, source.option("code_heading"))
    target = next(n for n, row in enumerate(rows) if row[code].startswith("W"))
    plain = _read(source, rows)
    rows.insert(target + 1, list(rows[target]))
    harvest = _read(source, rows)
    faults = [p for p in harvest.problems if p.code == "figure_twice"]
    assert faults
    assert f"row {target + 1}," in faults[0].found
    assert f"row {target + 2}," in faults[0].found
    assert len(harvest.observations) == len(plain.observations) - len(faults)


@pytest.mark.parametrize(
    "source_id",
    [
        name
        for name in TABLES
        if SOURCES[name].columns and SOURCES[name].expected_rows
    ],
)
def test_a_missing_area_refuses_the_file(source_id: str, mirror: Path) -> None:
    source = SOURCES[source_id]
    rows = _rows(mirror, source)
    del rows[5]
    with pytest.raises(SourceProblem) as refused:
        _read(source, rows)
    assert "row_count" in _codes(refused)


SCALED = [
    name
    for name in TABLES
    if any(column.mean_low is not None for column in SOURCES[name].columns)
]


@pytest.mark.parametrize("source_id", SCALED)
@pytest.mark.parametrize("factor", [0.1, 10, 100, 1000])
def test_another_scale_is_refused_for_every_indicator(
    source_id: str, factor: float, mirror: Path
) -> None:
    source = SOURCES[source_id]
    rows = _rows(mirror, source)
    places = [
        _column(source, rows, name)
        for name in source.option("value_headings", ())[:1]
        or [column.found for column in source.columns]
    ]
    for row in rows[1:]:
        for at in places:
            row[at] = (
                repr(float(row[at]) * factor) if row[at].strip(".") else row[at]
            )
    with pytest.raises(SourceProblem) as refused:
        _read(source, rows)
    caught = {
        dict(p.facts)["column"]
        for p in refused.value.problems
        if p.code == "scale_changed"
    }
    assert caught >= {
        column.found for column in source.columns if column.mean_low is not None
    }


def test_a_partnership_row_that_stands_twice_refuses_the_file(
    mirror: Path,
) -> None:
    source = SOURCES["recorded_crime_by_partnership"]
    rows = _rows(mirror, source)
    rows.insert(4, list(rows[3]))
    with pytest.raises(SourceProblem) as refused:
        _read(source, rows)
    assert "row_count" in _codes(refused)


def test_months_in_columns_are_all_read_or_the_file_is_refused(
    mirror: Path,
) -> None:
    """Cut within the table it is refused; cut in the notes below, every figure stands."""
    source = SOURCES["rough_sleepers_monthly"]
    data = (mirror / source.mirror_path).read_bytes()
    whole = formats.read(source, data).observations
    accepted = 0
    for at in range(1, len(data), 29):
        try:
            assert formats.read(source, data[:at]).observations == whole
            accepted += 1
        except SourceProblem as refusal:
            assert refusal.problems
    assert accepted < len(data) / 29 / 4
    renamed = data.replace(b"Newport ", b"Newtown ")
    assert [
        p.code
        for p in formats.read(source, renamed).problems
        if p.severity is Severity.REFUSED
    ] == ["category_unknown"]


def test_a_changed_unit_is_refused_by_row(mirror: Path) -> None:
    source = SOURCES["els_claimant_count"]
    rows = _rows(mirror, source)
    at = _column(source, rows, "unit")
    rows = [
        rows[0],
        *([*row[:at], "per 1,000", *row[at + 1 :]] for row in rows[1:]),
    ]
    harvest = _read(source, rows)
    assert harvest.observations == []
    assert {p.code for p in harvest.problems} == {"unit_changed"}


def test_another_edition_is_refused_by_its_year(mirror: Path) -> None:
    source = SOURCES["wimd_2025_ranks"]
    rows = _rows(mirror, source)
    with pytest.raises(SourceProblem) as refused:
        _read(
            source,
            [[name.replace("2025", "2019") for name in rows[0]], *rows[1:]],
        )
    [fault] = refused.value.problems
    assert (fault.code, fault.found, fault.expected) == (
        "wrong_edition",
        "the edition 2019",
        "the edition 2025",
    )


def test_the_wales_line_is_no_authority(mirror: Path) -> None:
    source = SOURCES["homelessness_2022_23"]
    rows = _rows(mirror, source)
    rows.append(["W92000004", *rows[1][1:]])
    harvest = _read(source, rows)
    assert [
        p.code for p in harvest.problems if p.severity != Severity.NOTE
    ] == ["area_code_other_kind"]
    assert len(harvest.observations) == 44


def test_an_area_of_2011_is_not_taken_for_one_of_2021(mirror: Path) -> None:
    source = SOURCES["wimd_2025_ranks"]
    rows = _rows(mirror, source)
    rows[1][0] = "W01000001"
    harvest = _read(source, rows)
    assert [(p.code, p.row) for p in harvest.problems] == [
        ("area_code_other_kind", 2)
    ]
    assert len(harvest.observations) == 9 * 1916


def test_a_suppressed_nought_in_statswales_is_no_zero(mirror: Path) -> None:
    source = SOURCES["wimd_2025_ranks_statswales"]
    rows = _rows(mirror, source)
    for note, marker in (
        ("c", Marker.CONFIDENTIAL),
        ("k", Marker.LOW),
        ("w", Marker.NONE_RECORDED),
        ("x", Marker.NOT_AVAILABLE),
        ("z", Marker.NOT_APPLICABLE),
        ("[x] [r]", Marker.NOT_AVAILABLE),
    ):
        rows[1][0], rows[1][-1] = "0", note
        first = _read(source, rows).observations[0]
        assert (first.value, first.marker) == (None, marker)
    rows[1][-1] = "q"
    assert {p.code for p in _read(source, rows).problems} == {"note_unknown"}


def test_a_mended_table_ends_its_correction(mirror: Path) -> None:
    source = SOURCES["flying_start_2018_19"]
    rows = _rows(mirror, source)
    table, measure, code, value = (
        rows[0].index(name)
        for name in ("table", "measure", "area_code", "value")
    )
    for row in rows[1:]:
        if (
            row[table] == "6"
            and row[measure]
            == "Babies receiving breast milk, Flying Start areas"
            and row[code] == "W92000004"
        ):
            row[value] = "4610"
    with pytest.raises(SourceProblem) as refused:
        _read(source, rows)
    assert _codes(refused) == {"correction_expired"}


@pytest.mark.parametrize("source_id", SOURCES)
def test_damaged_bytes_are_refused_or_read(
    source_id: str, mirror: Path
) -> None:
    """The reader may refuse or, where the damage hits an unused cell, read on; it never falls over."""
    source = SOURCES[source_id]
    data = (mirror / source.mirror_path).read_bytes()
    chance = random.Random(source_id)
    for _ in range(3 if len(data) > 300_000 else 12):
        spoilt = bytearray(data)
        for _ in range(chance.choice((1, 3, 40))):
            spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
        try:
            assert isinstance(formats.read(source, bytes(spoilt)), Harvest)
        except SourceProblem as refusal:
            assert refusal.problems


@pytest.mark.parametrize(
    "garbage",
    [
        b"",
        b"\x00" * 500,
        b"<!doctype html><html>Sorry</html>",
        b"PK\x03\x04garbage",
        b"\x1f\x8bgarbage",
        b"a,b\n",
        b"{}",
        b"\xff\xfe\x00",
    ],
)
@pytest.mark.parametrize("source_id", SOURCES)
def test_garbage_is_refused(source_id: str, garbage: bytes) -> None:
    with pytest.raises(SourceProblem):
        formats.read(SOURCES[source_id], garbage)
