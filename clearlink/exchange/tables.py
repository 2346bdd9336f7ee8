"""The served answers as tables to carry away: name → rows, in an order that does not change between runs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from functools import partial
from typing import Final

from clearlink.exchange.gap_answers import gap_rows, overlap_rows
from clearlink.exchange.projects import register_rows
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Rows
from clearlink.words import Lang

# One name means one thing in all the files, so a column that means something else elsewhere goes by another
# name here.
_GAP_NAMES: Final = {
    "region": "compared_with",
    "class": "gap_class",
    "unknown": "projects_unknown",
    "unit": "provision_unit",
}
_OVERLAP_NAMES: Final = {"kind": "overlap_kind"}
_CHOICE_NAMES: Final = {"reason": "choice_reason", "status": "choice_status"}
# Every small area under every theme: for CSV and Parquet. As a workbook each takes a minute to write and to
# open.
LONG: Final = ("project_area", "gap", "need")
ANSWERS: Final = (
    "project_area",
    "verdict",
    "allocation",
    "programme_return",
    "programme_share",
)
# plans and what pays, as their templates lay them out
PLANS: Final = ("plan", "plan_action", "funding_line", "assessment_check")


def tables(
    lang: Lang,
    typed: bool = False,
    leave_out: Collection[str] = (),
) -> Iterator[tuple[str, Rows]]:
    """Every table with its name; gap and need come last, because they are the longest. `typed`: see
    `register_rows`.

    What is left out is not asked for.
    """
    makers: dict[str, Callable[[], Rows]] = {
        "register": lambda: register_rows(typed),
        "citations": citation_rows,
        "assessments": lambda: reader.answer("export_assessment"),
        "priorities": lambda: reader.answer("export_priority"),
        **{name: partial(_answer, name, lang) for name in ANSWERS},
        **{name: partial(reader.answer, f"export_{name}") for name in PLANS},
        "overlap": overlap_table,
        "statement": lambda: reader.answer("export_statement"),
        "engagement": lambda: reader.answer("export_engagement"),
        "area_choice": area_choice_table,
        "gap": lambda: named(gap_table(), lang),
        "need": need_rows,
    }
    for name, make in makers.items():
        if name not in leave_out:
            yield name, make()


def _answer(name: str, lang: Lang) -> Rows:
    return named(
        reader.answer(f"export_{name}"),
        lang,
    )


def citation_rows() -> Rows:
    """Citations as citations.csv lays them out."""
    columns = (
        "project_id",
        "priority_id",
        "stated_on",
        "quotation",
        "page",
        "sighted_by",
        "is_illustrative",
    )
    return [
        {name: row[name] for name in columns}
        for row in reader.answer("export_citation")
    ]


def gap_table() -> Rows:
    """The four named gaps of every area, compared with Wales; an area's own region is compared by
    `clearlink gaps --region`.
    """
    return [
        {_GAP_NAMES.get(name, name): value for name, value in row.items()}
        for row in gap_rows()
    ]


def overlap_table() -> Rows:
    """Pairs of running projects for the same people, place and time; themes in one cell, separated by
    semicolons.
    """
    rows = (
        {
            **row,
            "theme_ids": ";".join(row["theme_ids"] or ()),
        }
        for row in overlap_rows()
    )
    return [
        {_OVERLAP_NAMES.get(name, name): value for name, value in row.items()}
        for row in rows
    ]


def area_choice_table() -> Rows:
    """Areas that commissioners considered for an area-based programme, chosen or not, with the need they
    stated.
    """
    return [
        {_CHOICE_NAMES.get(name, name): value for name, value in row.items()}
        for row in reader.area_choices()
    ]


def need_rows() -> Rows:
    """Need on every theme; a figure that is absent is null and says why in `marker`."""
    return [
        row
        for theme in reader.themes()
        for row in reader.answer("export_need", theme=theme)
    ]


def named(rows: Rows, lang: Lang) -> Rows:
    """The rows with one name column in the language asked for instead of two."""
    if not rows or "name_en" not in rows[0]:
        return rows
    return [
        {
            ("name" if k == f"name_{lang}" else k): v
            for k, v in row.items()
            if k not in {"name_en", "name_cy"} - {f"name_{lang}"}
        }
        for row in rows
    ]
