"""What a write answers when the committee's own rules do not allow it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

REFUSALS: Final = frozenset(
    {
        "name_missing",
        "text_control",
        "text_invisible",
        "text_long",
        "text_person",
        "before_day",
        "early_reason_short",
        "undecided_left",
        "members_none",
        "member_nameless",
        "member_twice",
        "quorum_range",
        "chair_missing",
        "agenda_empty",
        "evidence_missing",
        "meeting_closed",
        "not_frozen",
        "not_preparing",
        "item_dropped",
        "title_missing",
        "reason_short",
        "withdrew_unknown",
        "interest_stays",
        "quorum_lost",
        "owner_missing",
        "due_missing",
        "due_past",
        "ground_missing",
        "evidence_link_missing",
        "exception_not_project",
        "exception_until_past",
        "second_missing",
        "second_same",
        "second_not_present",
        "second_not_needed",
        "second_had",
        "question_missing",
        "answer_missing",
        "answer_had",
        "reference_missing",
        "said_missing",
        "because_missing",
        "said_back_empty",
        "said_back_long",
        "said_back_again",
        "said_back_too_many",
        "said_back_whereabouts",
        "said_back_identity_number",
        "said_back_case_file",
        "said_back_never_as_it_stands",
        "said_back_check_first",
        "withdrawn_already",
        "passage_facts",
        "passage_figures",
        "passage_empty",
        "nature_missing",
        "proposal_had",
        "standards_missing",
        "project_gone",
        "value_missing",
        "document_missing",
        "address_not_web",
        "pages_missing",
        "page_beyond",
        "priority_elsewhere",
        "day_after_today",
        "figure_missing",
        "figure_not_before",
        "reader_missing",
        "reader_same",
        "reader_had",
        "paper_withdrawn",
        "said_too_short",
        "reply_missing",
        "asked_already",
    }
)
"""Every code; each has a sentence in both languages (words `meetings.refused.…`)."""


class Refused(ValueError):
    """Nothing was written. `codes` are all the reasons at once; `facts` fill their sentences."""

    def __init__(
        self, *codes: str, facts: Mapping[str, object] | None = None
    ) -> None:
        super().__init__(", ".join(codes))
        self.codes = codes
        self.facts = dict(facts or {})
