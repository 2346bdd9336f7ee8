"""A column is what its heading and its cells say together: days are no title, two languages are two headings,
weak evidence is asked about.
"""

from __future__ import annotations

import csv
import io
import itertools
from pathlib import Path

import pytest

from etl.pipeline.mapped_import import open_to_map, read_mapped
from etl.records import SourceProblem
from tests.registers import directory

TITLE = "Rhondda Cynon Taf Housing Support Grant"
CELLS = {
    "project_id": ("C1", "C2", "C3"),
    "title": (
        "Floating support in the valleys",
        "Young people’s hub",
        "Night shelter for the town",
    ),
    "provider_name": ("Cwm Care", "Taf Trust", "Cwm Care"),
    "start": ("01/04/2024", "01/04/2023", "13/05/2024"),
    "end": ("31/03/2027", "31/03/2026", "30/06/2027"),
    "annual_value_gbp": ("£10,000", "£12,500", "£9,900"),
    "priority_id": ("P-1", "P-2", ""),
    "target_group": ("Older people", "Children 0–4", "Homeless people"),
}
NAMES = {
    "project_id": ("Contract ref", "Ref / Cyf", "Cyfeirnod"),
    "title": (
        "Service name / Enw'r gwasanaeth",
        "Enw’r gwasanaeth | Service name",
        "Contract title\nTeitl y contract",
    ),
    "provider_name": ("Provider / Darparwr", "Supplier", "Cyflenwr / Supplier"),
    "start": (
        "Contract start",
        "Start date / Dyddiad dechrau",
        "Dyddiad dechrau",
    ),
    "end": ("Contract expiry", "Expiry date", "End date – Dyddiad gorffen"),
    "annual_value_gbp": (
        "Annual value",
        "Annual value (£) / Gwerth blynyddol (£)",
        "Gwerth blynyddol",
    ),
    "priority_id": (
        "PNA ref",
        "Population needs assessment ref",
        "Blaenoriaeth",
    ),
    "target_group": (
        "Client group",
        "Client group / Grŵp cleientiaid",
        "Grŵp cleientiaid",
    ),
}


@pytest.fixture(autouse=True)
def _a_folder_of_its_own(data_dir: Path) -> None:
    """Mappings are remembered under CLEARLINK_DATA."""


def table(names: dict[str, str]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(
        [
            [TITLE],
            [*names.values()],
            *zip(*(CELLS[column] for column in names), strict=True),
        ]
    )
    return out.getvalue().encode()


VARIANTS = [
    (order, which)
    for order in list(itertools.permutations(NAMES))[::2500]
    for which in itertools.product(range(3), repeat=2)
]


@pytest.mark.parametrize(("order", "which"), VARIANTS)
def test_headings_in_one_language_or_two_and_in_any_order(
    order: tuple[str, ...], which: tuple[int, int]
) -> None:
    names = {
        column: NAMES[column][which[at % 2]] for at, column in enumerate(order)
    }
    _, guessed, _ = open_to_map(table(names), "x.csv", directory())
    assert {
        column: guess.header for column, guess in guessed.places.items()
    } == {
        column: " / ".join(name.splitlines()) for column, name in names.items()
    }
    assert guessed.confidence >= 0.9
    read = read_mapped(table(names), "x.csv", "auto", directory()).register
    assert [p.theme_ids for p in read.projects] == [
        ("older_people",),
        ("early_years",),
        ("housing_homelessness",),
    ]
    assert not [p for p in read.problems if p.code == "word_not_matched"]


@pytest.mark.parametrize(
    "heading",
    [
        "Contract",
        "Service",
        "Title",
        "Project",
        "Contract expiry",
        "Description",
    ],
)
@pytest.mark.parametrize("cells", ["end", "start", "annual_value_gbp"])
def test_days_and_sums_are_never_a_title(heading: str, cells: str) -> None:
    out = io.StringIO()
    csv.writer(out).writerows(
        [
            [TITLE],
            ["Ref", heading, "Supplier"],
            *zip(
                CELLS["project_id"],
                CELLS[cells],
                CELLS["provider_name"],
                strict=True,
            ),
        ]
    )
    _, guessed, _ = open_to_map(out.getvalue().encode(), "x.csv", directory())
    assert "title" not in guessed.places and "title" in guessed.missing
    with pytest.raises(SourceProblem):
        read_mapped(out.getvalue().encode(), "x.csv", "auto", directory())


@pytest.mark.parametrize(
    "heading", ["Start", "Start date", "From", "Dyddiad dechrau"]
)
def test_words_under_a_heading_of_days_are_no_day(heading: str) -> None:
    names = {
        "project_id": "Contract ref",
        "title": "Contract title",
        "provider_name": heading,
    }
    _, guessed, _ = open_to_map(table(names), "x.csv", directory())
    assert "start" not in guessed.places


@pytest.mark.parametrize(
    "heading", ["Name of what we buy", "What", "Beth", "Lot"]
)
def test_a_required_column_guessed_from_its_cells_alone_is_asked_about(
    heading: str,
) -> None:
    names = {
        "project_id": "Contract ref",
        "title": heading,
        "start": "Start date",
        "end": "End date",
    }
    with pytest.raises(SourceProblem) as refused:
        read_mapped(table(names), "x.csv", "auto", directory())
    assert {(p.code, p.column) for p in refused.value.problems} == {
        ("column_not_certain", "title")
    }


@pytest.mark.parametrize(
    "unit",
    ["pence", "p", "€", "£m", "£ millions", "EUR", "USD", "ceiniogau", "$"],
)
@pytest.mark.parametrize(
    "words", ["Annual budget", "Annual value", "Gwerth blynyddol"]
)
def test_a_heading_in_another_unit_than_pounds_is_asked_about(
    words: str, unit: str
) -> None:
    names = {column: NAMES[column][0] for column in NAMES} | {
        "annual_value_gbp": f"{words} ({unit})"
    }
    with pytest.raises(SourceProblem):
        read_mapped(table(names), "x.csv", "auto", directory())
