"""Sentences about items and decisions, filled with their figures."""

from __future__ import annotations

from typing import Any

from clearlink.report.voice import Voice
from clearlink.review.codes import Subject
from clearlink.review.records import Decision, Item, Meeting
from clearlink.words import numbers
from pages.frame.speech import Speech


def meeting_name(say: Speech, meeting: Meeting) -> str:
    """North Wales, 1 December 2026."""
    return say(
        "meetings.name",
        place=say.place(meeting.place),
        date=say.date(meeting.held_on),
    )


def why_sentence(say: Speech, item: Item) -> str:
    """Why an item was proposed, from the figures kept with it."""
    why = item.why
    key = str(why.get("key", "added"))
    if key == "added":
        return say("meetings.why.added")
    if key == "exception_proposed":
        return say(
            "meetings.why.exception_proposed",
            who=why["who"],
            reason=why["reason"],
            date=voice(say).date(why["on"]),
        )
    if key == "priority_uncited":
        return say(
            "meetings.why.priority_uncited"
            if why["valid_to"]
            else "meetings.why.priority_uncited_open",
            theme=say.theme(why["theme_id"]),
            assessment=say.title(why["assessment"]),
            date=voice(say).date(why["valid_to"]),
        )
    if key == "review_due":
        return _review_due(say, why)
    return say(
        f"meetings.why.{key}",
        **_figures_kept(say, why),
    )


def _figures_kept(say: Speech, why: dict[str, Any]) -> dict[str, Any]:
    """The verdict, and of the figures that were kept with an item those that are known, in words."""
    known: dict[str, Any] = {"verdict": say.verdict(why["verdict"])}
    if why.get("people") is not None:
        known["people"] = numbers.whole(why["people"])
    if why.get("year_gbp") is not None:
        known["money"] = say(
            "common.money_in_year",
            money=say.money(why["year_gbp"]),
            year=str(why["money_year"]),
        )
    elif why.get("annual_value_gbp") is not None:
        # an agenda proposed before sums were of one year holds what the register stated
        known["money"] = say(
            "common.money_stated",
            money=say.money(why["annual_value_gbp"]),
        )
    if why.get("severity") is not None:
        known["severity"] = f"{why['severity']:.1f}"
    return known


def _review_due(say: Speech, why: dict[str, Any]) -> str:
    """When the review was due, and when the last one was."""
    key = "review_due" if why["last_review"] else "review_never"
    days = {name: voice(say).date(why[name]) for name in ("due", "last_review")}
    return say(f"meetings.why.{key}", **days)


def question(
    say: Speech,
    item: Item,
    facts: dict[str, Any],
) -> str:
    """The question before the committee, in words."""
    if item.subject is Subject.PROJECT and facts.get("verdict"):
        return say(f"meetings.question.{facts['verdict']['verdict']}")
    return say(
        "meetings.question.priority"
        if item.subject is Subject.PRIORITY
        else "meetings.question.matter"
    )


def decided_sentence(say: Speech, decision: Decision) -> str:
    """What the committee decided, with its reason."""
    return say(
        "meetings.decide.stands",
        outcome=say(f"meetings.decided_to.{decision.outcome}"),
        reason=decision.reason,
    )


def voice(say: Speech) -> Voice:
    """The same language, for sentences that packs and screens share."""
    return Voice(say.lang)
