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
    if _is_cut_off(stated):
        raise FileRefused("page_missing")
    features: list[dict[str, Any]] = stated["features"]
    if not all(map(_has_properties, features)):
        raise FileRefused(
            "geojson_expected", found="a feature without properties"
        )
    return features


def _is_cut_off(stated: dict[str, Any]) -> bool:
    """Whether the server says that it holds more than it sent."""
    beside = stated.get("properties") or {}
    return any(each.get("exceededTransferLimit") for each in (beside, stated))


def _has_properties(feature: Any) -> bool:
    return isinstance(feature, dict) and isinstance(
        feature.get("properties"),
        dict,
    )


def _is_collection(stated: Any) -> bool:
    return (
        isinstance(stated, dict)
        and stated.get("type") == "FeatureCollection"
        and isinstance(
            stated.get("features"),
            list,
        )
    )
