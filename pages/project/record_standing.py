"""On a project's record: does it serve need, and is that on record; what is held of it, and what an answer
would lead to.
"""

from __future__ import annotations

import streamlit as st

from clearlink.report.standing_words import answer_lines, held_lines
from clearlink.warehouse.reader import Row
from pages.frame.choices import address
from pages.frame.frame import plain
from pages.frame.speech import Speech


def standing_on_record(
    say: Speech,
    project: Row,
    verdict: Row,
) -> None:
    """`verdict`: its row of the basis that is shown, with the results of the criteria."""
    st.subheader(say("standing.one.title"))
    stands = say(
        "standing.one.stands",
        serves=say(f"standing.serves_said.{verdict['serves']}"),
        on_record=say(f"standing.record_said.{verdict['on_record']}"),
    )
    lines = [
        stands,
        *held_lines(say, project | verdict),
    ]
    st.markdown("\n".join(f"- {plain(line)}" for line in lines))
    answers = answer_lines(say, verdict)
    if not answers:
        return
    st.markdown(f"**{plain(say('standing.answer.title'))}**")
    st.markdown("\n".join(f"- {plain(line)}" for line in answers))
    st.page_link(
        "pages/evidence_desk.py",
        label=say("standing.one.desk"),
        query_params=address(project=project["project_id"]),
        icon=":material/edit_note:",
    )
