"""The register and the answers, out: CSV with a data dictionary, Excel, Parquet, GeoPackage, 360Giving, OCDS,
Open Referral UK.

Whatever is withheld on the screen is withheld here, illustrative rows stay marked, and a sensitive project
names no place closer than its region.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Final

from clearlink.words import Lang

FORMATS: Final = (
    "csv",
    "xlsx",
    "parquet",
    "geopackage",
    "360giving",
    "ocds",
    "openreferral",
)
_WRITERS: Final = {
    "csv": "clearlink.exchange.csv_set",
    "xlsx": "clearlink.exchange.xlsx_set",
    "parquet": "clearlink.exchange.parquet_set",
    "geopackage": "clearlink.exchange.geopackage",
    "360giving": "clearlink.exchange.giving360",
    "ocds": "clearlink.exchange.ocds",
    "openreferral": "clearlink.exchange.openreferral",
}


def export(
    format: str,
    out_dir: Path,
    lang: Lang,
) -> list[Path]:
    """Writes the served build in one format into `out_dir` and answers the files written.

    `lang` is the language of headers, descriptions and remarks; codes and identifiers are the same in both.
    Raises ValueError for a format that is not in FORMATS, NothingBuilt where no build is served, OSError
    where the folder cannot be written.
    """
    if format not in _WRITERS:
        raise ValueError(
            f"format: found {format!r}, expected one of {', '.join(FORMATS)}"
        )
    out_dir.mkdir(parents=True, exist_ok=True)
    # Each writer is imported when it is asked for: map software takes seconds to load.
    write: Callable[[Path, Lang], list[Path]] = import_module(
        _WRITERS[format]
    ).write
    return write(out_dir, lang)
