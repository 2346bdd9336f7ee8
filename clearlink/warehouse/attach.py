"""Another warehouse file beside the one of a connection, to read from."""

from __future__ import annotations

from pathlib import Path

import duckdb


def attach(
    con: duckdb.DuckDBPyConnection,
    file: Path,
    name: str,
) -> None:
    """Attaches the file read-only as `name`, a word of our own. Raises what DuckDB says of a file that is
    none of its own.

    ATTACH takes no bound parameter; the path is ours, and quotes in it are doubled.
    """
    path = str(file).replace("'", "''")
    con.execute(f"attach '{path}' as {name} (read_only)")
