"""What a record states in words of its own (units, references, marks of titles, months) and what a command
prints are Welsh on Welsh screens.
"""

from __future__ import annotations

import csv
import re
from datetime import date
from pathlib import Path

import pytest

from clearlink import folders
from clearlink.command import main
from clearlink.exit_codes import Exit
from clearlink.figures.timeline import timeline
from clearlink.report.voice import Voice
from clearlink.words import LANGUAGES, numbers, sentences

CY, EN = Voice("cy"), Voice("en")
ENGLISH = re.compile(
    r"\b(?:found|expected|accepted|refused|row|column|write|correct)\b"
)


def test_every_unit_of_the_sample_has_its_welsh() -> None:
    with (folders.SAMPLE / "register.csv").open(encoding="utf-8") as file:
        units = {r["capacity_unit"] for r in csv.DictReader(file)} - {""}
    assert len(units) > 5
    for unit in units:
        said = CY.capacity({"capacity": 598, "capacity_unit": unit})
        assert said.startswith("598 o ") and unit not in said
        assert (
            EN.capacity({"capacity": 598, "capacity_unit": unit})
            == f"598 {unit}"
        )
        assert CY.unit(unit) != unit == EN.unit(unit)


def test_units_count_and_mutate() -> None:
    assert (
        CY.capacity({"capacity": 598, "capacity_unit": "families a year"})
        == "598 o deuluoedd y flwyddyn"
    )
    assert (
        CY.capacity({"capacity": 1, "capacity_unit": "families a year"})
        == "1 teulu y flwyddyn"
    )
    assert (
        EN.capacity({"capacity": 1, "capacity_unit": "families a year"})
        == "1 family a year"
    )
    assert (
        CY.capacity({"capacity": 1200, "capacity_unit": "pupils a year"})
        == "1,200 o ddisgyblion y flwyddyn"
    )
    # what only one paper counts in is quoted, never translated by guess
    assert (
        CY.capacity({"capacity": None, "capacity_unit": "two sites"})
        == "“two sites” (fel y’i cofnodwyd)"
    )
    assert CY.capacity({"capacity": 40, "capacity_unit": None}) == "40"
    assert CY.capacity({"capacity": None, "capacity_unit": None}) == ""


def test_units_with_and_without_a_number_are_of_the_same_words() -> None:
    of = {
        key.removeprefix("unit_of.")
        for key in sentences()
        if key.startswith("unit_of.")
    }
    counted = {
        key.removeprefix("unit.")
        for key in sentences()
        if key.startswith("unit.")
    }
    assert of <= counted


def test_a_reference_and_the_mark_of_a_title_are_in_the_language_of_the_page() -> (
    None
):
    assert (
        CY.reference("register.csv, row 89 · Board 3")
        == "register.csv, rhes 89 · Board 3"
    )
    assert EN.reference("register.csv, row 89") == "register.csv, row 89"
    # kept under the beginning of its hash, given under its own name
    kept = "25ece593-my register.csv, row 3"
    assert EN.reference(kept) == "my register.csv, row 3"
    assert CY.reference(kept) == "my register.csv, rhes 3"
    assert (
        CY.title("Needs assessment 2020: Conwy (illustrative)")
        == "Needs assessment 2020: Conwy (darluniadol)"
    )
    assert EN.title(None) == "—"


def test_months_of_a_chart_are_in_the_language_of_the_page() -> None:
    events = [(date(2025, 10, 3), "a", "x"), (date(2026, 2, 1), "b", "y")]
    picture = timeline(events, "alt", ("d", "e"), "cy")
    assert list(picture.figure.layout.xaxis.ticktext) == [
        "Hyd 2025",
        "Tach 2025",
        "Rhag 2025",
        "Ion 2026",
        "Chwef 2026",
    ]
    assert numbers.day("cy", date(2026, 11, 22)) == "22 Tachwedd 2026"
    assert [numbers.day(lang, None) for lang in LANGUAGES] == ["—", "—"]


@pytest.mark.parametrize("more", [(), ("--map", "auto")])
def test_import_answers_in_welsh(
    more: tuple[str, ...],
    sample_copy: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CLEARLINK_DATA", str(sample_copy))
    file = tmp_path / "cofrestr.csv"
    with (folders.CATALOGUE / "register_template.csv").open(
        encoding="utf-8"
    ) as template:
        columns = (
            ("title", "commissioner", "start", "annual_value_gbp")
            if more
            else next(csv.reader(template))
        )
    told_of = {
        "project_id": "P-1",
        "title": "Cymorth",
        "commissioner": "W06000015",
        "start": "31/02/2024",
        # a column of words is not taken for money by itself: that stop has a test of its own
        "annual_value_gbp": "1000" if more else "lots",
    }
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(
            [columns, [told_of.get(c, "") for c in columns]]
        )
    assert (
        main(["import", str(file), "--dry-run", "--lang", "cy", *more])
        == Exit.INPUT_REFUSED
    )
    told = capsys.readouterr()
    assert (
        "wedi’u derbyn" in told.out
        and "cafwyd" in told.err
        and "disgwylid" in told.err
        and "rhes 2" in told.err
    )
    names = re.compile(r"\(\w+\)|“[^”]*”|'[^']*'|[a-z]+_[a-z_]+")
    assert ENGLISH.search(names.sub("", told.out + told.err)) is None
    assert (
        main(["import", str(tmp_path / "nid-yma.csv"), "--lang", "cy", *more])
        == Exit.INPUT_REFUSED
    )
    assert "ni chafwyd ffeil" in capsys.readouterr().err
