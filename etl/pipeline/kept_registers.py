"""Registers that were imported and are part of every build: which of them a new file repeats, and how one
gives way to another.

Which edition stands is said by a person: a file that repeats a register of the same commissioner replaces it,
or is kept beside it, and nothing is decided by the order of names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from clearlink import folders
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Rows
from etl.directory import Directory, folded
from etl.pipeline import register_ledger
from etl.pipeline.builds import current_directory
from etl.pipeline.kept_files import (
    cleaned,
    keep_file,
    kept_registers,
    opened_kept,
    register_id_of,
)
from etl.pipeline.one_thing_twice import duplicates_with
from etl.pipeline.register import read_kept, read_register, to_keep
from etl.pipeline.register_ledger import Entry
from etl.records import Problem, Project, Register, Severity, SourceProblem
from etl.sources.registers.kept_form import KeptRegister
from etl.sources.registers.own_references import (
    Reference,
    is_unique,
    marked,
    owner_key,
    owner_of,
    reference_note,
    shared_references,
    with_names,
    without,
)
from etl.sources.registers.register_problems import problem, quoted

REPLACED: Final = "replaced"
# lists whose rows others name
NAMED: Final = ("assessments", "priorities", "plans")
LISTED: Final = 12


@dataclass(frozen=True, slots=True)
class Kept:
    """A register of the same commissioner that is kept: how many projects it holds, and how many of them a
    new file names again.

    `gone`: titles that only the kept one has; `is_same`: it is the very file. Titles of sensitive projects
    are not listed.
    """

    file: str
    projects: int
    repeated: int
    gone: tuple[str, ...] = ()
    is_same: bool = False


@dataclass(slots=True)
class Plan:
    """What becomes of a register that is read: `register` without what other sources hold, `kept` the
    earlier ones it repeats.
    """

    register: Register
    kept: list[Kept]
    held: dict[str, str] = field(default_factory=dict)
    repeats: dict[str, Register] = field(default_factory=dict)

    @property
    def asks(self) -> list[Kept]:
        """The kept registers about which somebody has to say whether this file replaces them."""
        return [each for each in self.kept if not each.is_same]


def plan(register: Register, directory: Directory) -> Plan:
    """How a register stands to what is kept and served: repeated registers of the same commissioner, and
    references of others.
    """
    kept: list[Kept] = []
    held: dict[str, str] = {}
    repeats: dict[str, Register] = {}
    listed = register_ledger.entries()
    for path in kept_registers():
        try:
            theirs = _read(path, directory)
        except SourceProblem:
            continue  # the build says what is wrong with it
        repeated = _repeat(path.name, theirs, register)
        if repeated is not None:
            repeats[path.name] = theirs
            kept.append(repeated)
        entry = listed.get(path.name)
        named = with_names(theirs, entry.names) if entry else theirs
        held |= {p.project_id: owner_of(p) for p in named.projects}
    others = _served_of_others()
    kept.sort(
        key=lambda each: (
            not each.is_same,
            -each.repeated,
            each.file,
        )
    )
    return Plan(
        _without_others(register, others),
        kept,
        others | held,
        repeats,
    )


def _repeat(
    name: str,
    theirs: Register,
    register: Register,
) -> Kept | None:
    """How a kept register repeats the one that is read; None where it does not."""
    repeated = _repeated(theirs.projects, register.projects)
    if not repeated:
        return None
    gone = _titles(p for p in theirs.projects if not _has(p, register.projects))
    is_same = theirs.register_id == register.register_id
    return Kept(
        name,
        len(theirs.projects),
        len(repeated),
        gone,
        is_same,
    )


def _without_others(register: Register, others: Mapping[str, str]) -> Register:
    """The register without the projects that another source serves, each said, and what may stand twice."""
    taken = [p for p in register.projects if _is_taken(p, others)]
    left = without(register, taken)
    problems = [_in_other_file(p, register) for p in taken]
    twice = duplicates_with(left.projects, _served_rows())
    # a register of its own: what may stand twice is asked anew by every build, and is not kept with the file
    return replace(
        left,
        problems=[
            *left.problems,
            *problems,
            *twice,
        ],
    )


def _read(path: Path, directory: Directory) -> Register:
    kept = opened_kept(path)
    if kept is None:
        return read_register(path, path.name, directory=directory)
    return read_kept(kept, path.name, directory)


def keep(
    chosen: Plan,
    kept: KeptRegister,
    file_name: str,
    *,
    replaces: Sequence[str] = (),
    is_beside: bool = False,
) -> tuple[Path, list[Problem]]:
    """Keeps a register so that every further build holds it, and says what its references are called where
    another commissioner has them.

    Raises SourceProblem where it repeats a register of its commissioner and nobody said which of the two
    stands, or where the one it should replace is none that it could replace.
    """
    same = [each for each in chosen.kept if each.is_same]
    if same:
        note = problem(
            "register_kept_already",
            file_name,
            severity=Severity.NOTE,
            found=quoted(same[0].file),
        )
        return folders.data_folder() / "registers" / same[0].file, [note]
    if stops := _unsaid(chosen, file_name, replaces, is_beside):
        raise SourceProblem(stops)
    listed = register_ledger.entries()
    replaced = _taken_out(listed, replaces)
    names, takes_over = _names(
        chosen,
        replaced,
        _left_beside(chosen, replaces),
    )
    path = keep_file(kept, file_name)
    entry = Entry(
        replaced.sequence if replaced else _next_sequence(listed),
        len(chosen.register.projects),
        names,
        takes_over,
    )
    register_ledger.write({**listed, path.name: entry})
    for name in replaces:
        give_way(name)
    return path, _reference_notes(chosen, names, file_name)


def _taken_out(
    listed: dict[str, Entry],
    replaces: Sequence[str],
) -> Entry | None:
    """What is replaced, as one entry, out of what is listed; None where nothing is."""
    return _joined([listed.pop(name) for name in replaces if name in listed])


def _left_beside(
    chosen: Plan,
    replaces: Sequence[str],
) -> dict[str, Register]:
    """The registers that the new one repeats and does not replace."""
    return {
        name: register
        for name, register in chosen.repeats.items()
        if name not in replaces
    }


def _reference_notes(
    chosen: Plan,
    names: Mapping[Reference, str],
    file_name: str,
) -> list[Problem]:
    """What each reference that got a name of its own is called."""
    by_reference = {
        (owner_of(p), p.project_id): p for p in chosen.register.projects
    }
    return [
        reference_note(
            by_reference[reference],
            name,
            file_name,
        )
        for reference, name in names.items()
    ]


def _next_sequence(listed: Mapping[str, Entry]) -> int:
    return 1 + max(
        (entry.sequence for entry in listed.values()),
        default=0,
    )


def _joined(replaced: Sequence[Entry]) -> Entry | None:
    """What a new edition inherits from those it replaces."""
    if not replaced:
        return None
    names = {
        reference: name
        for entry in replaced
        for reference, name in entry.names.items()
    }
    taken = frozenset(
        reference for entry in replaced for reference in entry.takes_over
    )
    return Entry(
        min(e.sequence for e in replaced),
        sum(e.accepted for e in replaced),
        names,
        taken,
    )


def _unsaid(
    chosen: Plan,
    file: str,
    replaces: Sequence[str],
    is_beside: bool,
) -> list[Problem]:
    """Why nothing can be kept yet: what is repeated and not settled, with both choices and what would be
    gone.
    """
    unknown = [name for name in replaces if name not in chosen.repeats]
    if unknown:
        return _nothing_to_replace(chosen, file, unknown)
    if is_beside:
        return []
    return [
        _edition_not_said(each, file)
        for each in chosen.asks
        if each.file not in replaces
    ]


def _edition_not_said(kept: Kept, file: str) -> Problem:
    return problem(
        "edition_not_said",
        file,
        count=str(kept.repeated),
        of=str(kept.projects),
        kept=kept.file,
        gone=", ".join(map(quoted, kept.gone)) or "–",
    )


def _nothing_to_replace(
    chosen: Plan,
    file: str,
    unknown: Sequence[str],
) -> list[Problem]:
    names = ", ".join(quoted(k.file) for k in chosen.kept) or "–"
    return [
        problem(
            "nothing_to_replace",
            file,
            found=quoted(name),
            nearest=names,
        )
        for name in unknown
    ]


def _names(
    chosen: Plan,
    replaced: Entry | None,
    beside: Mapping[str, Register],
) -> tuple[dict[Reference, str], frozenset[Reference]]:
    """What each reference of a new register is called, and which rows of registers beside it its own stand
    for.

    A reference keeps the name it was given once. Beside another register of the same commissioner, a row with
    the same reference and title is the same project and the newer row stands; with another title it is
    another project.
    """
    names: dict[Reference, str] = {}
    takes_over: set[Reference] = set()
    given = replaced.names if replaced else {}
    earlier = {
        (owner_of(p), p.project_id): p
        for r in beside.values()
        for p in r.projects
    }
    taken = {*chosen.held}
    for project in chosen.register.projects:
        owner, project_id = reference = (owner_of(project), project.project_id)
        other = earlier.get(reference)
        if reference in given:
            names[reference] = given[reference]
        elif other is not None and _is_newer_row(project, other):
            takes_over.add(reference)
        elif other is not None or chosen.held.get(project_id, owner) != owner:
            names[reference] = marked(project_id, owner, taken)
        taken.add(names.get(reference, project_id))
    # what the replaced edition had taken over stays taken over: a row that is gone in the new one is gone
    gone = replaced.takes_over if replaced else frozenset()
    return names, frozenset(takes_over | gone)


def _is_newer_row(project: Project, other: Project) -> bool:
    """Whether two rows of one reference are one project: by its title, or by a reference nobody else has."""
    is_one_title = folded(other.title) == folded(project.title)
    return is_one_title or is_unique(project.project_id)


def _repeated(
    theirs: Sequence[Project],
    ours: Iterable[Project],
) -> list[Project]:
    """Projects that two registers of one commissioner both name, by reference or by title and provider."""
    ids = {(owner_of(p), p.project_id) for p in theirs}
    unique = {p.project_id for p in theirs if is_unique(p.project_id)}
    titles = {_title(p) for p in theirs}

    def is_repeated(project: Project) -> bool:
        reference = (owner_of(project), project.project_id)
        if reference in ids or project.project_id in unique:
            return True
        return _title(project) in titles

    return list(filter(is_repeated, ours))


def _has(project: Project, ours: Sequence[Project]) -> bool:
    return bool(_repeated([project], ours))


def _title(project: Project) -> tuple[str, str, str, bool]:
    # a notice or a grant is never another edition of a council's register: that is one thing, twice
    # (`one_thing_twice`)
    return (
        owner_of(project),
        folded(project.title),
        folded(project.provider_name or ""),
        project.from_register,
    )


def _titles(projects: Iterable[Project]) -> tuple[str, ...]:
    titles = [p.title for p in projects if not p.is_sensitive]
    return (
        *titles[:LISTED],
        *(["…"] if len(titles) > LISTED else []),
    )


def _is_taken(project: Project, others: Mapping[str, str]) -> bool:
    held = others.get(project.project_id)
    return held is not None and (
        held == owner_of(project) or is_unique(project.project_id)
    )


def _in_other_file(project: Project, register: Register) -> Problem:
    file = project.source_ref.split(", row ")[0]
    shown = "–" if project.is_sensitive else quoted(project.project_id)
    return problem(
        "project_in_other_file", file, column="project_id", found=shown
    )


def _served_of_others() -> dict[str, str]:
    """Identifier → owner of the served projects that come from no imported register: the sample's, the
    public record's.
    """
    folder = folders.data_folder() / "registers"
    ours = [
        *folder.glob("*.*"),
        *(folder / REPLACED).glob("*.*"),
    ]
    register_ids = {register_id_of(path) for path in ours if path.is_file()}
    try:
        rows = reader.projects()
    except reader.NothingBuilt:
        return {}
    return {
        row["project_id"]: owner_key(
            row["la_code"],
            row["region_code"],
            row["commissioner"],
        )
        for row in rows
        if row["register_id"] not in register_ids
    }


def served_directory() -> Directory:
    """What a register may name: places, and the assessments, priorities and plans that are served or kept for
    the next build. Both doors, the desk and the command, ask by it. Where nothing is built, none is
    checked.
    """
    directory = current_directory()
    try:
        served = [
            {row[f"{kind}_id"] for row in reader.answer(f"export_{kind}")}
            for kind in ("assessment", "priority")
        ]
        plans = {
            row["plan_id"]: row["valid_to"]
            for row in reader.answer("export_plan")
        }
    except reader.NothingBuilt:
        return directory
    assessments, priorities = served
    for register in _kept_lists(directory):
        assessments |= {a.assessment_id for a in register.assessments}
        priorities |= {p.priority_id for p in register.priorities}
        plans |= {p.plan_id: p.valid_to for p in register.plans}
    owners = _owners_served() | _owners_kept(directory)
    return replace(
        directory,
        assessment_ids=frozenset(assessments),
        priority_ids=frozenset(priorities),
        plan_ends=plans,
        project_owners=owners,
        shared_references=shared_references(owners),
    )


def _owners_served() -> dict[str, str]:
    """Project → whose it is, of the served build."""
    return {
        row["project_id"]: owner_key(
            row["la_code"],
            row["region_code"],
            row["commissioner"],
        )
        for row in reader.projects()
    }


def _owners_kept(directory: Directory) -> dict[str, str]:
    """The same of registers that were kept since, which only the next build serves."""
    served = {row["register_id"] for row in reader.projects()}
    listed = register_ledger.entries()
    owners: dict[str, str] = {}
    for path in kept_registers():
        if register_id_of(path) in served:
            continue
        try:
            read = _read(path, directory)
        except SourceProblem:
            continue  # the build says what is wrong with it
        entry = listed.get(path.name)
        named = with_names(read, entry.names) if entry else read
        owners |= {p.project_id: owner_of(p) for p in named.projects}
    return owners


def _kept_lists(directory: Directory) -> Iterator[Register]:
    """The lists of assessments, priorities and plans that are kept; one that is refused as a whole names
    nothing, and the build says what is wrong with it.
    """
    for path in kept_registers():
        kept = opened_kept(path)
        if kept is None or kept.form not in NAMED:
            continue
        try:
            yield read_kept(kept, path.name, directory)
        except SourceProblem:
            continue


def clean_earlier_ones() -> int:
    """Registers that an earlier version kept as they were uploaded become their accepted rows. Answers how
    many were changed.

    One that is refused as a whole stays as it is: the build says what is wrong with it.
    """
    aside = (folders.data_folder() / "registers" / REPLACED).glob("*.*")
    raw = [
        path
        for path in [*kept_registers(), *aside]
        if path.is_file() and opened_kept(path) is None
    ]
    directory = current_directory() if raw else None
    changed = 0
    for path in raw:
        assert directory is not None
        data = path.read_bytes()
        try:
            read = read_register(data, path.name, directory=directory)
        except SourceProblem:
            continue
        cleaned(
            path,
            to_keep(
                read,
                data,
                path.name,
                "auto",
                directory,
            ),
        )
        changed += 1
    return changed


def give_way(file: str) -> Path | None:
    """Takes a kept register out of every further build, without deleting it; None where no such register
    is kept.
    """
    path = next(
        (each for each in kept_registers() if each.name == file),
        None,
    )
    if path is None:
        return None
    folder = folders.data_folder() / "registers" / REPLACED
    folder.mkdir(exist_ok=True)
    return path.replace(folder / path.name)


def _served_rows() -> Rows:
    """Every project of the served build as its register states it; none where nothing is built."""
    try:
        return reader.answer("export_register")
    except reader.NothingBuilt:
        return []
