"""What is different from the build that is served now: kept in the new warehouse, outside its content hash.

The same inputs give the same content whatever was built before them, so the difference is a note beside the
content.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import duckdb

from clearlink.warehouse.attach import attach
from clearlink.warehouse.file_note import is_whole
from etl.build.statements import statements

TABLE: Final = "build_change"
FIGURES: Final = "figure_change"


def fill_changes(
    con: duckdb.DuckDBPyConnection,
    served: Path,
) -> dict[str, int] | None:
    """Compares the new warehouse with the served file, attached read-only, and answers the number of changes
    of each kind.

    None where there is nothing to compare with: nothing served, a damaged file, or one of another make of
    this program.
    """
    if not served.exists() or not is_whole(served):
        return None
    try:
        attach(con, served, "served")
    except (
        duckdb.BinderException,
        duckdb.IOException,
        duckdb.SerializationException,
    ):
        return None
    try:
        for _, sql in statements("change"):
            con.execute(sql)
    except (duckdb.BinderException, duckdb.CatalogException):
        # a table or column that the older make did not have; half a comparison would mislead
        con.execute(f"truncate {TABLE}")
        con.execute(f"truncate {FIGURES}")
        return None
    finally:
        con.execute("detach served")
    counted = con.table(TABLE).aggregate("kind, count(*) as n").fetchall()
    figures = con.table(FIGURES).aggregate("kind, count(*) as n").fetchall()
    return {str(kind): int(n) for kind, n in counted if kind != "build"} | {
        f"figure_{kind}": int(n) for kind, n in figures
    }
