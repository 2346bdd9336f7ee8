"""The served answers as tables to carry away: name → rows, in an order that does not change between runs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from clearlink.exchange.projects import register_rows
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Rows
from clearlink.words import Lang

ANSWERS: Final = ("project_area", "verdict", "allocation")


def tables(lang: Lang, typed: bool = False) -> Iterator[tuple[str, Rows]]:
    """Every table with its name; need comes last, because it is the longest. `typed`: see `register_rows`."""
    yield "register", register_rows(typed)
    yield "citations", citation_rows()
    yield "assessments", reader.answer("export_assessment")
    yield "priorities", reader.answer("export_priority")
    for name in ANSWERS:
        yield name, named(reader.answer(f"export_{name}"), lang)
    yield "need", need_rows()


def citation_rows() -> Rows:
    """Citations as citations.csv lays them out."""
    columns = ("project_id", "priority_id", "stated_on", "quotation", "page", "sighted_by", "is_illustrative")
    return [{name: row[name] for name in columns} for row in reader.answer("export_citation")]


def need_rows() -> Rows:
    """Need on every theme; a figure that is absent is null and says why in `marker`."""
    return [row for theme in reader.themes() for row in reader.answer("export_need", theme=theme)]


def named(rows: Rows, lang: Lang) -> Rows:
    """The rows with one name column in the language asked for instead of two."""
    if not rows or "name_en" not in rows[0]:
        return rows
    return [{("name" if k == f"name_{lang}" else k): v for k, v in row.items() if k not in {"name_en", "name_cy"} - {f"name_{lang}"}} for row in rows]
