"""The answers on their areas, for map software: one GeoPackage with the outlines of every level and the
tables that join to them.

Longitude and latitude (EPSG:4326). A sensitive project has the outline of its region and no other.
"""

from __future__ import annotations

import gzip
import io
from pathlib import Path
from typing import Any, Final

from clearlink import folders
from clearlink.exchange.tables import named, tables
from clearlink.warehouse import reader
from clearlink.words import Lang

FILE: Final = "clearlink.gpkg"
# Laid on their outlines here, or answers that are no map's: those are for CSV and Parquet.
ELSEWHERE: Final = (
    "project_area",
    "allocation",
    "overlap",
    "statement",
    "engagement",
    "area_choice",
    "gap",
)
CRS: Final = "EPSG:4326"
_CODE_COLUMNS: Final = ("area_code", "code")


def write(out_dir: Path, lang: Lang) -> list[Path]:
    """Layers `area_<level>` and `project_area`; tables `register`, `citations`, `assessments`, `priorities`,
    `verdict` and `need` without outlines.
    """
    import pandas as pd
    import pyogrio

    path = out_dir / FILE
    path.unlink(missing_ok=True)
    outlines = []
    for layer, asset in reader.layers().items():
        frame = _outlines(folders.geometry_folder() / asset["file"])
        outlines.append(frame)
        pyogrio.write_dataframe(
            frame,
            path,
            layer=f"area_{layer}",
            driver="GPKG",
            append=path.exists(),
        )
    placed = named(
        reader.answer("export_project_area"),
        lang,
    )
    if outlines and placed:
        # lists of areas may hold one code in two layers; the first layer that has it draws it
        drawn = pd.concat(outlines)[["area_code", "geometry"]].drop_duplicates(
            "area_code"
        )
        joined = drawn.merge(
            pd.DataFrame(placed),
            on="area_code",
            how="inner",
        )
        pyogrio.write_dataframe(
            joined,
            path,
            layer="project_area",
            driver="GPKG",
            append=True,
        )
    for name, rows in tables(lang, typed=True, leave_out=ELSEWHERE):
        if rows:
            pyogrio.write_dataframe(
                pd.DataFrame(rows),
                path,
                layer=name,
                driver="GPKG",
                append=path.exists(),
            )
    return [path]


def _outlines(file: Path) -> Any:
    """The outlines of one level with `area_code` first."""
    import geopandas as gpd

    frame = gpd.read_file(io.BytesIO(gzip.decompress(file.read_bytes())))
    code = next(
        column for column in frame.columns if column.lower() in _CODE_COLUMNS
    )
    frame = frame.rename(columns={code: "area_code"})
    return frame.set_crs(CRS, allow_override=True)
