"""One locked, read-only connection to the served warehouse.

The app's connection can read one file and nothing else: no other file, no network, no extension, no writing;
and of that file what the reader's scope allows, by views in its own memory that every question goes through.
When a new build is published under the same name a new connection is opened; the old one keeps reading the
old file until nobody uses it (an engine caches databases by path, so each is attached afresh from a
connection of its own).

Before a file is attached its bytes are held against the note that was written when it was published. A
damaged file is never read: the build before it is served in its place, and says so.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import duckdb

from clearlink import folders
from clearlink.warehouse.attach import attach
from clearlink.warehouse.file_note import is_whole, previous_file
from clearlink.warehouse.one_run import once_a_run
from clearlink.warehouse.records import real_file, real_key
from clearlink.warehouse.scope import Scope
from clearlink.warehouse.settled_file import NOTE, settled_file, settled_key
from clearlink.warehouse.views import OF_REAL, Beside, OlderBuild, make_views
from clearlink.warehouse.withdrawn import withdrawn_ids, withdrawn_key

# Limits are set before the lock: after it, nothing can be set.
LIMITS: Final[dict[str, Any]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    "threads": 2,
    "memory_limit": "1GB",
}
Key = tuple[int, int, int]


class NothingBuilt(RuntimeError):
    """No complete build is there to serve."""


class BuiltEarlier(NothingBuilt):
    """The build was made by an earlier version of the program and lacks what is asked of it."""

    def __init__(self, lacks: str) -> None:
        super().__init__(
            f"built by an earlier version, without {lacks}; run “clearlink build”"
        )


class Damaged(NothingBuilt):
    """The served file is not the one that was published, and no earlier build is there to take its place."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path}: the bytes are not those that were published; run “clearlink build” to make it again"
        )


@dataclass(frozen=True, slots=True)
class Warehouse:
    """An open build: `key` identifies its bytes on disk and belongs in every cache key. `withheld`: what each
    scope may not read.

    `is_previous`: the served file is damaged, and this is the build before it. `is_mixed`: it holds real and
    illustrative records, and the real ones can be read alone.
    """

    key: Key
    build_id: str
    connection: duckdb.DuckDBPyConnection
    is_previous: bool = False
    has_projects: bool = True
    is_mixed: bool = False
    withheld: dict[Scope, list[str]] = field(default_factory=dict)

    def cursor(
        self,
        scope: Scope,
        *,
        real_only: bool = False,
    ) -> duckdb.DuckDBPyConnection:
        """A cursor of its own, so that two sessions never share a result, that reads what the scope may read
        and no more; of a build that mixes records the real ones alone where that is said.
        """
        cursor = self.connection.cursor()
        of = OF_REAL if real_only and self.is_mixed else ""
        if scope.sees_all:
            cursor.execute(f"use memory.whole{of}")
            return cursor
        # variables are the cursor's own; a view that finds none shows nothing that is withheld
        cursor.execute(
            "set variable scope_on = $value",
            {"value": scope.on},
        )
        cursor.execute(
            "set variable scope_protected = $value",
            {"value": sorted(scope.protected_places)},
        )
        cursor.execute(
            "set variable scope_embargoed = $value",
            {"value": sorted(scope.embargoed_places)},
        )
        cursor.execute(
            "set variable scope_unpublished = $value",
            {"value": scope.sees_unpublished},
        )
        if scope not in self.withheld:
            self.withheld[scope] = (
                [
                    str(row[0])
                    for row in cursor.execute(
                        "select project_id from memory.seen.withheld_project"
                    ).fetchall()
                ]
                if self.has_projects
                else []
            )
        cursor.execute(
            "set variable scope_withheld = $value",
            {"value": self.withheld[scope]},
        )
        cursor.execute(f"use memory.seen{of}")
        return cursor


_open: dict[Path, Warehouse] = {}
_guard = threading.Lock()


def file_key(path: Path) -> Key:
    """(inode, modification time in ns, size): changes whenever a new build is published, a person has settled
    something, or a statement was withdrawn.
    """
    try:
        status = path.stat()
    except FileNotFoundError:
        raise NothingBuilt(str(path)) from None
    since = (
        *settled_key(path),
        *withdrawn_key(path),
        *real_key(path),
    )
    return (
        status.st_ino,
        status.st_mtime_ns,
        hash((status.st_size, since)) if any(since) else status.st_size,
    )


def warehouse(path: Path | None = None) -> Warehouse:
    """The served build, the same throughout a run of a page. Raises NothingBuilt, or Damaged where its bytes
    have changed since they were published and there is no build before it.
    """
    if path is not None:
        return _served(path)
    return once_a_run(
        "warehouse",
        lambda: _served(folders.warehouse_file()),
    )


def _served(path: Path) -> Warehouse:
    """The build at this path, re-opened when a new one has been published."""
    key = file_key(path)
    held = _open.get(path)
    if held is not None and held.key == key:
        return held
    with _guard:
        held = _open.get(path)
        if held is None or held.key != key:
            held = _whole(path, key)
            _open[path] = held
        return held


def _whole(path: Path, key: Key) -> Warehouse:
    if is_whole(path):
        return _attach(path, key)
    previous = previous_file(path)
    if previous.exists() and is_whole(previous):
        return _attach(previous, key, is_previous=True)
    raise Damaged(path)


def _attach(
    path: Path,
    key: Key,
    is_previous: bool = False,
) -> Warehouse:
    con = duckdb.connect(":memory:", config=LIMITS)
    attach(con, path, "w")
    beside = replace(
        _attach_settled(con, path),
        real=_attach_real(con, path),
    )
    con.execute("set enable_external_access = false")
    con.execute("set lock_configuration = true")
    try:
        has_projects = make_views(
            con,
            beside,
            withdrawn_ids(path),
        )
    except OlderBuild as older:
        raise BuiltEarlier(str(older)) from older
    except (duckdb.BinderException, duckdb.CatalogException) as lacking:
        # our own views ask for a column that an earlier version did not build
        raise BuiltEarlier("what this version reads") from lacking
    con.execute("use w")
    row = con.execute("select build_id from build").fetchone()
    if row is None:
        raise NothingBuilt(str(path))
    return Warehouse(
        key,
        str(row[0]),
        con,
        is_previous,
        has_projects,
        bool(beside.real),
    )


def _attach_settled(con: duckdb.DuckDBPyConnection, path: Path) -> Beside:
    """Attaches what people settled since the build, as `s`; nothing where it was made for another build, or
    cannot be read.
    """
    told = _attach_beside(
        con,
        settled_file(path),
        "s",
    )
    return (
        Beside(
            _tables_of(con, "s"),
            bool(told["is_whole"]),
        )
        if told
        else Beside()
    )


def _attach_real(con: duckdb.DuckDBPyConnection, path: Path) -> frozenset[str]:
    """Attaches the real records of a build that mixes them with others, as `r`, and answers its tables; none
    where it does not.
    """
    return (
        _tables_of(con, "r")
        if _attach_beside(
            con,
            real_file(path),
            "r",
        )
        else frozenset()
    )


def _attach_beside(
    con: duckdb.DuckDBPyConnection,
    file: Path,
    name: str,
) -> dict[str, Any] | None:
    """Attaches a file that speaks of the build, and answers its note; None where there is none, or where it
    speaks of another build.
    """
    if not file.exists():
        return None
    try:
        attach(con, file, name)
        note = f"{name}.{NOTE} as n join w.build as b using (content_hash)"
        noted = con.execute(f"select n.* from {note}")  # noqa: S608 - names of our own
        columns = [column[0] for column in noted.description or ()]
        row = noted.fetchone()
    except duckdb.Error:
        return None
    return None if row is None else dict(zip(columns, row, strict=True))


def _tables_of(con: duckdb.DuckDBPyConnection, name: str) -> frozenset[str]:
    tables = con.execute(
        "select table_name from duckdb_tables() where database_name = $name",
        {"name": name},
    ).fetchall()
    return frozenset(str(table) for (table,) in tables)
