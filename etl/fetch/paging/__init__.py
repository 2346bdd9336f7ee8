"""How each publisher's service hands out a table in pages, one module a service. All of them end in one
file's bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from etl.fetch.paging import arcgis, nomis, statswales, wfs
from etl.fetch.paging.asking import Asking
from etl.sources.catalogue import Source

PAGING: Final[Mapping[str, Callable[[Source, Asking], bytes]]] = {
    "arcgis": arcgis.pages,
    "nomis": nomis.pages,
    "statswales_v2": statswales.pages,
    "wfs": wfs.pages,
}
