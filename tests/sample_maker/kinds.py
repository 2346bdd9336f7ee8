"""What is commissioned, from whom, and under which programme at which time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tests.sample_maker.folders import TEMPLATES, read_rows

# How often each family is commissioned: Families First, Team Around the Family, Flying Start, integrated
# family support, Communities First, housing-related support, regional funds, other.
FAMILIES = (
    "F" * 24
    + "T" * 6
    + "S" * 13
    + "I" * 3
    + "C" * 17
    + "H" * 30
    + "R" * 9
    + "O" * 7
)
CARRIED_ON = date(2019, 4, 1)
CLUSTERS_CLOSED = date(2018, 4, 1)
# Communities First had no cluster in Ceredigion, Monmouthshire and Powys.
WITHOUT_CLUSTERS = frozenset({"W06000008", "W06000021", "W06000023"})
_REGIONAL_FUND = date(2022, 4, 1)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of service: its theme, whom it is for, and what a place in it costs in pounds a year."""

    family: str
    theme: str
    target_group: str
    tier: str
    models: tuple[str, ...]
    titles: tuple[tuple[str, str], ...]
    unit: str
    places: tuple[int, int]
    cost_gbp: tuple[int, int]
    sectors: tuple[str, ...]
    weight: int


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider that does not exist. `writes_welsh`: would give its project a Welsh title."""

    org_id: str
    name: str
    sector: str
    writes_welsh: bool


def kinds() -> list[Kind]:
    """Every kind of service, as written in the template."""
    return [
        Kind(
            row["family"],
            row["theme"],
            row["target_group"],
            row["tier"],
            tuple(row["models"].split("|")),
            tuple(
                zip(
                    row["title_en"].split("|"),
                    row["title_cy"].split("|"),
                    strict=True,
                )
            ),
            row["unit"],
            (int(row["places_low"]), int(row["places_high"])),
            (int(row["cost_low"]), int(row["cost_high"])),
            tuple(row["sectors"].split("|")),
            int(row["weight"]),
        )
        for row in read_rows(TEMPLATES / "kinds.csv")
    ]


def providers() -> list[Provider]:
    """Every provider; identifiers are of a scheme that says they are examples."""
    return [
        Provider(
            f"XI-EXAMPLE-{number:04d}",
            row["name"],
            row["sector"],
            row["welsh"] == "yes",
        )
        for number, row in enumerate(
            read_rows(TEMPLATES / "providers.csv"), start=101
        )
    ]


def programme(family: str, start: date) -> str | None:
    """The programme that paid for this family of services on that day; None when none did."""
    if family == "F":
        return "families_first" if start < CARRIED_ON else "ccg"
    if family == "H":
        return (
            "supporting_people"
            if start < CARRIED_ON
            else "housing_support_grant"
        )
    if family == "C":
        if start < CLUSTERS_CLOSED:
            return "communities_first"
        return "legacy_fund" if start < CARRIED_ON else "ccg"
    if family == "R":
        return "rif" if start >= _REGIONAL_FUND else None
    return {"T": "taf", "S": "flying_start", "I": "ifss", "O": "other"}[family]


def last_day(programme_id: str) -> date | None:
    """The day a programme ended, after which it paid for nothing."""
    ended = {
        "families_first": date(2019, 3, 31),
        "supporting_people": date(2019, 3, 31),
        "communities_first": date(2018, 3, 31),
        "legacy_fund": date(2019, 3, 31),
    }
    return ended.get(programme_id)
