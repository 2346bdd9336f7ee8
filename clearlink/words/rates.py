"""A rate of need in words: as precise as its publisher printed it, with the range that its publisher
gives, or why there is none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from clearlink.words import numbers

# A rate that was worked out from counts is told to a tenth of a per cent; a published one never with more
# than it was printed with.
MOST_DECIMALS: Final = 1


def decimals_of(row: Mapping[str, Any]) -> int:
    """How many decimals of a per cent a rate of need may be told with."""
    printed = row.get("rate_decimals")
    return (
        MOST_DECIMALS if printed is None else min(MOST_DECIMALS, int(printed))
    )


def rate_told(row: Mapping[str, Any]) -> float | None:
    """The rate of an area. Worked out from counts, it is the count over the total that are told beside it: 35
    of 402 is 8.7 %, also where 34.6 were reckoned.
    """
    people, at_risk = row.get("people_in_need"), row.get("population_at_risk")
    if (
        row["rate"] is None
        or row.get("rate_decimals") is not None
        or people is None
        or not at_risk
    ):
        return None if row["rate"] is None else float(row["rate"])
    return float(round(people) / max(1, round(at_risk)))


def share_words(row: Mapping[str, Any]) -> str:
    """'8.2%', or '14%' where the publisher rounded to whole per cents; nothing where there is no rate."""
    rate = rate_told(row)
    return (
        ""
        if rate is None
        else numbers.pct(
            rate,
            decimals_of(row),
        )
    )


def share_figure(row: Mapping[str, Any]) -> float | None:
    """The same as a number of per cent, for a column that can be sorted: no digit that its publisher did
    not print.
    """
    rate, printed = rate_told(row), row.get("rate_decimals")
    if rate is None:
        return None
    return (
        100 * rate
        if printed is None
        else round(
            100 * rate,
            int(printed),
        )
    )


def people_beside(
    people: float,
    total: float,
    decimals: int,
) -> tuple[str, str, str]:
    """An estimate of people over many areas, its total and its share, as they stand beside each other: the
    share is that count over that total.

    To the nearest five where the share of what is printed is still the share; else to the person.
    """
    share = numbers.pct(
        people / total,
        decimals,
    )
    some, of_all = 5 * round(people / 5), 5 * round(total / 5)
    if of_all and numbers.pct(some / of_all, decimals) == share:
        return numbers.whole(some), numbers.whole(of_all), share
    return _to_the_person(people, total, decimals)


def _to_the_person(
    people: float, total: float, decimals: int
) -> tuple[str, str, str]:
    """The same to the person; the share is what the two printed counts give."""
    some, of_all = round(people), max(1, round(total))
    return (
        numbers.whole(some),
        numbers.whole(of_all),
        numbers.pct(some / of_all, decimals),
    )


def in_need_words(row: Mapping[str, Any]) -> tuple[str, str, str]:
    """People in need, people at risk and the rate of an area, beside each other: to the person, as the tables
    and the map tell the same area.
    """
    people, at_risk = row["people_in_need"], row["population_at_risk"]
    if row["rate"] is None or not at_risk:
        return numbers.whole(people), "", ""
    if row["range_basis"] == "counted":
        return numbers.whole(people), numbers.whole(at_risk), share_words(row)
    return _to_the_person(people, at_risk, decimals_of(row))


def range_words(say: Callable[[str], str], row: Mapping[str, Any]) -> str:
    """'5.5% – 10.9%', the mark where the figure is absent, or that its publisher gives no range."""
    if row["marker"]:
        return say(f"map.marker.{row['marker']}")
    if row["lower"] is None or row["upper"] is None:
        return say("map.range.none") if row["range_basis"] == "none" else ""
    between = f"{numbers.pct(row['lower'], 1)} – {numbers.pct(row['upper'], 1)}"
    return (
        between + say("map.range.published")
        if row["range_basis"] == "published"
        else between
    )
