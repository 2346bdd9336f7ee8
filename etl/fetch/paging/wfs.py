"""DataMapWales (GeoServer WFS 2.0): GetFeature by start index, as GeoJSON in longitude and latitude.

EPSG:4326 swaps the axes in WFS 2.0, so the address must ask for CRS84; the reader checks that the outlines
lie in Wales.
"""

from __future__ import annotations

from typing import Any, Final

from etl.fetch.paging.address import with_parameters
from etl.fetch.paging.asking import Asking
from etl.fetch.paging.features import whole_layer
from etl.files.refusal import FileRefused
from etl.sources.catalogue import Source

PAGE_SIZE: Final = 1000


def pages(source: Source, ask: Asking) -> bytes:
    """Every feature of a layer as one GeoJSON. The server says with each page how many features match."""
    url, order_by = source.url or "", str(source.option("order_by"))
    features: list[Any] = []
    while True:
        page = ask.json(
            with_parameters(
                url,
                count=str(PAGE_SIZE),
                startIndex=str(len(features)),
                sortBy=order_by,
            )
        )
        matched = page.get(
            "numberMatched",
            page.get("totalFeatures"),
        )
        if not isinstance(matched, int):
            raise FileRefused("count_not_stated", url, name="numberMatched")
        features += page.get("features", [])
        if not page.get("features") or len(features) >= matched:
            return whole_layer(url, features, matched, order_by)
