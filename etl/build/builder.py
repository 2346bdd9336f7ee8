"""One build: rows in, a complete and checked warehouse out, or nothing at all."""

from __future__ import annotations

import gzip
import hashlib
import time
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import duckdb

from clearlink import folders
from clearlink.rules.settings import Settings
from clearlink.warehouse.attach import attach
from clearlink.warehouse.file_note import is_whole
from etl.build import change, fairness_rows, neighbours, ranks, warehouse_file
from etl.build.draws import Draws
from etl.build.intake import Intake
from etl.build.load import insert, load_catalogue, load_intake, load_settings
from etl.build.statements import last_read_by, statements
from etl.records import Problem

ENGINE: Final[dict[str, Any]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    # sums of fractions depend in their last digit on who adds first: one thread adds in one order, and the
    # build is as fast
    "threads": 1,
    "memory_limit": "2GB",
}
# These columns say when this machine did the work, not what the work gave, so they stay out of the content
# hash.
CLOCK_COLUMNS: Final = {"snapshot": ("retrieved_at",)}
# These tables speak of the build itself: its name, and what stood here before it.
APART_TABLES: Final = ("build", change.TABLE, change.FIGURES)
# How a full disk shows itself depends on what the engine was doing when it filled.
NO_ROOM: Final = (
    OSError,
    duckdb.IOException,
    duckdb.OutOfMemoryException,
    duckdb.TransactionException,
    duckdb.FatalException,
)
Progress = Callable[[int, int, str], None]


class ChecksFailed(RuntimeError):
    """The new warehouse broke a rule; nothing was published. `offenders` maps each check to its rows."""

    def __init__(self, offenders: dict[str, list[str]]) -> None:
        named = "; ".join(
            f"{check.replace('_', ' ')}: {', '.join(rows[:5])}"
            for check, rows in offenders.items()
        )
        super().__init__(f"nothing was published: {named}")
        self.offenders = offenders


class BuildStopped(RuntimeError):
    """The disk or the memory of this machine gave out half way; nothing was published."""

    def __init__(
        self,
        folder: Path,
        refusal: Exception,
    ) -> None:
        reason = str(refusal).strip().splitlines()[0]
        super().__init__(
            f"{folder}: the build stopped, found {reason!r}, expected room to write; free some space and "
            f"build again"
        )


@dataclass(frozen=True, slots=True)
class Built:
    """What a build gave: its id, its content hash, the rows of each table, how long it took, and how many
    things of each kind differ from the build that was served (None: nothing to compare with). `left_out`:
    what people gave and this build does not hold.
    """

    build_id: str
    content_hash: str
    rows: dict[str, int]
    seconds: float
    unchanged: bool = False
    changes: dict[str, int] | None = None
    left_out: tuple[Problem, ...] = ()


def build(
    intake: Intake,
    settings: Settings,
    input_hash: str,
    progress: Progress,
) -> Built:
    """Builds a new warehouse beside the served one, checks it, and publishes it by one rename.

    Raises ChecksFailed or BuildStopped (nothing published), BuildInProgress, or the engine's own error; the
    served file is whole in every case.
    """
    folder = folders.built_folder()
    started = time.monotonic()
    try:
        with warehouse_file.build_lock(folder):
            warehouse_file.sweep(folder)
            part = warehouse_file.part_file(folder)
            try:
                with duckdb.connect(
                    str(part),
                    config=ENGINE,
                ) as con:
                    built = _fill(con, intake, settings, input_hash, progress)
                _keep_layers(intake)
                warehouse_file.publish(
                    part,
                    folders.warehouse_file(),
                )
            finally:
                warehouse_file.sweep(folder)
            _drop_old_layers(intake)
    except NO_ROOM as refusal:
        raise BuildStopped(folder, refusal) from refusal
    return Built(
        built[0],
        built[1],
        built[2],
        time.monotonic() - started,
        changes=built[3],
    )


def served_build(served: Path) -> dict[str, Any] | None:
    """The one row of `build` of the served file, or None where nothing complete and undamaged is served."""
    if not served.exists() or not is_whole(served):
        return None
    try:
        with duckdb.connect(":memory:", config=ENGINE) as con:
            attach(con, served, "w")
            build = con.execute("from w.build")
            names = [column[0] for column in build.description or ()]
            row = build.fetchone()
    except duckdb.Error:
        return None
    return None if row is None else dict(zip(names, row, strict=True))


def holds_statement(file: Path, statement_ids: Collection[str]) -> bool:
    """Whether a build's file holds words of one of these statements; so, too, where it cannot be read."""
    if not statement_ids:
        return False
    try:
        with duckdb.connect(":memory:", config=ENGINE) as con:
            attach(con, file, "w")
            return bool(
                con.execute(
                    "select 1 from w.statement where list_contains($ids, statement_id) limit 1",
                    {"ids": sorted(statement_ids)},
                ).fetchone()
            )
    except duckdb.Error:
        return True


def _fill(
    con: duckdb.DuckDBPyConnection,
    intake: Intake,
    settings: Settings,
    input_hash: str,
    progress: Progress,
) -> tuple[str, str, dict[str, int], dict[str, int] | None]:
    steps = statements("build")
    total = len(steps) + 4
    for _, sql in statements("tables"):
        con.execute(sql)
    progress(1, total, "rows")
    _load(con, intake, settings, input_hash)
    redrawn = Draws(settings)
    _work_out(con, steps, settings, redrawn, progress)
    progress(
        total - 2,
        total,
        "fairness",
    )
    fairness_rows.fill_fairness(con, settings, redrawn)
    _list_layers(con, intake)
    progress(
        total - 1,
        total,
        "checks",
    )
    _check(con)
    content_hash, rows = _content(con)
    build_id = f"{intake.kind}-{content_hash[:12]}"
    con.execute(
        "update build set build_id = $id, content_hash = $hash, built_at = $now",
        {
            "id": build_id,
            "hash": content_hash,
            "now": datetime.now(UTC).replace(tzinfo=None, microsecond=0),
        },
    )
    changes = change.fill_changes(
        con,
        folders.warehouse_file(),
    )
    con.execute("checkpoint")
    progress(total, total, "published")
    return build_id, content_hash, rows, changes


def _work_out(
    con: duckdb.DuckDBPyConnection,
    steps: Sequence[tuple[str, str]],
    settings: Settings,
    redrawn: Draws,
    progress: Progress,
) -> None:
    """Runs every statement of the build in its order; rank limits are drawn beside them as soon as needs
    stand.
    """
    total = len(steps) + 4
    needs_stand = last_read_by(ranks.ROOM)
    begun: list[ranks.Ranked] = []
    with ThreadPoolExecutor(2) as pool:
        for at, (name, sql) in enumerate(steps):
            progress(
                at + 2,
                total,
                name.replace("_", " "),
            )
            con.execute(sql)
            if name == needs_stand:
                begun = ranks.begin_rank_limits(con, settings, redrawn, pool)
        progress(
            total - 2,
            total,
            "rank intervals",
        )
        ranks.write_rank_limits(con, begun)


def _load(
    con: duckdb.DuckDBPyConnection,
    intake: Intake,
    settings: Settings,
    input_hash: str,
) -> None:
    """Everything that is read, before anything is derived from it."""
    load_catalogue(con, folders.CATALOGUE)
    load_settings(con, settings)
    load_intake(con, intake, settings)
    neighbours.fill_neighbours(con, intake.layers)
    insert(
        con,
        "build",
        {
            "kind": [intake.kind],
            "as_of": [intake.as_of],
            "is_illustrative": [intake.is_illustrative],
            "input_hash": [input_hash],
        },
    )


def _list_layers(con: duckdb.DuckDBPyConnection, intake: Intake) -> None:
    for layer in intake.layers:
        insert(
            con,
            "geometry_asset",
            {
                "layer": [layer.name],
                "file": [layer_file(layer.name, layer.sha256)],
                "sha256": [layer.sha256],
                "bytes": [len(layer.gz)],
                "features": [layer.features],
            },
        )


def layer_file(name: str, sha256: str) -> str:
    """The name under which a map layer is served: it changes when a byte of it does."""
    return f"{name}-{sha256[:16]}.geojson.gz"


def _check(con: duckdb.DuckDBPyConnection) -> None:
    offenders: dict[str, list[str]] = {}
    for name, sql in statements("checks"):
        rows = con.execute(sql).fetchmany(50)
        if rows:
            offenders[name] = [str(row[0]) for row in rows]
    if offenders:
        raise ChecksFailed(offenders)


def _content(con: duckdb.DuckDBPyConnection) -> tuple[str, dict[str, int]]:
    """SHA-256 over every served row in an order of its own, and the number of rows of each table."""
    names = [
        name
        for (name,) in con.execute(
            "select table_name from duckdb_tables() where not temporary order by 1"
        ).fetchall()
        if name not in APART_TABLES
    ]
    # small tables keep one core busy each: two are read at a time
    with ThreadPoolExecutor(2) as pool:
        read = pool.map(
            lambda name: _table_hash(
                con.cursor(),
                name,
            ),
            names,
        )
        tables = dict(zip(names, read, strict=True))
    whole = hashlib.sha256()
    for name, (table_hash, _) in tables.items():
        whole.update(f"{name}:{table_hash};".encode())
    return whole.hexdigest(), {name: rows for name, (_, rows) in tables.items()}


def _table_hash(con: duckdb.DuckDBPyConnection, name: str) -> tuple[str, int]:
    """MD5 over the rows of a table, whatever their order, without what the clock wrote; and their number."""
    table = con.table(name)
    kinds = dict(
        zip(
            table.columns,
            map(str, table.types),
            strict=True,
        )
    )
    kept = [c for c in table.columns if c not in CLOCK_COLUMNS.get(name, ())]
    # twelve digits: the thirteenth of a logarithm differs between machines
    shown = (
        f"format('{{:.12g}}', \"{c}\")"
        if kinds[c] == "DOUBLE"
        else f'"{c}"::varchar'
        for c in kept
    )
    cells = ", ".join(f"coalesce({cell}, '\x1e')" for cell in shown)
    packed = table.project(f"md5(concat_ws('\x1f', {cells})) as row_hash")
    ((table_hash, rows),) = packed.aggregate(
        "md5(string_agg(row_hash, '' order by row_hash)) as table_hash, count(*) as n"
    ).fetchall()
    return table_hash, int(rows)


def _keep_layers(intake: Intake) -> None:
    folder = folders.geometry_folder()
    folder.mkdir(parents=True, exist_ok=True)
    for layer in intake.layers:
        target = folder / layer_file(layer.name, layer.sha256)
        if not target.exists():
            gzip.decompress(
                layer.gz
            )  # a layer that cannot be read must stop the build, not a browser
            staged = target.with_name(target.name + ".part")
            staged.write_bytes(layer.gz)
            staged.replace(target)


def _drop_old_layers(intake: Intake) -> None:
    # the layers of the last two builds stay: a reader may still show the one that was just replaced
    kept = {layer_file(layer.name, layer.sha256) for layer in intake.layers}
    old = sorted(
        (
            p
            for p in folders.geometry_folder().glob("*.geojson.gz")
            if p.name not in kept
        ),
        key=lambda p: p.stat().st_mtime,
    )
    for path in old[
        : -2
        * max(
            1,
            len(kept),
        )
    ]:
        path.unlink()
