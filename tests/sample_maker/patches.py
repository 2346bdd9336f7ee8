"""Neighbouring small areas that together have much, average or little need, for placing illustrative
projects.

It only chooses places: whether a project passes the area test is decided by `clearlink.rules`, never here.
Each patch is therefore chosen well clear of the test's edges, against the region of 2012–2019 and against
today's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import numpy
import shapely

from tests.sample_maker.draws import shuffled, whole
from tests.sample_maker.outlines import Outline
from tests.sample_maker.places import WALES, Wales
from tests.sample_maker.small_area_counts import NEEDS, Counts

LEADS = {
    "early_years": "children_income_deprived",
    "family_support": "children_income_deprived",
    "mental_health": "mental_health_recorded",
    "learning_skills": "no_qualifications_25_64",
    "work_income": "people_income_deprived",
    "physical_health": "chronic_condition_recorded",
    "older_people": "aged_65_plus_living_alone",
    "disability": "disabled",
    "carers": "unpaid_carers",
    "community_safety": "recorded_crime_asb",
}
# Need is published for authorities only, so a place inside one cannot be tested.
ONLY_AUTHORITIES = ("young_people", "substance_misuse", "domestic_abuse")


class Level(StrEnum):
    """How need in a patch compares with its regions."""

    HIGH = "high"
    AVERAGE = "average"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class _Scope:
    """One region's rate, and its neediest fifth by people at risk."""

    rate: float
    fifth: frozenset[str]


def neighbours(outlines: list[Outline]) -> dict[str, tuple[str, ...]]:
    """Small areas that share a border or a corner, by code."""
    shapes = numpy.array([o.shape for o in outlines], dtype=object)
    left, right = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    found: dict[str, list[str]] = defaultdict(list)
    for a, b in zip(left.tolist(), right.tolist(), strict=True):
        if a != b:
            found[outlines[a].code].append(outlines[b].code)
    return {code: tuple(sorted(codes)) for code, codes in found.items()}


@dataclass(slots=True)
class PatchFinder:
    """`counts`: counts by year of edition. `avoid`: areas with a withheld cell, where a test could not be
    run.
    """

    wales: Wales
    authority_of: Mapping[str, str]
    counts: Mapping[int, Counts]
    near: Mapping[str, tuple[str, ...]]
    avoid: Collection[str]
    _scopes: dict[tuple[str, int, str], _Scope] = field(default_factory=dict)
    _used: dict[tuple[str, str], int] = field(default_factory=dict)

    def patch(
        self,
        la_code: str,
        theme: str,
        year: int,
        level: Level,
        across: bool,
        *name: object,
    ) -> tuple[str, ...] | None:
        """Two to eight neighbouring areas at `level` of need, starting in the authority; `across`: over
        its border. Or None.
        """
        size = whole(2, 8, "size", *name)
        inside = [
            code
            for code, la in self.authority_of.items()
            if la == la_code and code not in self.avoid
        ]
        starts = shuffled(
            sorted(
                inside, key=lambda code: self._order(code, theme, year, level)
            )[: max(6, len(inside) // 6)],
            *name,
        )
        for start in sorted(
            starts, key=lambda code: self._used.get((theme, code), 0)
        ):
            codes = self._grow(
                start, size, theme, year, level, None if across else la_code
            )
            spread = len({self.authority_of[code] for code in codes})
            if (
                self.is_at(codes, la_code, theme, year, level, across)
                and (spread > 1) == across
            ):
                for code in codes:
                    self._used[theme, code] = (
                        self._used.get((theme, code), 0) + 1
                    )
                return tuple(sorted(codes))
        return None

    def is_at(
        self,
        codes: Collection[str],
        la_code: str,
        theme: str,
        year: int,
        level: Level,
        across: bool = False,
    ) -> bool:
        """Whether the areas are clearly at `level` against both regions of the authority; against Wales
        too when `across`.
        """
        observed, at_risk = self._need(codes, theme, year)
        scopes = self._regions(la_code, theme, year)
        for scope in (
            [*scopes, self._scope(WALES, theme, year)] if across else scopes
        ):
            ratio = observed / (at_risk * scope.rate)
            in_fifth = (
                sum(
                    self._need([code], theme, year)[1]
                    for code in codes
                    if code in scope.fifth
                )
                / at_risk
            )
            if level is Level.HIGH and not (ratio >= 1.2 and observed >= 100):
                return False
            if level is Level.LOW and not (
                ratio <= 0.8 and observed >= 60 and in_fifth == 0
            ):
                return False
            if level is Level.AVERAGE and not (
                0.98 <= ratio <= 1.06 and in_fifth <= 0.25
            ):
                return False
        return True

    def _grow(
        self,
        start: str,
        size: int,
        theme: str,
        year: int,
        level: Level,
        la_code: str | None,
    ) -> list[str]:
        codes = [start]
        while len(codes) < size:
            around = {
                code
                for known in codes
                for code in self.near.get(known, ())
                if code not in codes
                and code not in self.avoid
                and la_code in (None, self.authority_of[code])
            }
            if not around:
                break
            # Seen from outside the authority the other side of the border comes first, or no patch would ever
            # cross it.
            codes.append(
                min(
                    around,
                    key=lambda code: (
                        la_code is None and self._is_home(code, start),
                        self._with(codes, code, theme, year, level),
                        code,
                    ),
                )
            )
        return codes

    def _is_home(self, code: str, start: str) -> bool:
        return self.authority_of[code] == self.authority_of[start]

    def _with(
        self, codes: list[str], code: str, theme: str, year: int, level: Level
    ) -> float:
        if level is not Level.AVERAGE:
            return self._order(code, theme, year, level)
        observed, at_risk = self._need([*codes, code], theme, year)
        region = self._regions(self.authority_of[codes[0]], theme, year)[0]
        return abs(observed / (at_risk * region.rate) - 1.02)

    def _order(self, code: str, theme: str, year: int, level: Level) -> float:
        observed, at_risk = self._need([code], theme, year)
        region = self._regions(self.authority_of[code], theme, year)[0]
        relative = observed / (at_risk * region.rate)
        return {
            Level.HIGH: -relative,
            Level.LOW: relative,
            Level.AVERAGE: abs(relative - 1.02),
        }[level]

    def _need(
        self, codes: Collection[str], theme: str, year: int
    ) -> tuple[int, int]:
        lead = LEADS[theme]
        rows = [self.counts[year][code] for code in codes]
        return sum(row[lead] for row in rows), sum(
            row[NEEDS[lead].population] for row in rows
        )

    def _regions(self, la_code: str, theme: str, year: int) -> list[_Scope]:
        authority = self.wales.authorities[la_code]
        return [
            self._scope(region, theme, year)
            for region in (authority.rcc, authority.rpb)
        ]

    def _scope(self, region: str, theme: str, year: int) -> _Scope:
        key = region, year, LEADS[theme]
        if key not in self._scopes:
            members = {
                a.la_code
                for a in self.wales.authorities.values()
                if region in (a.rcc, a.rpb, WALES)
            }
            codes = sorted(
                code for code, la in self.authority_of.items() if la in members
            )
            needs = {code: self._need([code], theme, year) for code in codes}
            people, before, fifth = (
                sum(at_risk for _, at_risk in needs.values()),
                0,
                [],
            )
            for code in sorted(
                codes, key=lambda code: (-needs[code][0] / needs[code][1], code)
            ):
                if before >= 0.2 * people:
                    break
                fifth.append(code)
                before += needs[code][1]
            self._scopes[key] = _Scope(
                sum(n for n, _ in needs.values()) / people, frozenset(fifth)
            )
        return self._scopes[key]
