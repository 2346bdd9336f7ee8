"""Of a build that mixes real and illustrative records: what is left out of an answer, or which of it is
illustrative, in words.
"""

from __future__ import annotations

from clearlink.report.voice import Voice
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Row
from clearlink.warehouse.records import REAL_ONLY


def held_of(
    place: str,
    programme: str,
    theme: str,
    area: str,
) -> Row:
    """Real and illustrative records of a place, programme and theme (empty = all), or reaching an area."""
    if area:
        return reader.records_reaching(area)
    return reader.records_held(
        place,
        programme or None,
        theme or None,
    )


def records_said(
    say: Voice,
    place: str = reader.WALES,
    programme: str = "",
    theme: str = "",
    area: str = "",
) -> str:
    """The sentence for them; empty where the build mixes nothing."""
    if not reader.is_mixed():
        return ""
    held = held_of(place, programme, theme, area)
    real = held["real"]
    other = held["illustrative"]
    if reader.chosen_records() == REAL_ONLY:
        return say(
            "choices.records_left_out",
            n=other,
            real=say.number(real),
        )
    if not real:
        return say("choices.records_none_real", n=other)
    return say(
        "choices.records_with",
        n=other,
        total=say.number(real + other),
    )
