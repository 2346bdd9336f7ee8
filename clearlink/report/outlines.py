"""Outlines of the served map layers as vertex lists, read once per build."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np

from clearlink import folders
from clearlink.warehouse import reader

Rings = tuple[Any, ...]
"""The outer rings of one area: arrays of longitude and latitude. Holes are small at this scale and are drawn
over by their own areas."""

LAYER_OF: Final = {
    "LSOA21": "lsoa21",
    "LA": "la",
    "RCC": "rcc",
    "RPB": "rpb",
}


def outlines(area_type: str) -> Mapping[str, Rings]:
    """Area code → its rings, for a level that this build has a layer of; else nothing."""
    layer = reader.layers().get(LAYER_OF.get(area_type, ""))
    return _read(folders.geometry_folder() / layer["file"]) if layer else {}


@lru_cache(maxsize=8)
def _read(path: Path) -> Mapping[str, Rings]:
    for file in (path, path.with_name(f"{path.name}.gz")):
        if file.is_file():
            body = file.read_bytes()
            data = json.loads(
                gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body
            )
            return {
                f["properties"]["code"]: tuple(_rings(f["geometry"]))
                for f in data["features"]
            }
    return {}


def _rings(shape: Mapping[str, Any]) -> list[Any]:
    parts = (
        [shape["coordinates"]]
        if shape["type"] == "Polygon"
        else shape["coordinates"]
    )
    return [np.array(part[0]) for part in parts]
