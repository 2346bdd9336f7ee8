"""The register and the answers as Parquet files, typed; each column's meaning travels in the file itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from clearlink.exchange import dictionary
from clearlink.exchange.contents import write_contents
from clearlink.exchange.tables import tables
from clearlink.warehouse.reader import Rows
from clearlink.words import Lang


def write(out_dir: Path, lang: Lang) -> list[Path]:
    """One file a table. An absent value is null, and its marker stands beside it."""
    import pyarrow.parquet as pq

    written: list[Path] = []
    held: dict[str, int] = {}
    for name, rows in tables(lang, typed=True):
        held[name] = len(rows)
        if rows:
            path = out_dir / f"{name}.parquet"
            pq.write_table(
                _table(name, rows, lang),
                path,
                compression="zstd",
            )
            written.append(path)
    return [
        *written,
        write_contents(out_dir, lang, held, "parquet"),
    ]


def _table(
    name: str,
    rows: Rows,
    lang: Lang,
) -> Any:
    import pyarrow as pa

    columns = list(rows[0])
    arrays = [pa.array([row[c] for row in rows]) for c in columns]
    fields = [
        pa.field(
            column,
            pa.string() if pa.types.is_null(array.type) else array.type,
            metadata={"meaning": dictionary.meaning(name, column).said(lang)},
        )
        for column, array in zip(columns, arrays, strict=True)
    ]
    typed = [
        array.cast(field.type)
        for array, field in zip(arrays, fields, strict=True)
    ]
    return pa.Table.from_arrays(
        typed,
        schema=pa.schema(fields),
    )
