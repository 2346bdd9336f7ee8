"""Where the log stood when it was last written, kept beside the store: a store that no longer holds that line
is another one, or an older copy.

What it shows: a store replaced, set back to an earlier copy, deleted, or sealed anew from some line on. What
it cannot show: somebody who changes the store and the anchor together. Against that stand the numbers and
hashes printed in minutes, packs and bundles, which leave the machine.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, select

from clearlink.review.tables import audit_log, chain_head


@dataclass(frozen=True, slots=True)
class Head:
    """A line of the log by its number and hash; the line that all before it lead to."""

    seq: int
    hash: str

    def __str__(self) -> str:
        return f"{self.seq}:{self.hash}"


class RecordReplaced(RuntimeError):
    """The store is not the one it was: nothing was written. `kind`: older, other or gone."""

    def __init__(
        self,
        kind: str,
        known: Head | None = None,
    ) -> None:
        super().__init__(
            f"the record is not the one that was last written ({kind}); nothing was written"
        )
        self.kind, self.known = kind, known


def head_of(connection: Connection) -> Head:
    """Where the log stands."""
    last = connection.execute(
        select(chain_head.c.seq, chain_head.c.hash).where(chain_head.c.id == 1)
    ).one()
    return Head(last.seq, last.hash)


def fault_against(connection: Connection, known: Head) -> str | None:
    """None where the log holds the line `known` and goes on from it; else `older` (it does not reach so
    far) or `other` (another line stands there).
    """
    if known.seq == 0:
        return None
    if head_of(connection).seq < known.seq:
        return "older"
    line = connection.execute(
        select(audit_log.c.hash).where(audit_log.c.seq == known.seq)
    ).scalar_one_or_none()
    return None if line == known.hash else "other"


@dataclass(frozen=True, slots=True)
class Anchor:
    """The file that keeps where the log stood. One behind the log is no fault: a killed process may not
    have come to write it.
    """

    path: Path

    def read(self) -> Head | None:
        """What is kept, or None where no file is. A file that cannot be read as one raises RecordReplaced."""
        try:
            told = json.loads(self.path.read_text(encoding="utf-8"))
            return Head(
                int(told["line"]),
                str(told["hash"]),
            )
        except FileNotFoundError:
            return None
        except (ValueError, TypeError, KeyError) as wrong:
            raise RecordReplaced("other") from wrong

    def write(self, head: Head) -> None:
        """Keeps a newer place in the log; whole or not at all. Raises OSError."""
        known = self.read()
        if known is not None and known.seq >= head.seq:
            return
        new = self.path.with_name(f"{self.path.name}.{os.getpid()}-{head.seq}")
        try:
            with os.fdopen(
                os.open(
                    new,
                    os.O_WRONLY | os.O_CREAT | os.O_TRUNC,
                    0o600,
                ),
                "w",
            ) as file:
                json.dump(
                    {"line": head.seq, "hash": head.hash},
                    file,
                )
                file.flush()
                os.fsync(file.fileno())
            new.replace(self.path)
        finally:
            new.unlink(missing_ok=True)
