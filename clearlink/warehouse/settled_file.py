"""The small file beside the served build that holds the rows which people's settling has changed since it
was built.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

NOTE: Final = "settled_note"
PROJECTS: Final = "settled_project"
# tables of the build of which the file holds the rows of the settled records
IN_PLACE_OF: Final = (
    "project",
    "project_theme",
    "project_declared_area",
    "project_area",
    "project_authority",
    "citation",
    "need_figure",
    "paper_reading",
    "sign_seen",
    "verdict",
    "criterion",
    "sign",
    "standing",
)


def settled_file(served: Path) -> Path:
    """Where it stands."""
    return served.with_name("settled.duckdb")


def settled_key(served: Path) -> tuple[int, int, int]:
    """Changes whenever the file does; three noughts where there is none."""
    try:
        status = settled_file(served).stat()
    except FileNotFoundError:
        return 0, 0, 0
    return status.st_ino, status.st_mtime_ns, status.st_size


def mark_file(served: Path) -> Path:
    """Where it is said which build and which state of the store the file speaks of: read without opening
    it.
    """
    return served.with_name("settled.mark")


def held_mark(served: Path, content_hash: str) -> str | None:
    """The state of the store that the file was made from; None where there is no file for this build."""
    try:
        of_build, _, mark = (
            mark_file(served).read_text(encoding="utf-8").partition("\n")
        )
    except FileNotFoundError:
        return None
    return (
        mark
        if of_build == content_hash and settled_file(served).exists()
        else None
    )


def keep_mark(
    served: Path,
    content_hash: str,
    mark: str,
) -> None:
    """Says what the file speaks of, once it stands."""
    staged = mark_file(served).with_suffix(".mark.part")
    staged.write_text(
        f"{content_hash}\n{mark}",
        encoding="utf-8",
    )
    staged.replace(mark_file(served))
