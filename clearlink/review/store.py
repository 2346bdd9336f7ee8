"""The review store: the only thing the app writes. SQLite beside the builds, or PostgreSQL by
`CLEARLINK_REVIEW_URL`.

Every write is one transaction: the rows, and a line in the audit log for each. A row that may change carries
a version; a change names the version it was made from, so that nobody overwrites what they have not seen.
"""

from __future__ import annotations

import hashlib
import logging
import os
import secrets
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Lock
from typing import Any, Final

from sqlalchemy import (
    Connection,
    Engine,
    Table,
    create_engine,
    delete,
    event,
    insert,
    make_url,
    select,
    update,
)
from sqlalchemy.exc import DBAPIError, OperationalError

from clearlink import folders
from clearlink.review import audit, sign_ins, tables
from clearlink.review.anchor import (
    Anchor,
    Head,
    RecordReplaced,
    fault_against,
    head_of,
)
from clearlink.review.kept_text import kept_texts, name_fit_for_record
from clearlink.review.migrate import migrate
from clearlink.review.roles import Act, NotPermitted, Viewer
from clearlink.review.saving import NotSaved, engine_of_a_copy, saved_or_told
from clearlink.review.tables import chain_head
from clearlink.warehouse.one_run import establish_anew

PATIENCE_S: Final = 30
RETRY_S: Final = 15
log = logging.getLogger("clearlink")
URL_SETTING: Final = "CLEARLINK_REVIEW_URL"


class Stale(RuntimeError):
    """Somebody else changed the row since it was read: nothing was written. Read again, look, and repeat."""

    def __init__(
        self,
        table: str,
        key: str,
    ) -> None:
        super().__init__(
            f"{table} {key} was changed by somebody else since it was read; nothing was written"
        )
        self.table, self.key = table, key


class NotFound(LookupError):
    """No such record, or not one this viewer may see: the two are not told apart."""


def new_id(prefix: str) -> str:
    """A fresh identifier that nobody can guess: 'M-3f9c…'."""
    return f"{prefix}-{secrets.token_hex(8)}"


@dataclass(frozen=True, slots=True)
class Write:
    """One transaction of one person's act."""

    connection: Connection
    viewer: Viewer
    act: Act
    at: str

    def add(self, table: Table, **row: Any) -> dict[str, Any]:
        """Adds a row (version 1 where rows have versions) and its line in the log."""
        full: dict[str, Any] = {c.name: row.get(c.name) for c in table.columns}
        full |= kept_texts(table.name, full)
        if "version" in full:
            full["version"] = 1
        self.connection.execute(insert(table).values(**full))
        self._log(table, full)
        return full

    def change(
        self,
        table: Table,
        key: str,
        version: int,
        **changes: Any,
    ) -> dict[str, Any]:
        """Changes a row that is still at `version`. Raises Stale, having written nothing."""
        changes |= kept_texts(table.name, changes)
        column = next(iter(table.primary_key.columns))
        done = self.connection.execute(
            update(table)
            .where(
                column == key,
                table.c.version == version,
            )
            .values(
                version=version + 1,
                **changes,
            )
        )
        if done.rowcount != 1:
            raise Stale(table.name, key)
        full = self.row(table, key)
        self._log(table, full)
        return full

    def row(
        self,
        table: Table,
        key: str,
    ) -> dict[str, Any]:
        """One row by its key. Raises NotFound."""
        return one(self.connection, table, key)

    def _log(
        self,
        table: Table,
        full: Mapping[str, Any],
    ) -> None:
        key = str(full[next(iter(table.primary_key.columns)).name])
        audit.append(
            self.connection,
            at=self.at,
            who=self.viewer.name,
            role=str(self.viewer.role),
            act=str(self.act),
            table=table.name,
            key=key,
            record=dict(full),
        )


def one(
    connection: Connection,
    table: Table,
    key: str,
) -> dict[str, Any]:
    """One row by its key. Raises NotFound."""
    column = next(iter(table.primary_key.columns))
    row = (
        connection.execute(select(table).where(column == key))
        .mappings()
        .one_or_none()
    )
    if row is None:
        raise NotFound(f"{table.name} {key}")
    return dict(row)


@contextmanager
def reading_anew() -> Iterator[None]:
    """What a run has read of the store is read again after a write, also one that failed: somebody else's
    may be why.
    """
    try:
        yield
    finally:
        establish_anew()


class Store:
    """An open review store at the present schema.

    Where its file cannot be written, a copy of it as it stands is read (`is_read_only`), and every write is
    refused in words.
    """

    def __init__(
        self,
        url: str,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        anchor: Path | None = None,
    ) -> None:
        self.clock = clock
        self.file = _sqlite_file(url)
        if anchor is None and self.file is not None:
            anchor = self.file.with_name(f"{self.file.name}.anchor")
        self.anchor = Anchor(anchor) if anchor else None
        self.is_read_only = False
        self.opened_at = time.monotonic()
        try:
            self.engine: Engine = _engine(url)
            migrate(self.engine)
        except (OSError, OperationalError) as wrong:
            if self.file is None:
                raise
            log.warning(
                "review store: cannot be written (%s); a copy is read",
                type(wrong).__name__,
            )
            self.is_read_only = True
            self.engine = engine_of_a_copy(self.file)
            migrate(self.engine)
        self._file_id = self._file_now()
        self._written: Head | None = None
        self._begin_anchor()

    def today(self) -> date:
        """The day by the store's clock."""
        return self.clock().date()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent view of the store."""
        with self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(
        self,
        viewer: Viewer,
        act: Act,
    ) -> Iterator[Write]:
        """One transaction. All of it is kept, or none: an error or a killed process leaves the store as it
        was.

        Raises Refused where the person has given no name (every line of the record says who wrote it),
        RecordReplaced where the store is not the one that was last written, and NotSaved where the machine
        could not keep it.
        """
        name_fit_for_record(viewer)
        if not viewer.is_local and not sign_ins.stands(
            viewer.subject,
            viewer.signed_in_at,
            viewer.ends_at,
            freshly=True,
        ):
            raise NotPermitted(viewer, act, None)
        if self.is_read_only:
            raise NotSaved("read_only")
        if self._file_now() != self._file_id:
            raise RecordReplaced(
                "gone" if self._file_now() is None else "other"
            )
        with saved_or_told(), reading_anew():
            with (
                self.engine.connect().execution_options(
                    writes=True
                ) as connection,
                connection.begin(),
            ):
                if self.engine.dialect.name == "postgresql":
                    # writers queue at the chain's head: a person's decision waits milliseconds, and none
                    # fails for it
                    connection.execute(
                        select(chain_head.c.seq)
                        .where(chain_head.c.id == 1)
                        .with_for_update()
                    )
                self._hold(connection)
                at = (
                    self.clock()
                    .astimezone(UTC)
                    .isoformat(timespec="microseconds")
                )
                yield Write(connection, viewer, act, at)
                head = head_of(connection)
            self._written = head
            self._keep_anchor(head)

    def clear_away(self) -> None:
        """After words were deleted: what the journal beside an SQLite file still holds of them is written
        over as well.
        """
        if self.file is None or self.is_read_only:
            return
        raw = self.engine.raw_connection()
        try:
            raw.cursor().execute("pragma wal_checkpoint(truncate)")
        finally:
            raw.close()

    def head(self) -> Head:
        """Where the log stands: its last line by number and hash, as minutes and packs print it."""
        with self.reading() as connection:
            return head_of(connection)

    def fault(self) -> str | None:
        """Why nothing can be written now: read_only, or that the record is gone, older or another than was
        last written.
        """
        if self.is_read_only:
            return "read_only"
        if self._file_now() != self._file_id:
            return "gone" if self._file_now() is None else "other"
        try:
            with self.reading() as connection:
                self._hold(connection)
        except RecordReplaced as replaced:
            return replaced.kind
        return None

    def _hold(self, connection: Connection) -> None:
        known = [
            self._written,
            self.anchor.read() if self.anchor else None,
        ]
        for head in known:
            if head is not None and (kind := fault_against(connection, head)):
                raise RecordReplaced(kind, head)

    def _file_now(self) -> tuple[int, int] | None:
        if self.file is None:
            return (0, 0)
        try:
            status = self.file.stat()
        except FileNotFoundError:
            return None
        return status.st_dev, status.st_ino

    def _begin_anchor(self) -> None:
        if self.fault() is None:
            self._written = self.head()
            self._keep_anchor(self._written)

    def _keep_anchor(self, head: Head) -> None:
        if self.anchor is None:
            return
        try:
            self.anchor.write(head)
        except OSError as wrong:
            # what was written is kept; the anchor stays behind it, which is no fault
            log.warning("anchor of the record: %s", wrong.strerror)

    def ended_sign_ins(self) -> dict[str, float]:
        """Person → the latest sign-in that they ended (sign_ins.py). Nothing where the store cannot be
        asked.
        """
        t = tables.ended_sign_in
        try:
            with self.reading() as connection:
                return {
                    r.subject: float(r.signed_in_at)
                    for r in connection.execute(select(t))
                }
        except DBAPIError as wrong:
            log.warning(
                "ended sign-ins could not be read: %s", type(wrong).__name__
            )
            return {}

    def keep_ended_sign_in(
        self,
        key: str,
        signed_in_at: float,
        now: float,
    ) -> None:
        """Keeps that a sign-in was ended, and forgets those of which none could still last."""
        if self.is_read_only:
            return
        t = tables.ended_sign_in
        try:
            with (
                self.engine.connect().execution_options(
                    writes=True
                ) as connection,
                connection.begin(),
            ):
                forgotten = [
                    r.subject
                    for r in connection.execute(select(t))
                    if float(r.ended_at) < now - sign_ins.LONGEST_S
                    or r.subject == key
                ]
                connection.execute(delete(t).where(t.c.subject.in_(forgotten)))
                connection.execute(
                    insert(t).values(
                        subject=key,
                        signed_in_at=repr(signed_in_at),
                        ended_at=repr(now),
                    )
                )
        except DBAPIError as wrong:
            log.warning(
                "an ended sign-in could not be kept: %s", type(wrong).__name__
            )

    def check(self) -> audit.ChainCheck:
        """The tamper check: the whole log, every row against its last line in it, and the log against
        where it last stood.
        """
        with self.reading() as connection:
            checked = audit.check_chain(connection)
        fault = self.fault()
        if fault in (None, "read_only"):
            return checked
        return audit.ChainCheck(
            checked.lines,
            (
                *checked.faults,
                (f"record_{fault}", str(self.anchor and self.anchor.path)),
            ),
        )

    def close(self) -> None:
        self.engine.dispose()


def _sqlite_file(url: str) -> Path | None:
    parsed = make_url(url)
    return (
        Path(parsed.database)
        if parsed.get_backend_name() == "sqlite" and parsed.database
        else None
    )


def _engine(url: str) -> Engine:
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        if parsed.drivername == "postgresql":
            parsed = parsed.set(drivername="postgresql+psycopg")
        return create_engine(
            parsed, pool_size=10, max_overflow=20, pool_pre_ping=True
        )
    if parsed.get_backend_name() != "sqlite" or not parsed.database:
        raise ValueError(
            f"{URL_SETTING}: found {parsed.render_as_string(hide_password=True)!r}; expected "
            f"sqlite:///file or postgresql://…; correct the setting"
        )
    file = Path(parsed.database)
    file.parent.mkdir(parents=True, exist_ok=True)
    # the store names people: nobody else on the machine may read it
    os.close(
        os.open(
            file,
            os.O_RDWR | os.O_CREAT,
            0o600,
        )
    )
    engine = create_engine(
        parsed,
        pool_size=10,
        max_overflow=20,
        connect_args={"timeout": PATIENCE_S, "check_same_thread": False},
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # we begin transactions ourselves
    for setting in (
        "journal_mode = wal",
        "synchronous = full",
        "foreign_keys = on",
        # what somebody withdraws is overwritten, not only let go
        "secure_delete = on",
        f"busy_timeout = {1000 * PATIENCE_S}",
    ):
        connection.execute(f"pragma {setting}")


def _begin_sqlite(connection: Connection) -> None:
    # a writer takes its lock at once: two that had both read could otherwise never both go on
    connection.exec_driver_sql(
        "begin immediate"
        if connection.get_execution_options().get("writes")
        else "begin"
    )


_stores: dict[str, Store] = {}
_guard = Lock()


def store_url() -> str:
    """`CLEARLINK_REVIEW_URL`, or SQLite in the data folder."""
    return (
        os.environ.get(URL_SETTING)
        or f"sqlite:///{folders.data_folder() / 'review.sqlite'}"
    )


def review_store() -> Store:
    """The store of this installation, opened once per process; one that could not be written is tried
    again after a while.
    """
    url = store_url()
    with _guard:
        known = _stores.get(url)
        if known is None or (
            known.is_read_only and time.monotonic() - known.opened_at > RETRY_S
        ):
            _stores[url] = Store(url, anchor=_anchor_file(url))
            sign_ins.keep_in(_stores[url])
        return _stores[url]


def _anchor_file(url: str) -> Path | None:
    """Beside an SQLite file (None: the store's own rule); for a database elsewhere, in the data folder
    under the name of the database.
    """
    if _sqlite_file(url) is not None:
        return None
    named = hashlib.sha256(
        make_url(url).render_as_string(hide_password=True).encode()
    ).hexdigest()[:12]
    return folders.data_folder() / f"review-{named}.anchor"
