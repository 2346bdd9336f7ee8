"""How each project listened before it was decided, and the self-check of those who asked children and
young people.
"""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from clearlink.review.codes import Kept, Standard
from clearlink.review.participation import (
    check_participation,
    participation_checks,
)
from clearlink.review.records import (
    AssessmentParticipation,
    ParticipationCheck,
)
from clearlink.review.roles import Act, Viewer
from clearlink.review.store import Store
from clearlink.rules.codes import Reason, Result
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Row, Rows, once_a_build
from pages.frame.frame import carry_away, plain, table
from pages.frame.speech import Speech
from pages.frame.which_projects import counts_line
from pages.meeting.meeting_place import tell, writing

NO_CHILDREN = Reason.C6_CHILDREN


def engagement(
    say: Speech,
    store: Store,
    viewer: Viewer,
    place: str,
) -> None:
    """Which projects listened before they were decided, to whom, and what changed."""
    st.subheader(say("voices.engagement"))
    rows = reader.answer("meeting_engagement", place=place)
    _engagement_finding(say, place, rows)
    counts_line(say, place, running=True)
    checked = participation_checks(
        store,
        viewer,
        {r["project_id"] for r in rows},
    )
    _engagement_table(say, rows, checked)
    if mine := _to_check(viewer, rows):
        with st.expander(say("voices.participation.title")):
            _check(
                say,
                store,
                viewer,
                mine,
                checked,
            )


def _engagement_finding(
    say: Speech,
    place: str,
    rows: Rows,
) -> None:
    met, blank = (
        sum(r["result"] == code for r in rows)
        for code in (Result.MET, Result.NO_EVIDENCE)
    )
    st.markdown(
        plain(
            say(
                "voices.engagement_finding",
                n=len(rows),
                place=say.in_place(place),
                met=met,
                blank=blank,
            )
        )
    )


def _engagement_table(
    say: Speech,
    rows: Rows,
    checked: Mapping[str, ParticipationCheck],
) -> None:
    """A row for each project: its result, when and whom it asked, what changed, and the check against the
    participation standards.
    """
    shown = [
        {
            **r,
            "outcome": _outcome(say, r),
            "standards": _cell(
                say,
                checked.get(r["project_id"]),
            ),
        }
        for r in rows
    ]
    labels = {
        "title": say("voices.engagement_project"),
        "outcome": say("voices.engagement_result"),
        "engagement_date": say("voices.engagement_when"),
        "engagement_with": say("voices.engagement_with"),
        "engagement_change": say("voices.engagement_change"),
        "standards": say("voices.participation.column"),
    }
    table(
        shown,
        labels,
        key="engagement",
        height=320,
    )
    carry_away(
        say,
        "engagement",
        shown,
        labels,
        (say("voices.engagement"),),
    )


def _to_check(viewer: Viewer, rows: Rows) -> list[Row]:
    """The projects that listened and whose listening this person may check."""
    regions_of = regions_of_authorities()
    return [
        r
        for r in rows
        if r["engagement_date"] is not None
        and any(
            viewer.may(Act.CHECK_PARTICIPATION, p)
            for p in _places(r, regions_of)
        )
    ]


def _outcome(say: Speech, row: Row) -> str:
    """The result of criterion 6; a service for children that records none asked is marked."""
    if row["reason"] == NO_CHILDREN:
        return say("voices.participation.no_children")
    return say(f"criterion.result.{row['result']}")


def _cell(say: Speech, check: ParticipationCheck | None) -> str:
    if check is None:
        return ""
    return say(
        "voices.participation.cell",
        yes=sum(k == Kept.YES for k in check.standards.values()),
        day=say.date(check.engaged_on),
    )


def _places(row: Row, regions_of: Mapping[str, set[str]]) -> set[str]:
    """The authority and the regions that a project is of."""
    regions = regions_of.get(
        row["la_code"],
        set(),
    )
    return {
        p
        for p in (
            row["la_code"],
            row["region_code"],
            *regions,
        )
        if p
    }


@once_a_build
def regions_of_authorities() -> dict[str, set[str]]:
    """Authority → the regions it lies in."""
    regions: dict[str, set[str]] = {}
    for place, authorities in reader.members().items():
        if place.startswith(("RCC", "RPB")):
            for la in authorities:
                regions.setdefault(la, set()).add(place)
    return regions


def _check(
    say: Speech,
    store: Store,
    viewer: Viewer,
    mine: Rows,
    checked: dict[str, ParticipationCheck],
) -> None:
    """The self-check of one project; an earlier check of the same engagement stands in the boxes."""
    st.caption(say("voices.participation.lead"))
    chosen = _chosen_project(say, mine)
    before = checked.get(chosen["project_id"])
    if before is not None and before.engaged_on != chosen["engagement_date"]:
        before = None
    key = f"{chosen['project_id']}_{before.version if before else 0}"
    answers, note = check_boxes(say, before, key)
    if st.button(
        say("voices.participation.save"),
        key="participation_save",
    ):
        with writing(say):
            check_participation(
                store,
                viewer,
                project_id=chosen["project_id"],
                places=_places(chosen, regions_of_authorities()),
                engaged_on=chosen["engagement_date"],
                standards=answers,
                note=note,
                before=before,
            )
            tell("success", say("voices.saved"))
        st.rerun()


def _chosen_project(say: Speech, mine: Rows) -> Row:
    by_id = {r["project_id"]: r for r in mine}

    def option(project_id: str) -> str:
        row = by_id[project_id]
        day = say.date(row["engagement_date"])
        return say(
            "voices.participation.option",
            title=row["title"],
            day=day,
        )

    chosen = st.selectbox(
        say("voices.participation.project"),
        list(by_id),
        format_func=option,
        key="participation_project",
    )
    return by_id[chosen]


def check_boxes(
    say: Speech,
    before: ParticipationCheck | AssessmentParticipation | None,
    key: str,
    name: str = "",
) -> tuple[dict[Standard, Kept], str]:
    """The boxes of a self-check, of a project or (`name`) of something else: the standards and a note; an
    earlier check stands in them with who made it.
    """
    answers = _standard_boxes(say, before, key, f"{name}standard")
    note = st.text_area(
        say("voices.participation.note"),
        value=(before.note or "") if before else "",
        key=f"{name}participation_note_{key}",
        max_chars=1000,
        height=80,
    )
    if before is not None:
        by = say("voices.participation.by", who=before.checked_by)
        st.caption(plain(by))
    return answers, note


def _standard_boxes(
    say: Speech,
    before: ParticipationCheck | AssessmentParticipation | None,
    key: str,
    name: str,
) -> dict[Standard, Kept]:
    """Which standards are said to be kept, two boxes a row; those not answered are left out."""
    answers: dict[Standard, Kept] = {}
    offered = list(Kept)
    for at, standard in enumerate(Standard):
        if at % 2 == 0:
            columns = st.columns(2)
        earlier = Kept(before.standards[standard]) if before else None
        with columns[at % 2]:
            answer = st.radio(
                say(f"voices.participation.standard_{standard}"),
                offered,
                index=offered.index(earlier) if earlier else None,
                horizontal=True,
                format_func=lambda k: say(f"voices.participation.{k}"),
                key=f"{name}_{standard}_{key}",
            )
        if answer is not None:
            answers[standard] = answer
    return answers
