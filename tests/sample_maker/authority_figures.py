"""Illustrative lead indicators that are published for authorities only, in three editions."""

from __future__ import annotations

import math
from collections.abc import Mapping

from tests.sample_maker.draws import normal
from tests.sample_maker.places import Wales
from tests.sample_maker.small_area_counts import Counts

COLUMNS = (
    "indicator_id",
    "la_code",
    "period",
    "value",
    "marker",
    "lower",
    "upper",
    "numerator",
    "denominator",
    "edition",
    "is_illustrative",
)
PERIODS = {2025: "2024-25", 2019: "2018-19", 2014: "2013-14"}
# Population at risk, rate in Wales, and how strongly it follows income deprivation.
SHAPES: dict[str, tuple[str, float, float]] = {
    "homeless_or_threatened_households": ("households", 0.017, 0.7),
    "temporary_accommodation_households": ("households", 0.0044, 0.6),
    "neet_16_24_pct": ("population_16_24", 0.115, 0.5),
    "substance_misuse_referrals": ("population_16_plus", 0.0078, 0.8),
    "children_parental_domestic_abuse": ("population_0_17", 0.0115, 0.8),
}
_GROWTH = {
    "homeless_or_threatened_households": 1.35,
    "temporary_accommodation_households": 2.1,
}
_WITHHELD = ("temporary_accommodation_households", "W06000008", 2014, "c")
_NOT_AVAILABLE = ("substance_misuse_referrals", "W06000023", 2014, "x")


def authority_rows(
    wales: Wales, counts: Mapping[int, Counts], authority_of: Mapping[str, str]
) -> list[dict[str, object]]:
    """One row per indicator, authority and edition; rates in per cent carry a 95 % Wilson interval, counts
    carry none.
    """
    rows: list[dict[str, object]] = []
    for year, period in PERIODS.items():
        totals = _totals(counts[year], authority_of)
        poverty = {
            la: total["people_income_deprived"] / total["population_total"]
            for la, total in totals.items()
        }
        mean = sum(poverty.values()) / len(poverty)
        for indicator, (population, wales_rate, slope) in SHAPES.items():
            growth = _GROWTH.get(indicator, 1.0) ** (
                (year - 2014) / 11
            ) / _GROWTH.get(indicator, 1.0)
            for la_code in sorted(wales.authorities):
                at_risk = totals[la_code][population]
                drift = 0.12 * normal(
                    "authority", indicator, la_code
                ) + 0.05 * normal("authority", indicator, la_code, year)
                cases = round(
                    at_risk
                    * wales_rate
                    * growth
                    * (poverty[la_code] / mean) ** slope
                    * math.exp(drift)
                )
                row: dict[str, object] = {
                    "indicator_id": indicator,
                    "la_code": la_code,
                    "period": period,
                    "value": cases,
                    "numerator": cases,
                    "denominator": at_risk,
                    "edition": f"illustrative {year}",
                    "is_illustrative": "yes",
                }
                if indicator.endswith("_pct"):
                    row |= _percentages(cases, at_risk)
                for *place, marker in (_WITHHELD, _NOT_AVAILABLE):
                    if place == [indicator, la_code, year]:
                        row |= {"value": "", "numerator": "", "marker": marker}
                rows.append(row)
    return rows


def _totals(
    counts: Counts, authority_of: Mapping[str, str]
) -> dict[str, dict[str, int]]:
    totals: dict[str, dict[str, int]] = {}
    for code, row in counts.items():
        total = totals.setdefault(authority_of[code], dict.fromkeys(row, 0))
        for column, number in row.items():
            total[column] += number
    return totals


def _percentages(cases: int, at_risk: int) -> dict[str, object]:
    z2 = 1.959964**2
    share = cases / at_risk
    middle = (share + z2 / (2 * at_risk)) / (1 + z2 / at_risk)
    half = math.sqrt(
        z2 * (share * (1 - share) / at_risk + z2 / (4 * at_risk**2))
    ) / (1 + z2 / at_risk)
    return {
        "value": round(100 * share, 1),
        "lower": round(100 * (middle - half), 1),
        "upper": round(100 * (middle + half), 1),
    }
