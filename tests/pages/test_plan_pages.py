"""Plans and the whole set: each tab opens with its finding, its picture beside a table, in both languages."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest
from test_pages import finding

from clearlink import folders, words
from clearlink.report.heard import heard_of
from clearlink.report.owed_to_children import owed_rows
from clearlink.report.whole_set import piles_of, sets_of
from clearlink.review.codes import Standard
from clearlink.warehouse import plans, reader
from clearlink.words import numbers
from pages.frame.speech import Speech
from pages.plans.assessment_checklist import answers_of
from pages.plans.if_it_ends import quarter_ends
from pages.plans.lineage_view import counterpart, families, years_between
from pages.plans.plan_tree import tree_rows, trees_of
from pages.plans.standards_table import standard_rows
from pages.plans.third_sector import (
    by_sector,
    by_size,
    ending,
    sector_finding,
    top_rows,
)
from tests.counters import links, opened

pytestmark = pytest.mark.usefixtures("on_sample")
TABS = ("set", "tree", "quality", "sector", "listening", "children", "lineage")
RCT = "W06000016"
# what only this tab's finding says, of the place that is chosen
PICTURES = {
    "set": 2,
    "tree": 1,
    "quality": 1,
    "sector": 3,
    "listening": 1,
    "children": 1,
    "lineage": 1,
}


@pytest.mark.parametrize("lang", words.LANGUAGES)
@pytest.mark.parametrize("tab", TABS)
def test_a_tab_opens_with_its_finding_its_pictures_and_their_tables(
    tab: str, lang: words.Lang
) -> None:
    page = opened("plans", {"lang": lang, "tab": tab, "place": RCT}, {})
    assert not page.exception, [e.value for e in page.exception]
    assert Speech(lang).in_place(RCT).lower() in finding(page).lower()
    drawn = page.get("plotly_chart")
    assert len(drawn) == PICTURES[tab]
    twins = [
        e
        for e in page.expander
        if e.label == words.say(lang, "common.table_twin")
    ]
    assert len(twins) >= PICTURES[tab]


@pytest.mark.parametrize("tab", TABS)
def test_a_place_of_which_little_is_known_says_what_to_do(tab: str) -> None:
    page = opened("plans", {"tab": tab, "place": "RPB_POWYS"}, {})
    assert not page.exception, [e.value for e in page.exception]
    assert finding(page)


def _themes_without_dates(place: str) -> set[str]:
    """From the tables themselves: themes of which a record of an authority has no dates."""
    with duckdb.connect(str(folders.warehouse_file()), read_only=True) as con:
        rows = con.execute(
            "select distinct t.theme_id from project p join project_now n using (project_id)"
            " join project_theme t using (project_id) join project_authority a using (project_id)"
            " where n.time_state = 'not_dated' and a.la_code = ?",
            [place],
        ).fetchall()
    return {theme for (theme,) in rows}


def test_the_whole_set_names_holes_piles_and_edges() -> None:
    wales, rct = sets_of(reader.WALES), sets_of(RCT)
    assert [s.theme_id for s in rct if s.is_hole] != [] and not [
        s for s in wales if s.is_hole
    ]
    assert all(s.is_assessed and not s.running for s in rct if s.is_hole)
    # every empty square is one thing or the other: a register and dates can tell, or they cannot
    undated = _themes_without_dates(RCT)
    assert "early_years" in undated
    for each in rct:
        [known] = reader.provision_known(each.theme_id, RCT)
        assert each.is_known is (
            known["by_register"] and each.theme_id not in undated
        )
        assert not (each.is_hole and each.is_not_known)
        if each.is_assessed and not each.running:
            assert each.is_hole is each.is_known
    edges = [s for s in rct if s.cliffs]
    assert edges and all(
        s.counts[at] * 2 <= s.counts[at - 1] for s in edges for at in s.cliffs
    )
    piles = piles_of(wales)
    assert (
        piles
        and piles == sorted(piles, key=lambda p: (-p[3], p))
        and min(p[3] for p in piles) >= 3
    )


def test_who_is_left_if_everything_ends_in_march() -> None:
    assert quarter_ends()[0] == "2027-03-31"
    page = opened("plans", {"place": RCT, "ends": "2026-12-31"}, {})
    rows = plans.left_if_ended(RCT, date(2026, 12, 31))
    say = Speech("en")
    told = say(
        "plans.ends.finding",
        n=len({r["project_id"] for r in rows}),
        date=say.date("2026-12-31"),
        bare=str(
            len(
                {
                    r["project_id"]
                    for r in rows
                    if r["what_is_left"] == "nothing"
                }
            )
        ),
    )
    assert any(told in str(m.value).replace("\\", "") for m in page.markdown)


def test_the_tree_leads_from_an_assessment_to_a_project_and_says_what_leads_nowhere() -> (
    None
):
    say, trees = Speech("en"), trees_of(RCT)
    council = next(
        t for body, t in trees.items() if body == "Rhondda Cynon Taf Council"
    )
    assert {d["is_plan"] for d in council.documents} == {True, False}
    rows = tree_rows(say, council)
    assert any(r.get("action") and r.get("project") for r in rows), (
        "an action and the project that does it"
    )
    bare = council.orphans()
    answered = {p for p, listed in council.by_priority.items() if listed}
    assert not answered & set(bare.priorities_without_project)
    page = opened(
        "plans",
        {"tab": "tree", "place": RCT, "body": "Rhondda Cynon Taf Council"},
        {},
    )
    text = " ".join(str(m.value) for m in page.markdown)
    assert "→" in text and "●" in text
    real = trees_of("W06000001")
    assert any(
        not d["is_illustrative"] for t in real.values() for d in t.documents
    )


def test_the_checklist_never_says_no_unless_somebody_read_it_or_its_data_is_old() -> (
    None
):
    for _, checks in answers_of(reader.WALES):
        for check, (answer, read) in checks.items():
            assert answer != "no" or read is not None or check == "data_age"
    assert any(
        read
        for _, checks in answers_of(reader.WALES)
        for _, read in checks.values()
    )


def test_sectors_sizes_and_the_calendar_hold_every_running_project_once() -> (
    None
):
    for place in (reader.WALES, RCT):
        rows = plans.paid_providers(place)
        assert sum(s["projects"] for s in by_sector(place)) == len(rows)
        assert sum(s["third"] + s["others"] for s in by_size(place)) == len(
            rows
        )
        last = max(r["end_date"] for r in ending(place))
        assert (last - reader.build()["as_of"]).days <= 366
        assert 0 < len(top_rows(Speech("en"), place)) <= 5


def test_a_share_beside_money_of_unrecorded_sector_is_said_to_be_the_least() -> (
    None
):
    say = Speech("en")
    rows = plans.paid_providers(RCT)
    whole = sum(r["year_gbp"] or 0 for r in rows)
    unsaid = sum(r["year_gbp"] or 0 for r in rows if not r["provider_sector"])
    assert unsaid > 0
    told = say("plans.sector.finding_least", money=numbers.pct(unsaid / whole))
    assert sector_finding(say, RCT).endswith(told)


def test_a_year_without_a_record_is_a_blank_and_not_left_out() -> None:
    assert years_between("2017-18", "2019-20") == [
        "2017-18",
        "2018-19",
        "2019-20",
    ]
    assert years_between("1999-00", "2000-01") == ["1999-00", "2000-01"]
    of_line = {p for family in families() for p in family}
    held = {
        r["financial_year"]
        for r in plans.lineage_money(RCT)
        if r["programme_id"] in of_line
    }
    page = opened("plans", {"tab": "lineage", "place": RCT}, {})
    (chart,) = page.get("plotly_chart")
    missing = set(years_between(min(held), max(held))) - held
    assert missing and all(year in chart.proto.spec for year in missing)


def test_what_has_lapsed_is_drawn_only_where_it_is_asked_for() -> None:
    body = "Rhondda Cynon Taf Council"
    lapsed = [
        d["title"]
        for d in trees_of(RCT)[body].assessments
        if d["document_state"] == "lapsed"
    ]
    assert lapsed
    page = opened("plans", {"tab": "tree", "place": RCT, "body": body}, {})
    (chart,) = page.get("plotly_chart")
    assert "2014" not in chart.proto.spec
    page.checkbox(key="plans_with_lapsed").check()
    page.run()
    (chart,) = page.get("plotly_chart")
    assert "2014" in chart.proto.spec


def test_a_merged_grant_s_heirs_stand_below_what_they_grew_out_of() -> None:
    assert ("supporting_people", "housing_support_grant") in families()
    grant = next(f for f in families() if f[-1] == "ccg")
    assert (
        grant.index("communities_first")
        < grant.index("legacy_fund")
        < grant.index("ccg")
    )


@pytest.mark.parametrize(
    ("place", "other"),
    [
        ("RCC_WESTERN_BAY", "RPB_WEST_GLAMORGAN"),
        ("RPB_CWM_TAF_MORGANNWG", "RCC_CWM_TAF"),
        (RCT, None),
        (reader.WALES, None),
    ],
)
def test_a_region_as_it_was_is_one_step_from_the_region_of_today(
    place: str, other: str | None
) -> None:
    assert counterpart(place) == other
    page = opened("plans", {"place": place}, {})
    targets = [x["query"].get("place") for x in links(page)]
    assert (other in targets) is (other is not None)


def test_every_project_says_how_its_decision_stands_to_what_people_said() -> (
    None
):
    heard = heard_of(reader.WALES)
    assert len({h.row["project_id"] for h in heard}) == len(heard)
    assert {"followed", "none"} <= {str(h.followed) for h in heard}


def test_children_are_told_what_they_are_owed_and_what_is_late_comes_first() -> (
    None
):
    rows = owed_rows(Speech("en"), RCT)
    assert rows and all(r["by"] and r["state"] for r in rows)
    order = ["overdue", "due", "no_day", "answered"]
    places = [order.index(str(r["owed"])) for r in rows]
    assert places == sorted(places)


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_a_record_says_who_pays_it_and_whether_the_lines_add_up(
    lang: words.Lang,
) -> None:
    line = plans.funding_lines()[0]
    page = opened("projects", {"lang": lang, "project": line["project_id"]}, {})
    text = " ".join(str(m.value).replace("\\", "") for m in page.markdown)
    say = Speech(lang)
    told = say(
        "plans.lines.adds_up",
        year=line["financial_year"],
        lines=f"£{line['lines_gbp']:,.0f}",
    )
    assert told in text and say.programme("families_first") in text


@pytest.mark.parametrize(
    ("system", "tab"),
    [
        ("boards", "tree"),
        ("third_sector", "sector"),
        ("co_production", "listening"),
        ("participation", "children"),
    ],
)
def test_a_system_is_two_clicks_from_its_answer(system: str, tab: str) -> None:
    page = opened("programmes", {"system": system, "place": RCT}, {})
    assert not page.exception, [e.value for e in page.exception]
    there = [x["query"] for x in links(page) if x["page"] == "plans"]
    assert (tab, RCT) in [(query["tab"], query["place"]) for query in there]


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_each_assessment_engagement_and_project_has_its_row_of_standards(
    lang: words.Lang,
) -> None:
    say = Speech(lang)
    read = [
        c
        for c in plans.assessment_checks(RCT)
        if c["check_id"] in {str(s) for s in Standard}
    ]
    answers = [(c["check_id"], c["answer"], c["subject_id"]) for c in read]
    assert answers
    rows = standard_rows(say, RCT, answers)
    assert sum(row["checked"] for row in rows) == len(
        {c["subject_id"] for c in read}
    )
    first = next(row for row in rows if row["checked"])
    given = {s for s in map(str, Standard) if first[s] != "–"}
    assert given and all(first[s] != s for s in given)
    heard = {
        e["engagement_id"]
        for e in reader.engagements_of_place(reader.WALES)
        if e["has_children"]
    }
    bare = standard_rows(say, reader.WALES, [])
    assert heard and len(bare) == len(heard)
    assert not any(row["checked"] for row in bare)
    page = opened("plans", {"lang": lang, "tab": "children", "place": RCT}, {})
    assert say("plans.children.each") in [str(s.value) for s in page.subheader]
