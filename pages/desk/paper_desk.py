"""The steward adds a paper of the council's own to the public record: checked as its list is, kept as a list
of every later build.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from clearlink.review.roles import Act, NotPermitted, Viewer
from clearlink.rules.web_address import is_web_address
from pages.desk.assessment_desk import list_csv
from pages.desk.load_desk import publish_registers

# what a form can say of how a paper shows need; "ad_hoc" follows from the signs
SHOWN: Final = ("shown", "described", "target_group_only", "not_stated")
LEAST_SAID: Final = 10


@dataclass(frozen=True, slots=True)
class NewPaper:
    """A commissioned project as its paper tells of it. An empty field means that the paper was not seen to
    say it; `said_of_need` is in our words; `value_gbp` a year; `signs` of S1 to S3.
    """

    title: str
    commissioner: str
    programme: str
    provider: str
    for_whom: str
    theme: str
    areas: tuple[str, ...]
    start: date | None
    end: date | None
    decided_on: date | None
    value_gbp: float | None
    route: str
    evidence: str
    said_of_need: str
    cited_paper: str
    page: str
    url: str
    signs: tuple[str, ...] = field(default=())
    legal_ground: str = ""


def wrong_with_paper(new: NewPaper, today: date) -> list[str]:
    """Codes of everything that stops it; codes have words `assessment.paper.wrong.…`."""
    checks = {
        "title": not new.title.strip(),
        "commissioner": not new.commissioner,
        "address": not is_web_address(new.url),
        "said": len(new.said_of_need.strip()) < LEAST_SAID,
        "order": bool(new.start and new.end and new.end < new.start),
        "after_today": new.decided_on is not None and new.decided_on > today,
        "value": new.value_gbp is not None and new.value_gbp < 0,
        "cited": new.evidence == "shown" and not new.cited_paper.strip(),
        "page": bool(new.page.strip()) and not new.cited_paper.strip(),
    }
    return [code for code, is_wrong in checks.items() if is_wrong]


def publish_paper(
    viewer: Viewer,
    new: NewPaper,
    today: date,
) -> str | None:
    """Keeps the row and builds anew. None when it is published, else a word for what stopped it. Raises
    NotPermitted, ValueError.
    """
    if not viewer.may(Act.LOAD_REGISTER):
        raise NotPermitted(viewer, Act.LOAD_REGISTER, None)
    if wrong_with_paper(new, today):
        raise ValueError(
            "the paper is not complete; ask wrong_with_paper first"
        )
    return publish_registers(
        [(paper_csv(new), f"paper {paper_id(new)}.csv")],
        viewer,
    )


def paper_id(new: NewPaper) -> str:
    """The same project in the same paper has the same identifier whoever adds it."""
    told = "|".join(
        (
            new.title.casefold().strip(),
            new.commissioner,
            new.url.strip(),
        )
    )
    return f"PR-{hashlib.sha256(told.encode()).hexdigest()[:10]}"


def paper_csv(new: NewPaper) -> bytes:
    """The row of the public record."""
    return list_csv(
        [
            {
                "project_id": paper_id(new),
                "level": "project",
                "title": new.title.strip(),
                "theme": new.theme,
                "programme": new.programme,
                "commissioner": new.commissioner,
                "provider": new.provider.strip(),
                "start": _day(new.start),
                "end": _day(new.end),
                "annual_value_gbp": ""
                if new.value_gbp is None
                else f"{new.value_gbp:.2f}",
                "area_codes": ";".join(new.areas),
                "for_whom": new.for_whom.strip(),
                "decision_date": _day(new.decided_on),
                "route_to_award": new.route.strip(),
                "cited_paper": new.cited_paper.strip(),
                "page": new.page.strip(),
                "said_of_need": new.said_of_need.strip(),
                "need_evidence": "ad_hoc" if new.signs else new.evidence,
                "signs": ";".join(new.signs),
                "legal_ground": new.legal_ground,
                "url": new.url.strip(),
                "source_kind": "council_paper",
            }
        ]
    )


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
