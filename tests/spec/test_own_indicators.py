"""An authority's own indicator comes in like a register: marked as its own, small counts withheld, and
what is wrong refused in words.
"""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date

import duckdb
import pytest

from clearlink import folders
from etl.build.intake import Intake
from etl.build.load import load_own_indicators
from etl.build.statements import statements
from etl.pipeline.own_figures import add_own_figures
from etl.pipeline.register import _COLUMNS, TABLE_READERS, read_register
from etl.records import Area, Marker, Register, Severity, SourceProblem
from etl.sources.papers.own_indicators import OWN_COLUMNS
from etl.sources.registers.register_columns import register_columns
from tests.registers import directory
from tests.spec.test_spoken import PLANTED

NAMES = [column.name for column in OWN_COLUMNS]
LA = "W06000016"


def row(**said: str) -> str:
    given = {
        "indicator_id": "waiting",
        "name_en": "Families waiting",
        "name_cy": "Teuluoedd yn aros",
        "unit_en": "% of families",
        "unit_cy": "% o deuluoedd",
        "kind": "percentage",
        "direction": "more",
        "theme_id": "family_support",
        "area_code": LA,
        "period": "2025-26",
        "value": "12.5",
        "licence": "OGL 3.0",
        "sensitivity": "public",
        **said,
    }
    return ",".join(f'"{given.get(name, "")}"' for name in NAMES)


def read(*rows: str) -> Register:
    data = ",".join(NAMES) + "\n" + "\n".join(rows) + "\n"
    return read_register(data.encode(), "own.csv", directory=directory())


def refused(register: Register) -> set[str]:
    return {p.code for p in register.problems if p.severity is Severity.REFUSED}


def test_a_figure_is_marked_as_the_authoritys_own() -> None:
    (figure,) = read(row()).own_figures
    assert (figure.indicator_id, figure.value, figure.marker) == (
        "own_waiting",
        12.5,
        None,
    )
    assert (figure.kind, figure.direction, figure.edition) == (
        "rate_pct",
        "+",
        "2025-26",
    )


@pytest.mark.parametrize(
    ("said", "value", "marker"),
    [
        ({"kind": "count", "value": "9"}, None, Marker.CONFIDENTIAL),
        ({"kind": "count", "value": "0"}, None, Marker.CONFIDENTIAL),
        ({"kind": "count", "value": "10"}, 10.0, None),
        (
            {"value": "4.4", "numerator": "4", "denominator": "90"},
            None,
            Marker.CONFIDENTIAL,
        ),
        (
            {"value": "97.8", "numerator": "88", "denominator": "90"},
            None,
            Marker.CONFIDENTIAL,
        ),
        ({"value": "44.4", "numerator": "40", "denominator": "90"}, 44.4, None),
        ({"value": "", "marker": "not_collected"}, None, Marker.NOT_COLLECTED),
    ],
)
def test_fewer_than_ten_people_are_told_by_neither_count_nor_rate(
    said: dict[str, str], value: float | None, marker: Marker | None
) -> None:
    (figure,) = read(row(**said)).own_figures
    assert (figure.value, figure.marker) == (value, marker)


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([row(), row(value="13")], "duplicate_key"),
        (
            [row(), row(period="2024-25", name_en="Families seen")],
            "choice_unknown",
        ),
        ([row(area_code="W06009999")], "area_unknown"),
        ([row(sensitivity="official-sensitive")], "choice_unknown"),
        ([row(theme_id="space_travel")], "choice_unknown"),
        ([row(value="many")], "choice_unknown"),
        ([row(value="1e999")], "choice_unknown"),
        ([row(value="")], "required_blank"),
        ([row(value="5", marker="low")], "choice_unknown"),
        ([row(licence="")], "required_blank"),
    ],
)
def test_what_is_wrong_is_refused_and_the_others_stand(
    rows: list[str], code: str
) -> None:
    register = read(*rows, row(indicator_id="other_one"))
    assert code in refused(register)
    assert "own_other_one" in {f.indicator_id for f in register.own_figures}


def test_a_code_of_2011_in_a_list_of_2021_says_what_it_became() -> None:
    known = directory()
    old, new = next((o, n) for o, n in known.lsoa_successors.items() if n)
    data = ",".join(NAMES) + "\n" + row(area_code=old) + "\n"
    register = read_register(data.encode(), "own.csv", directory=known)
    assert not register.own_figures
    assert new[0] in repr(register.problems)


@pytest.mark.parametrize(
    "text",
    [
        t
        for s in ("whereabouts", "identity_number", "case_file")
        for t in PLANTED[s]
    ],
)  # type: ignore[index]
def test_an_address_or_a_familys_file_is_refused_and_not_echoed(
    text: str,
) -> None:
    for column in ("name_en", "caveat_en", "publisher"):
        register = read(row(**{column: text}))
        assert not register.own_figures and text not in repr(register.problems)


def test_it_stands_among_the_indicators_of_a_build_and_a_second_file_cannot_contradict_it() -> (
    None
):
    intake = Intake(
        "sample", date(2026, 11, 23), True, areas=[Area(LA, "LA", "RCT")]
    )
    first, second = (
        read(row()),
        replace(read(row(value="99")), register_id="b" * 16),
    )
    add_own_figures(intake, first)
    add_own_figures(intake, second)
    assert [len(found) for _, found in intake.observations] == [1]
    assert "own_figure_in_other_file" in {p.code for p in intake.problems}
    con = duckdb.connect()
    for name in ("indicator", "theme_indicator"):
        con.execute(dict(statements("tables"))[name])
    load_own_indicators(con, intake)
    (held,) = con.execute(
        "select indicator_id, name_en, name_cy, kind from indicator"
    ).fetchall()
    assert (
        held[0] == "own_waiting"
        and held[1].endswith("(authority’s own)")
        and held[3] == "rate_pct"
    )
    assert con.execute(
        "select theme_id, role from theme_indicator"
    ).fetchall() == [("family_support", "rate")]


def test_the_template_has_the_columns_that_are_read() -> None:
    with (folders.CATALOGUE / "own_indicator_template.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        assert set(next(csv.reader(file))) == set(NAMES)


@pytest.mark.parametrize(
    "value", ["1,5", "1.234,56", "1e3", "٣", "1,23,456", "1_000"]
)
def test_a_figure_written_otherwise_is_refused_and_not_changed(
    value: str,
) -> None:
    assert refused(read(row(value=value))) == {"choice_unknown"}


@pytest.mark.parametrize("value", ["150", "100.0001", "99999999999"])
def test_a_share_beyond_its_whole_is_refused(value: str) -> None:
    assert refused(read(row(kind="percentage", value=value))) == {
        "choice_unknown"
    }


def test_a_part_larger_than_its_whole_is_refused() -> None:
    said = row(kind="percentage", value="50", numerator="50", denominator="20")
    assert refused(read(said)) == {"choice_unknown"}


@pytest.mark.parametrize(
    "period",
    ["2099", "0000", "abc", "2024-13", "12/2024", "Q1 2024", "2024-26"],
)
def test_a_period_that_is_none_is_refused(period: str) -> None:
    assert refused(read(row(period=period))) == {"choice_unknown"}


def test_one_period_is_written_in_one_way() -> None:
    (one,), (other,) = (
        read(row(period=p)).own_figures for p in ("2024-25", "2024/25")
    )
    assert one == other


def test_few_people_are_withheld_whatever_the_kind_is_called() -> None:
    (figure,) = read(
        row(kind="other", unit_en="families", value="2")
    ).own_figures
    assert (figure.value, figure.marker) == (None, Marker.CONFIDENTIAL)
    (minutes,) = read(
        row(kind="other", unit_en="minutes", value="2")
    ).own_figures
    assert minutes.value == 2


@pytest.mark.parametrize("how_many", [2, 3, 5])
@pytest.mark.parametrize("between", [0, 1, 4])
@pytest.mark.parametrize("period", ["2025-26", "2025/26"])
def test_two_figures_for_one_cell_are_none_and_both_rows_are_named(
    how_many: int, between: int, period: str
) -> None:
    others = [row(indicator_id=f"other_{n}") for n in range(between)]
    repeated = [
        row(value=str(20 + n), period=period) for n in range(how_many - 1)
    ]
    register = read(row(), *others, *repeated)
    assert {f.indicator_id for f in register.own_figures} == {
        f"own_other_{n}" for n in range(between)
    }
    rows = [2, *range(3 + between, 2 + between + how_many)]
    told = {
        p.row: dict(p.facts)["other"]
        for p in register.problems
        if p.code == "duplicate_key"
    }
    assert sorted(told) == rows
    letter = "H"
    assert all(
        told[at] == ", ".join(f"{letter}{n}" for n in rows if n != at)
        for at in rows
    )


def test_a_copied_row_is_loaded_once_and_said() -> None:
    register = read(row(), row(), row())
    assert len(register.own_figures) == 1 and not refused(register)
    assert [p.row for p in register.problems if p.code == "row_copied"] == [
        3,
        4,
    ]


@pytest.mark.parametrize("beneath", ["", "\n", ",,,,\n"])
@pytest.mark.parametrize("format", ["auto", "own_indicators"])
def test_a_file_of_column_names_alone_says_why_nothing_came(
    beneath: str, format: str
) -> None:
    data = ",".join(NAMES) + "\n" + beneath
    with pytest.raises(SourceProblem) as stopped:
        read_register(data.encode(), "own.csv", format, directory=directory())
    assert [p.code for p in stopped.value.problems] == ["table_empty"]


@pytest.mark.parametrize("form", sorted(TABLE_READERS))
def test_no_list_of_column_names_alone_is_taken_in_silence(form: str) -> None:
    columns = _COLUMNS[form] if form in _COLUMNS else register_columns()
    data = ",".join(column.name for column in columns) + "\n"
    with pytest.raises(SourceProblem) as stopped:
        read_register(data.encode(), "list.csv", directory=directory())
    assert "table_empty" in {p.code for p in stopped.value.problems}


@pytest.mark.parametrize(
    ("unit_en", "unit_cy"),
    [
        ("number of families", "nifer o deuluoedd"),
        ("families waiting", "ar y rhestr"),
        ("waiting", "teuluoedd yn aros"),
        ("young people (all)", "pobl ifanc"),
        ("Children born", "babanod"),
        ("on the list", "nifer y plant"),
        ("cases opened", "achosion"),
        ("parents", "rhieni"),
        ("mothers and fathers", "mamau a thadau"),
        ("individuals", "unigolion"),
        ("students", "myfyrwyr"),
        ("claimants", "hawlwyr"),
        ("boys", "bechgyn"),
        ("births", "genedigaethau"),
        ("referrals", "atgyfeiriadau"),
    ],
)
def test_a_unit_that_names_people_anywhere_in_either_language_counts_people(
    unit_en: str, unit_cy: str
) -> None:
    said = {"kind": "other", "unit_en": unit_en, "unit_cy": unit_cy}
    (few,) = read(row(**said, value="4")).own_figures
    assert (few.value, few.marker) == (None, Marker.CONFIDENTIAL)
    (many,) = read(row(**said, value="40")).own_figures
    assert many.value == 40


@pytest.mark.parametrize(
    ("unit_en", "unit_cy"),
    [
        ("% of families", "% o deuluoedd"),
        ("minutes per child", "munudau fesul plentyn"),
        ("share of children", "cyfran y plant"),
        ("rooms", "ystafelloedd"),
        ("per 1,000 children", "o bob 1,000 o blant"),
        ("addresses", "cyfeiriadau"),
    ],
)
def test_a_share_of_people_is_no_count_of_them(
    unit_en: str, unit_cy: str
) -> None:
    (figure,) = read(
        row(kind="other", unit_en=unit_en, unit_cy=unit_cy, value="4")
    ).own_figures
    assert figure.value == 4


@pytest.mark.parametrize(
    "column", ["kind", "direction", "sensitivity", "unit_cy"]
)
def test_what_an_indicator_must_say_is_not_taken_for_granted(
    column: str,
) -> None:
    register = read(row(**{column: ""}))
    assert refused(register) == {"required_blank"}
    assert not register.own_figures


@pytest.mark.parametrize(
    ("value", "whole", "is_told"),
    [
        ("5", "20", False),
        ("95", "40", False),
        ("100", "50", True),
        ("50", "40", True),
    ],
)
def test_people_behind_a_share_are_worked_out_where_they_are_not_given(
    value: str, whole: str, is_told: bool
) -> None:
    (figure,) = read(row(value=value, denominator=whole)).own_figures
    assert (figure.value is not None) is is_told


def test_a_rate_whose_unit_counts_people_is_held_to_ten() -> None:
    (figure,) = read(
        row(kind="rate", unit_en="families", unit_cy="teuluoedd", value="4")
    ).own_figures
    assert figure.marker is Marker.CONFIDENTIAL


def test_a_share_of_a_few_is_withheld_whatever_is_not_said() -> None:
    (figure,) = read(row(denominator="9")).own_figures
    assert (figure.value, figure.marker) == (None, Marker.CONFIDENTIAL)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"indicator_id": "💥"}, "id_unsafe"),
        ({"indicator_id": "—/—"}, "id_unsafe"),
        ({"indicator_id": "x" * 10_000}, "text_long"),
        ({"indicator_id": "families cf37 1aa"}, "whereabouts"),
        *(
            ({column: "x" * 5_000}, "text_long")
            for column in (
                "name_en",
                "name_cy",
                "unit_en",
                "unit_cy",
                "licence",
                "publisher",
                "edition",
            )
        ),
        *(
            ({column: "near 12 High Street, CF37 1AA"}, "whereabouts")
            for column in ("unit_en", "unit_cy", "licence", "edition")
        ),
        ({"numerator": "80", "denominator": "90"}, "choice_unknown"),
        ({"numerator": "13", "denominator": "900"}, "choice_unknown"),
        ({"value": "1e3"}, "choice_unknown"),
        ({"value": "NaN"}, "choice_unknown"),
        ({"value": "٣"}, "choice_unknown"),
        ({"name_cy": "\u200b"}, "text_invisible"),
        ({"name_en": "a\u202eb"}, "control_characters"),
    ],
)
def test_a_hostile_cell_is_refused_with_its_row_and_what_to_do(
    said: dict[str, str], code: str
) -> None:
    register = read(row(**said), row(indicator_id="other"))
    assert code in refused(register)
    assert [f.indicator_id for f in register.own_figures] == ["own_other"]
    assert all(p.row == 2 for p in register.problems)


def test_a_rounded_percentage_agrees_with_its_counts() -> None:
    (figure,) = read(
        row(value="33", numerator="30", denominator="90")
    ).own_figures
    assert figure.value == 33
