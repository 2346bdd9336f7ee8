"""The phase in which an area was chosen for Flying Start, in the language of the page."""

from __future__ import annotations

import re
from typing import Final

from pages.frame.speech import Speech

# the papers' own words for a phase → the key of our words for it
_NAMED: Final = (
    (re.compile(r"Phase (\d+[A-Z]?)"), "phase"),
    (re.compile(r"Wave (\d+[A-Z]?)"), "wave"),
    (re.compile(r"Childcare expansion Phase (\d+[A-Z]?)"), "expansion"),
)


def phase_words(say: Speech, phase: str | None) -> str:
    """“Cam 2”; a name that is none of the known kinds stays as the paper gives it, no phase is empty."""
    for pattern, key in _NAMED:
        numbered = pattern.fullmatch(phase or "")
        if numbered:
            return say(
                f"programmes.fs.{key}",
                number=numbered[1],
            )
    return phase or ""
