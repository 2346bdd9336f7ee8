"""What a programme's own rule found in a place, in a sentence."""

from __future__ import annotations

from clearlink.report.returned import figures_of, newest, part_words, start_of
from clearlink.report.voice import Voice
from clearlink.rules.programmes.set_aside import set_aside
from clearlink.rules.programmes.spend_and_need import (
    Against,
    GroupShare,
    shares_by_group,
)
from clearlink.rules.programmes.systems import System
from clearlink.warehouse.reader import Rows
from clearlink.words import numbers


def set_aside_finding(
    say: Voice,
    place: str,
    rows: Rows,
) -> str:
    """One authority's share, or how many fall short of how many; a surplus fills nobody else's hole."""
    period = rows[0]["period"]
    start = start_of(say, place)
    judged = [
        set_aside(
            r["money_gbp"],
            r["set_aside_gbp"],
            r["required_share"],
        )
        for r in rows
    ]
    if all(j.missing_gbp is None for j in judged):
        return say(
            "programmes.set_aside.no_requirement", place=start, period=period
        )
    missing = [j.missing_gbp for j in judged if j.missing_gbp]
    if len(rows) == 1:
        known = {
            "place": start,
            "period": period,
            "share": numbers.pct(
                judged[0].share or 0,
                1,
            ),
            "required": numbers.pct(
                rows[0]["required_share"],
                1,
            ),
        }
        if missing:
            return say(
                "programmes.set_aside.one_short",
                **known,
                money=say.money(missing[0]),
            )
        return say("programmes.set_aside.one_enough", **known)
    if not missing:
        return say(
            "programmes.set_aside.all_enough",
            place=start,
            period=period,
            n=len(rows),
        )
    return say(
        "programmes.set_aside.short",
        place=start,
        period=period,
        n=len(missing),
        total=say.number(len(rows)),
        money=say.money(sum(missing)),
    )


def need_finding(
    say: Voice,
    place: str,
    period: str,
    shares: list[GroupShare],
) -> str:
    """Which groups have less of the money than of the need, and which more, beyond chance."""
    below, above = (
        say.names(
            [part_words(say, s.group) for s in shares if s.against == side]
        )
        for side in (Against.BELOW, Against.ABOVE)
    )
    known = {
        "place": start_of(say, place),
        "period": period,
    }
    if not below and not above:
        return say("programmes.hs.follows", **known)
    text = say("programmes.hs.less", **known, groups=below) if below else ""
    more = say(
        "programmes.hs.more_too" if below else "programmes.hs.more",
        **known,
        groups=above,
    )
    if not above:
        return text
    return f"{text} {more}".strip()


def shares_here(place: str) -> tuple[str, list[GroupShare]]:
    """The newest period in which need is told by client group in a place, and each group's share of the money
    against its share of the need.
    """
    told = figures_of(System.HOUSING_SUPPORT, place)
    period = newest(
        [
            r
            for r in told
            if r["measure_id"] == "hs_need" and r["value"] is not None
        ]
    )
    money, need = (_by_group(told, m, period) for m in ("hs_money", "hs_need"))
    return period, shares_by_group(money, need)


def _by_group(
    told: Rows,
    measure: str,
    period: str,
) -> dict[str, float]:
    return {
        r["part"]: r["value"]
        for r in told
        if (r["measure_id"], r["period"]) == (measure, period)
        and r["part"]
        and r["value"] is not None
    }
