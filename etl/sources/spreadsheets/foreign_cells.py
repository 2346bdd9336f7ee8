"""Cells as people write them in their own spreadsheets → cells as the register template takes them.

What cannot be read is handed on as it stands, so that the register's reader refuses it in its place with its own words.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from etl.directory import folded

_NOTHING_WORDS: Final = (
    "tbc|tba|tbd|n a|na|not applicable|not known|unknown|none|to be confirmed|iw gadarnhau|i w gadarnhau|iw bennu|anhysbys|ddim yn hysbys|"
    "amherthnasol|dim|dd b|heb ei bennu|not yet known|pending|see note"
)
_NOTHING: Final = frozenset(_NOTHING_WORDS.split("|"))
_SERIAL: Final = re.compile(r"(\d{5})(?:\.0+)?", re.ASCII)
# As a spreadsheet counts: 1 January 1990 to 31 December 2100.
_SERIAL_RANGE: Final = (32_874, 73_415)
_EPOCH: Final = date(1899, 12, 30)
_SHORT: Final = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{2})", re.ASCII)
_WORDED: Final = re.compile(
    r"(?:[^\W\d]+,?\s+)?(\d{1,2})(?:st|nd|rd|th|af|ain|il|ydd|fed|eg)?\s+([^\W\d]+)\.?,?\s+(\d{4})",
    re.IGNORECASE,
)
_MONTH_YEAR: Final = re.compile(r"([^\W\d]+)\.?\s+(\d{4})", re.IGNORECASE)
_MONTHS: Final = {
    name: at
    for at, names in enumerate(
        (
            "january jan ionawr ion",
            "february feb chwefror chwef",
            "march mar mawrth maw",
            "april apr ebrill ebr",
            "may mai",
            "june jun mehefin meh",
            "july jul gorffennaf gorff",
            "august aug awst",
            "september sep sept medi",
            "october oct hydref hyd",
            "november nov tachwedd tach",
            "december dec rhagfyr rhag",
        ),
        1,
    )
    for name in names.split()
}
_AROUND_AMOUNT: Final = re.compile(
    r"\b(?:per annum|per year|p\.?\s?a\.?|pa|each year|annually|y flwyddyn|y fl|gbp|circa|approx(?:imately)?|tua|oddeutu|c\.|(?:ex|inc)\w*\.? vat|\+ vat)(?![a-z])|[*^]|/\s?(?:yr|year)\b",
    re.IGNORECASE,
)
_SCALED: Final = re.compile(
    r"£?\s*([\d,]+(?:\.\d+)?)\s*(k|m|mil|million|miliwn|thousand)\b\.?", re.IGNORECASE
)
_SCALES: Final = {
    "k": 1_000,
    "thousand": 1_000,
    "mil": 1_000,
    "m": 1_000_000,
    "million": 1_000_000,
    "miliwn": 1_000_000,
}
_PLAIN: Final = re.compile(r"£?\s*-?\s*\d[\d,]*(?:\.\d+)?", re.ASCII)
_COUNTED: Final = re.compile(r"(\d[\d,]*)\s+([^\W\d].*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Said:
    """A cell in the template's terms, and the code of what somebody should know about the reading."""

    text: str
    code: str = ""


def means_nothing(text: str) -> bool:
    """Whether a cell says that nothing is given: "TBC", "n/a", "i'w gadarnhau", a dash."""
    return bool(text.strip()) and (folded(text) in _NOTHING or not folded(text))


def day_of(text: str, is_end: bool, century: str) -> Said:
    """A date as a spreadsheet counts days, in words in either language, with a two-figure year, or by its month."""
    plain = " ".join(text.split())
    if serial := _SERIAL.fullmatch(plain):
        days = int(serial[1])
        if _SERIAL_RANGE[0] <= days <= _SERIAL_RANGE[1]:
            return Said((_EPOCH + timedelta(days=days)).isoformat(), "serial_date")
    elif short := _SHORT.fullmatch(plain):
        return Said(f"{int(short[1]):02}/{int(short[2]):02}/{century}{short[3]}", "short_year")
    elif worded := _WORDED.fullmatch(plain):
        if month := _MONTHS.get(folded(worded[2])):
            return Said(f"{int(worded[1]):02}/{month:02}/{worded[3]}")
    elif (found := _MONTH_YEAR.fullmatch(plain)) and (month := _MONTHS.get(folded(found[1]))):
        year = int(found[2])
        return Said(
            date(year, month, calendar.monthrange(year, month)[1] if is_end else 1).isoformat(), "month_only"
        )
    return Said(text)


def amount_of(text: str, thousands: bool) -> Said:
    """Pounds without the words around them; "£84.5k" and "£1.2m" in full; a column headed in thousands multiplied."""
    plain = " ".join(_AROUND_AMOUNT.sub(" ", text).split())
    if scaled := _SCALED.fullmatch(plain):
        return Said(f"{float(scaled[1].replace(',', '')) * _SCALES[scaled[2].casefold()]:.2f}")
    if thousands and _PLAIN.fullmatch(plain):
        bare = re.sub(r"[£,\s]", "", plain)
        return Said(f"{float(bare) * 1_000:.2f}")
    return Said(plain if _PLAIN.fullmatch(plain) else text)


def count_of(text: str) -> tuple[str, str]:
    """ "30 places" → the number and what it counts."""
    found = _COUNTED.fullmatch(text.strip())
    return (found[1], found[2].strip()) if found else (text, "")
