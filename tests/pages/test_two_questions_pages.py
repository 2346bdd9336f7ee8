"""The two questions on screens: a square opens exactly its records, signs filter, and Home opens on what
was never recorded.
"""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from clearlink import words
from clearlink.command import main
from clearlink.report.region_sheet import questions_blocks as pack_questions
from clearlink.report.standing_words import (
    answer_lines,
    held_lines,
    share_words,
    sign_rows,
    square_words,
)
from clearlink.report.verdict_finding import record_finding
from clearlink.rules.codes import VERDICT_ORDER
from clearlink.rules.link.two_questions import (
    Sum,
    added,
    share_of_money,
    squares,
    state_of,
)
from clearlink.warehouse import reader
from pages.frame.speech import Speech
from pages.home.two_questions_view import in_square
from tests.counters import links
from tests.pages.test_pages import finding, page, spoken, unescaped

pytestmark = pytest.mark.usefixtures("on_sample")


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_a_square_opens_exactly_its_records_and_says_which(
    lang: words.Lang,
) -> None:
    rows = reader.projects()
    at = ("above", "not_recorded")
    held = squares(rows)[at]
    app = page("projects", lang, square=".".join(at))
    assert not app.exception
    assert any(len(frame.value) == held.records for frame in app.dataframe)
    said = unescaped(" ".join(box.value for box in app.info))
    assert square_words(Speech(lang), at, held) in said


def test_signs_filter_the_list_and_stand_on_the_record_with_their_paper() -> (
    None
):
    signed = in_square(reader.projects(), "", "S3")
    app = page("projects", "en", sign="S3")
    assert signed and any(
        len(frame.value) == len(signed) for frame in app.dataframe
    )
    told = unescaped(" ".join(spoken(page("projects", "en", project="R011"))))
    assert (
        "S1 Ran or was paid past its end" in told
        and "payments made on an expired contract" in told
    )
    assert "Source: council or board paper" in told


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_home_opens_on_what_was_never_recorded_where_nothing_can_be_assessed(
    lang: words.Lang,
) -> None:
    place, theme = "W06000024", "early_years"
    rows = reader.projects(place, None, theme)
    assert (
        added(rows).records
        == sum(r["verdict"] == "CANNOT_ASSESS" for r in rows)
        > 0
    )
    said = finding(page("home", lang, place=place, theme=theme))
    assert said == unescaped(record_finding(Speech(lang), place, rows))


def shares_on(app: AppTest, say: Speech) -> list[tuple[str, ...]]:
    """State, records and both shares, as the page's table of shares shows them."""
    heading = say("standing.shares.col.of_records")
    frame = next(f.value for f in app.dataframe if heading in f.value.columns)
    return [
        tuple(str(cell) for cell in row)
        for row in frame.itertuples(index=False)
    ]


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_shares_are_the_same_on_every_page_in_the_pack_and_by_command(
    lang: words.Lang, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of an authority in which nearly nothing can be assessed, so that Home opens on the record."""
    say, place = Speech(lang), "W06000024"
    with reader.records_of("real"):
        pack = next(
            b
            for b in pack_questions(say, place)
            if getattr(b, "caption", "") == say("standing.shares.title")
        )
    of_pack = [tuple(row) for row in pack.rows]
    home = page("home", lang, place=place, records="real")
    projects = page(
        "projects", lang, place=place, records="real", tab="questions"
    )
    projects.session_state["project_tabs"] = say("projects.tab.questions")
    area = page("area", lang, place=place, area=place, records="real")
    assert (
        of_pack
        == shares_on(home, say)
        == shares_on(projects.run(), say)
        == shares_on(area, say)
    )
    asked = [
        "verdicts",
        "--region",
        place,
        "--format",
        "shares",
        "--everything",
        "--records",
        "real",
    ]
    assert main(asked) == 0
    lines = capsys.readouterr().out.splitlines()
    for state, n, of_records, of_money in of_pack if lang == "en" else ():
        cells = next(x for x in lines if x.startswith(state[:52])).split()
        assert [n, of_records, of_money] == [cells[-4], cells[-3], cells[-1]]


def test_money_that_nobody_recorded_has_no_share() -> None:
    known, unknown = Sum(3, 30.0, 0, 0), Sum(4, 0.0, 4, 0)
    whole = Sum(7, 30.0, 4, 0)
    assert share_words(share_of_money(known, whole)) == "100.0%"
    assert share_words(share_of_money(unknown, whole)) == "–"
    assert share_words(share_of_money(Sum(1, 0.0, 0, 0), whole)) == "0.0%"
    assert share_words(share_of_money(Sum(0, 0.0, 0, 0), whole)) == "0.0%", (
        "no record has no money"
    )


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_a_record_says_how_it_stands_what_it_lacks_and_what_an_answer_leads_to(
    lang: words.Lang,
) -> None:
    say = Speech(lang)
    rows = {
        state: next(r for r in reader.projects() if state_of(r) == state)
        for state in ("partial", "blank_theme", "blank_priority")
    }
    for state, row in rows.items():
        app = page("projects", lang, project=row["project_id"])
        assert not app.exception
        told = unescaped(" ".join(spoken(app)))
        project = reader.project(row["project_id"])
        verdict = reader.project_verdicts(row["project_id"])["at_decision"]
        assert project is not None
        for key in (
            f"standing.serves_said.{row['serves']}",
            f"standing.record_said.{row['on_record']}",
        ):
            assert say(key) in told, (state, key)
        held, answers = (
            held_lines(say, project | verdict),
            answer_lines(say, verdict),
        )
        assert held == held_lines(say, row), (
            "the record and the lists say the same"
        )
        assert all(line in told for line in (*held, *answers))
        assert bool(answers) == (state != "partial")
        desk = [x for x in links(app) if x["page"] == "evidence_desk"]
        assert bool(desk) == bool(answers)
        assert all(x["query"]["project"] == row["project_id"] for x in desk)


def test_the_pack_holds_signs_against_verdicts_as_projects_does() -> None:
    say = Speech("en")
    pack = next(
        b
        for b in pack_questions(say, reader.WALES)
        if getattr(b, "caption", "") == say("standing.signs.title")
    )
    assert pack.columns[1:] == tuple(say.verdict(v) for v in VERDICT_ORDER)
    assert list(pack.rows) == sign_rows(say, reader.projects())
