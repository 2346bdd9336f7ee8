"""Real spreadsheets are read whole and right, or refused aloud: dates by the whole column, units from the
preamble, headings on two rows, every sheet read or named, hidden rows said, one bad cell refusing its row
alone, and a list of payments recognised.
"""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clearlink.words import say
from etl.pipeline.mapped_import import MappedImport, read_mapped
from etl.pipeline.register import read_register
from etl.records import Severity, SourceProblem
from etl.sources.spreadsheets.foreign_cells import (
    amount_of,
    day_of,
    means_open,
    months_of,
)
from etl.sources.spreadsheets.whole_columns import (
    DAY,
    MIXED,
    MONTH,
    UNSAID,
    day_order,
    sums_of,
)
from tests.registers import COLUMNS, csv_of, directory, row

TITLE = "Rhondda Cynon Taf County Borough Council Housing Support Grant"
HEADER = (
    "Contract ref",
    "Contract title",
    "Supplier",
    "Start date",
    "End date",
    "Annual value",
    "Area",
)
Row = Sequence[object]


@pytest.fixture(autouse=True)
def _a_folder_of_its_own(data_dir: Path) -> None:
    """Mappings are remembered under CLEARLINK_DATA."""


def text(
    rows: Sequence[Row], header: Row = HEADER, above: Sequence[str] = (TITLE,)
) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([*([each] for each in above), header, *rows])
    return out.getvalue().encode()


def project(at: int, **cells: object) -> Row:
    plain: dict[str, object] = dict(
        zip(
            HEADER,
            (
                f"C{at}",
                f"Service {at}",
                "S",
                "01/04/2024",
                "31/03/2027",
                "10,000",
                "County wide",
            ),
            strict=True,
        )
    )
    return [
        *{
            **plain,
            **{name.replace("_", " "): value for name, value in cells.items()},
        }.values()
    ]


def workbook(
    sheets: dict[str, Sequence[Row]],
    hidden: Sequence[str] = (),
    hidden_rows: Sequence[int] = (),
) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for each in rows:
            sheet.append([*each])
        for number in hidden_rows:
            sheet.row_dimensions[number].hidden = True
        if name in hidden:
            sheet.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(data: bytes, name: str = "register.csv", **more: str) -> MappedImport:
    return read_mapped(data, name, "auto", directory(), **more)


def codes(found: MappedImport, severity: Severity | None = None) -> list[str]:
    return [
        p.code
        for p in found.register.problems
        if severity in (None, p.severity)
    ]


def days(found: MappedImport) -> list[tuple[date | None, date | None]]:
    return [(p.start_date, p.end_date) for p in found.register.projects]


# --- dates ---

DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))


@settings(deadline=None)
@given(st.lists(DAYS, min_size=2, max_size=12), st.sampled_from("/.-"))
def test_a_date_that_reads_one_way_only_decides_for_its_file(
    found: list[date], mark: str
) -> None:
    day_first = [each.strftime(f"%d{mark}%m{mark}%Y") for each in found]
    month_first = [each.strftime(f"%m{mark}%d{mark}%Y") for each in found]
    if any(each.day > 12 for each in found):
        assert (day_order(day_first), day_order(month_first)) == (DAY, MONTH)
    else:
        # where nothing decides, months are never taken to be first in silence
        assert day_order(month_first) != MONTH and day_order(day_first) != MONTH


def test_both_ways_in_one_file_are_mixed_and_no_hint_is_unsaid() -> None:
    assert day_order(["13/04/2024", "04/13/2024"]) == MIXED
    assert day_order(["04/05/2024", "06/07/2026"]) == UNSAID
    assert (
        day_order(["04/01/2024", "03/04/2026"]) == UNSAID
    )  # as months first, one begins a month
    assert day_order(["01/04/2024", "01/10/2025"]) == DAY
    assert day_order(["2024-04-01", "1 April 2024"]) == DAY


@settings(max_examples=30, deadline=None)
@given(
    st.lists(DAYS, min_size=3, max_size=8, unique=True).filter(
        lambda each: any(d.day > 12 for d in each)
    )
)
def test_american_dates_are_read_as_their_column_says(
    starts: list[date],
) -> None:
    ends = [each + timedelta(days=400) for each in starts]
    pairs = list(zip(starts, ends, strict=True))
    rows = [
        project(
            at,
            Start_date=a.strftime("%m/%d/%Y"),
            End_date=b.strftime("%m/%d/%Y"),
        )
        for at, (a, b) in enumerate(pairs)
    ]
    found = read(text(rows))
    assert days(found) == pairs and "month_first" in codes(
        found, Severity.WARNING
    )


@pytest.mark.parametrize("lang", ["en", "cy"])
def test_a_file_that_does_not_say_is_asked_and_then_obeyed(lang: str) -> None:
    rows = [project(1, Start_date="04/05/2024", End_date="06/07/2026")]
    found = read(text(rows))
    assert (
        not found.register.projects
        and codes(found, Severity.REFUSED) == ["date_order_unsaid"] * 2
    )
    assert "--dates" in say(lang, "problems.problem.date_order_unsaid.remedy")  # type: ignore[arg-type]
    assert days(read(text(rows), day_order="day")) == [
        (date(2024, 5, 4), date(2026, 7, 6))
    ]
    assert days(read(text(rows), day_order="month")) == [
        (date(2024, 4, 5), date(2026, 6, 7))
    ]


WAYS = [
    "%d-%b-%y",
    "%d-%b-%Y",
    "%d %B %Y",
    "%d/%m/%Y 00:00",
    "%d/%m/%Y 00:00:00",
    "%Y-%m-%dT00:00:00",
    "%d.%m.%y",
    "%d/%m/%y",
]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    "day", [date(2024, 4, 1), date(2025, 12, 31), date(2026, 2, 13)]
)
def test_excels_own_forms_of_a_day(way: str, day: date) -> None:
    (only,) = read(
        text([project(1, Start_date=day.strftime(way), End_date="31/03/2030")])
    ).register.projects
    assert only.start_date == day


@pytest.mark.parametrize(
    "word",
    [
        "Ongoing",
        "ongoing ",
        "ROLLING",
        "open-ended",
        "Parhaus",
        "yn parhau",
        "until further notice",
    ],
)
def test_an_end_that_is_none_leaves_the_row_without_one(word: str) -> None:
    found = read(text([project(1, End_date=word), project(2)]))
    assert means_open(word) and [
        p.end_date for p in found.register.projects
    ] == [
        None,
        date(2027, 3, 31),
    ]
    assert "end_open" in codes(found)


@pytest.mark.parametrize(
    ("word", "months"),
    [
        ("12 months", 12),
        ("3 years", 36),
        ("18 mis", 18),
        ("2 flynedd", 24),
        ("1 year", 12),
    ],
)
def test_a_length_where_the_end_should_stand_gives_the_end(
    word: str, months: int
) -> None:
    assert months_of(word) == str(months)
    (only,) = read(text([project(1, End_date=word)])).register.projects
    assert only.start_date == date(2024, 4, 1) and only.end_date is not None
    assert abs((only.end_date - only.start_date).days - months * 30.44) < 4


def test_years_extensions_and_what_cannot_be_read() -> None:
    assert (
        day_of("2024/25", False, "20").text == "2024-04-01"
        and day_of("2026-27", True, "20").text == "2027-03-31"
    )
    assert day_of("31/03/27 (+1+1)", True, "20").text == "31/03/2027"
    assert day_of("2024/26", False, "20").text == "2024/26"
    found = read(text([project(1, Start_date="Q1 2024"), project(2)]))
    assert (
        codes(found, Severity.REFUSED) == ["date_unreadable"]
        and len(found.register.projects) == 1
    )


# --- sums ---

NOTES = [
    "All figures in £000s",
    "Figures are in £000",
    "Pob ffigur mewn miloedd o bunnoedd",
    "(£'000)",
    "Amounts in thousands",
]


@pytest.mark.parametrize("note", NOTES)
@pytest.mark.parametrize("value", [0.5, 12, 84.5, 1250])
def test_a_note_above_the_table_gives_the_unit(note: str, value: float) -> None:
    rows = [project(at, Annual_value=f"{value + at:,}") for at in range(3)]
    assert [
        p.annual_value_gbp
        for p in read(text(rows, above=[TITLE, note])).register.projects
    ] == [pytest.approx(1000 * (value + at)) for at in range(3)]
    assert [
        p.annual_value_gbp
        for p in read(
            text(rows, above=[TITLE, "Contracts over £5,000"])
        ).register.projects
    ] == [pytest.approx(value + at) for at in range(3)]


@pytest.mark.parametrize("pounds", ["£84,500", "£1,000", "£ 250,000.00"])
@pytest.mark.parametrize(
    "heading",
    ["Annual value (£000)", "Annual value £'000", "Annual value (£k)"],
)
def test_pounds_among_thousands_stay_pounds_and_are_said(
    pounds: str, heading: str
) -> None:
    header = [heading if name == "Annual value" else name for name in HEADER]
    rows = [project(1, Annual_value="84.5"), project(2, Annual_value=pounds)]
    found = read(text(rows, header))
    one, two = found.register.projects
    assert (one.annual_value_gbp, two.annual_value_gbp) == (
        84_500.0,
        float(pounds.strip("£ ").replace(",", "")),
    )
    assert "amount_in_pounds" in codes(found, Severity.WARNING)
    signed = read(
        text(
            [
                project(1, Annual_value="£84.5"),
                project(2, Annual_value="£1,250"),
            ],
            header,
        )
    )
    assert [p.annual_value_gbp for p in signed.register.projects] == [
        84_500.0,
        1_250_000.0,
    ]


@given(
    st.lists(st.integers(10_000, 200_000), min_size=4, max_size=20),
    st.sampled_from([0.001, 0.0001, 5_000, 1e5]),
)
def test_a_sum_of_another_unit_is_found_among_its_like(
    values: list[int], factor: float
) -> None:
    odd = values[0] * factor
    found = sums_of([*enumerate(map(float, values)), (99, odd)])
    assert found.unlike == {99}


def test_a_sum_of_another_unit_is_said_and_kept() -> None:
    rows = [
        project(at, Annual_value=value)
        for at, value in enumerate(["84,500", "91,000", "77,200", "84.5"])
    ]
    found = read(text(rows))
    (told,) = [
        p for p in found.register.problems if p.code == "amount_unlike_others"
    ]
    assert (
        told.row == 6
        and "84.50" in told.found
        and len(found.register.projects) == 4
    )
    assert amount_of("£1.2m").text == "1200000.00"


# --- headings ---


@pytest.mark.parametrize(
    ("first", "second"),
    itertools.permutations(["2023-24", "2024-25", "2025/26", "FY 2026"], 2),
)
def test_names_on_two_rows_are_one_name_and_two_years_are_asked_about(
    first: str, second: str
) -> None:
    rows = [
        [TITLE],
        [
            "Contract ref",
            "Contract title",
            "Supplier",
            "Contract period",
            None,
            "Annual value (£)",
            None,
            "Area",
        ],
        [None, None, None, "Start date", "End date", first, second, None],
        [
            "C1",
            "Service",
            "S",
            date(2024, 4, 1),
            date(2027, 3, 31),
            10_000,
            11_000,
            "County wide",
        ],
    ]
    data = workbook({"Sheet": rows})
    with pytest.raises(SourceProblem) as refused:
        read(data, "x.xlsx")
    assert {p.column for p in refused.value.problems} >= {"annual_value_gbp"}
    from dataclasses import replace

    from etl.pipeline.mapped_import import open_to_map

    foreign, guessed, _ = open_to_map(data, "x.xlsx", directory())
    names = dict(enumerate(foreign.table.header))
    assert (
        names[3] == "Contract period Start date"
        and names[6] == f"Annual value (£) {second}"
    )
    chosen = tuple(
        replace(g, column="annual_value_gbp" if g.index == 6 else None)
        if g.index in (5, 6)
        else g
        for g in guessed.columns
    )
    (only,) = read_mapped(
        data, "x.xlsx", replace(guessed, columns=chosen), directory()
    ).register.projects
    assert (only.start_date, only.end_date, only.annual_value_gbp) == (
        date(2024, 4, 1),
        date(2027, 3, 31),
        11_000.0,
    )


# --- sheets and rows ---


def table_of(prefix: str, count: int = 2) -> list[Row]:
    rows = [
        [cell if i else f"{prefix}{at}" for i, cell in enumerate(project(at))]
        for at in range(count)
    ]
    return [[TITLE], HEADER, *rows]


@pytest.mark.parametrize(
    "names",
    [
        ("2023-24", "2024-25"),
        ("A", "B"),
        ("Taflen 1", "Taflen 2"),
        ("x", "y", "z"),
    ],
)
def test_of_several_tables_none_is_taken_in_silence(
    names: tuple[str, ...],
) -> None:
    data = workbook(
        {name: table_of(name[-1], at + 2) for at, name in enumerate(names)}
    )
    with pytest.raises(SourceProblem) as refused:
        read(data, "x.xlsx")
    assert [p.code for p in refused.value.problems] == ["sheet_not_said"]
    assert all(name in refused.value.problems[0].found for name in names)
    for at, name in enumerate(names):
        found = read(data, "x.xlsx", sheet=name)
        assert len(found.register.projects) == at + 2
        (told,) = [
            p for p in found.register.problems if p.code == "sheets_not_read"
        ]
        assert all((other in told.found) == (other != name) for other in names)
    with pytest.raises(SourceProblem) as absent:
        read(data, "x.xlsx", sheet="nothing")
    assert [p.code for p in absent.value.problems] == ["sheet_not_there"]


@pytest.mark.parametrize("hidden", [[4], [3, 4], [5], [3, 5, 6]])
def test_hidden_rows_are_read_and_said(hidden: list[int]) -> None:
    found = read(
        workbook({"R": table_of("C", 5)}, hidden_rows=hidden), "x.xlsx"
    )
    (told,) = [p for p in found.register.problems if p.code == "rows_hidden"]
    assert len(found.register.projects) == 5 and dict(told.facts)[
        "rows"
    ] == ", ".join(map(str, hidden))


def test_a_hidden_sheet_is_named_and_not_read() -> None:
    found = read(
        workbook({"Old": table_of("O", 9), "R": table_of("C")}, hidden=["Old"]),
        "x.xlsx",
    )
    assert len(found.register.projects) == 2 and "sheets_hidden" in codes(found)


def test_a_template_with_another_sheet_says_what_it_left() -> None:
    cells = {name: row().get(name, "") for name in COLUMNS}
    data = workbook(
        {
            "Register": [list(cells), list(cells.values())],
            "Next year": [list(cells), list(cells.values())],
        }
    )
    found = read_register(data, "x.xlsx", directory=directory())
    assert [
        p.code for p in found.problems if p.severity is Severity.WARNING
    ] == ["sheets_not_read"]


# --- one bad cell ---


@pytest.mark.parametrize(
    "bad", [bytes([at]) for at in (*range(0x80, 0xA0, 4), 0xC3, 0xE9, 0xFF)]
)
@pytest.mark.parametrize("at", range(5))
def test_one_bad_byte_refuses_its_row_and_names_the_cause(
    bad: bytes, at: int
) -> None:
    rows = [
        project(
            n,
            Contract_title=f"Caffi Tŷ Môn {n}",
            Supplier=f"EXAMPLE{'@' if n == at else ''}",
        )
        for n in range(5)
    ]
    data = text(rows).replace(b"@", bad)
    for found in (read(data), read(text(rows).replace(b"@", b"\x92"))):
        assert [p.title for p in found.register.projects] == [
            f"Caffi Tŷ Môn {n}" for n in range(5) if n != at
        ]
        (told,) = [
            p for p in found.register.problems if p.severity is Severity.REFUSED
        ]
        assert (told.code, told.row, told.column) == (
            "cell_letters_lost",
            at + 3,
            "provider_name",
        )


@pytest.mark.parametrize("size", [20_001, 32_768, 400_000])
@pytest.mark.parametrize("column", ["title", "outcomes"])
def test_one_huge_cell_refuses_its_row(size: int, column: str) -> None:
    rows = [
        row(project_id="A"),
        {**row(project_id="B"), column: "x" * size},
        row(project_id="C"),
    ]
    found = read_register(csv_of(rows), "x.csv", directory=directory())
    assert [p.project_id for p in found.projects] == ["A", "C"]
    assert [
        (p.code, p.row)
        for p in found.problems
        if p.severity is Severity.REFUSED
    ] == [("text_long", 3)]


# --- payments ---

MARKS = (
    ["Transaction Number", "Invoice No", "Document Number", "Rhif trafodyn"],
    ["Payment Date", "Date paid", "Invoice date", "Dyddiad talu"],
    ["Net Amount", "Irrecoverable VAT", "Cost Centre", "Swm net"],
)


@pytest.mark.parametrize("marks", list(itertools.product(*MARKS)))
def test_a_list_of_payments_is_recognised_and_refused_with_the_way_out(
    marks: tuple[str, str, str],
) -> None:
    header = ["Supplier Name", "Service Area", *marks]
    data = text(
        [["EXAMPLE LTD", "Adults", n, "15/04/2024", 99] for n in range(4)],
        header,
        above=(),
    )
    for way in (
        lambda: read(data),
        lambda: read_register(data, "x.csv", directory=directory()),
    ):
        with pytest.raises(SourceProblem) as refused:
            way()
        (told,) = refused.value.problems
        assert (
            told.code == "list_of_payments"
            and "one row for each contract" in told.remedy
        )
    kept = [*header, "Contract title", "Start date", "End date"]
    assert read_contract(kept) != "list_of_payments"


def read_contract(header: Sequence[str]) -> str:
    """The code of the refusal of a table with these columns, or nothing."""
    try:
        read(text([["x"] * len(header)], header))
    except SourceProblem as refused:
        return refused.problems[0].code
    return ""
