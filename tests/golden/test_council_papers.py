"""The Flying Start facts typed from council papers: every one of the 315 rows goes somewhere and none
changes.
"""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from clearlink.rules.link.declared_themes import ThemeMethod, declared_themes
from etl.directory import Directory
from etl.pipeline.register import read_register
from etl.records import Area, AreaLink, FieldState, Register, Severity

PAPERS = (
    Path(__file__).parents[2]
    / "data"
    / "sample"
    / "flying_start_council_papers.csv"
)
# LSOA codes of the papers that changed between 2011 and 2021, and the two that had gone by 2011.
CHANGED = {
    "W01000920": ["W01001990"],
    "W01000924": ["W01001990"],
    "W01001161": ["W01001965", "W01001966"],
    "W01001182": ["W01001964"],
    "W01001183": ["W01001964"],
    "W01001191": ["W01001967", "W01001968"],
    "W01001200": ["W01001963"],
    "W01001201": ["W01001963"],
    "W01001213": ["W01001962"],
    "W01001215": ["W01001962"],
    "W01001303": ["W01001961"],
}
GONE = {"W01001254", "W01001163"}


def _published() -> list[dict[str, str]]:
    with PAPERS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def register() -> Register:
    rows = _published()
    authorities = {row["la_code"]: row["la_name"] for row in rows}
    kept = (
        {row["lsoa01_code"] for row in rows if row["lsoa01_code"]}
        - GONE
        - CHANGED.keys()
    )
    new = {code for codes in CHANGED.values() for code in codes}
    areas = [Area(code, "LA", name) for code, name in authorities.items()]
    areas += [Area(code, "LSOA21", code) for code in kept | new]
    links = [
        AreaLink(old, code, "LSOA21")
        for old, codes in CHANGED.items()
        for code in codes
    ]
    return read_register(
        PAPERS, PAPERS.name, directory=Directory.from_catalogue(areas, links)
    )


def test_every_row_goes_somewhere(register: Register) -> None:
    kinds = Counter(row["record_type"] for row in _published())
    assert kinds == {
        "area coverage": 266,
        "capital project": 21,
        "contract": 20,
        "annual allocation": 8,
    }
    assert register.rows_read == 315 == sum(kinds.values())
    assert len(register.area_choices) == 266
    assert len(register.projects) == (266 - 102) + 21 + 20 + 8
    assert not [p for p in register.problems if p.severity is Severity.REFUSED]


def test_areas_not_chosen_are_not_projects(register: Register) -> None:
    not_chosen = [
        choice for choice in register.area_choices if not choice.chosen
    ]
    assert len(not_chosen) == 102 and all(
        choice.project_id is None for choice in not_chosen
    )
    assert {
        choice.project_id for choice in register.area_choices if choice.chosen
    } <= {p.project_id for p in register.projects}


def test_cardiff_contracts(register: Register) -> None:
    direct = [
        p for p in register.projects if p.route_to_award == "direct award"
    ]
    tender = [p for p in register.projects if p.route_to_award == "open tender"]
    assert (
        len(direct) == 13
        and sum(4 * (p.annual_value_gbp or 0) for p in direct) == 2_869_620
    )
    assert len(tender) == 7 and all(p.annual_value_gbp is None for p in tender)
    assert direct[0].annual_value_gbp == 50_700 and direct[0].end_date == date(
        2021, 3, 31
    )
    assert (
        direct[0].provider_name == "Cylch Meithrin Pili Pala"
        and direct[0].capacity == 20
    )
    assert "no other Welsh medium option" in (direct[0].note or "")


def test_need_figures_are_observations_of_their_own_row(
    register: Register,
) -> None:
    by_area = {o.area_code: o for o in register.observations}
    published = [row for row in _published() if row["need_value"]]
    assert len(register.observations) == len(published) - 2 == len(by_area)
    first = by_area["W01001274"]
    assert (first.value, first.period, first.edition) == (
        72.4,
        "2015",
        "council papers 2015",
    )
    assert first.cell == "row 2, column need_value"
    assert sum(o.value or 0 for o in register.observations) == pytest.approx(
        sum(
            float(row["need_value"])
            for row in published
            if row["lsoa01_code"] not in GONE
        )
    )


def test_areas_of_changed_codes(register: Register) -> None:
    by_id = {p.project_id: p for p in register.projects}
    by_code = {c.area_codes_as_published: c for c in register.area_choices}
    assert by_id[by_code[("W01001200",)].project_id or ""].area_codes == (
        "W01001963",
    )
    gone = by_id[by_code[("W01001254",)].project_id or ""]
    assert (
        gone.area_codes == ()
        and gone.areas_state is FieldState.BLANK
        and "W01001254" in (gone.note or "")
    )
    warned = [p for p in register.problems if p.code == "council_area_unplaced"]
    assert [p.severity for p in warned] == [Severity.WARNING] * 2
    assert len([p for p in register.problems if p.code == "area_recoded"]) == 11


def test_dates_of_decision_are_only_those_printed(register: Register) -> None:
    decided = Counter(
        p.decision_date for p in register.projects if p.decision_date
    )
    assert decided == {
        date(2012, 12, 31): 3,
        date(2014, 3, 18): 1,
        date(2012, 12, 20): 1,
    }
    by_name = {c.area_name: c for c in register.area_choices}
    assert by_name["Tylorstown 1"].decided_on == date(2015, 10, 26)
    assert by_name["Holywell Central"].decided_on == date(2012, 12, 31)
    assert by_name["Aberavon 4"].decided_on == date(2008, 1, 1)


def test_every_project_is_targeted_early_years_by_its_programme(
    register: Register,
) -> None:
    themes = {
        "flying_start": [("early_years", "core"), ("family_support", "partial")]
    }
    for project in register.projects:
        declared = declared_themes(project, themes, {})
        assert (declared.theme_ids, declared.method) == (
            ("early_years",),
            ThemeMethod.PROGRAMME,
        )
        assert project.tier == "targeted" and not project.is_illustrative
        assert (
            project.priority_state
            is project.engagement_state
            is FieldState.BLANK
        )
    assert Counter(p.delivery_model for p in register.projects) == {
        "place_based": 205,
        "area_wide": 8,
    }
    allocations = [
        p for p in register.projects if p.delivery_model == "area_wide"
    ]
    assert all(
        p.area_codes == (p.la_code,) and p.annual_value_gbp for p in allocations
    )
