"""Which areas are like an area: nearest by published characteristics, each standardised, so that none counts
more for its unit.

The distance is the square root of the mean squared difference in standard deviations: 1 means that the two
differ by one standard deviation on the average characteristic. An area that lacks a characteristic is
compared with nobody, and is counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

NEAREST: Final = 10
# nearer than this, two areas are alike; farther than the second, the nearest is still not near
ALIKE: Final = 0.5
FAR: Final = 1.0


@dataclass(frozen=True, slots=True)
class Similar:
    """One area that is like another. `distance` in standard deviations. `nearest_in`: the characteristic that
    sets both apart from the others on the same side; `farthest_in`: the one in which they differ most.
    """

    area_code: str
    distance: float
    nearest_in: str
    farthest_in: str


@dataclass(frozen=True, slots=True)
class Likeness:
    """The characteristics of every area of a level, standardised over the level."""

    areas: tuple[str, ...]
    characteristics: tuple[str, ...]
    standardised: np.ndarray
    left_out: int

    def like(
        self,
        area_code: str,
        most: int = NEAREST,
    ) -> list[Similar]:
        """The areas most like this one, the nearest first, ties by code; none where it lacks a
        characteristic.
        """
        if area_code not in self.areas:
            return []
        at = self.areas.index(area_code)
        here = self.standardised[at]
        apart = np.abs(self.standardised - here)
        # what most areas share makes no two of them near: both must stand on the same side of the average
        same_side = np.sign(self.standardised) == np.sign(here)
        shared = (
            np.minimum(
                np.abs(self.standardised),
                np.abs(here),
            )
            * same_side
            - apart
        )
        distances = np.sqrt((apart**2).mean(axis=1))
        # distances that differ by less than rounding are one
        order = sorted(
            range(len(self.areas)),
            key=lambda k: (
                round(
                    float(distances[k]),
                    9,
                ),
                self.areas[k],
            ),
        )
        return [
            Similar(
                self.areas[k],
                float(distances[k]),
                self.characteristics[int(shared[k].argmax())],
                self.characteristics[int(apart[k].argmax())],
            )
            for k in order
            if k != at
        ][:most]


def likeness(shares: Mapping[str, Mapping[str, float]]) -> Likeness:
    """`shares`: area → characteristic → share. A characteristic that does not vary, or that fewer than two
    areas have, tells nothing.
    """
    held = _characteristics_held(shares)
    whole = sorted(
        area for area, row in shares.items() if row.keys() >= set(held)
    )
    left_out = len(shares) - len(whole)
    if len(whole) < 2 or not held:
        return Likeness(
            (),
            (),
            np.zeros((0, 0)),
            left_out,
        )
    table = np.array(
        [[shares[area][name] for name in held] for area in whole],
        dtype=float,
    )
    spread = table.std(axis=0)
    # equal shares have no spread, whatever rounding makes of it
    varies = np.ptp(table, axis=0) > 0
    standardised = (table[:, varies] - table[:, varies].mean(axis=0)) / spread[
        varies
    ]
    kept = tuple(name for name, does in zip(held, varies, strict=True) if does)
    return Likeness(
        tuple(whole),
        kept,
        standardised,
        left_out,
    )


def _characteristics_held(
    shares: Mapping[str, Mapping[str, float]],
) -> list[str]:
    """The characteristics that at least half as many areas have as the commonest: one that most areas lack
    is not held at this level.
    """
    areas_with = Counter(name for row in shares.values() for name in row)
    most_common = max(areas_with.values(), default=0)
    return sorted(
        name for name, areas in areas_with.items() if 2 * areas > most_common
    )
