"""What a programme's own rule found in a place, in a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from clearlink.report.returned import figures_of, newest, part_words, start_of
from clearlink.report.voice import Voice
from clearlink.rules.programmes.set_aside import SetAside, set_aside
from clearlink.rules.programmes.spend_and_need import (
    Against,
    GroupShare,
    shares_by_group,
)
from clearlink.rules.programmes.systems import System
from clearlink.warehouse.reader import Row, Rows
from clearlink.words import numbers


def set_aside_finding(
    say: Voice,
    place: str,
    rows: Rows,
) -> str:
    """One authority's share, or how many fall short of how many; a surplus fills nobody else's hole."""
    judged = [_judged(row) for row in rows]
    known = {
        "place": start_of(say, place),
        "period": rows[0]["period"],
    }
    if all(j.missing_gbp is None for j in judged):
        return say("programmes.set_aside.no_requirement", **known)
    if len(rows) == 1:
        required = numbers.pct(
            rows[0]["required_share"],
            1,
        )
        return _one_share(
            say,
            known | {"required": required},
            judged[0],
        )
    missing = [j.missing_gbp for j in judged if j.missing_gbp]
    if not missing:
        return say(
            "programmes.set_aside.all_enough",
            **known,
            n=len(rows),
        )
    return say(
        "programmes.set_aside.short",
        **known,
        n=len(missing),
        total=say.number(len(rows)),
        money=say.money(sum(missing)),
    )


def _judged(row: Row) -> SetAside:
    return set_aside(
        row["money_gbp"],
        row["set_aside_gbp"],
        row["required_share"],
    )


def _one_share(
    say: Voice,
    known: Mapping[str, str],
    judged: SetAside,
) -> str:
    share = numbers.pct(
        judged.share or 0,
        1,
    )
    if not judged.missing_gbp:
        return say("programmes.set_aside.one_enough", **known, share=share)
    return say(
        "programmes.set_aside.one_short",
        **known,
        share=share,
        money=say.money(judged.missing_gbp),
    )


def need_finding(
    say: Voice,
    place: str,
    period: str,
    shares: list[GroupShare],
) -> str:
    """Which groups have less of the money than of the need, and which more, beyond chance."""
    below = _groups(say, shares, Against.BELOW)
    above = _groups(say, shares, Against.ABOVE)
    known = {
        "place": start_of(say, place),
        "period": period,
    }
    if below and above:
        less = say("programmes.hs.less", **known, groups=below)
        more = say("programmes.hs.more_too", **known, groups=above)
        return f"{less} {more}"
    if below:
        return say("programmes.hs.less", **known, groups=below)
    if above:
        return say("programmes.hs.more", **known, groups=above)
    return say("programmes.hs.follows", **known)


def _groups(
    say: Voice,
    shares: Sequence[GroupShare],
    side: Against,
) -> str:
    """The names of the groups on that side of their share of need; empty where none is."""
    return say.names(
        [part_words(say, s.group) for s in shares if s.against == side]
    )


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
