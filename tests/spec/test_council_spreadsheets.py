"""A spreadsheet nobody has seen before goes from its own columns to a register, without anybody writing
code.
"""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from clearlink.words import sentences
from etl.pipeline.mapped_import import (
    confirm,
    mapping_lines,
    open_to_map,
    read_mapped,
)
from etl.records import Area, Severity, SourceProblem
from etl.sources.spreadsheets.column_mapping import (
    mapping_from_json,
    mapping_to_json,
)
from etl.sources.spreadsheets.foreign_cells import (
    amount_of,
    day_of,
    means_nothing,
)
from etl.sources.spreadsheets.money_unit import Unit
from tests.registers import CARDIFF, RCT, directory

Cells = list[object]


def book(
    rows: list[Cells], merged: tuple[str, ...] = (), title: str = "Contracts"
) -> bytes:
    """A workbook as a contracts officer leaves it: an introduction first, merged titles, whatever cells
    there are.
    """
    made = openpyxl.Workbook()
    made.active.title = "Read me"
    made.active["A1"] = "Guidance for budget holders"
    sheet = made.create_sheet(title)
    for row in rows:
        sheet.append(row)
    for area in merged:
        sheet.merge_cells(area)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


ENGLISH = book(
    [
        ["Rhondda Cynon Taf County Borough Council"],
        ["Families First contracts register, as at 1 April 2024"],
        [],
        [
            "Ref No.",
            "Contract name",
            "Delivered by",
            "Start Date",
            "Expiry date",
            "Annual value (£)",
            "Area served",
            "No. of places",
            "Contract manager",
        ],
        [
            "FF1",
            "Parenting groups",
            "Cwm Families",
            45383,
            46477,
            "£84,500 p.a.",
            "County wide",
            "60 families",
            "A. Officer",
        ],
        [
            "FF2",
            "Young carers",
            "Cwm Carers",
            date(2024, 4, 1),
            date(2027, 3, 31),
            32100.5,
            "W01001274; W01001275",
            25,
            "A. Officer",
        ],
        [
            "FF3",
            "Disability play",
            "TBC",
            "1st April 2024",
            "31 Mawrth 2026",
            "c. £41.2k",
            "Rhondda Cynon Taf 003A",
            "n/a",
            "",
        ],
        [
            "FF4",
            "Youth work",
            "Valleys Youth",
            "01/04/24",
            "March 2026",
            "TBC",
            "Narnia",
            10,
            "",
        ],
        [],
        ["", "Total", "", "", "", "=SUM(F5:F8)", "", "", ""],
        ["Source: finance system, excludes VAT"],
    ],
    merged=("A1:I1", "A2:I2"),
)
WELSH = book(
    [
        ["Cyngor Caerdydd"],
        [
            "Cyfeirnod",
            "Enw’r prosiect",
            "Rhaglen",
            "Darparwr",
            "Dyddiad dechrau",
            "Dyddiad gorffen",
            "Cyfanswm y gwerth",
            "Ardal",
            "Grŵp cleientiaid",
            "Haen",
        ],
        [
            "CF-1",
            "Cymorth fel y bo’r angen",
            "GCT",
            "Tai Taf",
            "01/04/2023",
            "31/03/2026",
            "£300,000",
            "Sir gyfan",
            "Gofalwyr ifanc",
            "Dwys",
        ],
        [
            "CF-2",
            "Dechrau cryf",
            "Dechrau'n Deg",
            "Meithrin",
            "1 Ebrill 2023",
            "31 Mawrth 2024",
            "45000",
            "W01001943",
            "Rhywun arall",
            "wedi ei dargedu",
        ],
        ["Is-gyfanswm", "", "", "", "", "", "345000", "", "", ""],
        ["Cyfanswm", "", "", "", "", "", "£345,000", "", "", ""],
    ]
)


@pytest.fixture(autouse=True)
def _a_folder_of_its_own(data_dir: Path) -> None:
    """Mappings are remembered under CLEARLINK_DATA."""


def codes(problems: object) -> set[str]:
    return {p.code for p in problems}  # type: ignore[attr-defined]


def test_an_english_register_with_titles_totals_and_serial_dates_is_read() -> (
    None
):
    read = read_mapped(ENGLISH, "contracts.xlsx", "auto", directory())
    found = {p.project_id: p for p in read.register.projects}
    assert list(found) == ["FF1", "FF2", "FF3", "FF4"]
    one, two, three, four = found.values()
    assert (one.title, one.la_code, one.programme_id, one.provider_name) == (
        "Parenting groups",
        RCT,
        "families_first",
        "Cwm Families",
    )
    assert (one.start_date, one.end_date) == (
        date(2024, 4, 1),
        date(2027, 3, 31),
    )
    assert (one.annual_value_gbp, one.area_codes) == (84500.0, (RCT,))
    assert (
        one.capacity,
        one.capacity_unit,
        one.delivery_model,
        two.delivery_model,
    ) == (
        60,
        "families",
        "area_wide",
        None,
    )
    assert (two.start_date, two.annual_value_gbp, two.area_codes) == (
        date(2024, 4, 1),
        32100.5,
        ("W01001274", "W01001275"),
    )
    assert (three.start_date, three.end_date, three.annual_value_gbp) == (
        date(2024, 4, 1),
        date(2026, 3, 31),
        41200.0,
    )
    assert (three.provider_name, three.capacity, three.area_codes) == (
        None,
        None,
        ("W01001274",),
    )
    assert (
        four.start_date,
        four.end_date,
        four.annual_value_gbp,
        four.area_codes,
    ) == (
        date(2024, 4, 1),
        date(2026, 3, 31),
        None,
        (),
    )
    assert not [
        p for p in read.register.problems if p.severity is Severity.REFUSED
    ]
    assert codes(read.register.problems) >= {
        "total_row",
        "remark_row",
        "serial_date",
        "short_year",
        "month_only",
        "cell_means_nothing_given",
        "word_not_matched",
        "column_not_used",
    }


def test_a_problem_names_the_cell_of_the_councils_own_file() -> None:
    read = read_mapped(ENGLISH, "contracts.xlsx", "auto", directory())
    narnia = next(
        p for p in read.register.problems if p.code == "word_not_matched"
    )
    assert (narnia.row, dict(narnia.facts)["letter"], narnia.found) == (
        8,
        "G",
        "“Narnia”",
    )


def test_a_welsh_register_with_total_values_is_read() -> None:
    read = read_mapped(WELSH, "cofrestr.xlsx", "auto", directory())
    one, two = read.register.projects
    assert (one.la_code, one.programme_id, one.tier) == (
        CARDIFF,
        "housing_support_grant",
        "intensive",
    )
    assert (one.annual_value_gbp, one.area_codes, one.target_group) == (
        100000.0,
        (CARDIFF,),
        "ff_young_carers",
    )
    assert (two.programme_id, two.annual_value_gbp, two.area_codes) == (
        "flying_start",
        45000.0,
        ("W01001943",),
    )
    # an unknown group leaves the cell empty and says so; the project is not turned away for it
    assert two.target_group is None
    assert [p.row for p in read.register.problems if p.code == "total_row"] == [
        5,
        6,
    ]


def test_a_csv_in_windows_letters_with_semicolons_and_thousands_is_read() -> (
    None
):
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(
        [
            [
                "Prosiect",
                "Awdurdod",
                "Gwerth blynyddol (£000)",
                "Dechrau",
                "Diwedd",
            ],
            [
                "Cefnogaeth i rieni – Môn",
                "Caerdydd",
                "84.5",
                "01.04.2024",
                "31.03.2025",
            ],
            [
                "Cefnogaeth i rieni – Taf",
                "Caerdydd",
                "12",
                "01.04.2024",
                "31.03.2025",
            ],
        ]
    )
    read = read_mapped(
        out.getvalue().encode("cp1252"), "x.csv", "auto", directory()
    )
    assert [(p.title, p.annual_value_gbp) for p in read.register.projects] == [
        ("Cefnogaeth i rieni – Môn", 84500.0),
        ("Cefnogaeth i rieni – Taf", 12000.0),
    ]
    made = [p.project_id for p in read.register.projects]
    again = read_mapped(
        out.getvalue().encode("cp1252"), "y.csv", "auto", directory()
    )
    assert (
        made == [p.project_id for p in again.register.projects]
        and len(set(made)) == 2
    )


def test_a_section_heading_gives_the_programme_of_the_rows_below_it() -> None:
    rows: list[Cells] = [
        ["Project", "Authority", "Start date"],
        ["Families First", None, None],
        ["Young carers", "Cardiff", "2024-04-01"],
        ["HSG", None, None],
        ["Floating support", "Cardiff", "2024-04-01"],
    ]
    read = read_mapped(book(rows), "x.xlsx", "auto", directory())
    assert [(p.title, p.programme_id) for p in read.register.projects] == [
        ("Young carers", "families_first"),
        ("Floating support", "housing_support_grant"),
    ]


def test_a_mapping_is_shown_confirmed_and_remembered(data_dir: Path) -> None:
    _, guessed, was_remembered = open_to_map(
        WELSH, "cofrestr.xlsx", directory()
    )
    assert (
        not was_remembered
        and guessed.fixed == {"commissioner": CARDIFF}
        and guessed.confidence >= 0.75
    )
    for lang in ("en", "cy"):
        assert len(mapping_lines(guessed, lang)) >= 11
    from dataclasses import replace

    told = replace(
        guessed, words={"target_group": {"Rhywun arall": "fs_parents"}}
    )
    path = confirm(told)
    kept = mapping_from_json(path.read_text(encoding="utf-8"), "m")
    # which column is which is remembered, and nothing that is true of one file only
    assert path.parent == data_dir / "mappings" and kept.places == told.places
    assert not kept.fixed and not kept.words
    read = read_mapped(WELSH, "cofrestr.xlsx", "auto", directory())
    assert read.was_remembered and [
        p.target_group for p in read.register.projects
    ] == [
        "ff_young_carers",
        "fs_parents",
    ]


@pytest.mark.parametrize(
    "broken",
    [
        "{",
        "[]",
        '{"columns": 3, "header_hash": ""}',
        '{"header_hash": "x", "columns": [{"index": 0, "header": "a", "column": "shoe_size"}]}',
    ],
)
def test_a_mapping_that_is_none_is_refused(broken: str) -> None:
    with pytest.raises(SourceProblem):
        mapping_from_json(broken, "m.json")


def test_a_mapping_goes_out_and_comes_back_equal() -> None:
    _, guessed, _ = open_to_map(ENGLISH, "contracts.xlsx", directory())
    assert mapping_from_json(mapping_to_json(guessed), "m.json") == guessed


def test_nothing_is_loaded_while_nobody_knows_who_commissions() -> None:
    rows: list[Cells] = [
        ["Project", "Start date"],
        ["Young carers", "2024-04-01"],
    ]
    with pytest.raises(SourceProblem) as refused:
        read_mapped(book(rows), "x.xlsx", "auto", directory())
    assert [p.code for p in refused.value.problems] == ["mapping_incomplete"]


def test_a_refuge_keeps_its_address_to_itself() -> None:
    rows: list[Cells] = [
        ["Project", "Authority", "Area", "Notes"],
        [
            "Women’s refuge",
            "Cardiff",
            "12 Park Road, CF10 1AA",
            "ring 029 2087 2087",
        ],
    ]
    read = read_mapped(book(rows), "x.xlsx", "auto", directory())
    assert not read.register.projects
    said = " ".join(
        str(p) for p in read.register.problems
    ) + read.refused_rows_csv("cy").decode("utf-8")
    assert "Park Road" not in said and "2087" not in said and "CF10" not in said


def test_a_refused_row_can_be_mended_in_template_form() -> None:
    rows: list[Cells] = [
        ["Project", "Authority", "Start date", "End date"],
        ["Young carers", "Cardiff", "2024-04-01", "2023-04-01"],
    ]
    read = read_mapped(book(rows), "x.xlsx", "auto", directory())
    text = read.refused_rows_csv().decode("utf-8-sig")
    assert (
        text.startswith("what_to_fix,title,commissioner,start,end,")
        and "Young carers" in text
    )


def test_a_formula_is_refused_and_not_calculated() -> None:
    rows: list[Cells] = [
        ["Project", "Authority"],
        ["Young carers", "Cardiff"],
        ["Placeholder", "Cardiff"],
    ]
    made = openpyxl.load_workbook(io.BytesIO(book(rows)))
    cell = made["Contracts"]["A3"]
    cell.value, cell.data_type = "=1+1", "s"
    out = io.BytesIO()
    made.save(out)
    read = read_mapped(out.getvalue(), "x.xlsx", "auto", directory())
    assert [p.title for p in read.register.projects] == ["Young carers"]
    assert "formula" in codes(read.register.problems)


@pytest.mark.parametrize(
    ("text", "is_end", "said"),
    [
        ("45383", False, "2024-04-01"),
        ("1 Ebrill 2024", False, "01/04/2024"),
        ("Monday, 1st April 2024", False, "01/04/2024"),
        ("Chwefror 2024", True, "2024-02-29"),
        ("Feb 2023", False, "2023-02-01"),
        ("01.04.24", False, "01/04/2024"),
        ("2024-04-01", False, "2024-04-01"),
        ("12345", False, "12345"),
        ("next year", False, "next year"),
    ],
)
def test_dates_as_people_write_them(text: str, is_end: bool, said: str) -> None:
    assert day_of(text, is_end, "20").text == said


@pytest.mark.parametrize(
    ("text", "thousands", "said"),
    [
        ("£84,500 p.a.", False, "£84,500"),
        ("£1.2m", False, "1200000.00"),
        ("84.5k", False, "84500.00"),
        ("tua £5,000 y flwyddyn", False, "£5,000"),
        ("12.5", True, "12500.00"),
        ("£50,000 - £60,000", False, "£50,000 - £60,000"),
        ("-500", False, "-500"),
    ],
)
def test_amounts_as_people_write_them(
    text: str, thousands: bool, said: str
) -> None:
    assert (
        amount_of(text, Unit.THOUSANDS if thousands else Unit.POUNDS).text
        == said
    )


def test_a_blank_is_told_from_a_word_for_nothing() -> None:
    assert (
        means_nothing("TBC")
        and means_nothing("-")
        and means_nothing("I’w gadarnhau")
        and not means_nothing("")
        and not means_nothing("0")
    )


def test_every_sentence_of_the_mapping_is_in_both_languages() -> None:
    for key, entry in sentences().items():
        if key.startswith("exchange."):
            assert entry.get("en") and entry.get("cy"), key


def test_a_ward_of_another_authority_is_not_taken_for_ours() -> None:
    known = directory()
    other = Area("W01009999", "LSOA21", "Castle", None, CARDIFF)
    from dataclasses import replace

    known = replace(
        known,
        area_types={**known.area_types, "W01009999": frozenset({"LSOA21"})},
        area_names={**known.area_names, "W01009999": other.name_en},
        area_authority={**known.area_authority, "W01009999": CARDIFF},
        place_names={**known.place_names, "castle": ("W01009999",)},
    )
    rows: list[Cells] = [
        ["Project", "Authority", "Ward"],
        ["A", "Rhondda Cynon Taf", "Castle"],
        ["B", "Cardiff", "Castle"],
    ]
    read = read_mapped(book(rows), "x.xlsx", "auto", known)
    assert [p.area_codes for p in read.register.projects] == [
        (),
        ("W01009999",),
    ]
