"""The pages of a map service as one GeoJSON, whole and without doubles."""

from __future__ import annotations

import json
from typing import Any

from etl.files.refusal import FileRefused


def whole_layer(
    url: str,
    features: list[Any],
    expected: int,
    order_by: str,
) -> bytes:
    """All features in the order of one property. Raises FileRefused where the server counted otherwise or
    a page came twice.
    """
    keys = [str(each["properties"].get(order_by)) for each in features]
    if len(set(keys)) < len(keys):
        raise FileRefused(
            "page_twice",
            url,
            key=next(key for at, key in enumerate(keys) if key in keys[:at]),
        )
    if len(features) != expected:
        raise FileRefused(
            "areas_not_all_sent",
            url,
            read=len(features),
            expected=expected,
        )
    ordered = [
        feature
        for _, feature in sorted(
            zip(keys, features, strict=True),
            key=lambda pair: pair[0],
        )
    ]
    return json.dumps(
        {"type": "FeatureCollection", "features": ordered},
        ensure_ascii=False,
        separators=(",", ":"),
    ).encode()
