"""Is the file on disk the one that was published, byte for byte?

Beside the served file lies a note with the SHA-256 of the newest build, of the one that is served, and of the
one before it. It is written before the new file is renamed into place, so whatever moment a build is killed
at, the file that is served stands in the note; and however often the renaming fails, no build that never came
into place pushes it out.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path


def file_hash(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def note_file(path: Path) -> Path:
    """The note that speaks for a served file, and for the copy of the build before it."""
    return path.with_name(f"{path.name.split('.')[0]}.sha256")


def previous_file(path: Path) -> Path:
    """Where the build before the served one is kept, for the day the served one is damaged."""
    return path.with_name(f"{path.stem}.previous{path.suffix}")


def noted_hashes(path: Path) -> list[str]:
    """Hashes of the last builds, the newest first; none where there is no note."""
    try:
        return note_file(path).read_text(encoding="ascii").split()
    except FileNotFoundError:
        return []


def write_note(path: Path, newest: str) -> None:
    """Puts a hash on top of the note, over those of the files that stand there whole, by rename and
    flushed to disk.
    """
    standing = [
        file_hash(file)
        for file in (path, previous_file(path))
        if file.exists() and is_whole(file)
    ]
    hashes = list(dict.fromkeys([newest, *standing]))
    staged = note_file(path).with_name(note_file(path).name + ".part")
    with staged.open("w", encoding="ascii") as note:
        note.write("\n".join(hashes) + "\n")
        note.flush()
        os.fsync(note.fileno())
    staged.replace(note_file(path))


def is_whole(path: Path) -> bool:
    """Whether a file is one of the builds in its note. Without a note there is nothing to hold it against,
    and it passes.
    """
    # before the note is read: a build published in between must not look like damage
    hashed = file_hash(path)
    hashes = noted_hashes(path)
    return not hashes or hashed in hashes
