"""The paper that a record rests on, as every form of the desk asks for it."""

from __future__ import annotations

from streamlit.delta_generator import DeltaGenerator

from clearlink.proposals.queue import Waiting
from pages.frame.speech import Speech


def paper_boxes(
    say: Speech,
    record: Waiting,
    columns: tuple[DeltaGenerator, DeltaGenerator],
    form: str,
) -> tuple[str, str]:
    """The paper's title and its address, which begins as the record's own. `form`: what the boxes' keys begin
    with.
    """
    left, right = columns
    document = left.text_input(
        say("evidence.paper.document"),
        key=f"{form}_document_{record.project_id}",
        max_chars=200,
    )
    url = right.text_input(
        say("assessment.address"),
        record.words["url"] or "",
        key=f"{form}_url_{record.project_id}",
        max_chars=300,
    )
    return document, url
