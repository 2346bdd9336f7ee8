"""What children and young people are owed: answers to what they said, and what plans promise them."""

from __future__ import annotations

from typing import Any, Final

from clearlink.report.engagement_words import told
from clearlink.report.voice import Voice
from clearlink.rules.followed import Owed, owed_state
from clearlink.rules.plans import ActionState
from clearlink.warehouse import plans, reader
from clearlink.warehouse.reader import Row

_OWED_OF_ACTION: Final = {
    ActionState.DONE: Owed.ANSWERED,
    ActionState.OVERDUE: Owed.OVERDUE,
    ActionState.LAPSED_PLAN: Owed.OVERDUE,
    ActionState.ON_TIME: Owed.DUE,
    ActionState.NO_DAY: Owed.NO_DAY,
}


def owed_rows(say: Voice, place: str) -> list[dict[str, Any]]:
    """What children and young people are owed: answers to what they said, and what plans promise them;
    late first.
    """
    today = reader.build()["as_of"]
    rows = [
        _engagement_row(
            say,
            e,
            owed_state(
                today,
                e["due"],
                e["changed"],
            ),
        )
        for e in children_heard(place)
    ]
    for a in plans.actions_of_place(place):
        state = _OWED_OF_ACTION.get(ActionState(a["action_state"]))
        if a["for_children"] and state is not None:
            rows.append(_action_row(say, a, state))
    order = [
        Owed.OVERDUE,
        Owed.DUE,
        Owed.NO_DAY,
        Owed.ANSWERED,
    ]
    return sorted(
        rows,
        key=lambda r: (
            order.index(r["owed"]),
            str(r["by_when"] or "9999"),
            r["what"],
        ),
    )


def children_heard(place: str) -> list[Row]:
    """Engagements of a place in which children or young people were listened to."""
    return [e for e in reader.engagements_of_place(place) if e["has_children"]]


def _engagement_row(
    say: Voice,
    e: Row,
    state: Owed,
) -> dict[str, Any]:
    return {
        "what": say(
            "plans.children.answer_to",
            who=told(say, e, "who"),
            said=told(say, e, "said"),
        ),
        "by": e["owed_by"]
        or e["assessment_body"]
        or say("plans.children.by_unsaid"),
        "by_when": e["due"],
        "state": say(f"plans.owed.{state}"),
        "owed": state,
        "source": " · ".join(
            part
            for part in (
                e["document"] or e["assessment_title"] or "",
                e["page"] or "",
            )
            if part
        ),
    }


def _action_row(
    say: Voice,
    a: Row,
    state: Owed,
) -> dict[str, Any]:
    return {
        "what": a["what_cy"]
        if say.lang == "cy" and a["what_cy"]
        else a["what"],
        "by": a["who"] or say("plans.children.by_unsaid"),
        "by_when": a["by_when"],
        "state": say(f"plans.owed.{state}"),
        "owed": state,
        "source": a["action_id"],
    }
