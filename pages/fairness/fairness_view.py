"""What one region's fairness numbers are, and how far they depend on how they were made."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from clearlink.rules.codes import FAIRNESS_DEFINITIONS, PLACINGS
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Rows


def range_basis(theme: str, region: str) -> str:
    """Where the range of need on a theme comes from: counted, published, or none where any of its rates
    came without limits.
    """
    return _range_basis(
        reader.build_key(),
        theme,
        region,
    )


@lru_cache(maxsize=256)
def _range_basis(
    key: tuple[int, int, int],
    theme: str,
    region: str,
) -> str:
    held = {
        r["range_basis"]
        for r in reader.gap_areas(theme, region, "money", region)
    } - {None}
    return next(
        (basis for basis in ("none", "published") if basis in held),
        "counted",
    )


@dataclass(frozen=True, slots=True)
class FairnessView:
    """One theme in one region under one definition of need and one way of spreading area-wide money."""

    theme: str
    place: str
    region: str
    definition: str
    placed_by: str
    rows: Rows

    def value(
        self,
        measure: str,
        definition: str | None = None,
        placed_by: str | None = None,
    ) -> float | None:
        """A measure as chosen, or under another definition or way of spreading; None where it is
        undefined.
        """
        wanted = (
            definition or self.definition,
            placed_by or self.placed_by,
            measure,
        )
        return next(
            (
                r["value"]
                for r in self.rows
                if (
                    r["definition"],
                    r["placed_by"],
                    r["measure"],
                )
                == wanted
            ),
            None,
        )

    def span(self, measure: str) -> tuple[float, float]:
        """The range of a measure over definitions, ways of spreading, draws, and one project left out."""
        ends = [
            end
            for r in self.rows
            if r["measure"] == measure
            and r["definition"] in FAIRNESS_DEFINITIONS
            and r["placed_by"] in PLACINGS
            for end in (
                r["value"],
                r["low"],
                r["high"],
                r["without_low"],
                r["without_high"],
            )
            if end is not None
        ]
        return min(ends), max(ends)

    @property
    def depends(self) -> bool:
        """Whether the direction changes with the definition of need or the way of spreading."""
        return any(
            r["measure"] == "depends" and r["value"] > 0 for r in self.rows
        )

    @property
    def other_definition(self) -> str:
        """The definition that is not chosen."""
        return next(d for d in FAIRNESS_DEFINITIONS if d != self.definition)

    def authorities(self) -> Rows:
        """Authorities of the region under the view's definition and way of spreading, most below their
        share first.
        """
        return reader.fairness_authorities(
            self.region,
            self.theme,
            self.definition,
            self.placed_by,
        )


def first_theme(region: str) -> str:
    """Where nobody chose a theme: the first on which the money of a region can be measured, else the first
    of all.
    """
    themes = list(reader.themes())
    measured = {r["theme_id"] for r in reader.fairness(region)}
    return min(
        themes,
        key=lambda t: (t not in measured, themes.index(t)),
    )
