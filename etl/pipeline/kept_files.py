"""The registers that were imported, as files of the data folder: how one is kept, opened again, and handed to
a build.

Each lies under its hash and the name somebody loaded it by, in a form of our own
(sources/registers/kept_form.py), whatever its ending says.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Final

from clearlink import folders
from etl.build.users_by_area import without_users
from etl.pipeline import register_ledger
from etl.pipeline.register import file_label
from etl.sources.registers.kept_form import (
    MARK,
    KeptRegister,
    kept_from_json,
    kept_to_json,
    without_file,
)

UNFINISHED: Final = ".part"
RegisterFile = tuple[Path | bytes | KeptRegister, str]


def kept_registers() -> list[Path]:
    """Registers that were imported and are part of every build, in the order in which they came."""
    listed = register_ledger.entries()
    files = (
        p
        for p in (folders.data_folder() / "registers").glob("*.*")
        if p.suffix != UNFINISHED
    )
    return sorted(
        files,
        key=lambda path: (
            listed[path.name].sequence if path.name in listed else 0,
            path.name,
        ),
    )


def keep_file(kept: KeptRegister, file_name: str) -> Path:
    """Puts an imported register beside the snapshots, so that every build holds its accepted rows. Raises
    OSError, and then keeps nothing.
    """
    folder = folders.data_folder() / "registers"
    folder.mkdir(parents=True, exist_ok=True)
    return _written(
        kept,
        folder / f"{kept.register_id[:8]}-{file_label(file_name)}",
    )


def cleaned(path: Path, kept: KeptRegister) -> None:
    """Puts the kept form of a register in the place of the upload that an earlier version kept."""
    _written(kept, path)


def opened_kept(path: Path) -> KeptRegister | None:
    """A kept register, or None where the file is not in that form: one given to a build, or left by an
    earlier version.
    """
    with path.open("rb") as file:
        if not file.read(len(MARK) + 3).startswith(f'{{"{MARK}"'.encode()):
            return None
    return kept_from_json(
        path.read_bytes(),
        file_label(path.name),
    )


def register_id_of(path: Path) -> str:
    """By which name the rows of a kept register, or of a file given to a build, say where they are from."""
    kept = opened_kept(path)
    return (
        kept.register_id
        if kept
        else hashlib.sha256(path.read_bytes()).hexdigest()[:16]
    )


def register_files(paths: Iterable[Path]) -> list[RegisterFile]:
    """Registers for a build; only what lies in our own folder is trusted to be in the form in which we
    keep them.
    """
    ours = set(kept_registers())
    return [
        (
            (opened_kept(path) if path in ours else None) or path,
            path.name,
        )
        for path in paths
    ]


def _written(kept: KeptRegister, target: Path) -> Path:
    staged = target.with_name(target.name + UNFINISHED)
    try:
        staged.write_bytes(
            kept_to_json(
                replace(
                    kept,
                    problems=without_file(kept.problems, without_users),
                )
            )
        )
        staged.replace(target)
    except OSError:
        staged.unlink(missing_ok=True)
        raise
    return target
