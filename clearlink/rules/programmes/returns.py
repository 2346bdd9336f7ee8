"""What of a return may be served: no count of fewer than ten people, nothing that gives one away, and the
rest in fives (method C).

Acts itself, where a return enters a build (`etl.pipeline.programme_returns`); the check
`there_is_no_return_of_few_people` holds the served table to it. A publisher's own counts stay as published.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from clearlink.rules.disclosure import published_count
from clearlink.rules.programmes.measures import Measure
from clearlink.rules.settings import Settings

WHOLE: Final = ""


@dataclass(frozen=True, slots=True)
class Count:
    """One figure of a return: of a measure, in an area and a period; `part` is empty for the whole."""

    measure_id: str
    area_code: str
    period: str
    part: str
    value: float


def served_counts(
    counts: Sequence[Count],
    measures: Mapping[str, Measure],
    holders: Mapping[str, Collection[str]],
    settings: Settings,
) -> list[float | None]:
    """Each count of people as it may be served, in the order given; None is withheld.

    Withheld: under ten; a part of a whole with fewer than ten outside it; every part of a breakdown in which
    one is withheld; a wider area's count where one inside it is (`holders`: area → those that hold it). Then
    no sum and no difference of what is shown gives back what is not. The rest are in fives.
    """
    told = {_key(c): c.value for c in counts}
    hidden = {
        _key(c)
        for c in counts
        if _is_few(
            c,
            told,
            measures[c.measure_id],
            settings,
        )
    }
    hidden |= _beside_hidden(told, hidden)
    hidden |= _around_hidden(told, hidden, holders)
    return [
        None if _key(c) in hidden else published_count(c.value, settings)
        for c in counts
    ]


Key = tuple[str, str, str, str]


def _key(count: Count) -> Key:
    return count.measure_id, count.area_code, count.period, count.part


def _is_few(
    count: Count,
    told: Mapping[Key, float],
    measure: Measure,
    settings: Settings,
) -> bool:
    if count.value < settings.disclosure_below:
        return True
    whole = told.get(
        (
            measure.share_of,
            count.area_code,
            count.period,
            count.part,
        )
    )
    return (
        measure.is_part
        and whole is not None
        and 0 < whole - count.value < settings.disclosure_below
    )


def _beside_hidden(
    told: Mapping[Key, float],
    hidden: Collection[Key],
) -> set[Key]:
    """Every part of a breakdown of which one part is withheld."""
    broken = {key[:3] for key in hidden if key[3] != WHOLE}
    return {key for key in told if key[3] != WHOLE and key[:3] in broken}


def _around_hidden(
    told: Mapping[Key, float],
    hidden: Collection[Key],
    holders: Mapping[str, Collection[str]],
) -> set[Key]:
    """The counts of areas that hold one whose count is withheld."""
    wider: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for measure_id, area, period, part in hidden:
        wider[measure_id, period, part] |= set(holders.get(area, ()))
    return {
        key
        for key in told
        if key[1]
        in wider.get(
            (
                key[0],
                key[2],
                key[3],
            ),
            (),
        )
    }
