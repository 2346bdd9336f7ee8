"""How the assessments of a place asked children and young people: the self-check of those who made them."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from clearlink.review.codes import Kept
from clearlink.review.participation import assessments_checked, check_assessment
from clearlink.review.records import AssessmentParticipation
from clearlink.review.roles import Act, Viewer
from clearlink.review.store import Store
from clearlink.warehouse import plans
from clearlink.warehouse.reader import Row, Rows
from pages.frame.frame import carry_away, table
from pages.frame.speech import Speech
from pages.meeting.meeting_place import tell, writing
from pages.voices.participation_view import (
    check_boxes,
    regions_of_authorities,
)


def assessments_heard(
    say: Speech,
    store: Store,
    viewer: Viewer,
    place: str,
) -> None:
    """What is on record of each assessment that covers the place, and the form for those who may fill it."""
    papers = [d for d in plans.documents_of_place(place) if not d["is_plan"]]
    if not papers:
        return
    st.subheader(say("voices.participation.assessments"))
    checked = assessments_checked(
        store,
        {d["document_id"] for d in papers},
    )
    if checked:
        _checked_table(say, papers, checked)
    else:
        st.info(say("voices.participation.assessments_none"))
    if mine := _to_check(viewer, papers):
        with st.expander(say("voices.participation.title")):
            _check(say, store, viewer, mine, checked)


def _to_check(viewer: Viewer, papers: Rows) -> list[Row]:
    """The assessments of whose making this person may speak."""
    regions_of = regions_of_authorities()
    return [
        d
        for d in papers
        if any(
            viewer.may(Act.CHECK_PARTICIPATION, p)
            for p in _places(d, regions_of)
        )
    ]


def _checked_table(
    say: Speech,
    papers: Rows,
    checked: Mapping[str, AssessmentParticipation],
) -> None:
    """The assessments that were checked, a row each."""
    rows = [
        _row(
            say,
            paper,
            checked[paper["document_id"]],
        )
        for paper in papers
        if paper["document_id"] in checked
    ]
    labels = {
        "assessment": say("voices.participation.assessment"),
        "standards": say("voices.participation.column"),
        "checked": say("voices.participation.checked"),
        "by": say("voices.participation.checked_by"),
        "note": say("voices.participation.noted"),
    }
    table(rows, labels, key="assessments_heard", height=240)
    carry_away(
        say,
        "assessments-heard",
        rows,
        labels,
        (say("voices.participation.assessments"),),
    )


def _row(say: Speech, paper: Row, check: AssessmentParticipation) -> Row:
    kept = list(check.standards.values())
    return {
        "assessment": _paper(say, paper),
        "standards": say(
            "voices.participation.assessment_cell",
            yes=kept.count(Kept.YES),
            partly=kept.count(Kept.PARTLY),
        ),
        "checked": say.date(check.checked_at),
        "by": check.checked_by,
        "note": check.note or "",
    }


def _paper(say: Speech, paper: Row) -> str:
    """An assessment with its body: many bear one title."""
    return say(
        "voices.participation.assessment_option",
        title=say.title(paper["title"]),
        body=paper["body"],
    )


def _places(paper: Row, regions_of: Mapping[str, set[str]]) -> set[str]:
    """The authorities that an assessment covers, and their regions."""
    authorities = set(paper["la_codes"])
    return authorities.union(*(regions_of.get(la, set()) for la in authorities))


def _check(
    say: Speech,
    store: Store,
    viewer: Viewer,
    mine: Rows,
    checked: Mapping[str, AssessmentParticipation],
) -> None:
    """The self-check of one assessment; an earlier one stands in the boxes."""
    st.caption(say("voices.participation.assessments_lead"))
    by_id = {d["document_id"]: d for d in mine}
    chosen = st.selectbox(
        say("voices.participation.assessment"),
        list(by_id),
        format_func=lambda d: _paper(say, by_id[d]),
        key="assessment_checked",
    )
    before = checked.get(chosen)
    key = f"{chosen}_{before.version if before else 0}"
    answers, note = check_boxes(say, before, key, "assessment_")
    if st.button(
        say("voices.participation.save"),
        key="participation_save_assessment",
    ):
        with writing(say):
            check_assessment(
                store,
                viewer,
                assessment_id=chosen,
                places=_places(
                    by_id[chosen],
                    regions_of_authorities(),
                ),
                standards=answers,
                note=note,
                before=before,
            )
            tell("success", say("voices.saved"))
        st.rerun()
