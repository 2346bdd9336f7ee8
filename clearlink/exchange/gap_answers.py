"""Gaps, overlaps and fairness as plain rows, for `clearlink gaps`, `clearlink overlaps` and `clearlink
fairness`.

Each function takes the code of a place (Wales, a region, an authority) and a theme, or None for all. Screens
ask the same questions of the same reader, so that both agree to the penny.
"""

from __future__ import annotations

from clearlink.warehouse import reader
from clearlink.warehouse.reader import Rows

# of a grant: when its edition was published and its programme stand beside the test
LEFT_OUT = ("published", "programme_id")
GAP_TYPES = ("presence", "reach", "capacity", "money")


def compared_with(place: str) -> str:
    """The region a place is compared with: itself if it is one of the six of 2012 to 2019, an authority's
    region, else Wales.
    """
    row = reader.place_rows().get(place)
    if row is None or row["area_type"] not in ("RCC", "LA"):
        return reader.WALES
    if row["area_type"] == "RCC":
        return place
    members = reader.members()
    return next(
        (
            code
            for code, held in reader.place_rows().items()
            if held["area_type"] == "RCC" and place in members.get(code, ())
        ),
        reader.WALES,
    )


def gap_rows(place: str = reader.WALES, theme: str | None = None) -> Rows:
    """The four named gaps of every area: one row an area and gap, with its class and the figures behind
    it.
    """
    region = compared_with(place)
    themes = [theme] if theme else list(reader.themes())
    return [
        {
            "theme_id": each,
            "gap_type": gap_type,
            "region": region,
            **row,
        }
        for each in themes
        for gap_type in GAP_TYPES
        for row in reader.gap_areas(each, region, gap_type, place)
    ]


def overlap_rows(place: str = reader.WALES, theme: str | None = None) -> Rows:
    """Pairs of running projects that serve the same people: possible duplicates, then ladders."""
    return reader.overlaps(place, theme)


def fairness_rows(place: str = reader.WALES, theme: str | None = None) -> Rows:
    """Every measure of fairness under each definition of need and way of spreading, then published grants
    of the region.
    """
    region = compared_with(place)
    measures = [
        {
            "region": region,
            "grant_name": None,
            "year": None,
            "edition": None,
            **row,
        }
        for row in reader.fairness(region, theme)
    ]
    grants = [
        {
            "theme_id": None,
            "placed_by": None,
            "low": None,
            "high": None,
            "without_low": None,
            "without_high": None,
            **{k: v for k, v in row.items() if k not in LEFT_OUT},
        }
        for row in reader.grant_fairness()
        if region in (row["region"], reader.WALES) and theme is None
    ]
    return measures + grants
