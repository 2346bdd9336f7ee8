"""What the build and its questions say of plans, money and endings is what the rules say, row by row of
the sample.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import duckdb
import pytest
from pypdf import PdfReader

from clearlink import folders
from clearlink.report.content import Document, NewPage, Text
from clearlink.report.pdf import pdf_bytes
from clearlink.report.voice import Voice
from clearlink.report.whole_set import set_blocks
from clearlink.report.word import docx_bytes
from clearlink.rules.coherent import left_by
from clearlink.rules.dates import add_months
from clearlink.rules.funding import lines_state
from clearlink.rules.link.two_questions import by_payer, holdings
from clearlink.rules.money import to_pence
from clearlink.rules.plans import PlanState, action_state, plan_state
from clearlink.rules.sectors import concentration
from clearlink.warehouse import plans, reader
from clearlink.words import LANGUAGES, Lang

PLACES = [reader.WALES, "W06000016", "RPB_CWM_TAF_MORGANNWG", "RCC_WESTERN_BAY"]


@pytest.fixture(autouse=True)
def _served(sample_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLEARLINK_DATA", str(sample_data))


def test_every_document_stands_as_the_rule_says() -> None:
    day = reader.build()["as_of"]
    documents = plans.documents_of_place(reader.WALES)
    states = Counter(d["document_state"] for d in documents)
    assert {"in_force", "lapsed", "lapses_soon"} <= states.keys()
    assert sum(d["is_plan"] for d in documents) > 50
    wrong = [
        d["document_id"]
        for d in documents
        if plan_state(day, d["valid_from"], d["ends_on"]) != d["document_state"]
    ]
    assert wrong == []


def test_every_action_stands_as_the_rule_says() -> None:
    day = reader.build()["as_of"]
    documents = plans.documents_of_place(reader.WALES)
    states = {
        d["document_id"]: PlanState(d["document_state"]) for d in documents
    }
    actions = plans.actions_of_place(reader.WALES)
    assert {"done", "overdue", "lapsed_plan"} <= {
        a["action_state"] for a in actions
    }
    for a in actions:
        told = action_state(
            day, a["progress"], a["by_when"], states[a["plan_id"]]
        )
        assert told == a["action_state"], a["action_id"]


def test_every_line_stands_to_its_project_s_money_as_the_rule_says() -> None:
    lines = plans.funding_lines()
    assert len({line["project_id"] for line in lines}) > 10
    for line in lines:
        whole = (
            None
            if line["project_gbp"] is None
            else to_pence(line["project_gbp"])
        )
        assert (
            lines_state(to_pence(line["lines_gbp"]), whole)
            == line["lines_state"]
        )


def test_a_merged_grant_shows_the_programmes_inside_it() -> None:
    by_programme = {
        programme: sum(
            r["year_gbp"] for r in reader.verdict_counts(programme=programme)
        )
        for programme in reader.programmes()
    }
    whole = sum(r["year_gbp"] for r in reader.verdict_counts())
    unnamed = sum(
        r["year_gbp"] or 0
        for r in reader.projects()
        if r["programme_id"] is None
    )
    assert sum(by_programme.values()) + unnamed == pytest.approx(
        whole, abs=0.05
    )
    in_lines = sum(
        line["amount_gbp"]
        for line in plans.funding_lines()
        if line["programme_id"] == "families_first"
    )
    assert in_lines > 1e6 and by_programme["families_first"] >= in_lines - 1


@pytest.mark.parametrize("place", PLACES)
def test_what_the_record_lacks_is_told_of_the_programme_that_pays(
    place: str,
) -> None:
    rows = reader.projects(place)
    told = holdings(by_payer(rows, plans.funding_shares()), "programme_id")
    assert sum(h.all.gbp for h in told) == pytest.approx(
        sum(r["year_gbp"] or 0 for r in rows), abs=0.05
    )
    for h in told:
        if h.key:
            of_it = reader.projects(place, h.key)
            assert h.all.gbp == pytest.approx(
                sum(r["year_gbp"] or 0 for r in of_it), abs=0.05
            )


def test_a_joint_assessment_speaks_in_each_of_its_authorities() -> None:
    """Its needs without a project and its lapse stand where it covers, as they do in the tree of plans."""
    with duckdb.connect(str(folders.warehouse_file()), read_only=True) as con:
        joint = con.execute(
            "select x.area_code, a.assessment_id, p.priority_id, a.valid_to is not null"
            " from assessment_area x join assessment a using (assessment_id)"
            " join priority p using (assessment_id)"
            # one without a last day of its own lapses with its kind
            " join document_now n on n.document_id = a.assessment_id"
            " where n.document_state not in ('lapsed', 'to_come')"
            " and p.priority_id not in (select priority_id from citation)"
        ).fetchall()
    assert len({la for la, *_ in joint}) > 5
    for place in {la for la, *_ in joint}:
        needs = {
            p["priority_id"] for p in reader.priorities_without_project(place)
        }
        assert {p for la, _, p, _ in joint if la == place} <= needs
        lapsing = {a["assessment_id"] for a in reader.expiring(place, 1200)}
        assert {
            a for la, a, _, ends in joint if la == place and ends
        } <= lapsing


@pytest.mark.parametrize("place", PLACES)
def test_concentration_is_the_rule_s(place: str) -> None:
    paid: Counter[str | None] = Counter()
    for r in plans.paid_providers(place):
        paid[r["provider_org_id"] or r["provider_name"]] += r["year_gbp"] or 0.0
    rule, asked = concentration(paid), plans.concentration(place)
    assert asked["providers"] == rule.providers > 0
    assert asked["hhi"] == pytest.approx(rule.hhi)
    assert asked["top_share"] == pytest.approx(rule.top_share)
    assert asked["largest_share"] == pytest.approx(rule.largest_share)
    assert asked["named_share"] == pytest.approx(rule.named_share)


@pytest.mark.parametrize("place", PLACES)
def test_what_is_left_is_the_rule_s(place: str) -> None:
    day = date(2027, 3, 31)
    with duckdb.connect(str(folders.warehouse_file()), read_only=True) as con:
        standing = con.execute(
            "select t.theme_id, a.la_code, p.project_id, p.tier, p.start_date, p.end_date from project p"
            " join project_now n using (project_id) join project_theme t using (project_id)"
            " join project_authority a using (project_id) where n.time_state in ('running', 'to_come')"
        ).fetchall()
        undated = Counter(
            con.execute(
                "select t.theme_id, a.la_code from project p join project_now n using (project_id)"
                " join project_theme t using (project_id) join project_authority a using (project_id)"
                " where n.time_state = 'not_dated'"
            ).fetchall()
        )
    after: dict[tuple[str, str], list[tuple[str, str | None]]] = {}
    for theme, la, project, tier, start, end in standing:
        goes_on = end is None or end > day
        if goes_on and (start is None or start <= date(2027, 4, 1)):
            after.setdefault((theme, la), []).append((project, tier))
    rows = plans.left_if_ended(place, day)
    everywhere = {
        r["what_is_left"] for r in plans.left_if_ended(reader.WALES, day)
    }
    assert rows and {"nothing", "not_known", "same_tier"} <= everywhere
    for r in rows:
        others = [
            t
            for p, t in after.get((r["theme_id"], r["la_code"]), [])
            if p != r["project_id"]
        ]
        unsure = undated[(r["theme_id"], r["la_code"])]
        assert left_by(r["tier"], others, unsure) == r["what_is_left"], (
            r["project_id"],
            r["theme_id"],
            r["la_code"],
        )


def test_money_is_followed_over_the_change_of_a_programme() -> None:
    steps = {
        s["predecessor_id"]: (s["successor_id"], s["from_date"])
        for s in plans.programme_lineage()
    }
    assert steps["supporting_people"] == (
        "housing_support_grant",
        date(2019, 4, 1),
    )
    assert {p for p, (after, _) in steps.items() if after == "ccg"} == {
        "families_first",
        "flying_start",
        "legacy_fund",
    }
    assert steps["communities_first"][0] == "legacy_fund"
    sums = {
        (r["programme_id"], r["financial_year"]): r["gbp"]
        for r in plans.lineage_money()
    }
    assert (
        sums["supporting_people", "2018-19"]
        > 0
        < sums["housing_support_grant", "2019-20"]
    )


def test_every_programme_in_the_lineage_is_a_programme() -> None:
    known = set(reader.programmes())
    for step in plans.programme_lineage():
        assert {step["predecessor_id"], step["successor_id"]} <= known


def test_the_real_papers_form_trees_of_their_own() -> None:
    real = [
        d
        for d in plans.documents_of_place(reader.WALES)
        if not d["is_illustrative"]
    ]
    with_priorities = {
        p["assessment_id"] for p in plans.priorities_of_place(reader.WALES)
    }
    assert len([d for d in real if d["document_id"] in with_priorities]) >= 15
    lives = [
        (d["published"], d["ends_on"])
        for d in real
        if d["is_by_life"] and d["published"]
    ]
    assert lives and all(
        end > add_months(published, 24) for published, end in lives
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_set_is_one_page_of_a_pack_that_lies_on_its_side(
    lang: Lang,
) -> None:
    blocks = (
        Text("before"),
        *set_blocks(Voice(lang), "RCC_NORTH_WALES"),
        NewPage(),
        Text("after"),
    )
    document = Document("Pack", lang, "footer", "page", blocks)
    sheets = [
        page.mediabox for page in PdfReader(BytesIO(pdf_bytes(document))).pages
    ]
    assert [sheet.width > sheet.height for sheet in sheets] == [
        False,
        True,
        False,
    ]
    parts = docx.Document(BytesIO(docx_bytes(document))).sections
    assert [part.page_width > part.page_height for part in parts] == [
        False,
        True,
        False,
    ]
    text = PdfReader(BytesIO(pdf_bytes(document))).pages[1].extract_text()
    assert (
        Voice(lang)("plans.tab.set") in text
        and Voice(lang)("plans.ends.left.nothing") in text
    )
