"""What the machine could not keep is said: a full disk, a folder that cannot be written, a database that
went away. And a store read where it cannot be written.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool


class NotSaved(RuntimeError):
    """The machine could not keep what was to be written, so none of it was; but for `unsure`, where the
    connection went in the moment of saving.

    `kind`: full, read_only, busy, unsure or failed.
    """

    def __init__(self, kind: str) -> None:
        super().__init__(f"not saved: {kind}")
        self.kind = kind


@contextmanager
def saved_or_told() -> Iterator[None]:
    """Turns what the database says of the machine into NotSaved. What it says of our own rows stays what
    it is.
    """
    try:
        yield
    except DBAPIError as wrong:
        kind = _kind(wrong)
        if kind is None:
            raise
        raise NotSaved(kind) from wrong


def _kind(wrong: DBAPIError) -> str | None:
    if wrong.connection_invalidated:
        return "unsure"
    message = str(wrong.orig).casefold()
    for kind, signs in (
        (
            "full",
            ("disk is full", "no space left", "disk full", "could not extend"),
        ),
        (
            "read_only",
            ("readonly", "read-only", "unable to open", "permission denied"),
        ),
        ("busy", ("locked", "lock timeout")),
        ("failed", ("disk i/o error", "malformed", "not a database")),
    ):
        if any(sign in message for sign in signs):
            return kind
    return None


def engine_of_a_copy(file: Path) -> Engine:
    """An engine on a copy of the store's file as it stands, gone with the engine; an empty one where there
    is no file.
    """
    try:
        # named as what is swept where a kill leaves it (scratch.py): a copy of the record outlives nobody
        folder = tempfile.TemporaryDirectory(
            prefix=f"clearlink-scratch-{os.getpid()}-read"
        )
        copy = Path(folder.name) / "review.sqlite"
        for end in ("", "-wal"):
            beside = file.with_name(file.name + end)
            if beside.exists():
                shutil.copyfile(
                    beside,
                    copy.with_name(copy.name + end),
                )
        engine = create_engine(
            f"sqlite:///{copy}",
            connect_args={"check_same_thread": False},
        )
        weakref.finalize(engine, folder.cleanup)
    except OSError:
        # no room even for a copy: what needs no record can still be read
        engine = create_engine(
            "sqlite://",
            poolclass=StaticPool,
            connect_args={"check_same_thread": False},
        )
    return engine
