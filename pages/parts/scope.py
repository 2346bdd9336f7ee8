"""Which region a place is compared with: gaps and fairness are worked out for Wales and for the six regions of 2012 to 2019."""

from __future__ import annotations

from clearlink.warehouse import reader


def region_of(place: str) -> str:
    """The place itself if it is one of the six, an authority's region, else Wales."""
    rows, members = reader.place_rows(), reader.members()
    if place in rows and rows[place]["area_type"] == "RCC":
        return place
    if place in rows and rows[place]["area_type"] == "LA":
        return next((code for code, row in rows.items() if row["area_type"] == "RCC" and place in members.get(code, ())), reader.WALES)
    return reader.WALES
