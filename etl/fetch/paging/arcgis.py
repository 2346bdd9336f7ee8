"""ONS Open Geography (ArcGIS): pages by offset, in a stated order so that they never overlap."""

from __future__ import annotations

from typing import Any, Final

from etl.fetch.paging.address import with_parameters
from etl.fetch.paging.asking import Asking
from etl.fetch.paging.features import whole_layer
from etl.sources.catalogue import Source

PAGE_SIZE: Final = 1000


def pages(source: Source, ask: Asking) -> bytes:
    """Every page of a layer as one GeoJSON. The server's own count is asked for first and must be met."""
    url, order_by = source.url or "", str(source.option("order_by"))
    expected = int(
        ask.json(with_parameters(url, returnCountOnly="true", f="json")).get(
            "count",
            -1,
        )
    )
    features: list[Any] = []
    while True:
        page = ask.json(
            with_parameters(
                url,
                orderByFields=order_by,
                resultOffset=str(len(features)),
                resultRecordCount=str(PAGE_SIZE),
            )
        )
        features += page.get("features", [])
        # in GeoJSON the mark of a further page stands under properties
        more = page.get("exceededTransferLimit") or (
            page.get("properties") or {}
        ).get("exceededTransferLimit")
        if not more or not page.get("features") or len(features) > expected:
            return whole_layer(url, features, expected, order_by)
