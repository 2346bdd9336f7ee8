"""Cells as people write them in their own spreadsheets → cells as the register template takes them.

What cannot be read is handed on as it stands, so that the register's reader refuses it in its place with its
own words.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from clearlink.rules.dates import whole_year
from etl.directory import folded
from etl.sources.registers.register_cells import FIGURE
from etl.sources.spreadsheets.money_unit import POUNDS_IN, Unit

_NOTHING_WORDS: Final = (
    "tbc|tba|tbd|n a|na|not applicable|not known|unknown|none|to be confirmed|iw gadarnhau|i w gadarnhau|"
    "iw bennu|anhysbys|ddim yn hysbys|amherthnasol|dim|dd b|heb ei bennu|not yet known|pending|see note"
)
_NOTHING: Final = frozenset(_NOTHING_WORDS.split("|"))
_WITHHELD_WORDS: Final = (
    "redacted|commercial in confidence|commercially confidential|commercially sensitive|confidential|"
    "commercial confidentiality|withheld|not disclosed|not published|exempt|restricted|"
    "masnachol gyfrinachol|yn fasnachol gyfrinachol|cyfrinachol|yn gyfrinachol|wedi ei olygu|wedii olygu|"
    "ataliwyd|heb ei ddatgelu|heb ei gyhoeddi"
)
_WITHHELD: Final = frozenset(_WITHHELD_WORDS.split("|"))
# "Redacted Personal Data", "Commercial data withheld", "Data personol wedi'i olygu"
_WITHHELD_SOME: Final = re.compile(
    r"(?:redacted|withheld) (?:\w+ )?(?:data|information|name|details)"
    r"|(?:\w+ )?(?:data|information|name|details) (?:is |are )?(?:redacted|withheld)"
    r"|(?:data|gwybodaeth|enw|manylion)(?: \w+)? (?:(?:wedi(?: ei|i| i|u| eu)) g?olygu|a ataliwyd)"
)
_SERIAL: Final = re.compile(r"(\d{5})(?:\.0+)?", re.ASCII)
# As a spreadsheet counts: 1 January 1990 to 31 December 2100.
_SERIAL_RANGE: Final = (32_874, 73_415)
_EPOCH: Final = date(1899, 12, 30)
_SHORT: Final = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{2})", re.ASCII)
# "1 April 2024", "Monday 1st April, 2024", "01-Apr-24" as Excel shows a day
_WORDED: Final = re.compile(
    r"(?:[^\W\d]+,?\s+)?(\d{1,2})(?:st|nd|rd|th|af|ain|il|ydd|fed|eg)?"
    r"[\s/.-]+([^\W\d]+)\.?,?[\s/.-]+(\d{4}|\d{2})",
    re.IGNORECASE,
)
_MONTH_YEAR: Final = re.compile(
    r"([^\W\d]+)\.?,?[\s/.-]+['’]?(\d{4}|\d{2})", re.IGNORECASE
)
_YEARS: Final = re.compile(
    r"((?:19|20)\d{2})\s?[/–-]\s?(?:19|20)?(\d{2})", re.ASCII
)
_TIME: Final = re.compile(
    r"(?<=\d)[T ]\s?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s?(?:[ap]m)?(?:Z|[+-]\d{2}:?\d{2})?$",
    re.IGNORECASE,
)
_EXTENSION: Final = re.compile(
    r"\s*\(?\s*(?:\+\s?\d+\s*(?:years?|months?|blynedd|mis)?\s*)+\)?$",
    re.IGNORECASE,
)
_LENGTH: Final = re.compile(
    r"(\d{1,3})\s*(months?|mis|years?|yrs?|blynedd|flynedd|mlynedd|blwyddyn|flwyddyn)",
    re.IGNORECASE,
)
_IN_MONTHS: Final = re.compile(r"\b(?:months?|mths?|misoedd|mis|fisoedd)\b")
_IN_YEARS: Final = re.compile(
    r"\b(?:years?|yrs?|blynyddoedd|flynyddoedd|blynedd)\b"
)
_OPEN_WORDS: Final = (
    "ongoing|on going|rolling|rolling contract|open ended|openended|open|indefinite|continuing|current|"
    "until further notice|no end date|present|"
    "parhaus|yn parhau|treigl|penagored|heb ddyddiad gorffen|dim dyddiad gorffen|hyd nes clywir yn wahanol"
)
_OPEN: Final = frozenset(_OPEN_WORDS.split("|"))
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
    r"\b(?:per annum|per year|p\.?\s?a\.?|pa|each year|annually|y flwyddyn|y fl|gbp"
    r"|circa|approx(?:imately)?|tua|oddeutu|c\.|(?:ex|inc)\w*\.? vat|\+ vat|est(?:imated|\.)?"
    r"|budget|amcangyfrif)(?![a-z])"
    r"|[*^]|\(\s*(?:est(?:imated|\.)?|approx\.?|budget|amcangyfrif)\s*\)|/\s?(?:yr|year)\b",
    re.IGNORECASE,
)
_SCALED: Final = re.compile(
    rf"£?\s*({FIGURE}(?:\.\d+)?)\s*(k|m|mil|million|miliwn|thousand)\b\.?",
    re.IGNORECASE,
)
_SCALES: Final = {
    "k": 1_000,
    "thousand": 1_000,
    "mil": 1_000,
    "m": 1_000_000,
    "million": 1_000_000,
    "miliwn": 1_000_000,
}
_PLAIN: Final = re.compile(
    rf"£?\s*-?\s*{FIGURE}(?:\.\d+)?",
    re.ASCII,
)
_PLAINLY_POUNDS: Final = 1_000
_COUNTED: Final = re.compile(r"(\d[\d,]*)\s+([^\W\d].*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Said:
    """A cell in the template's terms, and the code of what somebody should know about the reading."""

    text: str
    code: str = ""


def means_nothing(text: str) -> bool:
    """Whether a cell says that nothing is given: "TBC", "n/a", "i'w gadarnhau", a dash."""
    return bool(text.strip()) and (folded(text) in _NOTHING or not folded(text))


def means_withheld(text: str) -> bool:
    """Whether a cell says that its publisher keeps it back: "Commercial in confidence", "[REDACTED]"."""
    plain = folded(text)
    return plain in _WITHHELD or bool(_WITHHELD_SOME.fullmatch(plain))


def means_open(text: str) -> bool:
    """Whether an end says that there is none so far: "Ongoing", "yn parhau"."""
    return folded(text) in _OPEN


def months_of(text: str) -> str:
    """The months of a length that stands where a date should ("12 months", "3 blynedd"); nothing for any
    other text.
    """
    length = _LENGTH.fullmatch(" ".join(text.split()))
    if not length:
        return ""
    in_months = folded(length[2]).startswith("mis") or folded(
        length[2]
    ).startswith("month")
    return str(int(length[1]) * (1 if in_months else 12))


def months_under(header: str, text: str) -> str:
    """The months of a bare number under a heading that says whether it counts months or years; nothing where
    it does not say.
    """
    plain = folded(header.replace("_", " "))
    if not text.isdecimal() or not text.isascii():
        return ""
    if _IN_MONTHS.search(plain):
        return str(int(text))
    return str(12 * int(text)) if _IN_YEARS.search(plain) else ""


def day_of(
    text: str,
    is_end: bool,
    century: str = "",
) -> Said:
    """A date as a spreadsheet counts days, in words in either language, with a two-figure year, by its month
    or its financial year. `century`: of a year of two figures, where a person said it.
    """
    plain = _TIME.sub(
        "",
        " ".join(text.split()),
    )
    bare = _EXTENSION.sub("", plain)
    if bare != plain and bare:
        plain_day = day_of(bare, is_end, century)
        return Said(plain_day.text, "extension_not_counted")
    for read in (_serial_day, _short_day, _worded_day, _month, _financial_year):
        if day := read(plain, is_end, century):
            return day
    return Said(plain)


def _serial_day(
    plain: str,
    is_end: bool,
    century: str,
) -> Said | None:
    """45383: the days that a spreadsheet counts."""
    serial = _SERIAL.fullmatch(plain)
    days = int(serial[1]) if serial else 0
    if not _SERIAL_RANGE[0] <= days <= _SERIAL_RANGE[1]:
        return None
    return Said(
        (_EPOCH + timedelta(days=days)).isoformat(),
        "serial_date",
    )


def _short_day(
    plain: str,
    is_end: bool,
    century: str,
) -> Said | None:
    """01/04/24."""
    short = _SHORT.fullmatch(plain)
    if short is None:
        return None
    day, month, year = short.groups()
    return Said(
        f"{int(day):02}/{int(month):02}/{whole_year(year, century)}",
        "short_year",
    )


def _worded_day(
    plain: str,
    is_end: bool,
    century: str,
) -> Said | None:
    """1 April 2024, 1 Ebrill 24."""
    worded = _WORDED.fullmatch(plain)
    month = _MONTHS.get(folded(worded[2])) if worded else None
    if worded is None or month is None:
        return None
    year = whole_year(worded[3], century)
    is_short = len(worded[3]) == 2
    return Said(
        f"{int(worded[1]):02}/{month:02}/{year}",
        "short_year" if is_short else "",
    )


def _month(
    plain: str,
    is_end: bool,
    century: str,
) -> Said | None:
    """April 2024: its first day, or its last where it ends something."""
    worded = _MONTH_YEAR.fullmatch(plain)
    month = _MONTHS.get(folded(worded[1])) if worded else None
    if worded is None or month is None:
        return None
    year = int(whole_year(worded[2], century))
    day = calendar.monthrange(year, month)[1] if is_end else 1
    return Said(
        date(year, month, day).isoformat(),
        "month_only",
    )


def _financial_year(
    plain: str,
    is_end: bool,
    century: str,
) -> Said | None:
    """2024-25: 1 April, or the 31 March after it where it ends something."""
    years = _YEARS.fullmatch(plain)
    if years is None or (int(years[1]) + 1) % 100 != int(years[2]):
        return None
    first = int(years[1])
    return Said(
        f"{first + 1}-03-31" if is_end else f"{first}-04-01",
        "financial_year",
    )


def is_in_pounds(text: str, unit: Unit) -> bool:
    """Whether a cell under a heading of another unit gives whole pounds: it says £, and could hardly be
    thousands or millions of them, or is no pence.
    """
    plain = " ".join(_AROUND_AMOUNT.sub(" ", text).split())
    if not plain.startswith("£") or not _PLAIN.fullmatch(plain):
        return False
    return (
        unit is Unit.PENCE
        or float(re.sub(r"[£,\s]", "", plain)) >= _PLAINLY_POUNDS
    )


def amount_of(text: str, unit: Unit = Unit.POUNDS) -> Said:
    """Pounds without the words around them; "£84.5k" and "£1.2m" in full; a column of another unit
    converted.
    """
    plain = " ".join(_AROUND_AMOUNT.sub(" ", text).split())
    if scaled := _SCALED.fullmatch(plain):
        return Said(
            f"{float(scaled[1].replace(',', '')) * _SCALES[scaled[2].casefold()]:.2f}"
        )
    if (
        unit in POUNDS_IN
        and unit is not Unit.POUNDS
        and _PLAIN.fullmatch(plain)
    ):
        bare = re.sub(r"[£,\s]", "", plain)
        return Said(
            f"{float(bare) * POUNDS_IN[unit]:.2f}",
            f"unit_{unit}",
        )
    return Said(plain if _PLAIN.fullmatch(plain) else text)


def count_of(text: str) -> tuple[str, str]:
    """ "30 places" → the number and what it counts."""
    counted = _COUNTED.fullmatch(text.strip())
    return (
        (
            counted[1],
            counted[2].strip(),
        )
        if counted
        else (text, "")
    )
