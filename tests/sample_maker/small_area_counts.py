"""Illustrative counts of people by small area, in three editions, shaped on the real WIMD 2025 ranks.

Residents add up exactly to each authority's published total in the newest edition. Every need is drawn from a
rate that rises with the real rank of the domain that measures it, from a plausible Welsh low to a plausible
Welsh high.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tests.sample_maker.draws import normal, pick
from tests.sample_maker.outlines import Outline
from tests.sample_maker.places import Wales

AGE_SHARES = {
    "0_3": 0.039,
    "4": 0.010,
    "5_9": 0.056,
    "10_15": 0.071,
    "16_17": 0.022,
    "18_24": 0.085,
    "25_64": 0.504,
    "65_plus": 0.213,
}
BANDS: dict[str, tuple[str, ...]] = {
    "population_0_3": ("0_3",),
    "population_0_15": ("0_3", "4", "5_9", "10_15"),
    "population_0_17": ("0_3", "4", "5_9", "10_15", "16_17"),
    "population_5_64": ("5_9", "10_15", "16_17", "18_24", "25_64"),
    "population_10_plus": ("10_15", "16_17", "18_24", "25_64", "65_plus"),
    "population_16_24": ("16_17", "18_24"),
    "population_16_64": ("16_17", "18_24", "25_64"),
    "population_16_plus": ("16_17", "18_24", "25_64", "65_plus"),
    "population_65_plus": ("65_plus",),
}
_PEOPLE_PER_HOUSEHOLD = 2.27


@dataclass(frozen=True, slots=True)
class NeedShape:
    """`low` and `high`: rates in the least and the most deprived area; `bend` above 1 keeps high rates
    rare.
    """

    population: str
    domains: tuple[str, ...]
    low: float
    high: float
    bend: float


NEEDS: dict[str, NeedShape] = {
    "children_income_deprived": NeedShape(
        "population_0_15", ("income",), 0.04, 0.52, 1.6
    ),
    "people_income_deprived": NeedShape(
        "population_total", ("income",), 0.03, 0.38, 1.6
    ),
    "people_employment_deprived": NeedShape(
        "population_16_64", ("employment",), 0.025, 0.26, 1.5
    ),
    "mental_health_recorded": NeedShape(
        "population_16_plus", ("health",), 0.13, 0.38, 1.3
    ),
    "chronic_condition_recorded": NeedShape(
        "population_total", ("health",), 0.09, 0.24, 1.1
    ),
    "no_qualifications_25_64": NeedShape(
        "population_16_64", ("education",), 0.03, 0.30, 1.4
    ),
    "disabled": NeedShape(
        "population_total", ("health", "employment"), 0.12, 0.33, 1.2
    ),
    "unpaid_carers": NeedShape(
        "population_total", ("health", "access_to_services"), 0.075, 0.145, 1.2
    ),
    "aged_65_plus_living_alone": NeedShape(
        "population_65_plus", ("income", "housing"), 0.22, 0.42, 1.3
    ),
    "households_overcrowded": NeedShape(
        "households", ("housing",), 0.006, 0.065, 1.8
    ),
    "low_birth_weight": NeedShape(
        "population_0_3", ("health",), 0.03, 0.09, 1.2
    ),
    "recorded_crime_asb": NeedShape(
        "population_total", ("community_safety",), 0.02, 0.21, 2.2
    ),
    "repeat_absence": NeedShape(
        "population_0_15", ("education",), 0.02, 0.17, 1.4
    ),
    "households_deprived_2_plus": NeedShape(
        "households", ("overall",), 0.07, 0.40, 1.4
    ),
}
COLUMNS = (
    "area_code",
    "is_illustrative",
    "population_total",
    *BANDS,
    "households",
    *NEEDS,
)


@dataclass(frozen=True, slots=True)
class EditionShape:
    """How an older edition differs: fewer residents, rates a little higher, areas a little elsewhere in
    the order.
    """

    year: int
    file: str
    residents: float
    rates: float
    drift: float


EDITIONS = (
    EditionShape(2025, "illustrative_counts.csv", 1.0, 1.0, 0.0),
    EditionShape(2019, "illustrative_counts_2019.csv", 0.985, 1.05, 0.10),
    EditionShape(2014, "illustrative_counts_2014.csv", 0.97, 1.11, 0.16),
)
Counts = dict[str, dict[str, int]]


def residents(outlines: Iterable[Outline], wales: Wales) -> dict[str, int]:
    """Residents of each small area: between about 900 and 2,800, adding up to the authority's published
    total.
    """
    by_authority: dict[str, list[str]] = {}
    for outline in outlines:
        by_authority.setdefault(outline.la_code, []).append(outline.code)
    people: dict[str, int] = {}
    for la_code, codes in by_authority.items():
        weights = {
            code: math.exp(
                min(max(0.17 * normal("residents", code), -0.45), 0.5)
            )
            for code in codes
        }
        people |= share_out(wales.authorities[la_code].residents, weights)
    return people


def share_out(total: int, weights: Mapping[str, float]) -> dict[str, int]:
    """`total` in whole numbers by weight; the largest remainders take what is left, so the parts add up
    exactly.
    """
    whole = sum(weights.values())
    exact = {key: total * weight / whole for key, weight in weights.items()}
    parts = {key: math.floor(value) for key, value in exact.items()}
    left = total - sum(parts.values())
    for key in sorted(exact, key=lambda key: (parts[key] - exact[key], key))[
        :left
    ]:
        parts[key] += 1
    return parts


def counts_of(
    edition: EditionShape,
    people: Mapping[str, int],
    ranks: Mapping[str, Mapping[str, int]],
) -> Counts:
    """One row per small area: residents by age, households and every need."""
    areas = len(ranks)
    rows: Counts = {}
    for code in sorted(people):
        deprived = {
            domain: 1 - (rank - 0.5) / areas
            for domain, rank in ranks[code].items()
        }
        rows[code] = _row(code, edition, people[code], deprived)
    return rows


def _row(
    code: str, edition: EditionShape, people: int, deprived: Mapping[str, float]
) -> dict[str, int]:
    total = (
        people
        if edition.year == 2025
        else round(
            people
            * edition.residents
            * math.exp(0.02 * normal("then", edition.year, code))
        )
    )
    # Poorer areas are younger; areas far from services are older. Both as in the Census, both slight.
    age = 0.35 * (0.5 - deprived["income"]) + 0.30 * (
        deprived["access_to_services"] - 0.5
    )
    tilt = {"65_plus": age, "25_64": 0.0, "18_24": -0.5 * age}
    weights = {
        group: share
        * math.exp(
            tilt.get(group, -0.6 * age) + 0.08 * normal("age", group, code)
        )
        for group, share in AGE_SHARES.items()
    }
    ages = share_out(total, weights)
    row = {"population_total": total} | {
        band: sum(ages[group] for group in groups)
        for band, groups in BANDS.items()
    }
    row["households"] = round(
        total
        / _PEOPLE_PER_HOUSEHOLD
        * math.exp(0.05 * normal("households", code))
    )
    for need, shape in NEEDS.items():
        level = sum(deprived[domain] for domain in shape.domains) / len(
            shape.domains
        )
        rate = shape.low + (shape.high - shape.low) * level**shape.bend
        rate *= (
            math.exp(
                0.09 * normal("rate", need, code)
                + edition.drift * normal("drift", edition.year, need, code)
            )
            * edition.rates
        )
        rate = min(rate, 0.9)
        at_risk = row[shape.population]
        spread = (
            math.sqrt(at_risk * rate * (1 - rate))
            * 0.6
            * normal("count", edition.year, need, code)
        )
        row[need] = min(max(round(at_risk * rate + spread), 0), at_risk)
    return row


def with_markers(counts: Counts, year: int) -> dict[str, dict[str, object]]:
    """The rows as written, a handful of cells withheld (c) and one not available (x), as publishers'
    tables have them.
    """
    written: dict[str, dict[str, object]] = {
        code: {"area_code": code, "is_illustrative": "yes", **row}
        for code, row in counts.items()
    }
    codes = sorted(counts)
    smallest = sorted(
        codes, key=lambda code: (counts[code]["low_birth_weight"], code)
    )[:6]
    for code in smallest:
        written[code]["low_birth_weight"] = "c"
    for number in range(3):
        written[pick(codes, "withheld", year, number)][
            "children_income_deprived"
        ] = "c"
    written[pick(codes, "withheld", year, "health")][
        "mental_health_recorded"
    ] = "c"
    written[pick(codes, "not available", year)]["repeat_absence"] = "x"
    return written
