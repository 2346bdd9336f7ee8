"""Classes of a map's legend: fifths of the areas that have any, their words, and no class that nothing on
the map is painted in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pages.area_map import MapClass
from pages.frame.speech import Speech

FIFTHS: Final = 5


@dataclass(frozen=True, slots=True)
class Fifths:
    """Fifths of the areas by a figure, lowest first: what begins each fifth but the first, and the figures
    that bound all five.
    """

    edges: tuple[float, ...]
    bounds: tuple[float, ...]

    def of(self, figure: float) -> int:
        """The fifth of a figure, 0 for the lowest; a figure on an edge is in the fifth above it."""
        return sum(figure >= edge for edge in self.edges)


def fifths_of(figures: Iterable[float]) -> Fifths:
    """Fifths with as near as may be the same number of figures in each; where there are none, every bound
    is 0.
    """
    ordered = sorted(figures)
    if not ordered:
        return Fifths(
            (),
            (0.0,) * (FIFTHS + 1),
        )
    edges = tuple(
        ordered[
            min(
                len(ordered) - 1,
                round(len(ordered) * part / FIFTHS),
            )
        ]
        for part in range(1, FIFTHS)
    )
    return Fifths(
        edges,
        (
            ordered[0],
            *edges,
            ordered[-1],
        ),
    )


def fifth_classes(
    say: Speech,
    palette: Sequence[str],
    fifths: Fifths,
    figure_words: Callable[[float], str],
) -> list[MapClass]:
    """The five classes, each with its word and from which figure to which it runs."""
    words = [figure_words(bound) for bound in fifths.bounds]
    return [
        MapClass(
            palette[g],
            say(
                "map.class_rate",
                word=say(f"map.fifth.{g + 1}"),
                low=words[g],
                high=words[g + 1],
            ),
        )
        for g in range(FIFTHS)
    ]


def drawn_only(
    class_of: Mapping[str, int],
    classes: Sequence[MapClass],
    standing: int,
) -> tuple[dict[str, int], tuple[MapClass, ...]]:
    """The class of each area and the classes, renumbered without those that no area is in; the first
    `standing` always stay.
    """
    used = sorted(
        {
            *range(standing),
            *class_of.values(),
        }
    )
    number = {old: new for new, old in enumerate(used)}
    return {code: number[old] for code, old in class_of.items()}, tuple(
        classes[old] for old in used
    )
