"""Which answers would settle a verdict that cannot be given yet? By the law of the verdict itself (method
B3): what a person may find for each blank is put through it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import combinations, product
from typing import Any, Final

from clearlink.rules.codes import Criterion, Result, Verdict
from clearlink.rules.link.link import verdict

Results = tuple[Result, Result, Result, Result]
# what a person may find where nothing is recorded. An owner's "none exists" is an answer as well
MAY_BE: Final[Mapping[Criterion, tuple[Result, ...]]] = {
    Criterion.C1: (Result.MET, Result.PARTLY),
    Criterion.C2: (
        Result.MET,
        Result.PARTLY,
        Result.NOT_MET,
        Result.NOT_APPLICABLE,
        Result.NOT_ASSESSABLE,
    ),
    Criterion.C3: (Result.MET, Result.PARTLY, Result.NOT_MET),
    Criterion.C4: (Result.MET, Result.NOT_MET),
}
# more answers than there are blanks
NONE_DOES: Final = 4
_AT: Final = {
    Criterion.C1: 0,
    Criterion.C2: 1,
    Criterion.C3: 2,
    Criterion.C4: 3,
}
DECIDING: Final = (Criterion.C1, Criterion.C2, Criterion.C3)


@dataclass(frozen=True, slots=True)
class Settling:
    """How many answers a verdict waits for. `least`: the fewest after which it may be given (0: it is given,
    NONE_DOES: no answer gives it); `is_sure`: whether it then is, whatever they say.
    """

    least: int
    is_sure: bool


@cache
def settling(
    c1: Result,
    c2: Result,
    c3: Result,
    c4: Result,
) -> Settling:
    """The fewest answers that settle a verdict, and whether they do whatever they say."""
    now = (c1, c2, c3, c4)
    if _is_given(now):
        return Settling(0, True)
    blank = blanks(now)
    for n in range(
        1,
        len(blank) + 1,
    ):
        given = [
            [_is_given(then) for then in _answered(now, asked)]
            for asked in combinations(blank, n)
        ]
        if any(map(any, given)):
            return Settling(
                n,
                any(map(all, given)),
            )
    # a figure of need is missing, which no answer about the record gives
    return Settling(NONE_DOES, False)


def settling_of(row: Mapping[str, Any]) -> Settling:
    """The same for a row with the results of the deciding criteria."""
    return settling(*results_of(row))


def results_of(row: Mapping[str, Any]) -> Results:
    """The results of the four criteria that a verdict rests on, of a row that names them."""
    return (
        Result(row["c1"]),
        Result(row["c2"]),
        Result(row["c3"]),
        Result(row["c4"]),
    )


def blanks(now: Results) -> list[Criterion]:
    """The deciding criteria of which nothing is recorded."""
    return [c for c in DECIDING if now[_AT[c]] is Result.NO_EVIDENCE]


def by_what_they_settle(now: Results) -> list[Criterion]:
    """The same, those first whose answer alone may give the verdict."""
    return sorted(
        blanks(now),
        key=lambda asked: (
            set(leads_to(now, asked).values()) == {Verdict.CANNOT_ASSESS}
        ),
    )


def leads_to(now: Results, asked: Criterion) -> dict[Result, Verdict]:
    """What one answer leads to: what is found → the best verdict that can follow from it."""
    reached: dict[Result, Verdict] = {}
    for then in _answered(now, (asked,)):
        after = verdict(*then)[0]
        known = reached.get(then[_AT[asked]])
        if known is None or known is Verdict.CANNOT_ASSESS:
            reached[then[_AT[asked]]] = after
    return reached


def _answered(now: Results, asked: tuple[Criterion, ...]) -> Iterator[Results]:
    """Every way in which the blanks asked about may be answered, the best first. An area's need is measured
    once the theme is known.
    """
    open_ones = [*asked]
    if Criterion.C1 in asked and now[1] is Result.NOT_ASSESSABLE:
        open_ones.append(Criterion.C2)
    # how old the evidence is, is known once there is any
    if Criterion.C3 in asked and now[3] is Result.NO_EVIDENCE:
        open_ones.append(Criterion.C4)
    for found in product(*(MAY_BE[c] for c in open_ones)):
        then = list(now)
        for criterion, result in zip(open_ones, found, strict=True):
            then[_AT[criterion]] = result
        yield (
            then[0],
            then[1],
            then[2],
            then[3],
        )


def _is_given(now: Results) -> bool:
    return verdict(*now)[0] is not Verdict.CANNOT_ASSESS
