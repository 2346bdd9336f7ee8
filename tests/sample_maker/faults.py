"""A register of twenty rows, each with one planted fault, for tests and for showing what a refusal looks
like.

The last row repeats the reference of the first, which is sound but for its own fault.
"""

from __future__ import annotations

from tests.sample_maker.outlines import Outline
from tests.sample_maker.places import Wales

# What each fault changes in a sound row.
FAULTS: tuple[tuple[str, dict[str, str]], ...] = (
    ("a day that does not exist", {"start": "31/02/2024"}),
    ("a negative amount", {"annual_value_gbp": "-45000"}),
    ("an area in England", {"area_codes": "E01000001"}),
    ("an authority code retired in 2009", {"area_codes": "W06000007"}),
    (
        "a title that a spreadsheet would run",
        {"title": '=HYPERLINK("http://example.invalid","Parenting groups")'},
    ),
    ("an area that does not exist", {"area_codes": "W01999999"}),
    ("an end before the start", {"end": "2024-03-31"}),
    ("a programme nobody knows", {"programme": "Families Second"}),
    ("a commissioner nobody knows", {"commissioner": "Barchester"}),
    ("no title", {"title": ""}),
    ("no commissioner", {"commissioner": ""}),
    ("an amount in words", {"annual_value_gbp": "about forty thousand"}),
    ("a year of two digits", {"start": "01/04/24"}),
    ("a theme nobody knows", {"theme": "transport"}),
    ("a target group nobody knows", {"target_group": "everyone really"}),
    ("half a place", {"capacity": "12.5"}),
    (
        "a state without the person who recorded it",
        {"priority_state": "confirmed_none"},
    ),
    (
        "a request that is not four weeks old",
        {
            "priority_state": "requested_not_supplied",
            "requested_on": "2026-11-10",
            "recorded_on": "2026-11-20",
            "recorded_by": "Contracts officer",
        },
    ),
    (
        "a refuge placed below its region",
        {
            "target_group": "domestic_abuse_refuge",
            "delivery_model": "confidential",
            "is_sensitive": "yes",
            "theme": "domestic_abuse",
        },
    ),
    ("a reference used before", {"project_id": "FAULT-001"}),
)


def faulty_rows(
    wales: Wales, outlines: list[Outline]
) -> list[dict[str, object]]:
    """The rows, in the order of FAULTS."""
    authority = wales.authorities["W06000016"]
    inside = [o.code for o in outlines if o.la_code == authority.la_code]
    rows: list[dict[str, object]] = []
    for number, (meaning, change) in enumerate(FAULTS, start=1):
        sound = {
            "project_id": f"FAULT-{number:03d}",
            "title": f"Parenting groups, fault {number}",
            "programme": "ccg",
            "commissioner": authority.name_en,
            "provider_org_id": "XI-EXAMPLE-0101",
            "start": "2024-04-01",
            "end": "2027-03-31",
            "annual_value_gbp": "45000",
            "area_codes": inside[number],
            "target_group": "ff_parents",
            "capacity": "60",
            "theme": "family_support",
            "delivery_model": "place_based",
            "tier": "targeted",
            "decision_date": "2024-02-12",
            "is_sensitive": "no",
            "is_illustrative": "yes",
            "source_ref": f"planted: {meaning}",
        }
        rows.append({**sound, **change})
    return rows
