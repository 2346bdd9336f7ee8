"""Projects of the served build as rows of the register template, and as the exchange standards need them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from clearlink.exchange.cell_text import cell_text
from clearlink.exchange.own_fields import CITATION_COLUMNS, CITATIONS, KEY
from clearlink.rules.codes import ValueKind
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Row, Rows
from clearlink.words import Lang, say

_RENAMED: Final = {
    "start": "start_date",
    "end": "end_date",
    "theme": "theme_ids",
    "programme": "programme_id",
}
_STATES: Final = (
    "theme_state",
    "areas_state",
    "priority_state",
    "engagement_state",
    "outcomes_state",
)
_SAID_BY_READER: Final = {"provided", "blank", None}
_OWN_PLACE: Final = re.compile(
    r"^(?P<place>[^·]*?(?:, row \d+|, [a-z]+\[\d+\]))(?: · (?P<stated>.*))?$",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Published:
    """One project: its row as served, its cells as template text, and its citations with need and
    assessment.
    """

    row: Row
    cells: dict[str, str]
    citations: Rows

    @property
    def start(self) -> date | None:
        first_day: date | None = self.row["start_date"]
        return first_day

    @property
    def end(self) -> date | None:
        last_day: date | None = self.row["end_date"]
        return last_day

    def own(self, said_by_the_standard: tuple[str, ...]) -> dict[str, Any]:
        """What the standard has no field for, under template names (`own_fields.KEY`)."""
        left: dict[str, Any] = {
            name: text
            for name, text in self.cells.items()
            if text and name not in {*said_by_the_standard, *CITATION_COLUMNS}
        }
        if self.row["users_marker"]:
            left["users_marker"] = self.row["users_marker"]
        if self.citations:
            left[CITATIONS] = [citation_cells(each) for each in self.citations]
        return {KEY: left}

    def description(self, lang: Lang) -> str:
        """What a reader of the standard sees: that it is illustrative, in both languages, and what the
        register says it is for.
        """
        mark = (
            [
                say("en", "exchange.illustrative"),
                say("cy", "exchange.illustrative"),
            ]
            if self.row["is_illustrative"]
            else []
        )
        parts = (
            [
                self.row["note"],
                self.row["outcomes"],
            ]
            if not self.row["is_sensitive"]
            else []
        )
        return " ".join(
            [
                *mark,
                *(p for p in parts if p),
            ]
        ) or say(lang, "exchange.no_description")


def published() -> list[Published]:
    """Every project of the served build."""
    cited: dict[str, Rows] = {}
    for row in reader.answer("export_citation"):
        cited.setdefault(
            row["project_id"],
            [],
        ).append(row)
    return [
        Published(
            row,
            cells_of(
                row,
                cited.get(
                    row["project_id"],
                    [],
                ),
            ),
            cited.get(
                row["project_id"],
                [],
            ),
        )
        for row in reader.answer("export_register")
    ]


def register_rows(typed: bool = False) -> Rows:
    """The register in template columns; a project whose citations differ in page or words leaves them to
    citations.csv.

    `typed`: dates, numbers and flags as such rather than as the text of a cell.
    """
    return [
        {
            **(_typed(p) if typed else p.cells),
            "users_marker": p.row["users_marker"],
        }
        for p in published()
    ]


def _typed(project: Published) -> Row:
    """The cells of a project, with the served value where it is a date, a number or a flag."""
    served = {
        name: project.row.get(_RENAMED.get(name, name))
        for name in project.cells
    }
    return {
        name: served[name]
        if served[name] is not None
        and not isinstance(
            served[name],
            str,
        )
        else text or None
        for name, text in project.cells.items()
    }


def citation_cells(row: Row) -> dict[str, str]:
    """One citation under its template names."""
    return {
        "priority_id": cell_text(row["priority_id"]),
        "priority_page": cell_text(row["page"]),
        "quotation": cell_text(row["quotation"]),
        "stated_on": cell_text(row["stated_on"]),
        "sighted_by": cell_text(row["sighted_by"]),
    }


def cells_of(row: Row, citations: Rows) -> dict[str, str]:
    """Template cells of a served project, in the template's order."""
    cells = {
        name: cell_text(row.get(_RENAMED.get(name, name)))
        for name in template_columns()
    }
    # A region's name alone is ambiguous (Gwent was a region of two kinds), so a region goes by its
    # identifier.
    cells["commissioner"] = row["region_code"] or row["commissioner"]
    cells |= {name: _stated_state(row, name) for name in _STATES}
    # what the reader takes for granted is not written
    cells["value_kind"] = (
        "" if row["value_kind"] == ValueKind.YEARLY else row["value_kind"]
    )
    cells["source_ref"] = _stated_source(row["source_ref"])
    return cells | _cited(citations)


def _stated_state(row: Row, name: str) -> str:
    """A state that the reader gives by itself, or that nobody signed, is not written: only a named person
    sets the others, but for the places of a sensitive project, which the reader withholds for what it is.
    """
    is_withheld = name == "areas_state" and row["is_sensitive"]
    is_signed = row["recorded_by"] or is_withheld
    if row[name] in _SAID_BY_READER or not is_signed:
        return ""
    return str(row[name])


def _cited(citations: Rows) -> dict[str, str]:
    """The cells of the citations; empty where they differ in more than the priority, which one row cannot
    hold.
    """
    alike = {
        tuple(citation_cells(each)[name] for name in CITATION_COLUMNS[1:])
        for each in citations
    }
    if len(alike) != 1:
        return dict.fromkeys(CITATION_COLUMNS, "")
    return {
        **dict.fromkeys(CITATION_COLUMNS, ""),
        **citation_cells(citations[0]),
        "priority_id": ";".join(each["priority_id"] for each in citations),
    }


def template_columns() -> tuple[str, ...]:
    """The template's columns in order, from the catalogue."""
    from clearlink.exchange.dictionary import register_meanings

    return tuple(register_meanings())


def _stated_source(source_ref: str | None) -> str:
    own = _OWN_PLACE.match(source_ref or "")
    return (own["stated"] or "" if own else source_ref or "").strip()
