"""What people settle acts on the next view without a rebuild: judged by the build's own statements, beside
the build.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from clearlink import folders
from clearlink.review.codes import Answer, SettledField
from clearlink.review.papers import Paper
from clearlink.review.readings import (
    confirm_silent,
    read_silent,
    withdraw_reading,
)
from clearlink.review.replies import after_reply
from clearlink.review.requests import Reference, answer, requests
from clearlink.review.roles import local_viewer
from clearlink.review.settled import (
    Figure,
    Value,
    accept,
    cite,
    record_figure,
    withdraw,
)
from clearlink.review.signs_seen import record_sign
from clearlink.review.store import Store
from clearlink.rules.codes import ThemeMatch, Verdict
from clearlink.warehouse import one_run, reader
from clearlink.warehouse.reader import Rows
from clearlink.warehouse.scope import Scope, reading_as
from clearlink.warehouse.settled_file import settled_file
from etl import settling
from etl.settling import settle_now
from tests.meetings import a_store

ANN, BEN = local_viewer("Ann Owen"), local_viewer("Ben Rees")
PAPER = Paper(
    "Cabinet report 7",
    "https://democracy.bridgend.gov.uk/7",
    date(2021, 3, 1),
    12,
)
# of the public record: a theme and a whole authority, nothing cited
ROLLED_ON = "R006"
NO_THEME = "R043"


@pytest.fixture
def store(
    tmp_path: Path, sample_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Store]:
    monkeypatch.setenv("CLEARLINK_DATA", str(sample_copy))
    settled_file(folders.warehouse_file()).unlink(missing_ok=True)
    yield a_store(tmp_path)
    settled_file(folders.warehouse_file()).unlink(missing_ok=True)


def c3(project_id: str) -> tuple[str, str]:
    row = reader.project_criteria(project_id, "at_decision")[2]
    return row["result"], row["reason"]


def verdict(project_id: str) -> str:
    return str(reader.project_verdicts(project_id)["at_decision"]["verdict"])


def test_one_reader_changes_nothing_and_the_second_a_verdict_until_it_is_taken_back(
    store: Store,
) -> None:
    project = reader.project(ROLLED_ON)
    assert (verdict(ROLLED_ON), c3(ROLLED_ON)) == (
        "CANNOT_ASSESS",
        ("NO_EVIDENCE", "C3-BLANK"),
    )
    first = read_silent(store, ANN, project, PAPER)
    assert settle_now(store)
    assert not settle_now(store), "nothing is done twice"
    assert (verdict(ROLLED_ON), c3(ROLLED_ON)) == (
        "CANNOT_ASSESS",
        ("NO_EVIDENCE", "C3-BLANK"),
    )
    second = confirm_silent(
        store, BEN, project, first, asked_of="Bridgend", question="Which page?"
    )
    settle_now(store)
    assert (verdict(ROLLED_ON), c3(ROLLED_ON)) == (
        "NO_LINK_SHOWN",
        ("NOT_MET", "C3-PAPER-SILENT"),
    )
    listed = {r["project_id"]: r["verdict"] for r in reader.projects()}
    assert listed[ROLLED_ON] == "NO_LINK_SHOWN"
    withdraw_reading(store, ANN, second)
    settle_now(store)
    assert verdict(ROLLED_ON) == "CANNOT_ASSESS"


def test_what_is_settled_in_a_run_is_read_in_that_very_run(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    run: one_run.Run = {}
    monkeypatch.setattr(one_run, "_asked", [lambda: run])
    project = reader.project(ROLLED_ON)
    record_figure(
        store,
        ANN,
        project,
        Figure(PAPER, "412 households", "Bridgend", date(2020, 11, 1), "4"),
    )
    assert verdict(ROLLED_ON) == "CANNOT_ASSESS"
    settle_now(store)
    assert verdict(ROLLED_ON) == "PARTIAL"
    assert not settle_now(store), "nothing is done twice"


def test_the_owners_reply_with_document_and_page_replaces_the_silence(
    store: Store,
) -> None:
    project = reader.project(ROLLED_ON)
    first = read_silent(store, ANN, project, PAPER)
    confirm_silent(
        store, BEN, project, first, asked_of="Bridgend", question="Which page?"
    )
    settle_now(store)
    (asked,) = requests(store, ANN, ROLLED_ON)
    plan = Reference(
        "Homelessness strategy",
        "homelessness_strategy",
        date(2018, 12, 1),
        None,
        "14",
        "support",
        ThemeMatch.SAME,
        True,
    )
    told = answer(
        store, ANN, asked, Answer.SUPPLIED, "Page 14 of the strategy.", plan
    )
    row = reader.project_verdicts(ROLLED_ON)["at_decision"]
    assert (
        after_reply(row, date(2021, 4, 1), [told], store.today()).verdict
        is Verdict.PARTIAL
    )


def test_a_reply_with_document_and_page_takes_the_place_of_the_paper_found_silent(
    store: Store,
) -> None:
    first = read_silent(store, ANN, reader.project(ROLLED_ON), PAPER)
    confirm_silent(
        store,
        BEN,
        reader.project(ROLLED_ON),
        first,
        asked_of="Bridgend",
        question="Which page?",
    )
    settle_now(store)
    assert verdict(ROLLED_ON) == "NO_LINK_SHOWN"
    (asked,) = requests(store, ANN, ROLLED_ON)
    vague = Reference(
        "Strategy",
        "homelessness_strategy",
        date(2018, 12, 1),
        None,
        "",
        "",
        ThemeMatch.SAME,
        True,
    )
    answer(
        store,
        ANN,
        asked,
        Answer.SUPPLIED_IN_PART,
        "It is in the strategy.",
        vague,
    )
    assert settle_now(store), "an answer is something new"
    assert verdict(ROLLED_ON) == "NO_LINK_SHOWN", (
        "a document without a page is no reply that replaces"
    )


@pytest.mark.parametrize(
    ("said", "page", "after"),
    [
        (Answer.SUPPLIED, "14", "CANNOT_ASSESS"),
        (Answer.CONFIRMED_NONE, "", "NO_LINK_SHOWN"),
    ],
)
def test_only_a_page_replaces_a_silent_paper(
    store: Store, said: Answer, page: str, after: str
) -> None:
    first = read_silent(store, ANN, reader.project(ROLLED_ON), PAPER)
    confirm_silent(
        store,
        BEN,
        reader.project(ROLLED_ON),
        first,
        asked_of="Bridgend",
        question="Which page?",
    )
    settle_now(store)
    assert verdict(ROLLED_ON) == "NO_LINK_SHOWN"
    (asked,) = requests(store, ANN, ROLLED_ON)
    plan = Reference(
        "Strategy",
        "homelessness_strategy",
        date(2018, 12, 1),
        None,
        page,
        "support",
        ThemeMatch.SAME,
        True,
    )
    answer(store, ANN, asked, said, "In their words.", plan if page else None)
    settle_now(store)
    assert verdict(ROLLED_ON) == after


def test_a_published_figure_before_the_decision_makes_it_partly(
    store: Store,
) -> None:
    project = reader.project(ROLLED_ON)
    record_figure(
        store,
        ANN,
        project,
        Figure(PAPER, "412 households", "Bridgend", date(2020, 11, 1), "4"),
    )
    settle_now(store)
    assert (verdict(ROLLED_ON), c3(ROLLED_ON)) == (
        "PARTIAL",
        ("PARTLY", "C3-FIGURE"),
    )


def test_a_settled_theme_is_a_theme_until_it_is_taken_back(
    store: Store,
) -> None:
    project = next(r for r in reader.projects() if r["theme_id"] is None)
    row = reader.project(project["project_id"])
    kept = accept(
        store, ANN, row, Value(SettledField.THEME, "mental_health;carers")
    )
    settle_now(store)
    themes = reader.project_themes(project["project_id"])
    assert {(t["theme_id"], t["method"]) for t in themes} == {
        ("mental_health", "settled"),
        ("carers", "settled"),
    }
    assert (
        reader.project_verdicts(project["project_id"])["at_decision"]["c1"]
        != "NO_EVIDENCE"
    )
    withdraw(store, ANN, kept)
    settle_now(store)
    assert reader.project_themes(project["project_id"]) == []


def test_a_cited_priority_and_a_sign_are_on_the_record(store: Store) -> None:
    project = reader.project(ROLLED_ON)
    priority = {"priority_id": "P005", "assessment_id": "A-HS18-BR"}
    cite(
        store,
        ANN,
        project,
        priority=priority,
        assessment_id="A-HS18-BR",
        paper=PAPER,
        page=None,
    )
    record_sign(
        store,
        ANN,
        project,
        sign="S1",
        paper=PAPER,
        said="Paid for two months past its end.",
    )
    settle_now(store)
    assert c3(ROLLED_ON)[0] == "PARTLY"
    assert [c["priority_id"] for c in reader.project_citations(ROLLED_ON)] == [
        "P005"
    ]


def test_settled_records_are_judged_as_the_build_judges_them(
    store: Store,
) -> None:
    """Settling what is already so changes no verdict, no criterion and no sentence of any record."""
    rows = [reader.project(r["project_id"]) for r in reader.projects()[::12]]
    before = {r["project_id"]: told(r["project_id"]) for r in rows if r}
    for row in rows:
        if row and row["programme_id"]:
            accept(
                store,
                ANN,
                row,
                Value(SettledField.PROGRAMME, row["programme_id"]),
            )
    settle_now(store)
    changed = [p for p, was in before.items() if told(p) != was]
    assert changed == []
    with duckdb.connect(
        str(settled_file(folders.warehouse_file())), read_only=True
    ) as con:
        assert len(con.table("settled_project").fetchall()) > 40


def of_file(query: str) -> list[tuple[Any, ...]]:
    """A question to the build (w) and the file beside it (s)."""
    served = folders.warehouse_file()
    with duckdb.connect() as con:
        for name, file in (("w", served), ("s", settled_file(served))):
            con.execute(f"attach '{file}' as {name} (read_only)")
        return con.execute(query).fetchall()


def test_what_is_so_already_leaves_money_gaps_and_fairness_as_the_build_has_them(
    store: Store,
) -> None:
    row = next(r for r in map(reader.project, ids()) if r and r["programme_id"])
    accept(store, ANN, row, Value(SettledField.PROGRAMME, row["programme_id"]))
    settle_now(store, whole=True)
    tables = {
        t
        for (t,) in of_file(
            "select table_name from duckdb_tables() where database_name = 's'"
        )
    }
    assert tables >= {
        "gap",
        "ledger",
        "place_money",
        "overlap",
        "fairness",
        "fairness_area",
        "verdict",
        "sign",
    }
    for table in tables - {"settled_note", "settled_project"}:
        both = of_file(
            "select count(*) from ("  # noqa: S608 - names of our own tables
            f"(from w.{table} except from s.{table}) union all (from s.{table} except from w.{table}))"
        )
        assert both == [(0,)], table


def test_a_settled_theme_moves_its_money_and_the_gaps_and_fairness_of_both_themes(
    store: Store,
) -> None:
    moved = next(
        (theme, r)
        for theme in reader.themes()
        for r in reader.projects(theme=theme)
        if theme != "carers"
        and r["theme_id"] == theme
        and r["year_gbp"]
        and not r["is_sensitive"]
        and r["tier"]
        and sum(
            a["gbp"] or 0
            for a in reader.money_buckets(theme)
            if a["bucket"] == "placed"
        )
        > r["year_gbp"]
    )
    theme, row = moved
    whole = {t: money_of(t) for t in (theme, "carers")}
    assert whole[theme] and whole["carers"]
    before = {
        t: (steady(reader.gaps(theme=t)), steady(reader.fairness(theme=t)))
        for t in (theme, "carers", other_than(theme))
    }
    kept = accept(
        store,
        ANN,
        reader.project(row["project_id"]),
        Value(SettledField.THEME, "carers"),
    )
    settle_now(store, whole=False)
    assert reader.project_themes(row["project_id"])[0]["theme_id"] == "carers"
    settle_now(store, whole=True)
    after = {t: money_of(t) for t in (theme, "carers")}
    assert (
        after["carers"] - whole["carers"]
        == pytest.approx(whole[theme] - after[theme])
        != 0
    )
    assert steady(reader.fairness(theme="carers")) != before["carers"][1]
    assert (
        steady(reader.fairness(theme=other_than(theme)))
        == before[other_than(theme)][1]
    )
    withdraw(store, ANN, kept)
    settle_now(store, whole=True)
    assert {t: money_of(t) for t in whole} == whole
    assert {
        t: (steady(reader.gaps(theme=t)), steady(reader.fairness(theme=t)))
        for t in before
    } == before


def test_a_busy_desk_does_not_hold_up_everybodys_pages(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settling, "_known", {})
    first, second = [
        r for r in map(reader.project, ids()[:40]) if r and r["programme_id"]
    ][:2]
    accept(
        store, ANN, first, Value(SettledField.PROGRAMME, first["programme_id"])
    )
    settle_now(store, whole=True, patient=False)
    assert is_whole(), "the first to look works the money in"
    accept(store, ANN, second, Value(SettledField.THEME, "carers"))
    settle_now(store, whole=True, patient=False)
    assert (
        reader.project_themes(second["project_id"])[0]["theme_id"] == "carers"
    )
    assert not is_whole(), "within the minute only the record itself is judged"
    assert not settle_now(store, whole=True, patient=False)
    assert settle_now(store, whole=True, patient=True), (
        "whoever settled it waits for the money"
    )
    assert is_whole()


def is_whole() -> bool:
    return bool(of_file("select is_whole from s.settled_note")[0][0])


def ids() -> list[str]:
    return [r["project_id"] for r in reader.projects()]


def steady(rows: Rows) -> list[dict[str, Any]]:
    """The rows without the last digits of their sums, which depend on who is added first, in an order of
    their own.
    """
    steadied = (
        {
            k: round(float(f"{v:.9g}"), 4) if isinstance(v, float) else v
            for k, v in row.items()
        }
        for row in rows
    )
    # rows of as many areas come in any order
    return sorted(steadied, key=repr)


def other_than(theme: str) -> str:
    return next(
        t for t in ("housing_homelessness", "mental_health") if t != theme
    )


def money_of(theme: str) -> float:
    return round(
        sum(r["year_gbp"] or 0 for r in reader.projects(theme=theme)), 2
    )


def told(project_id: str) -> tuple[Any, ...]:
    return (
        reader.project_verdicts(project_id),
        reader.project_criteria(project_id, "at_decision"),
        reader.project_criteria(project_id, "today"),
        reader.project_areas(project_id),
    )


def test_what_was_settled_for_another_build_is_never_shown(
    store: Store, tmp_path: Path
) -> None:
    project = reader.project(ROLLED_ON)
    record_figure(
        store, ANN, project, Figure(PAPER, "412", "Bridgend", date(2020, 11, 1))
    )
    settle_now(store)
    assert verdict(ROLLED_ON) == "PARTIAL"
    file = settled_file(folders.warehouse_file())
    for other in (another_builds_file(tmp_path), b"not a warehouse"):
        staged = file.with_name("staged")
        staged.write_bytes(other)
        staged.replace(file)
        assert verdict(ROLLED_ON) == "CANNOT_ASSESS"


def another_builds_file(folder: Path) -> bytes:
    with duckdb.connect(str(folder / "other.duckdb")) as con:
        con.execute(
            "create table settled_note as select 'another' as content_hash"
        )
    return (folder / "other.duckdb").read_bytes()


def test_a_protected_record_stays_withheld_and_unplaced(store: Store) -> None:
    hidden = next(r for r in reader.projects() if r["is_sensitive"])
    row = reader.project(hidden["project_id"])
    accept(store, ANN, row, Value(SettledField.AREAS, "W01000016"))
    settle_now(store)
    assert {
        a["method"] for a in reader.project_areas(hidden["project_id"])
    } == {"protected"}
    with reading_as(Scope()):
        assert reader.project(hidden["project_id"]) is None


def test_a_project_that_is_gone_is_left_out(store: Store) -> None:
    project = reader.project(ROLLED_ON)
    assert project is not None
    accept(
        store,
        ANN,
        project | {"project_id": "GONE"},
        Value(SettledField.THEME, "carers"),
    )
    record_figure(
        store,
        ANN,
        project,
        Figure(replace(PAPER), "412", "Bridgend", date(2020, 11, 1)),
    )
    settle_now(store)
    assert reader.project("GONE") is None
    assert verdict(ROLLED_ON) == "PARTIAL"
