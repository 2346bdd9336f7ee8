"""A funnel in words: how many get to each step, as a share of the step before, beside Wales."""

from __future__ import annotations

from typing import Any

from clearlink.report.returned import count_words, start_of
from clearlink.report.voice import Voice
from clearlink.rules.programmes.funnel import Beside, conversion
from clearlink.rules.programmes.systems import RETURNED_AS, System
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Row
from clearlink.words import numbers

Step = dict[str, Any]


def funnel_steps(
    say: Voice,
    system: System,
    place: str,
    told: list[Row],
) -> list[Step]:
    """A row each step: its count, its share of the step before, that of Wales, and whether they differ by
    more than chance.
    """
    period = told[0]["period"]
    shares = {
        s["measure_id"]: s
        for s in reader.programme_shares(
            place,
            RETURNED_AS[system],
        )
        if s["period"] == period and not s["part"]
    }
    return [
        _step(
            say,
            row,
            shares.get(row["measure_id"]),
            place,
        )
        for row in told
    ]


def _step(
    say: Voice,
    row: Row,
    share: Row | None,
    place: str,
) -> Step:
    wales = share["wales_share"] if share and place != reader.WALES else None
    one = conversion(
        share["part_value"] if share else None,
        share["whole_value"] if share else None,
        wales,
    )
    step: Step = {
        "name": say.of(row),
        "count": row["value"],
        "shown": count_words(say, row),
        "share": one.share,
        "pct": None if one.share is None else 100 * one.share,
        "wales": None if wales is None else 100 * wales,
        "beside": one.beside,
        "words": ""
        if one.beside == Beside.NOT_KNOWN
        else say(f"programmes.beside.{one.beside}"),
        "told": say(
            "programmes.told_of",
            told=row["told"],
            members=row["members"],
        ),
    }
    return step | {"said": _said(say, step)}


def _said(say: Voice, step: Step) -> str:
    if step["share"] is None:
        return str(step["shown"])
    known = {
        "count": step["shown"],
        "share": numbers.pct(step["share"]),
    }
    if step["wales"] is None:
        return say("programmes.funnel.said", **known)
    return say(
        "programmes.funnel.said_wales",
        **known,
        wales=f"{step['wales']:.0f}%",
    )


def funnel_finding(
    say: Voice,
    place: str,
    period: str,
    steps: list[Step],
) -> str:
    """From the first step to the last, and where fewest go on."""
    known = {
        "place": start_of(say, place),
        "period": period,
    }
    known |= {
        "first": steps[0]["name"],
        "first_count": steps[0]["shown"],
    }
    if len(steps) == 1:
        return say("programmes.funnel.finding_first", **known)
    text = say(
        "programmes.funnel.finding",
        **known,
        last=steps[-1]["name"],
        last_count=steps[-1]["shown"],
    )
    shared = [s for s in steps if s["share"] is not None and s["share"] <= 1]
    if shared:
        least = min(
            shared,
            key=lambda s: s["share"],
        )
        text += " " + say(
            "programmes.funnel.fewest",
            step=least["name"],
            share=numbers.pct(least["share"]),
        )
        if least["words"]:
            text += " " + say(f"programmes.funnel.{least['beside']}")
    return f"{text} {_over_words(say, steps)}".strip()


def _over_words(say: Voice, steps: list[Step]) -> str:
    """Which steps are more than all of those they are compared with; empty where none is."""
    over = [s["name"] for s in steps if (s["share"] or 0) > 1]
    return (
        say(
            "programmes.funnel.over",
            steps=numbers.join(say.lang, over),
        )
        if over
        else ""
    )
