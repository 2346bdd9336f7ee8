"""How each publisher's service hands out a table in pages, one module a service. All of them end in one file's bytes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, Protocol

from etl.paging import arcgis, nomis, statswales, wfs
from etl.sources.catalogue import Source


class Asking(Protocol):
    """Asks a publisher politely: at most one request a second, three tries, one limit of time for the whole file."""

    def json(self, url: str, body: object | None = None) -> Any:
        """A JSON answer; with a `body` the question is posted. Raises FileRefused where none comes."""

    def text(self, url: str) -> str:
        """An answer as UTF-8 text. Raises FileRefused where none comes."""


PAGING: Final[Mapping[str, Callable[[Source, Asking], bytes]]] = {
    "arcgis": arcgis.pages,
    "nomis": nomis.pages,
    "statswales_v2": statswales.pages,
    "wfs": wfs.pages,
}
