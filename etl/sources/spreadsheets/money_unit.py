"""What the sums of a column count: pounds, pence, thousands or millions of pounds; by its heading, the notes
above the table, or a person.

A heading that names another currency, or could mean two things ("(m)", "(p)"), says nothing: it is asked
about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import Final


class Unit(StrEnum):
    """`unsaid`: nobody has said what the sums count, so none is loaded. `other`: they are no pounds, and are
    left out.
    """

    POUNDS = "pounds"
    PENCE = "pence"
    THOUSANDS = "thousands"
    MILLIONS = "millions"
    OTHER = "other"
    UNSAID = "unsaid"


POUNDS_IN: Final = {
    Unit.POUNDS: 1.0,
    Unit.PENCE: 0.01,
    Unit.THOUSANDS: 1_000.0,
    Unit.MILLIONS: 1_000_000.0,
}
_THOUSANDS: Final = re.compile(
    r"£\s?[,'’]?000(?!,)|[(']000|\b000s?\b|£\s*k\b|\(k\)|thousand|mil(?:oedd)?\b",
    re.IGNORECASE,
)
# "All figures in £000s", "Pob ffigur mewn miloedd o bunnoedd": a note on the whole table, never a year or a
# reference.
_THOUSANDS_NOTE: Final = re.compile(
    r"£\s?[,'’]?000(?:['’]?s)?\b|\bin thousands\b|\bthousands of pounds\b|\bmewn miloedd\b|"
    r"\bmiloedd o bunnoedd\b",
    re.IGNORECASE,
)
_MILLIONS: Final = re.compile(
    r"£\s?m(?:n|illions?|iliynau|iliwn)?\b|\bmillions?\b|\bmiliwn\b|\bmiliynau\b|\b[£(]?mn\b|"
    r"£\s?[,'’]?000[,'’]?000",
    re.IGNORECASE,
)
_MILLIONS_NOTE: Final = re.compile(
    r"£\s?m(?:n|illions?)?\b|\b(?:in|mewn) (?:millions?|miliynau)\b|\bmillions? of pounds\b|"
    r"\bmiliynau o bunnoedd\b",
    re.IGNORECASE,
)
_PENCE: Final = re.compile(
    r"\bpence\b|\bpennies\b|\bceiniog(?:au)?\b", re.IGNORECASE
)
_PENCE_NOTE: Final = re.compile(
    r"\b(?:in|mewn) (?:pence|pennies|ceiniogau)\b|"
    r"\b(?:figures|amounts|values|ffigurau|symiau)\b.{0,20}\b(?:pence|ceiniogau)\b",
    re.IGNORECASE,
)
_TWO_MEANINGS: Final = re.compile(r"\([mp]\)", re.IGNORECASE)
_OTHER_CURRENCY: Final = re.compile(
    r"€|\$|¥|\beuros?\b|\bewro(?:s|au)?\b|\b(?:eur|usd|aud|cad|chf|jpy)\b|\bdollars?\b|\bdoler(?:i)?\b",
    re.IGNORECASE,
)


_BY_HEADING: Final = (
    (Unit.PENCE, _PENCE),
    (Unit.MILLIONS, _MILLIONS),
    (Unit.THOUSANDS, _THOUSANDS),
)
_BY_NOTE: Final = (
    (Unit.PENCE, _PENCE_NOTE),
    (Unit.MILLIONS, _MILLIONS_NOTE),
    (Unit.THOUSANDS, _THOUSANDS_NOTE),
)
_POUNDS: Final = re.compile(r"£|\bgbp\b", re.IGNORECASE)


def unit_said(header: str, above: Sequence[str]) -> Unit:
    """What sums under a heading count, by the heading first and then by a note above the table."""
    if _OTHER_CURRENCY.search(header) or _TWO_MEANINGS.search(header):
        return Unit.UNSAID
    by_heading = next(
        (unit for unit, pattern in _BY_HEADING if pattern.search(header)),
        None,
    )
    return by_heading or _unit_noted(above)


def _unit_noted(above: Sequence[str]) -> Unit:
    if any(map(_names_no_pounds, above)):
        return Unit.UNSAID
    noted = {
        unit
        for unit, pattern in _BY_NOTE
        if any(pattern.search(text) for text in above)
    }
    if len(noted) > 1:
        return Unit.UNSAID
    return noted.pop() if noted else Unit.POUNDS


def _names_no_pounds(text: str) -> bool:
    return bool(_OTHER_CURRENCY.search(text)) and not _POUNDS.search(text)


def is_certain(unit: Unit) -> bool:
    """Whether a command that asks nobody may take a unit: pounds and thousands are how registers are written,
    the others are for a person to look at.
    """
    return unit in (Unit.POUNDS, Unit.THOUSANDS)
