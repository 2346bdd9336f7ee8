"""Whether a JSON file is one page of a feed: what it says of the pages or entries that it does not hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from etl.records import Problem, Severity
from etl.sources.registers.exchange_json import dictionaries, number_at, text_at
from etl.sources.registers.register_problems import problem

# the list of a page of Open Referral UK: version 3, version 1, and what publishers call it themselves
PAGE_LISTS: Final = ("contents", "content", "services", "service")
_LISTS: Final = (
    *PAGE_LISTS,
    "grants",
    "releases",
    "records",
    "results",
    "data",
)
_TOTALS: Final = (
    "total_items",
    "totalElements",
    "total_count",
    "totalCount",
    "totalResults",
    "total",
    "count",
)
_PAGES: Final = ("total_pages", "totalPages", "pages", "page_count")
_NUMBERS: Final = ("page_number", "number", "page")
_LASTS: Final = ("last_page", "last")
_NEXTS: Final = ("next", "nextPage", "next_page", "nextCursor", "next_cursor")
_HOLDERS: Final = ("links", "_links", "pagination", "paging", "page", "meta")


@dataclass(frozen=True, slots=True)
class _Page:
    """What one page says: its number and how many there are, how many entries in all, whether another
    follows.
    """

    held: int
    number: int | None
    pages: int | None
    total: int | None
    has_next: bool


def pages_left_out(value: Any, file: str) -> list[Problem]:
    """A warning where the file holds a part of a feed; several pages in one list are taken together."""
    pages = [_page(each) for each in dictionaries(value)]
    held = sum(page.held for page in pages)
    wanted, total = _stated(pages)
    if wanted > len(pages):
        first = pages[0].number if pages else None
        facts = {
            "page": "?" if first is None else str(first),
            "pages": str(wanted),
        }
        return [
            _told(
                "feed_page",
                file,
                held,
                total,
                **facts,
            )
        ]
    # what follows the last page given is what is missing; pages before it say "next" of one another
    if pages[-1].has_next:
        return [_told("feed_continues", file, held, total)]
    return [_told("feed_in_part", file, held, total)] if total > held else []


def _stated(pages: list[_Page]) -> tuple[int, int]:
    """How many pages there are, and how many entries in all, as the pages that are held state it."""
    wanted = max(
        (page.pages or 1 for page in pages),
        default=1,
    )
    return wanted, max(
        (page.total or 0 for page in pages),
        default=0,
    )


def _told(
    code: str,
    file: str,
    held: int,
    total: int,
    **facts: str,
) -> Problem:
    of = f"{total:,}" if total > held else "?"
    known: Any = {
        **facts,
        "held": f"{held:,}",
        "of": of,
    }
    return problem(code, file, severity=Severity.WARNING, **known)


def _page(package: dict[str, Any]) -> _Page:
    parts = [
        package,
        *(
            part
            for name in _HOLDERS
            for part in dictionaries(package.get(name))
        ),
    ]
    held = next(
        (
            len(package[name])
            for name in _LISTS
            if isinstance(
                package.get(name),
                list,
            )
        ),
        0,
    )
    pages, total = _whole(parts, _PAGES), _whole(parts, _TOTALS)
    ended = any(part.get(name) is True for part in parts for name in _LASTS)
    following = any(
        _leads_on(part.get(name)) for part in parts for name in _NEXTS
    )
    # a list alone, with no word about pages, is the whole of what there is
    return _Page(
        held,
        _whole(parts, _NUMBERS),
        pages,
        total if held else None,
        following and not ended,
    )


def _leads_on(value: Any) -> bool:
    if isinstance(value, dict):
        return bool(text_at(value.get("href")) or text_at(value.get("url")))
    return bool(text_at(value))


def _whole(parts: list[dict[str, Any]], names: tuple[str, ...]) -> int | None:
    for name in names:
        for part in parts:
            number = (
                number_at(part.get(name))
                if not isinstance(
                    part.get(name),
                    (list, dict),
                )
                else None
            )
            if number is not None:
                return int(number)
    return None
