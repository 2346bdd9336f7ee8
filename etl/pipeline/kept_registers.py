"""Registers that were imported and are part of every build: which of them a new file repeats, and how one gives way to another."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from clearlink import folders
from clearlink.warehouse import reader
from etl.directory import Directory
from etl.pipeline.builds import current_directory, kept_registers
from etl.pipeline.register import read_register
from etl.records import Register, SourceProblem

REPLACED: Final = "replaced"


@dataclass(frozen=True, slots=True)
class Kept:
    """A register that is kept: its file's name, how many projects it holds, and how many of them a new file names again."""

    file: str
    projects: int
    repeated: int


def repeated_in(register: Register, directory: Directory) -> tuple[list[Kept], frozenset[str]]:
    """Kept registers that name a project of `register`, the one that repeats most first; and the ids that other registers of the
    served build hold, which a new file can never take over."""
    ids = {p.project_id for p in register.projects}
    kept: list[Kept] = []
    theirs: set[str] = set()
    for path in kept_registers():
        try:
            held = {p.project_id for p in read_register(path, path.name, directory=directory).projects}
        except SourceProblem:
            continue  # the build says what is wrong with it
        theirs |= held
        if held & ids:
            kept.append(Kept(path.name, len(held), len(held & ids)))
    return sorted(kept, key=lambda k: (-k.repeated, k.file)), frozenset((served_ids() & ids) - theirs)


def served_ids() -> frozenset[str]:
    """The projects of the served build; none where nothing is built."""
    try:
        return frozenset(row["project_id"] for row in reader.projects())
    except reader.NothingBuilt:
        return frozenset()


def served_directory() -> Directory:
    """What a register may name, with the priorities that the served build holds."""
    return replace(current_directory(), priority_ids=served_priority_ids())


def served_priority_ids() -> frozenset[str] | None:
    """The priorities that a register may cite, or None where nothing is built."""
    try:
        return frozenset(row["priority_id"] for row in reader.answer("export_priority"))
    except reader.NothingBuilt:
        return None


def give_way(file: str) -> Path | None:
    """Takes a kept register out of every further build, without deleting it; None where no such register is kept."""
    path = next((each for each in kept_registers() if each.name == file), None)
    if path is None:
        return None
    folder = folders.data_folder() / "registers" / REPLACED
    folder.mkdir(exist_ok=True)
    return path.replace(folder / path.name)
