"""StatsWales v2: a query is posted once and its answer read in pages of at most 10,000 rows.

The dataset's own page is read first: a dataset that was archived is withdrawn, and the address of the one
that took its place is said. The number of rows comes from the answer's summary and must be met.
"""

from __future__ import annotations

import json
from typing import Any, Final

from etl.fetch.paging.address import parameter, with_parameters
from etl.fetch.paging.asking import Asking
from etl.files.refusal import FileRefused
from etl.sources.catalogue import Source

PAGE_SIZE: Final = 10_000


def pages(source: Source, ask: Asking) -> bytes:
    """Every row of a dataset, or of a query of it, as one JSON array of row objects."""
    url = source.url or ""
    data, language = url.split("?")[0], parameter(url, "lang") or "en-gb"
    refuse_archived(
        ask.json(
            with_parameters(
                data.removesuffix("/data"),
                lang=language,
            )
        ),
        url,
    )
    query: dict[str, Any] | None = source.option("query")
    if query is not None:
        posted_to = with_parameters(data, lang=language)
        data = f"{data}/{_filter_id(query, posted_to, url, ask)}"
    size = int(source.option("page_size", PAGE_SIZE))
    summary = ask.json(
        with_parameters(data, lang=language, format="frontend", page_size="1")
    )
    expected = (summary.get("page_info") or {}).get("total_records")
    if not isinstance(expected, int):
        raise FileRefused("count_not_stated", url, name="total_records")
    asked = with_parameters(data, lang=language, format="json")
    rows = _rows(
        asked,
        size,
        expected,
        url,
        ask,
    )
    if len(rows) != expected:
        raise FileRefused(
            "records_not_all_sent",
            url,
            read=len(rows),
            expected=expected,
        )
    return json.dumps(
        rows,
        ensure_ascii=False,
        separators=(",", ":"),
    ).encode()


def _filter_id(
    query: dict[str, Any],
    posted_to: str,
    url: str,
    ask: Asking,
) -> str:
    """The name under which the service keeps a query."""
    # the catalogue writes filters as a table of dimension and values; the service wants a list of such
    # pairs
    filters = [
        {name: values} for name, values in query.get("filters", {}).items()
    ]
    answer = ask.json(
        posted_to,
        {**query, "filters": filters},
    )
    if not isinstance(answer, dict) or not answer.get("filterId"):
        raise FileRefused(
            "query_refused",
            url,
            found=json.dumps(answer)[:120],
        )
    return str(answer["filterId"])


def _rows(
    asked: str,
    size: int,
    expected: int,
    url: str,
    ask: Asking,
) -> list[Any]:
    """The rows of page after page, until as many as expected are read or a page is empty."""
    rows: list[Any] = []
    last: list[Any] = []
    number = 1
    while len(rows) < expected:
        page = ask.json(
            with_parameters(
                asked,
                page_number=str(number),
                page_size=str(size),
            )
        )
        if not isinstance(page, list):
            raise FileRefused(
                "rows_expected",
                url,
                found=json.dumps(page)[:120],
            )
        if not page:
            break
        if page == last:
            raise FileRefused(
                "page_twice",
                url,
                key=json.dumps(
                    page[0],
                    ensure_ascii=False,
                )[:60],
            )
        rows, last, number = rows + page, page, number + 1
    return rows


def refuse_archived(about: Any, url: str) -> None:
    """Refuses a dataset that its publisher archived; `about` is the answer to the dataset's own address."""
    if isinstance(about, dict) and about.get("archived_at"):
        raise FileRefused(
            "source_withdrawn",
            url,
            when=str(about["archived_at"])[:10],
            successor=about.get("replaced_by") or "–",
        )
