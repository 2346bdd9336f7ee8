"""Who is paid: shares of money and projects by sector and size, and how concentrated they are.

Concentration is the Herfindahl–Hirschman index: the sum of the squared shares of the providers in per
cent, from near 0 to 10,000. It is worked out over the money whose provider is named, and says how much that
is; the whole has a class only where every way to fill in the names gives the same one. SQL twin:
clearlink/warehouse/sql/read/partners/concentration.sql.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

# upper ends (£ a year, not counted in) of the sizes of a contract or grant
SIZES: Final = (
    ("under_25k", 25_000.0),
    ("25k_100k", 100_000.0),
    ("100k_1m", 1_000_000.0),
)
LARGEST: Final = "1m_up"
# the third sector as registers write it
THIRD: Final = (
    "third sector",
    "trydydd sector",
    "y trydydd sector",
    "voluntary",
    "charity",
)
TOP: Final = 5
# the cuts that competition authorities in the United Kingdom use for a market
MODERATE: Final = 1_000.0
HIGH: Final = 2_000.0


@dataclass(frozen=True, slots=True)
class Concentration:
    """`hhi` (0 to 10,000), `top_share` (0 to 1, the five largest) and `largest_share` of the money whose
    provider is named; None where none is. `named_share` (0 to 1): how much of all money that is.
    """

    hhi: float | None
    top_share: float | None
    largest_share: float | None
    named_share: float | None
    providers: int


def size_of(annual_gbp: float | None) -> str | None:
    """The size of a contract by pounds a year; None where no value is recorded."""
    if annual_gbp is None:
        return None
    return next(
        (name for name, end in SIZES if annual_gbp < end),
        LARGEST,
    )


def concentration(by_provider: Mapping[str | None, float]) -> Concentration:
    """Of pounds by provider; the key None holds the money whose provider is not named."""
    named = sorted(
        (
            gbp
            for who, gbp in by_provider.items()
            if who is not None and gbp > 0
        ),
        reverse=True,
    )
    total, known = sum(by_provider.values()), sum(named)
    if not known:
        return Concentration(
            None,
            None,
            None,
            0.0 if total else None,
            0,
        )
    return Concentration(
        sum((100 * gbp / known) ** 2 for gbp in named),
        sum(named[:TOP]) / known,
        named[0] / known,
        known / total,
        len(named),
    )


def concentration_class(hhi: float) -> str:
    """low, moderate or high."""
    if hhi < MODERATE:
        return "low"
    return "moderate" if hhi < HIGH else "high"


def class_of_the_whole(
    hhi: float, largest_share: float, named_share: float
) -> str | None:
    """low, moderate or high of all the money; None where too little of it is named to tell.

    At the least the rest is spread over providers without number; at the most the largest has it all.
    """
    at_least = hhi * named_share**2
    largest = 100 * largest_share * named_share
    at_most = at_least - largest**2 + (largest + 100 * (1 - named_share)) ** 2
    low, high = concentration_class(at_least), concentration_class(at_most)
    return low if low == high else None


def is_third(sector: str | None) -> bool:
    """Whether a sector, as a register writes it, is the third sector."""
    return (sector or "").strip().lower() in THIRD
