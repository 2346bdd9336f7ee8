"""GeoJSON as bytes → its features, under limits; nothing in it is trusted."""

from __future__ import annotations

from typing import Any

from etl.files.containers import check_size, plain
from etl.files.json_text import read_json_text
from etl.files.refusal import FileRefused


def features_of(data: bytes) -> list[dict[str, Any]]:
    """The features of a GeoJSON file, gzipped or not. Raises FileRefused for anything else, and for a
    cut-off answer.
    """
    check_size(data)
    try:
        stated = read_json_text(plain(data, ".geojson"))
    except ValueError as fault:
        raise FileRefused("json_broken", detail=fault) from fault
    if not _is_collection(stated):
        raise FileRefused(
            "geojson_expected",
            found=str(stated)[:80],
        )
    if (stated.get("properties") or {}).get(
        "exceededTransferLimit"
    ) or stated.get("exceededTransferLimit"):
        raise FileRefused("page_missing")
    features: list[dict[str, Any]] = stated["features"]
    if not all(
        isinstance(each, dict)
        and isinstance(
            each.get("properties"),
            dict,
        )
        for each in features
    ):
        raise FileRefused(
            "geojson_expected", found="a feature without properties"
        )
    return features


def _is_collection(stated: Any) -> bool:
    return (
        isinstance(stated, dict)
        and stated.get("type") == "FeatureCollection"
        and isinstance(
            stated.get("features"),
            list,
        )
    )
