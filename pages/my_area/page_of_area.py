"""The sentences of the citizen's page of one area, as everybody may read them."""

from __future__ import annotations

from typing import Final

from sqlalchemy.exc import OperationalError

from clearlink.place_finder import place_of
from clearlink.report.my_area import MyArea, Reader, Told, my_area
from clearlink.review.codes import Response
from clearlink.review.public_decisions import PublicDecision, public_decisions
from clearlink.review.store import review_store
from clearlink.warehouse import reader
from pages.frame.said import Said, voices_of
from pages.frame.speech import Speech

READERS: Final[tuple[Reader, ...]] = ("all", "young", "easy")


def page_of(
    say: Speech,
    area_code: str,
    reader_is: str,
) -> MyArea | None:
    """The page of an area, with what people said there; None where none is open."""
    if not area_code:
        return None
    with reader.reading_as(reader.Scope()):
        told = [
            Told(
                _said(say, v),
                _came(say, v),
            )
            for v in voices_of(say, area_code)
        ]
        decided = _decided(area_code)
    return my_area(
        say,
        area_code,
        told,
        next(
            (r for r in READERS if r == reader_is),
            READERS[0],
        ),
        decided,
    )


def _decided(area_code: str) -> list[PublicDecision] | None:
    """What committees decided of the projects that reach the area, of the needs that assessments name of its
    authority, and of other matters of a place that it lies in. None where their record cannot be read.
    """
    row = place_of(area_code)
    if row is None:
        return []
    la = row["la_code"]
    reaching = {p["project_id"] for p in reader.projects_reaching(area_code)}
    assessed = {n["priority_id"] for n in reader.assessed_needs(la)}
    around = {
        la,
        *(place for place, of in reader.members().items() if la in of),
    }
    try:
        return public_decisions(
            review_store(),
            reaching | assessed,
            around,
        )
    except OperationalError:
        return None


def _said(say: Speech, v: Said) -> str:
    return v.text + (
        f" ({say('common.illustrative')})" if v.is_illustrative else ""
    )


def _came(say: Speech, v: Said) -> str:
    if v.response == Response.DID:
        return say(
            "my_area.came_did",
            what=v.response_text or "",
        )
    if v.response == Response.DID_NOT:
        return say(
            "my_area.came_did_not",
            what=v.response_text or "",
            because=v.because or "",
        )
    return say("voices.not_yet")
