"""Text of one register cell → a date, an amount, a count, a list; or the code of what is wrong with it."""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

_WALES = ZoneInfo("Europe/London")
EARLIEST = date(1990, 1, 1)
LATEST = date(2100, 12, 31)
# behind a date that could be two days, where nothing in its file says which is meant
ORDER_UNSAID = " ?"
_ISO = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00(?:\.0+)?)?)?", re.ASCII
)
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)
_YEAR_OR_MONTH = re.compile(r"(\d{4})(?:-(\d{2}))?", re.ASCII)
_TWO_DIGIT_YEAR = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2}", re.ASCII)
# a comma parts thousands or stands in no figure of ours: "1,5" is another country's one and a half
FIGURE = r"(?:\d{1,3}(?:,\d{3})+|\d{1,12})(?![\d,])"
_AMOUNT = re.compile(
    rf"£?\s*({FIGURE})(\.\d+)?",
    re.ASCII,
)
# "1.000" is a thousand to some and one to us
_MAY_BE_THOUSANDS = re.compile(r"£?\s*\d{1,3}\.\d{3}", re.ASCII)
_NEGATIVE = re.compile(
    r"[-−–]\s*£?\s*[\d,]+(?:\.\d+)?|£\s*[-−–]\s*[\d,]+(?:\.\d+)?|\(\s*£?\s*[\d,]+(?:\.\d+)?\s*\)",
    re.ASCII,
)
_SHORT_COMPANY = re.compile(r"GB-COH-(\d{1,7})", re.ASCII)
_COUNT = re.compile(r"(\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.0+)?", re.ASCII)


class CellRefused(ValueError):
    """`code` names the problem; `facts` are what its sentence needs besides the place and what was found."""

    def __init__(self, code: str, **facts: str) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


def today() -> date:
    """The day in Wales: nothing that has happened is dated after it."""
    return datetime.now(_WALES).date()


def read_date(text: str) -> date:
    """2024-03-31 or 31/03/2024 (day first). Raises CellRefused for any other text and for days that do not
    exist.
    """
    if text.endswith(ORDER_UNSAID):
        raise CellRefused("date_order_unsaid")
    if _TWO_DIGIT_YEAR.fullmatch(text):
        raise CellRefused("date_two_digit_year")
    if iso := _ISO.fullmatch(text):
        year, month, day = (int(part) for part in iso.groups())
    elif found := _DAY_FIRST.fullmatch(text):
        day, month, year = (int(part) for part in found.groups())
    else:
        raise CellRefused("date_unreadable")
    try:
        value = date(year, month, day)
    except ValueError:
        raise CellRefused("date_impossible") from None
    if not EARLIEST <= value <= LATEST:
        raise CellRefused(
            "date_out_of_range",
            earliest=EARLIEST.isoformat(),
            latest=LATEST.isoformat(),
        )
    return value


def read_span(text: str) -> tuple[date, date | None]:
    """A day, or the first and last day of a year ("2022") or month ("2022-05") where no more is known. Raises
    CellRefused.
    """
    parts = _YEAR_OR_MONTH.fullmatch(text)
    if not parts:
        return read_date(text), None
    year, month = int(parts[1]), int(parts[2] or 0)
    if month > 12 or (parts[2] and not month):
        raise CellRefused("date_impossible")
    first, last = month or 1, month or 12
    if not EARLIEST.year <= year <= LATEST.year:
        raise CellRefused(
            "date_out_of_range",
            earliest=EARLIEST.isoformat(),
            latest=LATEST.isoformat(),
        )
    return date(year, first, 1), date(
        year,
        last,
        calendar.monthrange(year, last)[1],
    )


def read_amount_gbp(text: str) -> float:
    """Pounds: "£1,234.50", "1234.5". Raises CellRefused for a negative amount or any other text."""
    if _NEGATIVE.fullmatch(text):
        raise CellRefused("amount_negative")
    parts = _AMOUNT.fullmatch(text)
    if not parts or _MAY_BE_THOUSANDS.fullmatch(text):
        raise CellRefused("amount_not_a_number")
    return float(parts[1].replace(",", "") + (parts[2] or ""))


def read_count(text: str) -> int:
    """A whole number, zero or more. Raises CellRefused otherwise."""
    digits = _COUNT.fullmatch(text)
    if not digits or _MAY_BE_THOUSANDS.fullmatch(text):
        raise CellRefused("count_not_whole")
    return int(digits[1].replace(",", ""))


def whole_company_number(org_id: str) -> str:
    """An identifier of Companies House with the noughts that a spreadsheet took from its number, which has
    eight places; any other as it stands.
    """
    lost = _SHORT_COMPANY.fullmatch(org_id)
    return f"GB-COH-{lost[1]:0>8}" if lost else org_id


def read_list(text: str) -> tuple[str, ...]:
    """Parts between semicolons (or line breaks), each once, in the order given."""
    return tuple(
        dict.fromkeys(
            part.strip() for part in re.split(r"[;\n]", text) if part.strip()
        )
    )


def read_weights(text: str) -> tuple[tuple[str, float], ...]:
    """ "W01000003=25;W01000004=13" → pairs of area and people. Raises CellRefused for any other shape."""
    pairs: dict[str, float] = {}
    for part in re.split(r"[;\n]", text):
        if not part.strip():
            continue
        area, sign, number = (piece.strip() for piece in part.partition("="))
        if (
            not area
            or not sign
            or area in pairs
            or not re.fullmatch(r"\d{1,9}(?:\.\d+)?", number, re.ASCII)
        ):
            raise CellRefused("users_unreadable")
        pairs[area] = float(number)
    return tuple(pairs.items())
