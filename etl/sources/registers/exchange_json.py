"""Files of the exchange standards opened: JSON under limits, and the small questions every one of them
raises.
"""

from __future__ import annotations

import html
import math
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from etl.files.containers import GZIP_MAGIC, check_size, inflate_gzip
from etl.files.json_text import read_json_or_lines
from etl.files.refusal import FileRefused, refused_file
from etl.records import SourceProblem
from etl.sources.registers.register_cells import FIGURE
from etl.sources.registers.register_problems import SOURCE_ID, problem, quoted

_WITH_COMMAS = re.compile(
    rf"[+-]?{FIGURE}(?:\.\d+)?",
    re.ASCII,
)
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_POUNDS = frozenset(
    {
        "GBP",
        "£",
        "£GBP",
        "GBP £",
        "UKP",
        "POUND",
        "POUNDS",
        "STERLING",
        "POUNDS STERLING",
        "POUND STERLING",
    }
)
_ENTITY = re.compile(
    r"&(?:amp|quot|apos|lt|gt|nbsp|pound|#\d{1,6}|#x[0-9a-fA-F]{1,6}|[a-z]{1,6}(?:acute|grave|circ|uml));"
)
# the first byte of a letter of two or three in UTF-8, as Windows-1252 shows it, and the byte after it
_MANGLED = re.compile(
    r"[ÂÃÅâ][\u0080-\u00bf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ€¢£¥¦§¨©ª«¬®¯°±²³´µ¶·¸¹º»¼½¾¿]"
)
_LONDON = ZoneInfo("Europe/London")


def is_json(data: bytes) -> bool:
    """Whether the bytes begin as JSON does (also behind a byte order mark)."""
    return data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in {b"{", b"["}


def unpacked(data: bytes, file: str) -> bytes:
    """The bytes themselves, or what a gzip file holds. Raises SourceProblem for one that swells or is
    damaged.
    """
    try:
        check_size(data)
        return inflate_gzip(data) if data.startswith(GZIP_MAGIC) else data
    except FileRefused as refused:
        raise refused_file(SOURCE_ID, file, refused) from refused


def read_json(
    data: bytes,
    file: str,
    standard: str,
) -> Any:
    """The JSON value in `data`. Raises SourceProblem where it is not JSON in UTF-8."""
    try:
        return read_json_or_lines(data)
    except ValueError as fault:
        reason = quoted(str(fault) or type(fault).__name__)
        raise SourceProblem(
            [
                problem(
                    "exchange_unreadable", file, found=reason, format=standard
                )
            ]
        ) from fault


def dictionaries(value: Any) -> list[dict[str, Any]]:
    """The objects in a list; an object alone stands for a list of one, anything else for none."""
    listed = value if isinstance(value, list) else [value]
    return [each for each in listed if isinstance(each, dict)]


def texts(value: Any) -> Iterator[str]:
    """The texts in a list that are not empty."""
    for each in value if isinstance(value, list) else [value]:
        if text := text_at(each):
            yield text


def text_at(value: Any) -> str:
    """A text or a number as text; anything else is no text."""
    if isinstance(value, bool) or not isinstance(
        value,
        str | int | float,
    ):
        return ""
    return (
        " ".join(str(value).split())
        if isinstance(value, str)
        else f"{value:.12g}"
    )


def number_at(value: Any) -> float | None:
    """A number, or a text that is one; None otherwise."""
    if isinstance(value, bool):
        return None
    text = str(value).strip().removeprefix("£").strip()
    if _WITH_COMMAS.fullmatch(text):
        text = text.replace(",", "")
    # what Python takes for a number and nobody writes as one: 1_000, １２, inf
    if not _NUMBER.fullmatch(text):
        return None
    number = float(text)
    return number if math.isfinite(number) else None


def currency_at(value: Any) -> str:
    """A currency's code in capitals; pounds however they are written, and nothing where nothing is."""
    plain = text_at(value).strip().upper().rstrip(".")
    return "GBP" if plain in _POUNDS else plain


def readable(text: str) -> str:
    """A text whose letters were mangled on the way, put right: "TÃ½ Gwyn &amp; Friends" is meant as "Tŷ Gwyn
    & Friends".

    Only what can be put right without a guess is: bytes of UTF-8 read as Windows-1252, and the marks of HTML.
    """
    plain = html.unescape(text) if _ENTITY.search(text) else text
    if not _MANGLED.search(plain):
        return plain
    try:
        return plain.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return plain


def day_at(value: Any) -> str:
    """The day of a date or a timestamp as ISO text, in Welsh time: 23:00 in UTC on a summer's day is the next
    day here.

    Text that is neither is answered as it stands, so that the register's reader refuses it where it stands.
    """
    text = text_at(value)
    if len(text) <= 10 or text[10] not in "T ":
        return text
    try:
        moment = datetime.fromisoformat(
            text.replace(" ", "T").replace(
                "Z",
                "+00:00",
            )
        )
    except ValueError:
        return text
    return (
        (
            moment
            if moment.tzinfo is None
            else moment.astimezone(UTC).astimezone(_LONDON)
        )
        .date()
        .isoformat()
    )


def as_day(text: str) -> date | None:
    """A day as the register's reader takes it, or None; used for lengths only, never in place of that
    reader.
    """
    for shape in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, shape).date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
    return None
