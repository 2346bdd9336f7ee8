"""JSON from outside → a value whose every text can be written and whose every number is one."""

from __future__ import annotations

import json
import math
import re
from typing import Any, Final

# a text beyond this is no cell of a table, whatever the format
MAX_TEXT: Final = 32_767
# longer than any sum, count or code; the interpreter refuses to read whole numbers of some thousands of
# digits
MAX_DIGITS: Final = 40
_ESCAPED_SURROGATE: Final = re.compile(r"\\u[dD][89a-fA-F]")


# what a package of one standard lists its entries under
_LISTS: Final = ("grants", "releases", "records")
# what a record of one contracting process (OCDS) holds: a package of releases is of no one process
_OF_RECORD: Final = frozenset({"releases", "compiledRelease"})


def read_json_or_lines(data: bytes) -> Any:
    """The value in JSON; of a file with one object a line (JSON Lines) their list, or one package where each
    line is one. Raises ValueError as `read_json_text` does.
    """
    try:
        return read_json_text(data)
    except ValueError:
        lines = [line for line in data.splitlines() if line.strip()]
        if len(lines) < 2 or not all(
            line.strip().endswith(b"}") for line in lines
        ):
            raise
        return _package_of([read_json_text(line) for line in lines])


def _package_of(values: list[Any]) -> Any:
    """The values of the lines; what each of them lists as a package in one list, and records in a package."""
    if all(map(is_record, values)):
        return {"records": values}
    for name in _LISTS:
        if all(
            isinstance(value, dict) and isinstance(value.get(name), list)
            for value in values
        ):
            return {name: [each for value in values for each in value[name]]}
    return values


def is_record(value: Any) -> bool:
    """Whether it is a record of one contracting process, which has its releases or the whole made of them."""
    return (
        isinstance(value, dict)
        and "ocid" in value
        and not _OF_RECORD.isdisjoint(value)
    )


def read_json_text(data: bytes) -> Any:
    """The value in UTF-8 JSON, with or without a byte order mark.

    Raises ValueError for what is not JSON, nested too deeply, or holds a number that is none (NaN, one beyond
    any size), half of a character pair, which no file or page could hold, or a text longer than the cell of
    any table.
    """
    text = data.decode("utf-8-sig")
    try:
        value = json.loads(
            text,
            parse_constant=_no_number,
            parse_int=_whole,
            parse_float=_finite,
        )
        if _ESCAPED_SURROGATE.search(text):
            json.dumps(value, ensure_ascii=False).encode("utf-8")
        if (
            _may_hold_a_long_text(text)
            and (longest := _longest_text(value)) > MAX_TEXT
        ):
            raise ValueError(
                f"a text of {longest:,} characters, at most {MAX_TEXT:,}"
            )
    except UnicodeEncodeError as fault:
        raise ValueError("a text holds half of a character pair") from fault
    except RecursionError as fault:
        raise ValueError("nested too deeply") from fault
    return value


def _may_hold_a_long_text(text: str) -> bool:
    # what stands between two quotation marks is a text, or what is between two texts: boundaries are long
    # there, and looked into
    return (
        max(
            map(
                len,
                text.replace("\\\\", "--")
                .replace(
                    '\\"',
                    "--",
                )
                .split('"'),
            )
        )
        > MAX_TEXT
    )


def _longest_text(value: Any) -> int:
    longest, waiting = 0, [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            longest = max(longest, len(each))
        elif isinstance(each, list):
            waiting += each
        elif isinstance(each, dict):
            waiting += each
            waiting += each.values()
    return longest


def _no_number(text: str) -> float:
    raise ValueError(f"{text} is not a number")


def _whole(text: str) -> int:
    if len(text) > MAX_DIGITS:
        raise ValueError(f"a number of {len(text)} digits")
    return int(text)


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"{text[:MAX_DIGITS]} is beyond any number")
    return number
