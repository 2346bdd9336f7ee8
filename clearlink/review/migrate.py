"""Brings a review store to the present schema: numbered SQL files, each applied once, in order, in one
transaction.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, insert, select, text

from clearlink.review.tables import schema_version

FOLDER: Final = Path(__file__).parent / "migrations"
_NAME: Final = re.compile(r"(\d{4})_(\w+)(?:\.(sqlite|postgresql))?\.sql")
# One number for the whole project: two processes that start together must not both migrate.
_LOCK: Final = 20_261_122


class StoreFromElsewhere(RuntimeError):
    """The store was made by a newer version, or a migration that it has had is not the one we have."""


@dataclass(frozen=True, slots=True)
class Migration:
    number: int
    name: str
    sql: str

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.sql.encode()).hexdigest()


def migrations(dialect: str) -> list[Migration]:
    """Every migration of one kind of database, in order."""
    listed = []
    for path in sorted(FOLDER.glob("*.sql")):
        matched = _NAME.fullmatch(path.name)
        if matched is None:
            raise ValueError(
                f"{path}: found {path.name!r}; expected NNNN_name.sql or NNNN_name.sqlite.sql; rename it"
            )
        if matched[3] in (None, dialect):
            listed.append(
                Migration(
                    int(matched[1]),
                    matched[2],
                    path.read_text(encoding="utf-8"),
                )
            )
    return listed


def migrate(engine: Engine) -> list[Migration]:
    """Applies what is missing and answers what was applied. Raises StoreFromElsewhere."""
    ours = migrations(engine.dialect.name)
    with (
        engine.connect().execution_options(writes=True) as connection,
        connection.begin(),
    ):
        if engine.dialect.name == "postgresql":
            connection.execute(
                text("select pg_advisory_xact_lock(:lock)"),
                {"lock": _LOCK},
            )
        schema_version.create(connection, checkfirst=True)
        return _apply(connection, ours)


def _apply(connection: Connection, ours: list[Migration]) -> list[Migration]:
    had = {
        row.number: row.sha256
        for row in connection.execute(select(schema_version))
    }
    _refuse_strange(had, ours)
    applied = [m for m in ours if m.number not in had]
    is_postgresql = connection.dialect.name == "postgresql"
    for m in applied:
        connection.exec_driver_sql(
            m.sql.replace("%", "%%") if is_postgresql else m.sql
        )
        connection.execute(
            insert(schema_version).values(
                number=m.number,
                name=m.name,
                sha256=m.sha256,
                applied_at=datetime.now(UTC).isoformat(),
            )
        )
    return applied


def _refuse_strange(had: Mapping[int, str], ours: Sequence[Migration]) -> None:
    """Raises `StoreFromElsewhere` where the store had migrations that this version does not know."""
    known = {m.number: m.sha256 for m in ours}
    strange = [
        number for number, sha256 in had.items() if known.get(number) != sha256
    ]
    if strange:
        raise StoreFromElsewhere(
            f"review store: found migrations {strange} that this version does not have in this form; "
            f"expected those of {FOLDER}; "
            "use the version that made the store, or a copy from before the upgrade"
        )
