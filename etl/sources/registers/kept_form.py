"""The form in which an imported register is kept: its accepted rows as they were cleaned, and what was said
of the others.

A refused row, a column that no register has, and what was withheld of a secret place are not in it. Read
again, the rows go through the same reader and guards as on the first day; numbers and letters are those of
the file that somebody loaded.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from etl.directory import Directory, folded
from etl.records import Problem, Register, Severity
from etl.sources.registers.exchange_entries import Entry
from etl.sources.registers.register_areas import read_area_codes
from etl.sources.registers.register_columns import (
    layout_of,
    register_columns,
    rows_of,
    spellings,
)
from etl.sources.registers.register_row_reader import Row, RowReader
from etl.sources.registers.register_table import Table

MARK: Final = "clearlink_kept_register"
VERSION: Final = 1
TEMPLATE: Final = "template"


@dataclass(frozen=True, slots=True)
class KeptRegister:
    """`form`: the reader's name. Either a `table` or the `entries` of an exchange file; `problems` are those
    of the first reading, of rows that are not here any more too.
    """

    form: str
    register_id: str
    rows_read: int
    table: Table | None
    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]


def kept_register(
    read: Register,
    form: str,
    table: Table | None,
    columns: Collection[str],
    directory: Directory,
) -> KeptRegister:
    """What is kept of a register. `columns`: folded names of those that its reader knows."""
    entries: tuple[Entry, ...] = ()
    kept: Table | None = None
    if table is None:
        entries = tuple(
            _clean_entry(each, directory) for each in read.accepted_entries
        )
    else:
        kept = _accepted_rows(read, table)
        if form == TEMPLATE:
            kept = _without_secret_places(kept, directory)
        kept = _only_known(kept, columns)
    return KeptRegister(
        form,
        read.register_id,
        read.rows_read,
        kept,
        entries,
        tuple(read.problems),
    )


def _accepted_rows(read: Register, table: Table) -> Table:
    refused = {p.row for p in read.problems if p.severity is Severity.REFUSED}
    rows = tuple(
        (number, cells) for number, cells in table.rows if number not in refused
    )
    return replace(table, rows=rows)


def _only_known(table: Table, columns: Collection[str]) -> Table:
    """The table without the columns that its reader does not know."""
    used = [folded(name) in columns for name in table.header]
    rows = tuple((number, _only(cells, used)) for number, cells in table.rows)
    return replace(
        table,
        header=_only(table.header, used),
        rows=rows,
    )


def with_first_problems(
    read: Register,
    kept: KeptRegister,
    file: str,
) -> Register:
    """A register as it was read again, with what was said of it on the first day and is not said by this
    reading.
    """
    before = [replace(p, file=file) for p in kept.problems]
    again = set(read.problems)
    told = [
        *(p for p in before if p not in again),
        *read.problems,
    ]
    return replace(
        read,
        problems=told,
        rows_read=kept.rows_read,
        register_id=kept.register_id,
    )


def kept_to_json(kept: KeptRegister) -> bytes:
    """The kept register as a file; it does not say its own name."""
    return json.dumps(
        {MARK: VERSION, **asdict(kept)},
        ensure_ascii=False,
        default=str,
    ).encode("utf-8")


def kept_from_json(data: bytes, file: str) -> KeptRegister | None:
    """A kept register under the name `file`, or None for anything else."""
    if not data.startswith(f'{{"{MARK}"'.encode()):
        return None
    value = json.loads(data)
    table = value["table"]
    return KeptRegister(
        value["form"],
        value["register_id"],
        value["rows_read"],
        table
        and Table(
            file,
            table["header_row"],
            tuple(table["header"]),
            tuple((number, tuple(cells)) for number, cells in table["rows"]),
            table["is_workbook"],
        ),
        tuple(
            Entry(
                **{
                    **each,
                    "citations": tuple(each["citations"]),
                }
            )
            for each in value["entries"]
        ),
        tuple(_problem(each, file) for each in value["problems"]),
    )


def _problem(stored: Mapping[str, Any], file: str) -> Problem:
    facts = tuple((str(name), str(text)) for name, text in stored["facts"])
    return Problem(
        **{
            **stored,
            "file": file,
            "severity": Severity(stored["severity"]),
            "facts": facts,
        }
    )


def without_file(
    problems: Sequence[Problem], cleaned: Callable[[str | None, str], str]
) -> tuple[Problem, ...]:
    """Problems as they are kept: without the name of the file that was loaded, and what they quote as
    `cleaned` leaves it.
    """
    return tuple(
        replace(
            p,
            file="",
            found=cleaned(p.column, p.found),
            facts=tuple(
                (
                    name,
                    cleaned(p.column, text) if name == "found" else text,
                )
                for name, text in p.facts
            ),
        )
        for p in problems
    )


def _only(cells: Sequence[str], used: Sequence[bool]) -> tuple[str, ...]:
    return tuple(
        text if at < len(used) and used[at] else ""
        for at, text in enumerate(cells)
    )


def _without_secret_places(table: Table, directory: Directory) -> Table:
    """The table with the cells of secret places as they were loaded: an area below a region was withheld,
    and so is kept nowhere.
    """
    layout = layout_of(table, register_columns())
    shown = {
        row.number: _shown_of(row, directory)
        for row in rows_of(table, layout)[0]
        if RowReader(row, directory).has_secret_place
    }
    if not shown:
        return table
    at = _columns_at(table.header)
    added = [] if "areas_state" in at else ["areas_state"]
    header = (*table.header, *added)
    at.setdefault(
        "areas_state",
        len(table.header),
    )
    rows = []
    for number, cells in table.rows:
        full = [
            *cells,
            *[""] * (len(header) - len(cells)),
        ]
        for name, text in shown.get(number, {}).items():
            if name in at:
                full[at[name]] = text
        rows.append((number, tuple(full)))
    return replace(
        table,
        header=header,
        rows=tuple(rows),
    )


def _columns_at(header: Sequence[str]) -> dict[str, int]:
    """Where each template column stands that a header names."""
    known = spellings(register_columns())
    return {
        known[folded(name)]: at
        for at, name in enumerate(header)
        if folded(name) in known
    }


def _shown_of(row: Row, directory: Directory) -> dict[str, str]:
    wide, is_withheld = read_area_codes(
        RowReader(row, directory),
        None,
    )
    shown = {
        "area_codes": ";".join(wide),
        "recipient_area": "",
    }
    return (
        {**shown, "areas_state": "withheld"}
        if is_withheld and not wide
        else shown
    )


def _clean_entry(entry: Entry, directory: Directory) -> Entry:
    ours = [c.name for c in register_columns()]
    row = Row(
        "",
        entry.number,
        {name: entry.cells.get(name, "") for name in ours},
        {},
    )
    cells = dict(entry.cells)
    if RowReader(row, directory).has_secret_place:
        cells |= _shown_of(row, directory)
    stated = {
        name: text for name, text in cells.items() if name in ours and text
    }
    fields = {
        name: place for name, place in entry.fields.items() if name in ours
    }
    return replace(entry, cells=stated, fields=fields, problems=[])
