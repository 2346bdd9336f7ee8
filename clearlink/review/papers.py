"""What every fact read in a paper must hold: the paper's address, its day, a page that it has, and a project
that is still there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from clearlink.review.refusals import Refused
from clearlink.review.roles import Act, Viewer
from clearlink.rules.web_address import is_web_address

LEAST_SAID: Final = 10
_PAGE_NUMBER: Final = re.compile(r"\d+")
_PAGES_ONLY: Final = re.compile(
    r"\s*(?:pp?|pages?|t|td|tt|tud|tudalennau|tudalen)?\.?\s*\d+(?:\s*(?:[-–,&]|to|and|i|a)\s*\d+)*\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper as the person who read it names it. `pages`: how many it has, None where it was not counted."""

    document: str
    url: str
    paper_date: date | None = None
    pages: int | None = None


@dataclass(frozen=True, slots=True)
class RecordNow:
    """The record that a fact is about, as the served build has it now."""

    project_id: str
    la_code: str | None
    region_code: str | None
    decision_date: date | None = None
    owners: tuple[str, ...] = ()

    @property
    def places(self) -> tuple[str, ...]:
        """The region and the authority that it is of, and the regions its authority lies in: who acts for one
        may act here.
        """
        return tuple(
            dict.fromkeys(
                p
                for p in (
                    self.region_code,
                    self.la_code,
                    *self.owners,
                )
                if p
            )
        )


def record_now(row: Mapping[str, Any] | None) -> RecordNow:
    """A project's row of the served build. Raises Refused where the project was withdrawn meanwhile."""
    if row is None:
        raise Refused("project_gone")
    return RecordNow(
        row["project_id"],
        row.get("la_code"),
        row.get("region_code"),
        row.get("decision_date") or row.get("start_date"),
        tuple(row.get("owners") or ()),
    )


def place_of(
    viewer: Viewer,
    act: Act,
    record: RecordNow,
) -> str:
    """The place that the person acts for here. Raises NotPermitted."""
    viewer.require(act, *record.places)
    return next(
        (p for p in record.places if viewer.may(act, p)),
        record.places[0] if record.places else "",
    )


def paper_problems(
    paper: Paper,
    today: date,
    *,
    page: str | None = None,
    needs_date: bool = False,
) -> list[str]:
    """Codes of everything that is wrong with a paper and a page of it."""
    checks = {
        "document_missing": not paper.document.strip()
        or (needs_date and paper.paper_date is None),
        "address_not_web": not is_web_address(paper.url),
        "day_after_today": paper.paper_date is not None
        and paper.paper_date > today,
        "pages_missing": paper.pages is not None and paper.pages < 1,
        "page_beyond": is_beyond(page, paper.pages),
    }
    return [code for code, wrong in checks.items() if wrong]


def is_beyond(page: str | None, pages: int | None) -> bool:
    """Whether a page that is named by its number lies beyond the paper's last. A section ("objective 2") is
    never beyond.
    """
    if not page or pages is None or not _PAGES_ONLY.fullmatch(page):
        return False
    return any(not 1 <= int(n) <= pages for n in _PAGE_NUMBER.findall(page))
