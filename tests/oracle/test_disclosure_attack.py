"""An attack on the users served by area, with a solver: what could each withheld count still be?

The attacker has everything that is served of a project; what a shown figure can come from (10 shown is 10 to
12, 15 is 13 to 17); that no count is under 0; which areas lie inside which; the project's exact total, told
elsewhere; and the rule itself. Where counted areas lie inside one another the total may count their people
twice or once, and both are tried.

A withheld count is safe where the attacker cannot exclude two worlds in which it differs by the rule (ten) or
more, and one has it under the rule and the other not, so that nobody can tell which areas are the small ones.
Both worlds are real: served, they look the same. What the attacker had without us is not ours to hide: with a
total under ten, or of one area, it is enough that serving adds nothing. One area alone, its total not told,
is known to be under ten as soon as it is withheld: 0 to 9 must all remain.
"""

from __future__ import annotations

import csv
import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pytest
from scipy.optimize import linprog
from scipy.sparse import block_diag

from clearlink import folders
from clearlink.rules.disclosure import published_users
from clearlink.warehouse.law import catalogue_law
from etl.sources.registers.register_cells import read_weights

LAW = catalogue_law()
TRIED = 2000
SEED = 4548
MOST = 10_000  # nobody thinks more people than this use one project in one area

Shown = Mapping[str, float | None]
Rule = Callable[[Mapping[str, float], Mapping[str, set[str]]], Shown]


def the_rule(
    users: Mapping[str, float], holders: Mapping[str, set[str]]
) -> Shown:
    return published_users(users, holders, LAW)


@dataclass(frozen=True)
class Told:
    """One project: its counts, the area right above each, the total told elsewhere, and whether people of
    an area count in the one above.
    """

    users: Mapping[str, float]
    above: Mapping[str, str]
    is_total_told: bool = True
    is_counted_above: bool = False

    @property
    def holders(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {code: set() for code in self.users}
        for code in self.users:
            up = code
            while up in self.above:
                up = self.above[up]
                found[code].add(up)
        return found

    def adds_up(self, code: str) -> bool:
        return not (self.is_counted_above and code in self.above)

    @property
    def total(self) -> float:
        return sum(
            count for code, count in self.users.items() if self.adds_up(code)
        )


@dataclass(frozen=True)
class Interval:
    """The least and most a withheld count can be, and what the told total alone left of it."""

    low: float
    high: float
    before: float
    is_alone: bool

    @property
    def is_wide(self) -> bool:
        if self.is_alone:
            return self.high - self.low + 1 >= min(
                LAW.disclosure_below, self.before + 1
            )
        spans = self.low < LAW.disclosure_below <= self.high
        return self.high - self.low >= min(
            LAW.disclosure_below, self.before
        ) and (spans or self.before < LAW.disclosure_below)


@dataclass(frozen=True)
class Block:
    """One programme: one project, one of its areas, the least of it (1) or the most (-1)."""

    told: Told
    shown: Shown
    code: str
    sense: int
    at_most: Mapping[str, float]

    def bounds(self) -> list[tuple[float, float]]:
        half = LAW.disclosure_round_to // 2
        return [
            (0.0, self.at_most.get(c, MOST))
            if s is None
            else (max(s - half, LAW.disclosure_below), s + half)
            for c, s in self.shown.items()
        ]

    def costs(self) -> list[float]:
        # the other counts are made small where that costs nothing, so that the solver's world is a likely one
        return [self.sense if c == self.code else 1e-4 for c in self.shown]

    def sums(self) -> np.ndarray:
        return (
            np.array([[float(self.told.adds_up(c)) for c in self.shown]])
            if self.told.is_total_told
            else np.zeros((1, len(self.shown)))
        )

    def insides(self) -> np.ndarray:
        above = self.told.above if self.told.is_counted_above else {}
        return np.array(
            [
                [
                    float(above.get(c) == holder)
                    - float(c == holder and holder in above.values())
                    for c in self.shown
                ]
                for holder in self.shown
            ]
        )


def solved(blocks: Sequence[Block]) -> list[dict[str, float] | None]:
    """The world that each block finds, in whole people; None where there is no such world. Programmes that
    share nothing are solved as one.
    """
    worlds: list[dict[str, float] | None] = []
    for start in range(0, len(blocks), 4000):
        some = blocks[start : start + 4000]
        answer = linprog(
            np.concatenate([b.costs() for b in some]),
            A_ub=block_diag([b.insides() for b in some], "csr"),
            b_ub=np.zeros(sum(len(b.shown) for b in some)),
            A_eq=block_diag([b.sums() for b in some], "csr"),
            b_eq=[b.told.total if b.told.is_total_told else 0.0 for b in some],
            bounds=[pair for b in some for pair in b.bounds()],
            method="highs-ds",
        )
        if answer.status == 2:
            worlds += (
                [None]
                if len(some) == 1
                else [world for b in some for world in solved([b])]
            )
            continue
        assert answer.status == 0, answer.message
        people = iter(answer.x)
        for block in some:
            found = {code: next(people) for code in block.shown}
            assert all(
                abs(count - round(count)) < 1e-6 for count in found.values()
            )
            worlds.append(
                {code: float(round(count)) for code, count in found.items()}
            )
    return worlds


def attacked(projects: Sequence[Told], rule: Rule) -> list[Interval]:
    """The interval of each withheld count, its two ends reached in worlds that are served as this one is."""
    served = [rule(told.users, told.holders) for told in projects]
    ends = [
        Block(told, shown, code, sense, {})
        for told, shown in zip(projects, served, strict=True)
        for code in shown
        if shown[code] is None
        for sense in (1, -1)
    ]
    nothing = [replace(end, shown=dict.fromkeys(end.shown)) for end in ends]
    before = [
        _at(end, world)
        for end, world in zip(nothing, solved(nothing), strict=True)
    ]
    found = [
        _at(
            end,
            world
            if world is not None and rule(world, end.told.holders) == end.shown
            else _under_the_rule(end, rule),
        )
        for end, world in zip(ends, solved(ends), strict=True)
    ]
    return [
        Interval(
            found[i],
            found[i + 1],
            before[i + 1] - before[i],
            len(ends[i].shown) == 1,
        )
        for i in range(0, len(ends), 2)
    ]


def _at(end: Block, world: Mapping[str, float] | None) -> float:
    assert world is not None, f"no world is like the one served: {end}"
    return world[end.code]


def _under_the_rule(end: Block, rule: Rule) -> Mapping[str, float] | None:
    """The rule excludes the solver's world, so one withheld count must be under ten: the farthest world,
    whichever that is.
    """
    branches = [
        replace(end, at_most={code: LAW.disclosure_below - 1.0})
        for code, figure in end.shown.items()
        if figure is None
    ]
    worlds = [
        world
        for world in solved(branches)
        if world is not None and rule(world, end.told.holders) == end.shown
    ]
    return min(
        worlds, key=lambda world: end.sense * world[end.code], default=None
    )


def _random_projects(draw: random.Random) -> Iterator[Told]:
    kinds = (
        lambda: draw.choice([0, 0, 0, 1, 2, 3]),
        lambda: draw.randint(0, 12),
        lambda: draw.randint(8, 30),
        lambda: draw.randint(0, 400),
    )
    for _ in range(TRIED):
        codes = [
            f"A{i}" for i in range(draw.choice([1, 2, 2, 3, 3, 4, 5, 6, 9, 12]))
        ]
        some = draw.sample(kinds, draw.choice([1, 1, 2]))
        users = {code: float(draw.choice(some)()) for code in codes}
        above = (
            {
                code: draw.choice(codes[:i])
                for i, code in enumerate(codes)
                if i and draw.random() < 0.5
            }
            if draw.random() < 0.3
            else {}
        )
        is_counted_above = bool(above) and draw.random() < 0.5
        if is_counted_above:
            for code in reversed([c for c in codes if c in above]):
                users[above[code]] += users[code]
        yield Told(users, above, draw.random() < 0.8, is_counted_above)


def _sample_projects() -> list[Told]:
    with (folders.SAMPLE / "register.csv").open(encoding="utf-8-sig") as file:
        return [
            Told(dict(read_weights(row["users_by_area"])), {})
            for row in csv.DictReader(file)
            if row["users_by_area"]
        ]


def test_every_withheld_count_of_2000_projects_keeps_an_interval_of_ten(
    capsys: pytest.CaptureFixture[str],
) -> None:
    projects = [*_random_projects(random.Random(SEED)), *_sample_projects()]
    found = attacked(projects, the_rule)
    ours = [
        i for i in found if not i.is_alone and i.before >= LAW.disclosure_below
    ]
    with capsys.disabled():
        print(
            f"\ndisclosure attack: {len(projects)} projects, {len(found)} withheld counts, narrowest "
            f"interval {min(i.high - i.low for i in ours):g}"
        )
    assert [i for i in found if not i.is_wide] == []
    assert len(ours) > TRIED


@pytest.mark.parametrize(
    ("areas", "largest"), [(1, 40), (2, 150), (3, 50), (4, 30)]
)
def test_whoever_knows_the_rule_and_the_total_can_tell_no_more(
    areas: int, largest: int
) -> None:
    """Every row of so many areas up to so large a total, sorted by what is served: the rule is known to
    the full.
    """
    codes = "ABCD"[:areas]
    for total in range(largest + 1):
        alike: dict[tuple[float | None, ...], list[tuple[int, ...]]] = (
            defaultdict(list)
        )
        for counts in _rows_of(total, areas):
            alike[
                tuple(
                    the_rule(dict(zip(codes, counts, strict=True)), {}).values()
                )
            ].append(counts)
        for shown, rows in alike.items():
            for place in (
                p for p, figure in enumerate(shown) if figure is None
            ):
                values = {counts[place] for counts in rows}
                assert Interval(
                    min(values),
                    max(values),
                    total if areas > 1 else 0,
                    areas == 1,
                ).is_wide, (
                    shown,
                    total,
                )


def _rows_of(total: int, areas: int) -> Iterator[tuple[int, ...]]:
    if areas == 1:
        yield (total,)
        return
    for first in range(total + 1):
        yield from (
            (first, *rest) for rest in _rows_of(total - first, areas - 1)
        )


def _smallest_beside_it(
    users: Mapping[str, float], holders: Mapping[str, set[str]]
) -> Shown:
    """The rule as it first was: withheld are those under ten, and the smallest other where one would be
    alone.
    """
    order = sorted(users, key=lambda code: users[code])
    few = sum(count < LAW.disclosure_below for count in users.values())
    hidden = set(order[: max(few, 2)] if few else ())
    return {
        code: None if code in hidden else 5 * ((count + 2) // 5)
        for code, count in users.items()
    }


@pytest.mark.parametrize(
    ("users", "interval"),
    [
        ({"A": 1, "B": 1, "C": 10}, (0, 2)),
        ({"A": 0, "B": 0, "C": 10, "D": 10}, (0, 0)),
    ],
)
def test_the_attack_does_find_what_a_weaker_rule_gives_away(
    users: dict[str, float], interval: tuple[float, float]
) -> None:
    first = attacked([Told(users, {})], _smallest_beside_it)[0]
    assert (first.low, first.high) == interval and not first.is_wide
