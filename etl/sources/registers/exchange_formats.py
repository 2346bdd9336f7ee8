"""Which exchange standard a file follows, by what stands in it."""

from __future__ import annotations

from typing import Final

from etl.files.containers import GZIP_MAGIC, is_workbook
from etl.files.json_text import read_json_or_lines
from etl.records import SourceProblem
from etl.sources.registers.exchange_json import dictionaries, is_json, unpacked
from etl.sources.registers.feed_pages import PAGE_LISTS
from etl.sources.registers.giving360_table import headers, is_giving
from etl.sources.registers.register_table import read_table

GIVING360: Final = "360giving"
OCDS: Final = "ocds"
OPENREFERRAL: Final = "openreferral"


def exchange_format(data: bytes, file: str) -> str | None:
    """The standard of the file, or None for a register in table form or a file that follows none of them."""
    try:
        plain = unpacked(data, file) if data.startswith(GZIP_MAGIC) else data
        if is_json(plain):
            return _format_of_json(plain)
        if (
            is_workbook(plain) or b"ward" in plain[:4096]
        ):  # "Amount Awarded", "awardDate": no register of ours has it
            return (
                GIVING360
                if is_giving(read_table(plain, file, headers()))
                else None
            )
    except SourceProblem:
        return None  # the register's own reader says what is wrong with it
    return None


def _format_of_json(plain: bytes) -> str | None:
    try:
        value = read_json_or_lines(plain)
    except ValueError:
        return None
    first = next(
        iter(dictionaries(value)),
        {},
    )
    if "grants" in first or "amountAwarded" in first:
        return GIVING360
    if {"releases", "records", "ocid"} & first.keys():
        return OCDS
    listed = next(
        (first[name] for name in PAGE_LISTS if name in first),
        value,
    )
    service = next(
        iter(dictionaries(listed)),
        {},
    )
    return OPENREFERRAL if {"id", "name", "status"} <= service.keys() else None
