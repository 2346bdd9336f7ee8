"""A reference is its owner's: two councils that count 1, 2, 3 both keep their numbers, and neither takes the
other's place.

The first register that came keeps its references as they stand. A later one of another commissioner bears the
commissioner's code behind a reference that is taken, "1 (W06000018)". Identifiers that a standard makes
unique (OCDS, 360Giving) are nobody's in particular.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from etl.directory import folded
from etl.records import Problem, Project, Register, Severity
from etl.sources.registers.register_problems import problem, quoted

# (owner, reference as its register prints it)
Reference = tuple[str, str]
_UNIQUE: Final = re.compile(r"(?:ocds-|360G-)", re.IGNORECASE)
# Every other way to write a mark would have to be guessed when a register comes back.
_MARK: Final = re.compile(r"^(?P<own>.+) \((?P<owner>[^()]+?)(?:, \d+)?\)$")


def owner_of(project: Project) -> str:
    """Who a project's reference belongs to: its authority, its region, else the body by name."""
    return owner_key(
        project.la_code,
        project.region_code,
        project.commissioner,
    )


def owner_key(
    la_code: str | None,
    region_code: str | None,
    commissioner: str | None,
) -> str:
    """The same, of the three facts that a served project has too."""
    return la_code or region_code or folded(commissioner or "")


def is_unique(project_id: str) -> bool:
    """Whether a standard makes the identifier unique, whoever publishes it."""
    return bool(_UNIQUE.match(project_id))


def own_reference(project_id: str, owner: str) -> str:
    """The reference as its register prints it: without the mark of its owner, where it bears one."""
    marked = _MARK.match(project_id)
    return marked["own"] if marked and marked["owner"] == owner else project_id


def reference_and_owner(project_id: str) -> tuple[str, str | None]:
    """The reference, and the owner that is marked behind it: None where none is."""
    mark = _MARK.match(project_id)
    return (mark["own"], mark["owner"]) if mark else (project_id, None)


def shared_references(
    owners: Mapping[str, str],
) -> dict[str, tuple[str, ...]]:
    """Reference → what the projects are called that several bodies gave it to. `owners`: project → whose it
    is.
    """
    called: dict[str, list[str]] = {}
    for project_id in owners:
        own, owner = reference_and_owner(project_id)
        if owner is not None and own in owners:
            called.setdefault(
                own,
                [f"{own} ({owners[own]})"],
            ).append(project_id)
    return {own: tuple(names) for own, names in called.items()}


def marked(
    reference: str,
    owner: str,
    taken: Iterable[str],
) -> str:
    """The reference with its owner behind it, numbered where that is taken too."""
    held = {*taken}
    plain = f"{reference} ({owner})"
    if plain not in held:
        return plain
    return next(
        each
        for n in range(2, 10_000)
        if (each := f"{reference} ({owner}, {n})") not in held
    )


def with_names(register: Register, names: Mapping[Reference, str]) -> Register:
    """The register with the identifiers in `names` instead of its references, wherever it names a project."""
    if not names:
        return register
    by_row = {
        p.source_ref: names.get((owner_of(p), p.project_id))
        for p in register.projects
    }
    alone = _borne_alone(register, names)
    return replace(
        register,
        projects=[
            replace(
                p,
                project_id=by_row[p.source_ref] or p.project_id,
            )
            for p in register.projects
        ],
        citations=[
            replace(
                c,
                project_id=by_row.get(c.source_ref)
                or alone.get(c.project_id, c.project_id),
            )
            for c in register.citations
        ],
        public_records=[
            replace(
                r,
                project_id=alone.get(r.project_id, r.project_id),
            )
            for r in register.public_records
        ],
    )


def _borne_alone(
    register: Register, names: Mapping[Reference, str]
) -> dict[str, str]:
    """The identifiers of references that one owner alone bears: what names a project outside its own row can
    only mean that one.
    """
    owners: dict[str, set[str]] = defaultdict(set)
    for p in register.projects:
        owners[p.project_id].add(owner_of(p))
    return {
        ref: new
        for (owner, ref), new in names.items()
        if owners.get(ref) == {owner}
    }


def beside(
    register: Register,
    held: Mapping[str, str],
    file: str,
    *,
    is_standard: bool = False,
) -> Register:
    """The register as it can stand beside what is loaded already (`held`: identifier → owner).

    A reference that another commissioner's project bears is marked with its owner. One of the same
    commissioner, and one that a standard makes unique, is refused: which of the two stands has not been said.
    """
    taken = {*held}
    names: dict[Reference, str] = {}
    refused: list[Project] = []
    problems: list[Problem] = []
    for project in register.projects:
        owner = owner_of(project)
        if project.project_id not in held:
            continue
        if (
            is_standard
            or is_unique(project.project_id)
            or held[project.project_id] == owner
        ):
            refused.append(project)
            continue
        name = marked(project.project_id, owner, taken)
        names[(owner, project.project_id)] = name
        taken.add(name)
        problems.append(reference_note(project, name, file))
    problems += [_refused(project, file) for project in refused]
    read = with_names(
        without(register, refused),
        names,
    )
    return (
        replace(
            read,
            problems=[*read.problems, *problems],
        )
        if problems
        else read
    )


def without(register: Register, projects: Iterable[Project]) -> Register:
    """The register without some of its projects and what their rows cite."""
    left_out = list(projects)
    rows, ids = (
        {p.source_ref for p in left_out},
        {p.project_id for p in left_out},
    )
    return replace(
        register,
        projects=[p for p in register.projects if p.source_ref not in rows],
        citations=[
            c
            for c in register.citations
            if c.source_ref not in rows and c.project_id not in ids
        ],
    )


def reference_note(
    project: Project,
    name: str,
    file: str,
) -> Problem:
    """That a reference is another commissioner's too, and what this one is called here."""
    shown: dict[str, Any] = {
        "found": quoted(project.project_id),
        "name": name,
    }
    if project.is_sensitive:
        shown = {"withheld": "yes", "name": "–"}
    return problem(
        "reference_of_another",
        file,
        severity=Severity.NOTE,
        column="project_id",
        **shown,
    )


def _refused(project: Project, file: str) -> Problem:
    shown = "–" if project.is_sensitive else quoted(project.project_id)
    return problem(
        "project_in_other_file", file, column="project_id", found=shown
    )
