"""Entries of an exchange format → projects, through the reader and the guards of the register template.

A grant, a notice or a service becomes the cells of a template row; what refuses a cell of a register refuses
it here too. A funder or buyer that is no authority keeps its name and has no authority of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from clearlink.counting import counted
from clearlink.exchange.own_fields import (
    CITATION_COLUMNS,
    CITATIONS,
    KEY,
    NOT_STATED,
)
from clearlink.rules.counts_in_text import without_small_counts
from clearlink.rules.whereabouts import may_give_place_away
from clearlink.words import say
from etl.directory import Directory, folded
from etl.records import Citation, Problem, Project, Register, Severity
from etl.sources.registers.exchange_json import readable
from etl.sources.registers.register_columns import register_columns
from etl.sources.registers.register_people import speaks_of_a_person_in
from etl.sources.registers.register_problems import problem, quoted
from etl.sources.registers.register_row_reader import Row, names_a_refuge
from etl.sources.registers.register_rows import project_from_row

_ANOTHER_BODY: Final = "ANOTHER_BODY"
LONGEST_NOTE: Final = 400
_PLACES: Final = frozenset({"area_codes", "recipient_area"})


@dataclass(slots=True)
class Entry:
    """One grant, notice or service: its cells by template column, and the standard's name of each cell for a
    problem.

    `number` counts from 1 in the file's own order; `place` is its address there ("grants[4]"). `citations`
    are those beyond the one in `cells`. `is_ours`: of an export of ours, so a row of a register. `note`: what
    else a reader should see beside the project.
    """

    number: int
    place: str
    cells: dict[str, str]
    fields: Mapping[str, str] = field(default_factory=dict)
    citations: tuple[Mapping[str, str], ...] = ()
    note: str | None = None
    is_ours: bool = False
    problems: list[Problem] = field(default_factory=list)


def register_of(
    file: str,
    register_id: str,
    directory: Directory,
    entries: Sequence[Entry],
    problems: Iterable[Problem],
    rows_read: int,
) -> Register:
    """The register that the entries give. Entries that share an identifier and differ are all refused;
    copies are loaded once.
    """
    for entry in entries:
        if not entry.is_ours:
            _put_right(entry, file)
    known = _with_other_bodies(directory, entries)
    register = Register(
        register_id,
        problems=list(problems),
        rows_read=rows_read,
    )
    same_id: dict[str, list[Entry]] = {}
    for entry in entries:
        # These identifiers are machines' own: two that differ in their capitals only are two.
        project_id = entry.cells.get("project_id", "")
        same_id.setdefault(project_id, []).append(entry)
    for entry in counted(entries):
        same = same_id[entry.cells.get("project_id", "")]
        _add_entry(
            register,
            file,
            entry,
            same,
            known,
        )
    return register


def _add_entry(
    register: Register,
    file: str,
    entry: Entry,
    same: Sequence[Entry],
    known: Directory,
) -> None:
    """Adds an entry's project and citations to the register, or says why it is not loaded. `same`: those
    that share its identifier.
    """
    if _speaks_of_a_person(entry):
        register.problems.append(
            problem(
                "person_named",
                file,
                row=entry.number,
                letter=entry.place,
                column="title",
            )
        )
        return
    register.problems += entry.problems
    row = _row(file, entry, entry.cells)
    read = project_from_row(row, known, register.register_id)
    register.problems += read.problems
    if read.project is None or _is_repeated(file, entry, same, register):
        return
    register.projects.append(_project(read.project, file, entry, known))
    register.accepted_entries.append(entry)
    register.citations += read.citations
    register.citations += _further_citations(file, entry, known, register)


def _speaks_of_a_person(entry: Entry) -> bool:
    """In its cells, its note or any of its citations."""
    return speaks_of_a_person_in(entry.cells, entry.note) or any(
        speaks_of_a_person_in(cells) for cells in entry.citations
    )


def _put_right(entry: Entry, file: str) -> None:
    """Mends names whose letters were mangled on the way, and says so."""
    for column in ("title", "provider_name", "commissioner"):
        before = entry.cells.get(column, "")
        after = readable(before)
        if after != before:
            entry.cells[column] = after
            found_problem(
                entry,
                file,
                "text_put_right",
                column,
                before,
                Severity.NOTE,
                other=quoted(after),
            )


def _is_repeated(
    file: str,
    entry: Entry,
    same: Sequence[Entry],
    register: Register,
) -> bool:
    """Whether an entry is not loaded because of another with its identifier: a copy of it, or one that
    differs.
    """
    others = [each for each in same if each is not entry]
    if not others:
        return False
    are_copies = all(each.cells == entry.cells for each in others)
    if are_copies and same[0] is entry:
        return False
    register.problems.append(_repeated(file, entry, others, are_copies))
    return True


def _repeated(
    file: str,
    entry: Entry,
    others: Sequence[Entry],
    are_copies: bool,
) -> Problem:
    """What is said of an entry that shares its identifier; nothing of it where one of them names a refuge."""
    row = str(others[0].number)
    told = {
        "other": say("en", "problems.place.row", row=row),
        "other_cy": say("cy", "problems.place.row", row=row),
    }
    texts = (text for each in (entry, *others) for text in each.cells.values())
    if any(names_a_refuge(text) for text in texts):
        told["withheld"] = "yes"
    else:
        told["found"] = quoted(entry.cells["project_id"])
    return problem(
        "duplicate_identical" if are_copies else "duplicate_id",
        file,
        severity=Severity.WARNING if are_copies else Severity.REFUSED,
        row=entry.number,
        letter=entry.place,
        column="project_id",
        **told,
    )


def note_of(*parts: str | None, cells: Mapping[str, str]) -> str | None:
    """The parts that hold something, one after another, each within its own length: what we say of a record
    takes no room from what its publisher says. Nothing of a text that might give a refuge's place away.
    """
    held = [part for part in parts if part]
    guarded = any(names_a_refuge(text) for text in (*cells.values(), *held))
    kept = [
        _within(part.strip())
        for part in held
        if part.strip() and not (guarded and may_give_place_away(part))
    ]
    return " · ".join(kept) or None


def _within(text: str) -> str:
    """A text of at most LONGEST_NOTE characters, cut between words."""
    if len(text) <= LONGEST_NOTE:
        return text
    words, _, _ = text[:LONGEST_NOTE].rpartition(" ")
    return f"{words or text[: LONGEST_NOTE - 1]}…"


def keep_at_authority(cells: dict[str, str], directory: Directory) -> None:
    """Marks a place stated for whole authorities or wider as area-wide, so that it is never spread over
    small areas.
    """
    codes = [code for code in cells.get("area_codes", "").split(";") if code]
    types = directory.area_types
    if codes and all(
        types.get(code) == frozenset({"LA"})
        or not directory.is_below_region(code)
        for code in codes
    ):
        cells.setdefault("delivery_model", "area_wide")


def mark_refuge(
    entry: Entry,
    file: str,
    description: str,
) -> None:
    """Marks a grant, a notice or a service of a refuge as sensitive, and says so."""
    texts = (
        entry.cells["title"],
        description,
        entry.cells.get("provider_name", ""),
    )
    if not any(names_a_refuge(text) for text in texts):
        return
    entry.cells["is_sensitive"] = "yes"
    found_problem(
        entry,
        file,
        "names_a_refuge",
        "is_sensitive",
        severity=Severity.NOTE,
        withheld="yes",
    )


def found_problem(
    entry: Entry,
    file: str,
    code: str,
    column: str,
    cell: str = "",
    severity: Severity = Severity.WARNING,
    **facts: str,
) -> None:
    """Notes a problem of one field of an entry; `cell` is quoted, but for words about the place of one
    that is sensitive.
    """
    known = {**facts, "found": quoted(cell)} if cell else facts
    if cell and column in _PLACES and entry.cells.get("is_sensitive") == "yes":
        known = {**facts, "withheld": "yes"}
    entry.problems.append(
        problem(
            code,
            file,
            severity=severity,
            row=entry.number,
            letter=entry.fields.get(column, entry.place),
            column=column,
            **known,
        )
    )


def is_in_pounds(
    entry: Entry,
    file: str,
    amount: float | str,
    currency: str,
    elsewhere: frozenset[str],
) -> bool:
    """Whether a sum may be taken for pounds, and says so where it may not, or where nothing says that it is.

    `elsewhere`: other currencies that the file states. Where there is one, a sum without a currency is
    nobody's to guess.
    """
    shown = f"{amount:g}" if isinstance(amount, float) else amount
    if currency == "GBP":
        return True
    if currency:
        found_problem(
            entry,
            file,
            "currency_not_pounds",
            "annual_value_gbp",
            f"{shown} {currency}",
        )
        return False
    if elsewhere:
        others = ", ".join(sorted(elsewhere))
        found_problem(
            entry,
            file,
            "currency_unsaid_among_others",
            "annual_value_gbp",
            shown,
            others=others,
        )
        return False
    found_problem(
        entry,
        file,
        "currency_unsaid",
        "annual_value_gbp",
        shown,
    )
    return True


def hold_for_its_place(
    entry: Entry,
    file: str,
    words: Iterable[str],
) -> Entry:
    """An entry that is not loaded because nothing says whether it concerns Wales: kept for somebody to
    settle, never counted as elsewhere.
    """
    quoted_words = "; ".join(
        dict.fromkeys(text for each in words if (text := each.strip()))
    )
    found_problem(
        entry,
        file,
        "place_not_recognised",
        "area_codes",
        quoted_words,
        Severity.REFUSED,
    )
    return entry


def own_cells(
    entry: Mapping[str, Any], said_by_the_standard: Iterable[str]
) -> tuple[dict[str, str], tuple[dict[str, str], ...]] | None:
    """The template cells and further citations that one of our own exports carries, or None for anybody
    else's entry.
    """
    own = entry.get(KEY)
    if not isinstance(own, dict):
        return None
    stated = set(said_by_the_standard)
    columns = [c.name for c in register_columns() if c.name not in stated]
    listed = own.get(CITATIONS)
    rows = listed if isinstance(listed, list) else []
    citations = tuple(
        _texts_at(row, CITATION_COLUMNS)
        for row in rows
        if isinstance(row, dict)
    )
    return _texts_at(own, columns), citations


def _texts_at(held: Mapping[str, Any], names: Iterable[str]) -> dict[str, str]:
    return {name: str(held.get(name) or "") for name in names}


def verbatim(value: Any) -> str:
    """A text of our own export as it stands, spaces and all; nothing for what only says that nothing is
    stated.
    """
    return value if isinstance(value, str) and value != NOT_STATED else ""


def with_first_citation(
    cells: dict[str, str], citations: Sequence[Mapping[str, str]]
) -> tuple[Mapping[str, str], ...]:
    """Puts the first citation into `cells` and answers the others."""
    if citations:
        cells.update(citations[0])
    return tuple(citations[1:])


def _with_other_bodies(
    directory: Directory, entries: Sequence[Entry]
) -> Directory:
    names = {entry.cells.get("commissioner", "") for entry in entries} - {""}
    others = {
        folded(n): _ANOTHER_BODY
        for n in names
        if folded(n) not in directory.regions and directory.authority(n) is None
    }
    return replace(
        directory,
        regions={**directory.regions, **others},
    )


def _row(
    file: str,
    entry: Entry,
    cells: Mapping[str, str],
) -> Row:
    full = {
        column.name: cells.get(column.name, "").strip(" \u00a0\n").rstrip()
        for column in register_columns()
    }
    letters = {name: entry.fields.get(name, entry.place) for name in full}
    return Row(file=file, number=entry.number, cells=full, letters=letters)


def _project(
    project: Project,
    file: str,
    entry: Entry,
    known: Directory,
) -> Project:
    stated = entry.cells.get("source_ref", "")
    return replace(
        project,
        region_code=None
        if project.region_code == _ANOTHER_BODY
        else project.region_code,
        source_ref=f"{file}, {entry.place}"
        + (f" · {stated}" if stated else ""),
        note=entry.note and without_small_counts(entry.note, known.settings),
        from_register=entry.is_ours,
    )


def _further_citations(
    file: str,
    entry: Entry,
    known: Directory,
    register: Register,
) -> list[Citation]:
    citations: list[Citation] = []
    for cells in entry.citations:
        read = project_from_row(
            _row(
                file,
                entry,
                {**entry.cells, **cells},
            ),
            known,
            register.register_id,
        )
        citations += read.citations
        # The project's own cells were judged once already; only what this citation adds is told.
        register.problems += [
            p
            for p in read.problems
            if p.column in CITATION_COLUMNS and p not in register.problems
        ]
    return citations
