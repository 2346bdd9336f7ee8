"""The questions of one paged file: they share one limit of time, and answers that hide an error are found
out.
"""

from __future__ import annotations

import json
from typing import Any

from etl.fetch.paging.asking import Asked
from etl.files.json_text import read_json_text


class Questions:
    """Asks a site for a file's pages until `ends` (the site's clock, seconds)."""

    def __init__(
        self,
        site: Asked,
        ends: float,
    ) -> None:
        self._site, self._ends = site, ends

    def json(
        self,
        url: str,
        body: object | None = None,
    ) -> Any:
        """A JSON answer; with a `body` the question is posted. Raises FileRefused where none comes."""
        return self._site.ask(
            url,
            self._ends,
            _stated,
            body,
        )

    def text(self, url: str) -> str:
        """An answer as UTF-8 text. Raises FileRefused where none comes."""
        return self._site.ask(
            url,
            self._ends,
            lambda data: data.decode("utf-8-sig"),
        )


def _stated(data: bytes) -> Any:
    """JSON as data. ArcGIS reports its errors as JSON, and GeoServer as XML, in answers that say 200."""
    if data.lstrip()[:1] == b"<":
        raise ValueError(data.lstrip()[:160].decode(errors="replace"))
    stated = read_json_text(data)
    if isinstance(stated, dict) and "error" in stated:
        raise ValueError(json.dumps(stated["error"]))
    return stated
