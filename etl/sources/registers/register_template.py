"""The register template (12 required columns and the optional ones) → projects and citations, with every
refused row.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from clearlink.counting import counted
from clearlink.words import say
from etl.directory import Directory, folded
from etl.records import Problem, Register, Severity, SourceProblem
from etl.sources.registers.own_references import (
    Reference,
    marked,
    owner_of,
    with_names,
)
from etl.sources.registers.payments import is_list_of_payments, payments_refused
from etl.sources.registers.register_columns import (
    layout_of,
    register_columns,
    rows_of,
)
from etl.sources.registers.register_problems import problem, quoted
from etl.sources.registers.register_row_reader import Row, RowReader
from etl.sources.registers.register_rows import RowRead, project_from_row
from etl.sources.registers.register_table import Table

_OF_MACHINES: Final = ("360G-", "ocds-")
OWN_EXPORT: Final = frozenset({"users marker", "marciwr defnyddwyr"})


def read_template(
    table: Table,
    directory: Directory,
    register_id: str,
) -> Register:
    """Every row of the template: accepted as a project, or refused with all its bad cells at once.

    Raises SourceProblem when a required column is missing or stands twice.
    """
    try:
        layout = layout_of(table, register_columns())
    except SourceProblem as refused:
        if is_list_of_payments(table.header):
            raise SourceProblem(
                [payments_refused(table.file, table.header)]
            ) from refused
        raise
    rows, ragged = rows_of(table, layout)
    if _is_our_export(table):
        directory = _with_bodies_of(rows, directory)
    read = [
        project_from_row(row, directory, register_id) for row in counted(rows)
    ]
    doubled, left_out = _duplicates(read, directory)
    register = Register(
        register_id,
        rows_read=len(table.rows),
    )
    problems = [*ragged, *doubled]
    for each in read:
        problems += each.problems
        if each.project and each.row.number not in left_out:
            register.projects.append(each.project)
            register.citations += each.citations
    register.problems = [
        *table.notes,
        *layout.problems,
        *sorted(
            problems,
            key=lambda found: found.row or 0,
        ),
    ]
    return with_names(register, _shared_references(register))


def _is_our_export(table: Table) -> bool:
    """Whether a table is an export of ours: it has the column that says whether people by area are withheld,
    which no template has.
    """
    return bool({folded(header) for header in table.header} & OWN_EXPORT)


def _with_bodies_of(rows: Iterable[Row], directory: Directory) -> Directory:
    """The directory with the funders and buyers that an export of ours names and that are no authority: they
    were accepted once.
    """
    names = {row.cells.get("commissioner", "") for row in rows} - {""}
    return replace(
        directory,
        bodies={
            **directory.bodies,
            **{folded(name): name for name in names},
        },
    )


def _shared_references(register: Register) -> dict[Reference, str]:
    """References that several commissioners of one list use, each with its owner behind it."""
    owners: dict[str, set[str]] = defaultdict(set)
    for project in register.projects:
        owners[project.project_id].add(owner_of(project))
    return {
        (owner, reference): marked(reference, owner, owners)
        for reference, each in owners.items()
        if len(each) > 1
        for owner in each
    }


def _duplicates(
    read: list[RowRead], directory: Directory
) -> tuple[list[Problem], set[int]]:
    """Rows that share an identifier. Identical copies are loaded once; rows that differ are all refused."""
    problems: list[Problem] = []
    left_out: set[int] = set()
    for rows in _by_id(read, directory):
        first, *others = rows
        if all(other.cells == first.cells for other in others):
            left_out |= {row.number for row in others}
            problems += [
                _same_id(
                    row,
                    [first],
                    "duplicate_identical",
                    Severity.WARNING,
                    directory,
                )
                for row in others
            ]
            continue
        left_out |= {row.number for row in rows}
        for row in rows:
            elsewhere = [other for other in rows if other is not row]
            problems.append(
                _same_id(
                    row,
                    elsewhere,
                    "duplicate_id",
                    Severity.REFUSED,
                    directory,
                )
            )
    return problems, left_out


def _by_id(read: list[RowRead], directory: Directory) -> list[list[Row]]:
    """The rows by identifier; a list of several commissioners may count each of them from 1."""
    by_id: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for each in read:
        cells = each.row.cells
        if project_id := _as_compared(cells["project_id"]):
            stated = cells.get("commissioner", "")
            owner = directory.authority(stated) or folded(stated)
            by_id[project_id, owner].append(each.row)
    return list(by_id.values())


def _as_compared(project_id: str) -> str:
    """A reference as people compare them, whatever its capitals; those that machines made differ by their
    capitals too.
    """
    return (
        project_id
        if project_id.startswith(_OF_MACHINES)
        else project_id.casefold()
    )


def _same_id(
    row: Row,
    others: list[Row],
    code: str,
    severity: Severity,
    directory: Directory,
) -> Problem:
    letter = row.letters["project_id"]
    hidden = any(
        RowReader(each, directory).is_guarded for each in (row, *others)
    )
    shown = (
        {"withheld": "yes"}
        if hidden
        else {"found": quoted(row.cells["project_id"])}
    )
    return problem(
        code,
        row.file,
        severity=severity,
        row=row.number,
        letter=letter,
        column="project_id",
        other=", ".join(
            say(
                "en",
                "problems.place.cell",
                **_place(each),
            )
            for each in others
        ),
        other_cy=", ".join(
            say(
                "cy",
                "problems.place.cell",
                **_place(each),
            )
            for each in others
        ),
        **shown,
    )


def _place(row: Row) -> Mapping[str, str]:
    return {
        "row": str(row.number),
        "letter": row.letters["project_id"],
        "column": "project_id",
    }
