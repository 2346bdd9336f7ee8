"""What the sums of a council's column count is said by its heading, its notes or a person: converted, asked
about, or left out; never pence taken for pounds.
"""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from etl.pipeline.mapped_import import guess_mapping, read_mapped
from etl.records import Register, SourceProblem
from etl.sources.spreadsheets.column_mapping import (
    ColumnMapping,
    mapping_from_json,
    mapping_to_json,
    remember_mapping,
    remembered_mapping,
)
from etl.sources.spreadsheets.foreign_table import open_foreign
from etl.sources.spreadsheets.money_unit import Unit, unit_said
from tests.registers import directory

SAID = {
    Unit.PENCE: (
        "Annual value (pence)",
        "Annual value in pence",
        "Gwerth blynyddol (ceiniogau)",
    ),
    Unit.THOUSANDS: (
        "Annual value (£000s)",
        "Annual value £k",
        "Annual value (thousands)",
    ),
    Unit.MILLIONS: (
        "Annual value (£m)",
        "Annual value £ millions",
        "Annual value (£000,000)",
    ),
    Unit.POUNDS: (
        "Annual value",
        "Annual value (£)",
        "Annual value GBP",
        "Gwerth blynyddol",
    ),
    Unit.UNSAID: (
        "Annual value (p)",
        "Annual value (m)",
        "Annual value €",
        "Annual value USD",
    ),
}
NOTES = {
    Unit.PENCE: ("All figures in pence", "Amounts are shown in pence"),
    Unit.THOUSANDS: (
        "All figures in £000s",
        "Pob ffigur mewn miloedd o bunnoedd",
    ),
    Unit.MILLIONS: ("Figures in £m", "All figures in millions"),
}
POUNDS_OF_12 = {
    Unit.PENCE: 0.12,
    Unit.THOUSANDS: 12_000.0,
    Unit.MILLIONS: 12_000_000.0,
    Unit.POUNDS: 12.0,
}
ORDERS = (
    ("{sum}", "Service"),
    ("Service", "{sum}"),
    ("Ward", "Service", "Provider", "{sum}"),
)


def file_of(
    heading: str,
    cells: tuple[str, ...],
    order: tuple[str, ...] = ORDERS[1],
    note: str = "",
) -> bytes:
    names = [name.format(sum=heading) for name in order]
    lines = [",".join(f'"{name}"' for name in names)]
    for number, cell in enumerate(cells):
        given = {
            "Service": f"Youth club {number}",
            "Ward": "",
            "Provider": "A body",
        }
        lines.append(",".join(f'"{given.get(name, cell)}"' for name in order))
    above = [f'"{note}"'] if note else []
    return "\n".join([*above, *lines, ""]).encode()


def mapped(
    data: bytes, unit: Unit | None = None, guess: ColumnMapping | None = None
) -> Register:
    mapping = guess or guess_mapping(open_foreign(data, "c.csv"), directory())
    if unit is not None:
        columns = tuple(
            replace(g, unit=unit) if g.column == "annual_value_gbp" else g
            for g in mapping.columns
        )
        mapping = replace(mapping, columns=columns)
    return read_mapped(
        data, "c.csv", mapping, directory(), fixed={"commissioner": "Cardiff"}
    ).register


HEADINGS = [
    (unit, heading) for unit, headings in SAID.items() for heading in headings
]


@pytest.mark.parametrize(("said", "order"), [*product(HEADINGS, ORDERS)])
def test_a_heading_says_what_its_sums_count_or_they_are_asked_about(
    said: tuple[Unit, str], order: tuple[str, ...]
) -> None:
    unit, heading = said
    data = file_of(heading, ("12", "12"), order)
    if unit is Unit.UNSAID:
        with pytest.raises(SourceProblem) as stopped:
            mapped(data)
        assert {p.code for p in stopped.value.problems} == {"unit_unsaid"}
        return
    assert {p.annual_value_gbp for p in mapped(data).projects} == {
        POUNDS_OF_12[unit]
    }


@pytest.mark.parametrize(
    ("unit", "note"), [(u, n) for u, notes in NOTES.items() for n in notes]
)
def test_a_note_above_the_table_says_it_too(unit: Unit, note: str) -> None:
    assert {
        p.annual_value_gbp
        for p in mapped(file_of("Annual value", ("12",), note=note)).projects
    } == {POUNDS_OF_12[unit]}


@pytest.mark.parametrize(
    ("heading", "unit"), [*product([h for _, h in HEADINGS], POUNDS_OF_12)]
)
def test_what_a_person_says_of_a_column_counts(
    heading: str, unit: Unit
) -> None:
    register = mapped(file_of(heading, ("12", "1,200")), unit)
    values = [p.annual_value_gbp for p in register.projects]
    assert values == [
        POUNDS_OF_12[unit],
        pytest.approx(100 * POUNDS_OF_12[unit]),
    ]
    assert (f"unit_{unit}" in {p.code for p in register.problems}) is (
        unit is not Unit.POUNDS
    )


@pytest.mark.parametrize("heading", SAID[Unit.UNSAID])
def test_sums_of_another_currency_are_left_out_and_said(heading: str) -> None:
    register = mapped(file_of(heading, ("12", "1,200")), Unit.OTHER)
    assert [p.annual_value_gbp for p in register.projects] == [None, None]
    assert "unit_other" in {p.code for p in register.problems}


@pytest.mark.parametrize(
    ("unit", "cell", "pounds"),
    [(Unit.PENCE, "£12.50", 12.5), (Unit.MILLIONS, "£1,200", 1200)],
)
def test_pounds_among_sums_of_another_unit_stay_pounds_and_are_said(
    unit: Unit, cell: str, pounds: float
) -> None:
    register = mapped(file_of(SAID[unit][0], ("12", cell)))
    assert [p.annual_value_gbp for p in register.projects] == [
        POUNDS_OF_12[unit],
        pounds,
    ]
    assert "amount_in_pounds" in {p.code for p in register.problems}


@pytest.mark.parametrize(("unit", "heading"), HEADINGS)
def test_a_mapping_that_is_kept_says_its_unit_and_the_next_file_says_its_own(
    unit: Unit, heading: str, tmp_path: Path
) -> None:
    foreign = open_foreign(file_of(heading, ("12",)), "c.csv")
    guess = guess_mapping(foreign, directory())
    assert mapping_from_json(mapping_to_json(guess), "m.json") == guess
    insisted = replace(
        guess,
        columns=tuple(replace(g, unit=Unit.MILLIONS) for g in guess.columns),
    )
    remember_mapping(tmp_path, insisted)
    kept = remembered_mapping(tmp_path, foreign, directory())
    assert kept is not None and kept.places[
        "annual_value_gbp"
    ].unit == unit == unit_said(heading, ())


@pytest.mark.parametrize(("unit", "heading"), HEADINGS)
@pytest.mark.parametrize("in_thousands", [True, False])
def test_a_mapping_of_an_earlier_version_takes_no_pence_for_pounds(
    unit: Unit, heading: str, in_thousands: bool
) -> None:
    guess = guess_mapping(
        open_foreign(file_of(heading, ("12",)), "c.csv"), directory()
    )
    earlier = json.loads(mapping_to_json(guess))
    for column in earlier["columns"]:
        del column["unit"]
        column["in_thousands"] = in_thousands
    read = mapping_from_json(json.dumps(earlier), "m.json")
    assert read.places["annual_value_gbp"].unit == (
        Unit.THOUSANDS if in_thousands else unit
    )
