"""Illustrative statements: what people told us, in both languages."""

from __future__ import annotations

from collections.abc import Iterable

from tests.sample_maker.draws import pick
from tests.sample_maker.folders import TEMPLATES, read_rows
from tests.sample_maker.outlines import Outline

COLUMNS = (
    "statement_id",
    "area_code",
    "theme_id",
    "date",
    "who_en",
    "who_cy",
    "text_en",
    "text_cy",
    "supports",
    "is_illustrative",
)


def statement_rows(outlines: Iterable[Outline]) -> list[dict[str, object]]:
    """Two of three statements speak of a whole authority, one of three of a small area in it."""
    inside: dict[str, list[str]] = {}
    for outline in outlines:
        inside.setdefault(outline.la_code, []).append(outline.code)
    rows: list[dict[str, object]] = []
    for number, told in enumerate(
        read_rows(TEMPLATES / "statements.csv"), start=1
    ):
        la_code = told.pop("place")
        area_code = (
            pick(inside[la_code], "statement", number)
            if number % 3 == 0
            else la_code
        )
        rows.append(
            {
                "statement_id": f"ST-{number:03d}",
                "area_code": area_code,
                **told,
                "is_illustrative": "yes",
            }
        )
    return rows
