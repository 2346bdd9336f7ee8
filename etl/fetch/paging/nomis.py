"""Nomis: CSV by record offset, 25,000 rows a call. Beyond its limit Nomis cuts a table without saying so,
therefore the number of records is asked for with every row (RECORD_COUNT) and must be met.
"""

from __future__ import annotations

import csv
import io
from typing import Final

from etl.fetch.paging.address import parameter, with_parameters
from etl.fetch.paging.asking import Asking
from etl.files.refusal import FileRefused
from etl.sources.catalogue import Source

PAGE_SIZE: Final = 25_000
COUNT: Final = "RECORD_COUNT"


def pages(source: Source, ask: Asking) -> bytes:
    """Every record as one CSV under one row of headings. Refused: other headings on a later page, a page
    twice, too few records.
    """
    url = source.url or ""
    chosen = [name for name in parameter(url, "select").split(",") if name]
    if COUNT not in chosen:
        url = with_parameters(
            url,
            select=",".join([*chosen, COUNT]),
        )
    size = int(source.option("page_size", PAGE_SIZE))
    header: list[str] = []
    rows: list[list[str]] = []
    expected = -1
    while expected < 0 or len(rows) < expected:
        header, page = _page(
            url,
            len(rows),
            size,
            header,
            ask,
        )
        if not page:
            break
        if rows and page[0] == rows[-len(page)]:
            raise FileRefused(
                "page_twice",
                url,
                key=" ".join(page[0])[:60],
            )
        expected = int(page[0][header.index(COUNT)])
        rows += page
    if len(rows) != max(expected, 0):
        raise FileRefused(
            "records_not_all_sent",
            url,
            read=len(rows),
            expected=max(expected, 0),
        )
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([header, *rows])
    return out.getvalue().encode()


def _page(
    url: str,
    offset: int,
    size: int,
    header: list[str],
    ask: Asking,
) -> tuple[list[str], list[list[str]]]:
    """The headings and records from `offset` on; `header`: those of the page before, empty for the first."""
    address = with_parameters(
        url,
        recordoffset=str(offset),
        recordlimit=str(size),
    )
    page = list(csv.reader(io.StringIO(ask.text(address))))
    if not page or COUNT not in page[0]:
        raise FileRefused("count_not_stated", url, name=COUNT)
    if header and page[0] != header:
        raise FileRefused(
            "page_differs",
            url,
            found=", ".join(page[0]),
            expected=", ".join(header),
        )
    return page[0], page[1:]
