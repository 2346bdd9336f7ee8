"""Which GSS codes belong to which kind of area, and what became of retired ones. Nothing is guessed from a
name.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from typing import Final

from clearlink.rules.codes import WALES
from etl.sources.catalogue import CATALOGUE

_GSS: Final = re.compile(r"[A-Z]\d{8}")


@cache
def codes_of(area_type: str) -> frozenset[str]:
    """Every current code of a kind of area (LSOA21, LSOA11, LSOA01, LA, LHB), or nothing where no list is
    held.
    """
    codes: set[str] = set()
    with (CATALOGUE / "area_code_ranges.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        for row in csv.DictReader(file):
            if row["area_type"] == area_type:
                prefix, first, last = (
                    row["first"][:3],
                    int(row["first"][3:]),
                    int(row["last"][3:]),
                )
                codes.update(
                    f"{prefix}{number:06d}" for number in range(first, last + 1)
                )
    return frozenset(codes)


@cache
def retired_codes() -> dict[str, str]:
    """Codes that are no longer in use → the code that took their place."""
    with (CATALOGUE / "retired.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["retired_code"]: row["successor_code"]
            for row in csv.DictReader(file)
        }


def fault_of_code(
    code: str,
    area_type: str,
    *,
    wales_too: bool = False,
) -> tuple[str, dict[str, str]] | None:
    """What is wrong with a code in a table of this kind of area: a problem code and its facts; nothing if
    it is right.
    """
    if wales_too and code == WALES:
        return None
    known = codes_of(area_type)
    if code in known:
        return None
    facts = {"code": code, "area_type": area_type}
    if not _GSS.fullmatch(code):
        return "area_code_malformed", facts
    if code in retired_codes():
        return "area_code_retired", {
            **facts,
            "successor": retired_codes()[code],
        }
    if not code.startswith("W"):
        return "area_code_foreign", facts
    other = _other_kind(code)
    if other is not None:
        return "area_code_other_kind", {**facts, "other": other}
    return ("area_code_unknown", facts) if known else None


def _other_kind(code: str) -> str | None:
    """The kind of area that a code is of; Wales is told as authorities are."""
    if code == WALES:
        return "LA"
    return next(
        (
            kind
            for kind in ("LSOA21", "LSOA11", "LSOA01", "LA", "LHB")
            if code in codes_of(kind)
        ),
        None,
    )
