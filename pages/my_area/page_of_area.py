"""The sentences of the citizen's page of one area, as everybody may read them."""

from __future__ import annotations

from typing import Final

from clearlink.report.my_area import MyArea, Reader, Told, my_area
from clearlink.review.codes import Response
from clearlink.warehouse import reader
from pages.frame.said import Said, voices_of
from pages.frame.speech import Speech

READERS: Final[tuple[Reader, ...]] = ("all", "young", "easy")


def page_of(say: Speech, area_code: str, reader_is: str) -> MyArea | None:
    """The page of an area, with what people said there; None where none is open."""
    if not area_code:
        return None
    with reader.reading_as(reader.Scope()):
        told = [Told(_said(say, v), _came(say, v)) for v in voices_of(say, area_code)]
    return my_area(
        say,
        area_code,
        told,
        next((r for r in READERS if r == reader_is), READERS[0]),
    )


def _said(say: Speech, v: Said) -> str:
    return v.text + (f" ({say('common.illustrative')})" if v.is_illustrative else "")


def _came(say: Speech, v: Said) -> str:
    if v.response == Response.DID:
        return say("my_area.came_did", what=v.response_text or "")
    if v.response == Response.DID_NOT:
        return say(
            "my_area.came_did_not",
            what=v.response_text or "",
            because=v.because or "",
        )
    return say("voices.not_yet")
