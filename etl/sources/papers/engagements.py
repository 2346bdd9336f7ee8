"""Engagements as records of their own: who was listened to, how, when, how many, how much say they had, what
they said and what changed.

One row an engagement. Where fewer than ten took part only that is kept. An address, a number of one person or
a piece of a family's file in what people said is refused, and never echoed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from clearlink.rules.engagement import (
    CHILDREN,
    Group,
    Level,
    Method,
    Stage,
    held_fault,
    held_until,
    people_band,
    people_fault,
    same_days,
    same_numbers,
)
from clearlink.rules.spoken import REFUSED, Sign, signs_in
from clearlink.rules.web_address import is_web_address
from etl.directory import Directory, folded
from etl.records import Engagement, Register, Severity
from etl.sources.papers.assessments import assessment_named
from etl.sources.papers.paper_rows import readers_of
from etl.sources.registers.register_cells import today
from etl.sources.registers.register_columns import Column
from etl.sources.registers.register_people import is_one_person
from etl.sources.registers.register_row_reader import RowReader
from etl.sources.registers.register_rows import theme_of
from etl.sources.registers.register_table import Table
from etl.sources.registers.repeated_rows import refuse_repeats

_REQUIRED: Final = "engagement_id who method held said url"
_OPTIONAL: Final = (
    "assessment_id topic how_many method_kind groups stage level changed area_codes theme_id stance "
    "priority_ids project_ids "
    "document page owed_by due who_cy said_cy changed_cy held_cy how_many_cy"
)
ENGAGEMENT_COLUMNS: Final = (
    *(Column(c, "", True) for c in _REQUIRED.split()),
    *(Column(c, "", False) for c in _OPTIONAL.split()),
)
# every column that takes words: an address may stand in any of them
_FREE: Final = [
    "who",
    "who_cy",
    "method",
    "held",
    "held_cy",
    "how_many",
    "how_many_cy",
    "said",
    "said_cy",
    "changed",
    "changed_cy",
    "topic",
    "document",
    "page",
    "owed_by",
]
_OF_A_PAPER: Final = frozenset({"document", "page"})
# columns that name a group or a body, never one person
_GROUPS: Final = ("who", "who_cy", "owed_by")
STANCES: Final = ("supports", "disputes", "neither")
UNDER_TEN: Final = "under_10"
# what refuses a citation is a warning here: what people said stands whoever it was about, and the register of
# a project may come later than its engagement
_WARNED: Final = {
    "project_unknown": "engaged_project_unknown",
    "project_of_several": "engaged_project_of_several",
    "project_of_another": "engaged_project_of_another",
}


def read_engagements(
    table: Table,
    directory: Directory,
    register_id: str,
) -> Register:
    """One row an engagement; a row that is not what it says is refused with what to do, the others stand. A
    project that nobody knows is said, and the row stays whole.
    """
    register = Register(
        register_id,
        rows_read=len(table.rows),
    )
    read = [
        (
            cells,
            _engagement(cells, directory),
        )
        for cells in readers_of(table, ENGAGEMENT_COLUMNS, directory, register)
    ]
    copies = refuse_repeats(
        [(cells, e.engagement_id.casefold()) for cells, e in read],
        "engagement_id",
    )
    for cells, engagement in read:
        _warn_of_no_place(cells, engagement)
        register.problems += cells.problems
        if not cells.is_refused and cells.row.number not in copies:
            register.engagements.append(engagement)
    return register


@dataclass(slots=True)
class _About:
    """The projects that an engagement is about as they are held; as written those that are no one project's;
    and the projects that these may be.
    """

    known: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    perhaps: list[str] = field(default_factory=list)


def _projects(cells: RowReader) -> _About:
    """The projects that it names; each that is no one project's is told of."""
    about = _About()
    for wanted in _split(cells.text("project_ids")):
        project_id, fault = cells.project_meant(wanted)
        if fault is None:
            about.known.append(project_id)
            continue
        about.unknown.append(wanted)
        about.perhaps += fault.perhaps
        cells.warn(
            "project_ids",
            _WARNED[fault.code],
            wanted,
            Severity.WARNING,
            **fault.facts,
        )
    return about


def _warn_of_no_place(cells: RowReader, engagement: Engagement) -> None:
    """Where only unknown projects could say which place it is of, no page of a place has it."""
    of_a_place = (
        engagement.assessment_id,
        engagement.area_codes,
        engagement.priority_ids,
        engagement.project_ids,
    )
    if engagement.unknown_project_ids and not any(of_a_place):
        cells.warn("project_ids", "engagement_without_place")


def _engagement(cells: RowReader, directory: Directory) -> Engagement:
    _refuse_people(cells)
    _refuse_days(cells)
    _refuse_numbers(cells)
    how_many = cells.text("how_many")
    band = people_band(how_many)
    groups = _listed(cells, "groups", Group)
    held = cells.text("held") or ""
    about = _projects(cells)
    return Engagement(
        engagement_id=cells.needed("engagement_id"),
        assessment_id=assessment_named(cells),
        topic=cells.text("topic"),
        who=cells.needed("who"),
        method=cells.needed("method"),
        held=held,
        how_many=None if band == UNDER_TEN else how_many,
        said=cells.needed("said"),
        url=_web_address(cells),
        method_kind=_one_of(cells, "method_kind", Method),
        groups=";".join(groups),
        has_children=bool(CHILDREN.intersection(groups)),
        people_band=band,
        held_until=held_until(held),
        stage=_one_of(cells, "stage", Stage),
        level=_one_of(cells, "level", Level),
        changed=cells.text("changed"),
        area_codes=tuple(_areas(cells, directory)),
        theme_id=theme_of(
            cells,
            "theme_id",
            cells.text("theme_id"),
        ),
        stance=_stance(cells),
        priority_ids=_priorities(cells),
        project_ids=tuple(dict.fromkeys(about.known)),
        unknown_project_ids=tuple(about.unknown),
        perhaps_project_ids=tuple(about.perhaps),
        document=cells.text("document"),
        page=cells.text("page"),
        owed_by=cells.text("owed_by"),
        due=cells.date("due"),
        who_cy=cells.text("who_cy"),
        said_cy=cells.text("said_cy"),
        changed_cy=cells.text("changed_cy"),
        held_cy=cells.text("held_cy"),
        how_many_cy=None if band == UNDER_TEN else cells.text("how_many_cy"),
    )


def _refuse_people(cells: RowReader) -> None:
    """Addresses, numbers of one person and pieces of a file anywhere; a person's name where a group is asked
    for.
    """
    for column in _FREE:
        # a paper of a committee has a number of its own, which looks like that of a file
        refused = {*REFUSED} - (
            {Sign.CASE_FILE} if column in _OF_A_PAPER else set()
        )
        if refused.intersection(signs_in(cells.text(column) or "")):
            cells.refuse(column, "whereabouts", "")
    for column in _GROUPS:
        if is_one_person(cells.text(column) or ""):
            cells.refuse(column, "person_in_group", "")


def _refuse_days(cells: RowReader) -> None:
    held = cells.text("held") or ""
    held_cy = cells.text("held_cy") or held
    for column, text in (("held", held), ("held_cy", held_cy)):
        if fault := held_fault(text, today()):
            cells.refuse(
                column,
                str(fault),
                today=today().isoformat(),
            )
    if not cells.is_refused and not same_days(held or held_cy, held_cy):
        cells.refuse("held_cy", "languages_disagree", other="held")


def _refuse_numbers(cells: RowReader) -> None:
    how_many = cells.text("how_many") or ""
    how_many_cy = cells.text("how_many_cy") or how_many
    for column, text in (("how_many", how_many), ("how_many_cy", how_many_cy)):
        if people_fault(text):
            cells.refuse(column, "people_unreadable")
    if not cells.is_refused and not same_numbers(
        how_many or how_many_cy, how_many_cy
    ):
        cells.refuse("how_many_cy", "languages_disagree", other="how_many")


def _priorities(cells: RowReader) -> tuple[str, ...]:
    """The priorities that it is about, as they are held; one that nobody holds is refused."""
    held, named = cells.directory.priority_ids, cells.text("priority_ids")
    known = [
        cells.known_id("priority_ids", each, held, "priority_unknown")
        for each in _split(named)
    ]
    return tuple(dict.fromkeys(known))


def _split(text: str | None) -> list[str]:
    return [part.strip() for part in (text or "").split(";") if part.strip()]


def _one_of(
    cells: RowReader,
    column: str,
    kind: type[StrEnum],
) -> str | None:
    listed = _listed(cells, column, kind)
    return listed[0] if listed else None


def _listed(
    cells: RowReader,
    column: str,
    kind: type[StrEnum],
) -> list[str]:
    """Values of a closed list, whatever their capitals and spaces; one that is not in it is refused with
    the list.
    """
    accepted: Mapping[str, str] = {
        folded(str(each)): str(each) for each in kind
    }
    values = []
    for part in _split(cells.text(column)):
        if folded(part) in accepted:
            values.append(accepted[folded(part)])
        else:
            listed = ", ".join(accepted.values())
            cells.refuse(
                column,
                "choice_unknown",
                part,
                options=listed,
                options_cy=listed,
                nearest=cells.near(
                    part,
                    [*accepted],
                ),
            )
    return values


def _stance(cells: RowReader) -> str | None:
    text = (cells.text("stance") or "").casefold()
    if text and text not in STANCES:
        listed = ", ".join(STANCES)
        cells.refuse(
            "stance",
            "choice_unknown",
            options=listed,
            options_cy=listed,
            nearest="",
        )
    return text or None


def _areas(cells: RowReader, directory: Directory) -> list[str]:
    codes = []
    for part in _split(cells.text("area_codes")):
        if part in directory.area_types:
            codes.append(part)
        else:
            cells.refuse("area_codes", "area_unknown", part, nearest="")
    return codes


def _web_address(cells: RowReader) -> str:
    text = cells.needed("url")
    if text and not is_web_address(text):
        cells.refuse("url", "address_not_web")
    return text
