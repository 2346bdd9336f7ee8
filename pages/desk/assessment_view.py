"""Assessments of need: what is held of each round and what ought to exist; and the form by which a steward
adds one.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, Final

import streamlit as st

from clearlink.review.roles import Act, Viewer
from clearlink.review.store import review_store
from clearlink.warehouse import reader
from clearlink.warehouse.law import catalogue_law
from clearlink.warehouse.reader import Row
from pages.desk.assessment_desk import (
    NewAssessment,
    NewPriority,
    publish_assessment,
    wrong_with,
)
from pages.desk.counting import counting
from pages.frame.choices import theme_names
from pages.frame.frame import carry_away, plain, table
from pages.frame.speech import Speech
from pages.frame.state import Kept
from pages.meeting.meeting_person import person

EMPTY_LINES: Final = 5
_DONE: Final = Kept[bool]("assessment_published")


def coverage_of_assessments(say: Speech) -> None:
    """The holes as a to-do list."""
    st.subheader(say("standing.coverage.title"))
    rounds = reader.assessment_coverage()
    lives = sorted(
        {(say.of(r), r["life_years"]) for r in rounds if r["life_years"]}
    )
    rule = "; ".join(
        say("assessment.life", kind=name, n=years) for name, years in lives
    )
    st.caption(plain(say("standing.coverage.help", rule=rule)))
    place = cache(say.place)
    rows = [_round(say, r, place) for r in rounds]
    labels = {
        name: say(f"standing.coverage.col.{name}")
        for name in (
            "kind",
            "cycle",
            "expected",
            "with_priorities",
            "by_title",
            "known",
            "missing",
        )
    }
    table(
        rows,
        labels,
        key="assessment_coverage",
        height=460,
        config={"missing": st.column_config.TextColumn(width="large")},
    )
    carry_away(
        say,
        "assessment-coverage",
        rows,
        labels,
        (say("standing.coverage.title"),),
    )


def _round(
    say: Speech,
    r: Row,
    place: Callable[[str], str],
) -> dict[str, Any]:
    missing = r["missing"] or []
    return {
        "kind": say.of(r),
        "cycle": str(r["cycle"]),
        "expected": f"{r['expected']} ({say.of(r, 'body')})",
        "with_priorities": r["with_priorities"],
        "by_title": r["by_title"],
        "known": r["named"],
        "missing": f"{len(missing)}: {say.names([place(la) for la in missing])}"
        if missing
        else say("standing.coverage.none_missing"),
    }


def add_assessment(say: Speech) -> None:
    """Title, body, dates and address, then the needs it names in a grid, Welsh beside English."""
    st.subheader(say("assessment.add"))
    viewer = person(say)
    if not viewer.may(Act.LOAD_REGISTER):
        st.info(say("sign_in.desk_for_steward"))
        return
    if _DONE.take():
        st.success(say("assessment.published"))
    st.caption(plain(say("assessment.help")))
    themes = theme_names(say)
    with st.form("add_assessment", border=True):
        new = _assessment_boxes(say)
        st.markdown(f"**{plain(say('assessment.priorities'))}**")
        grid = _priorities_grid(say, themes)
        sent = st.form_submit_button(
            say("assessment.publish"),
            type="primary",
        )
    if sent:
        _publish(
            say,
            viewer,
            new,
            _priorities(grid, themes, _rests_on_names(say)),
        )


def _assessment_boxes(say: Speech) -> NewAssessment:
    """The assessment as the boxes hold it: title, kind, body, places, days, pages and address."""
    title = st.text_input(
        say("assessment.title"),
        max_chars=200,
    )
    kind, body = _kind_and_body(say)
    areas = _places_box(say)
    first, second, third, fourth = st.columns(4)
    published, valid_from, valid_to = (
        column.date_input(
            say(f"assessment.{name}"),
            value=None,
            format="DD/MM/YYYY",
            min_value="1990-01-01",
        )
        for column, name in (
            (first, "published_on"),
            (second, "valid_from"),
            (third, "valid_to"),
        )
    )
    pages = fourth.number_input(
        say("assessment.pages"),
        min_value=1,
        value=None,
        step=1,
    )
    url = st.text_input(
        say("assessment.address"),
        max_chars=300,
    )
    return NewAssessment(
        title,
        kind,
        body,
        tuple(areas),
        published,
        valid_from,
        valid_to,
        url,
        int(pages) if pages else None,
    )


def _kind_and_body(say: Speech) -> tuple[str, str]:
    """Of which kind the assessment is, and who made it."""
    left, right = st.columns(2)
    kind = left.selectbox(
        say("assessment.kind"),
        [kind for kind, _ in catalogue_law().life_years],
        format_func=lambda k: say(f"assessment.kinds.{k}"),
        key="assessment_kind",
    )
    body = right.text_input(
        say("assessment.body"),
        max_chars=120,
    )
    return kind, body


def _places_box(say: Speech) -> list[str]:
    """The authorities of Wales that the assessment is of, offered by name."""
    names = {la: say.place(la) for la in reader.members().get(reader.WALES, ())}
    return st.multiselect(
        say("assessment.areas"),
        sorted(names, key=names.__getitem__),
        format_func=names.__getitem__,
    )


def _priorities_grid(
    say: Speech,
    themes: dict[str, str],
) -> list[dict[str, Any]]:
    """A line for each need that the assessment names, its Welsh beside its English."""
    grid: list[dict[str, Any]] = st.data_editor(
        [
            dict.fromkeys(
                ("statement", "statement_cy", "theme", "page", "rests_on"),
                "",
            )
        ]
        * EMPTY_LINES,
        num_rows="dynamic",
        key="assessment_grid",
        width="stretch",
        column_config={
            "statement": st.column_config.TextColumn(
                say("assessment.statement"),
                width="large",
            ),
            "statement_cy": st.column_config.TextColumn(
                say("assessment.statement_cy"),
                width="large",
            ),
            "theme": st.column_config.SelectboxColumn(
                say("choices.theme"),
                options=["", *themes.values()],
            ),
            "page": st.column_config.TextColumn(
                say("assessment.page"),
                width="small",
            ),
            "rests_on": st.column_config.SelectboxColumn(
                say("assessment.rests_on"),
                options=["", *_rests_on_names(say)],
            ),
        },
    )
    return grid


def _rests_on_names(say: Speech) -> dict[str, str]:
    """What a need can rest on, by its name in this language."""
    kinds = ("figures", "statements", "both")
    return {say(f"assessment.rests_on_{kind}"): kind for kind in kinds}


def _priorities(
    grid: list[dict[str, Any]],
    themes: dict[str, str],
    rests_on: dict[str, str],
) -> list[NewPriority]:
    by_name = {name: theme for theme, name in themes.items()}
    lines = [
        {name: str(value or "").strip() for name, value in line.items()}
        for line in grid
    ]
    return [
        NewPriority(
            x["statement"],
            x["statement_cy"],
            by_name.get(
                x["theme"],
                "",
            ),
            x["page"],
            rests_on.get(x["rests_on"], ""),
        )
        for x in lines
        if any(x.values())
    ]


def _publish(
    say: Speech,
    viewer: Viewer,
    new: NewAssessment,
    priorities: list[NewPriority],
) -> None:
    today = review_store().today()
    wrong = wrong_with(new, priorities, today)
    for code, line in wrong:
        reason = say(f"assessment.wrong.{code}")
        st.error(
            plain(
                reason
                if line is None
                else say("assessment.line", n=line, text=reason)
            )
        )
    if wrong:
        return
    with counting(say, say("data.desk.publishing")):
        stopped = publish_assessment(
            viewer,
            new,
            priorities,
            today,
        )
        if stopped is None:
            _DONE.keep(True)
    if stopped is None:
        st.rerun()
    st.error(say(f"data.desk.trouble_{stopped}"))
