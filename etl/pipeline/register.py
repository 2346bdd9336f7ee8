"""A project register, whatever its format: bytes in, accepted rows and every refused row out.

Formats: the register template, council papers on Flying Start, and the lists of assessments, priorities and
citations. The exchange formats (360Giving, OCDS, Open Referral UK) register their own readers in
`EXCHANGE_READERS`.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from clearlink.rules.whereabouts import may_give_place_away
from clearlink.words import Lang
from etl.directory import Directory, folded
from etl.records import Problem, Register, Severity, SourceProblem
from etl.sources.papers import (
    assessments,
    council_papers,
    engagements,
    funding_lines,
    own_indicators,
    papers_read,
    plans,
    programme_returns,
    public_record,
)
from etl.sources.registers import refused_entries, refused_rows
from etl.sources.registers.exchange_entries import register_of
from etl.sources.registers.exchange_formats import (
    GIVING360,
    OCDS,
    OPENREFERRAL,
    exchange_format,
)
from etl.sources.registers.exchange_json import is_json, unpacked
from etl.sources.registers.giving360 import read_giving360
from etl.sources.registers.giving360_table import headers
from etl.sources.registers.kept_form import (
    KeptRegister,
    kept_register,
    with_first_problems,
)
from etl.sources.registers.ocds import read_ocds
from etl.sources.registers.openreferral import read_openreferral
from etl.sources.registers.own_references import (
    Reference,
    beside,
    owner_of,
    shared_references,
    with_names,
    without,
)
from etl.sources.registers.register_columns import register_columns, spellings
from etl.sources.registers.register_people import is_personal
from etl.sources.registers.register_problems import problem, quoted
from etl.sources.registers.register_table import Table, read_table
from etl.sources.registers.register_template import OWN_EXPORT, read_template

TableReader = Callable[[Table, Directory, str], Register]
ExchangeReader = Callable[[bytes, str, Directory, str], Register]

# File → (owner and reference → identifier, references that a later edition of the same commissioner took
# over).
Names = Mapping[str, tuple[Mapping[Reference, str], frozenset[Reference]]]

TABLE_READERS: Final[dict[str, TableReader]] = {
    "template": read_template,
    "council_papers": council_papers.read_council_papers,
    "assessments": assessments.read_assessments,
    "priorities": assessments.read_priorities,
    "citations": assessments.read_citations,
    "public_record": public_record.read_public_record,
    "engagements": engagements.read_engagements,
    "own_indicators": own_indicators.read_own_indicators,
    "programme_returns": programme_returns.read_returns,
    "paper_readings": papers_read.read_papers,
    "need_figures": papers_read.read_figures,
    "plans": plans.read_plans,
    "plan_actions": plans.read_plan_actions,
    "assessment_checks": plans.read_assessment_checks,
    "funding_lines": funding_lines.read_funding_lines,
}
EXCHANGE_READERS: Final[dict[str, ExchangeReader]] = {
    GIVING360: read_giving360,
    OCDS: read_ocds,
    OPENREFERRAL: read_openreferral,
}
_COLUMNS: Final = {
    "council_papers": council_papers.COLUMNS,
    "assessments": assessments.ASSESSMENT_COLUMNS,
    "priorities": assessments.PRIORITY_COLUMNS,
    "citations": assessments.CITATION_COLUMNS,
    "public_record": public_record.PUBLIC_RECORD_COLUMNS,
    "engagements": engagements.ENGAGEMENT_COLUMNS,
    "own_indicators": own_indicators.OWN_COLUMNS,
    "programme_returns": programme_returns.RETURN_COLUMNS,
    "paper_readings": papers_read.PAPER_COLUMNS,
    "need_figures": papers_read.FIGURE_COLUMNS,
    "plans": plans.PLAN_COLUMNS,
    "plan_actions": plans.ACTION_COLUMNS,
    "assessment_checks": plans.CHECK_COLUMNS,
    "funding_lines": funding_lines.LINE_COLUMNS,
}
# the files of exchange standards, whose projects a list may name as it names those of a register
_EXCHANGED: Final = "exchanged"
# Each list after those it refers to.
ORDER_READ: Final = (
    "assessments",
    "priorities",
    "council_papers",
    "public_record",
    "template",
    _EXCHANGED,
    "engagements",
    "own_indicators",
    "programme_returns",
    "paper_readings",
    "need_figures",
    "plans",
    "plan_actions",
    "funding_lines",
    "assessment_checks",
    "citations",
)
# A list is recognised by its own identifier; everything else is held against the template and told what
# it lacks.
# an action names its plan, and a plan has a kind as an assessment has: the narrower list comes first
_MARKS: Final = {
    "plan_actions": "action id",
    "plans": "plan id",
    "funding_lines": "line id",
    "assessment_checks": "check id",
    "council_papers": "record type",
    "assessments": "kind",
    "priorities": "statement",
    "public_record": "need evidence",
    "engagements": "engagement id",
    "own_indicators": "indicator id",
    "programme_returns": "measure",
    "paper_readings": "read by",
    "need_figures": "figure id",
}
LONGEST_NAME: Final = 100
# notices laid out as tables lose which award is of which lot: only their JSON says it
FLAT_OCDS: Final = "flat_ocds"
_FLAT_OCDS: Final = frozenset(
    {"ocid", "releases 0 ocid", "compiledrelease ocid"}
)


def read_register(
    path_or_bytes: Path | bytes,
    file_name: str,
    format: str = "auto",
    *,
    directory: Directory,
) -> Register:
    """Reads one file. `format` is "auto" or one of the formats above; `file_name` is only a label, never a
    path.

    Raises SourceProblem with every reason at once when the file as a whole is refused.
    """
    data = (
        path_or_bytes.read_bytes()
        if isinstance(path_or_bytes, Path)
        else path_or_bytes
    )
    file = file_label(file_name)
    register_id = _register_id(data)
    if format == "auto":
        format = exchange_format(data, file) or format
    if format in EXCHANGE_READERS:
        return EXCHANGE_READERS[format](
            data,
            file,
            directory,
            register_id,
        )
    if format not in TABLE_READERS and format != "auto":
        options = ", ".join(["auto", *TABLE_READERS, *EXCHANGE_READERS])
        raise SourceProblem(
            [
                problem(
                    "format_unknown",
                    file,
                    found=quoted(format),
                    options=options,
                )
            ]
        )
    table = read_table(data, file, _known_headers())
    return _table_read(
        table,
        _format_of(table) if format == "auto" else format,
        directory,
        register_id,
    )


def _table_read(
    table: Table,
    form: str,
    directory: Directory,
    register_id: str,
) -> Register:
    """The rows of a table. Raises SourceProblem where there is none under the column names."""
    read = TABLE_READERS[form](table, directory, register_id)
    if not table.rows:
        raise SourceProblem(
            [
                problem("table_empty", table.file),
                *table.notes,
            ]
        )
    return read


def to_keep(
    read: Register,
    original: bytes,
    file_name: str,
    format: str,
    directory: Directory,
) -> KeptRegister:
    """What is kept of a file that gave `read`: its accepted rows, cleaned, and what was said of the
    others.
    """
    if format == "auto":
        format = exchange_format(original, file_label(file_name)) or format
    if format in EXCHANGE_READERS:
        return kept_register(read, format, None, (), directory)
    table = read_table(
        original,
        file_label(file_name),
        _known_headers(),
    )
    return table_to_keep(
        read,
        table,
        _format_of(table) if format == "auto" else format,
        directory,
    )


def table_to_keep(
    read: Register,
    table: Table,
    form: str,
    directory: Directory,
) -> KeptRegister:
    """The same, of a table that has been opened, or made by a mapping."""
    columns = {
        *spellings(_COLUMNS[form] if form in _COLUMNS else register_columns())
    }
    # what says that a table is an export of ours stays with it: its funders that are no authority were
    # accepted for that
    return kept_register(
        read,
        form,
        table,
        columns | OWN_EXPORT,
        directory,
    )


def read_kept(
    kept: KeptRegister,
    file: str,
    directory: Directory,
) -> Register:
    """A kept register read again. Raises SourceProblem as `read_register` does."""
    if kept.table is None:
        read = register_of(
            file,
            kept.register_id,
            directory,
            kept.entries,
            (),
            kept.rows_read,
        )
    else:
        read = TABLE_READERS[kept.form](
            kept.table,
            directory,
            kept.register_id,
        )
    return with_first_problems(read, kept, file)


def read_register_set(
    files: Iterable[tuple[Path | bytes | KeptRegister, str]],
    directory: Directory,
    names: Names | None = None,
) -> list[Register]:
    """Reads files that belong together, assessments first, so that a reference to nothing is refused where it
    stands.

    A reference already loaded from an earlier file of the same commissioner is refused in the later one;
    another commissioner's is marked with its owner (etl.own_references). `names`: file → what its references
    were called when it was kept, and which of them a later edition took over. Raises SourceProblem naming the
    reasons of every file that is refused as a whole.
    """
    faults: list[Problem] = []
    opened = _opened(files, faults)
    whole = _RegisterSet(
        directory,
        names or {},
        faults,
    )
    for each in sorted(
        opened,
        key=lambda each: ORDER_READ.index(each.form),
    ):
        whole.add(each)
    if faults:
        raise SourceProblem(faults)
    return whole.registers


@dataclass(frozen=True, slots=True)
class _OpenedTable:
    """A table to be read in its turn; `kept` where it was imported before."""

    form: str
    table: Table
    register_id: str
    kept: KeptRegister | None = None


@dataclass(frozen=True, slots=True)
class _Exchanged:
    """A file of an exchange standard, as it came or as it was kept."""

    standard: str
    given: bytes | KeptRegister
    file: str
    form: str = _EXCHANGED


def _opened(
    files: Iterable[tuple[Path | bytes | KeptRegister, str]],
    faults: list[Problem],
) -> list[_OpenedTable | _Exchanged]:
    """The files as tables and as exchange files. Why one is refused as a whole is added to `faults`."""
    opened: list[_OpenedTable | _Exchanged] = []
    for given, file_name in files:
        try:
            each = _opened_file(
                given,
                file_label(file_name),
            )
            opened.append(each)
        except SourceProblem as refused:
            faults += refused.problems
    return opened


def _opened_file(
    given: Path | bytes | KeptRegister, file: str
) -> _OpenedTable | _Exchanged:
    """One file, opened. Raises SourceProblem where it is no table and of no standard."""
    if isinstance(given, KeptRegister):
        if given.table is None:
            return _Exchanged(given.form, given, file)
        return _OpenedTable(
            given.form,
            given.table,
            given.register_id,
            given,
        )
    data = given.read_bytes() if isinstance(given, Path) else given
    if standard := exchange_format(data, file):
        return _Exchanged(standard, data, file)
    table = read_table(data, file, _known_headers())
    return _OpenedTable(
        _format_of(table),
        table,
        _register_id(data),
    )


def _register_id(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]


class _RegisterSet:
    """The registers read so far, and who owns each reference in them."""

    def __init__(
        self,
        directory: Directory,
        names: Names,
        faults: list[Problem],
    ) -> None:
        self.directory, self.names, self.faults = directory, names, faults
        self.registers: list[Register] = []
        self.owners: dict[str, str] = {}

    def add(self, each: _OpenedTable | _Exchanged) -> None:
        if isinstance(each, _OpenedTable):
            self._add_table(each)
        else:
            self._add_exchanged(each)

    def _add_table(self, each: _OpenedTable) -> None:
        file = each.table.file
        try:
            read = _read_knowing(
                each.form,
                each.table,
                each.register_id,
                self.directory,
                self.registers,
                self.owners,
            )
        except SourceProblem as refused:
            self.faults += refused.problems
            return
        if each.kept is not None:
            read = with_first_problems(read, each.kept, file)
        self._add(read, file, is_standard=False)

    def _add_exchanged(self, each: _Exchanged) -> None:
        try:
            read = self._read_exchanged(each)
        except SourceProblem as refused:
            self.faults += refused.problems
            return
        self._add(read, each.file, is_standard=True)

    def _read_exchanged(self, each: _Exchanged) -> Register:
        if isinstance(each.given, KeptRegister):
            return read_kept(
                each.given,
                each.file,
                self.directory,
            )
        reader = EXCHANGE_READERS[each.standard]
        register_id = _register_id(each.given)
        return reader(
            each.given,
            each.file,
            self.directory,
            register_id,
        )

    def _add(
        self,
        read: Register,
        file: str,
        *,
        is_standard: bool,
    ) -> None:
        named = _as_kept(read, self.names, file)
        register = beside(named, self.owners, file, is_standard=is_standard)
        self.registers.append(register)
        self.owners |= {p.project_id: owner_of(p) for p in register.projects}


def _read_knowing(
    kind: str,
    table: Table,
    register_id: str,
    directory: Directory,
    before: list[Register],
    owners: Mapping[str, str],
) -> Register:
    """One table read against what the files before it hold, so that a reference to nothing is refused."""
    priority_ids = _known_with(
        directory.priority_ids,
        (p.priority_id for r in before for p in r.priorities),
    )
    assessment_ids = _known_with(
        directory.assessment_ids,
        (a.assessment_id for r in before for a in r.assessments),
    )
    known = replace(
        directory,
        priority_ids=priority_ids,
        assessment_ids=assessment_ids,
        project_owners=owners,
        shared_references=shared_references(owners),
    )
    if kind == "plan_actions":
        listed = {p.plan_id: p for r in before for p in r.plans}
        return plans.read_plan_actions(
            table,
            known,
            register_id,
            listed,
        )
    return TABLE_READERS[kind](table, known, register_id)


def _known_with(
    listed: frozenset[str] | None, read: Iterable[str]
) -> frozenset[str]:
    """What the directory lists together with what the files before hold."""
    return frozenset(read) | (listed or frozenset())


def _as_kept(
    register: Register,
    names: Names,
    file: str,
) -> Register:
    """The register under the names its references were given when it was kept, without what a later
    edition took over.
    """
    given, taken_over = names.get(
        file,
        ({}, frozenset()),
    )
    gone = [
        p
        for p in register.projects
        if (owner_of(p), p.project_id) in taken_over
    ]
    if not gone:
        return with_names(register, given)
    note = problem(
        "rows_of_earlier_edition",
        file,
        severity=Severity.NOTE,
        count=str(len(gone)),
    )
    read = with_names(
        without(register, gone),
        given,
    )
    return replace(
        read,
        problems=[*read.problems, note],
    )


def refused_rows_csv(
    register: Register,
    original: Path | bytes,
    lang: Lang = "en",
) -> bytes:
    """The refused rows of the file that gave `register`, with a first column saying what to mend in each."""
    data = original.read_bytes() if isinstance(original, Path) else original
    return refused_rows.refused_rows(
        register,
        read_table(data, "register", _known_headers()),
        lang,
    )


def refused_entries_of(
    register: Register,
    original: Path | bytes,
    file_name: str,
    lang: Lang = "en",
) -> tuple[bytes, str]:
    """What was refused, to mend and load again, and the ending for its file: JSON in the same standard for an
    exchange file in JSON, CSV for everything else.
    """
    data = original.read_bytes() if isinstance(original, Path) else original
    standard = exchange_format(data, file_label(file_name))
    if standard is None:
        return refused_rows_csv(register, data, lang), "csv"
    plain = unpacked(data, file_label(file_name))
    if is_json(plain):
        return refused_entries.refused_entries(
            register,
            plain,
            file_label(file_name),
            standard,
            lang,
        ), "json"
    return refused_rows.refused_rows(
        register,
        read_table(plain, "register", headers()),
        lang,
    ), "csv"


def file_label(file_name: str) -> str:
    """`file_name` as it may be shown: no folders, nothing invisible, at most 100 characters, no address in
    it.
    """
    visible = "".join(
        c if unicodedata.category(c)[0] not in {"C", "Z"} or c == " " else " "
        for c in file_name
    )
    name = " ".join(re.split(r"[\\/]", visible)[-1].split())[
        -LONGEST_NAME:
    ].strip(". ")
    stem = re.sub(r"[_.-]", " ", name)
    if not name or any(
        may_give_place_away(part) or is_personal(part) for part in (name, stem)
    ):
        return "register"
    return name


def _format_of(table: Table) -> str:
    """Which list a table is, by its headings. Raises SourceProblem for notices laid out as a table."""
    headers = {folded(header) for header in table.header}
    if headers & _FLAT_OCDS:
        raise SourceProblem(
            [problem(FLAT_OCDS, table.file, row=table.header_row)]
        )
    fits = {
        kind: len(headers & set(spellings(columns)))
        for kind, columns in _COLUMNS.items()
    }
    for kind, mark in _MARKS.items():
        if mark in headers and fits[kind] >= 3:
            return kind
    if {"project id", "priority id"} <= headers and fits["citations"] == len(
        headers
    ):
        return "citations"
    return "template"


def _known_headers() -> frozenset[str]:
    listed = [
        register_columns(),
        *_COLUMNS.values(),
    ]
    return frozenset(
        spelling for columns in listed for spelling in spellings(columns)
    )
