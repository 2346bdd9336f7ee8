"""The areas a register row names → codes in use, refusing what is not in Wales, not known or no longer
used.
"""

from __future__ import annotations

import re

from etl.records import Severity
from etl.sources.registers.place_ladder import place_meant, places_meant
from etl.sources.registers.register_cells import read_list, read_weights
from etl.sources.registers.register_problems import quoted
from etl.sources.registers.register_row_reader import RowReader

_LIKE_A_CODE = re.compile(
    r"[A-Za-z][\dOo]{8}|[A-Z]{3,4}_[A-Z_]+|[A-Za-z]\d{6,10}|[A-Z]{3}\d+"
)
_NOT_WELSH = re.compile(
    r"[ESNKJLM]\d{8}",
    re.IGNORECASE | re.ASCII,
)


def read_area_codes(
    cells: RowReader, la_code: str | None
) -> tuple[tuple[str, ...], bool]:
    """The codes in area_codes, and whether an authority's code was withheld because the row has a secret
    place.

    LSOA 2011 codes that changed become their 2021 successors, with a note. `la_code`: the commissioning
    authority.
    """
    text = cells.text("area_codes")
    if text is None:
        return (), False
    wanted = _codes_wanted(cells, text, la_code)
    if cells.has_secret_place:
        return _wide_areas(cells, wanted)
    codes: list[str] = []
    for code in wanted:
        codes += current_area(cells, "area_codes", code)
    if la_code:
        _warn_of_areas_elsewhere(cells, codes, la_code)
    return tuple(dict.fromkeys(codes)), False


def _codes_wanted(
    cells: RowReader,
    text: str,
    la_code: str | None,
) -> tuple[str, ...]:
    """The codes that a cell names, by code or by name; what is neither stands as it is, to be refused where
    it is checked.
    """
    codes: list[str] = []
    for code in read_list(text):
        parts = [part for part in re.split(r"[,\s]+", code) if part]
        if all(_LIKE_A_CODE.fullmatch(part) for part in parts):
            codes += parts
            continue
        for part, meant in places_meant(code, cells.directory, la_code):
            codes += meant.codes or [part]
    return tuple(dict.fromkeys(codes))


def read_users_by_area(cells: RowReader) -> tuple[tuple[str, float], ...]:
    """People served by area. A split area is refused here: people cannot be shared out by a code alone."""
    pairs = cells.parsed("users_by_area", read_weights) or ()
    people: dict[str, float] = {}
    for code, number in pairs:
        if cells.has_secret_place and cells.directory.is_below_region(code):
            cells.refuse("users_by_area", "sensitive_area")
            return ()
        current = current_area(cells, "users_by_area", code, may_split=False)
        for successor in current:
            people[successor] = people.get(successor, 0.0) + number
    return tuple(people.items())


def current_area(
    cells: RowReader,
    column: str,
    code: str,
    may_split: bool = True,
) -> tuple[str, ...]:
    """The codes that stand for `code` today; empty when it was refused."""
    directory = cells.directory
    if _NOT_WELSH.fullmatch(code):
        cells.refuse(column, "area_outside_wales", code)
    elif code in directory.retired:
        cells.refuse(
            column,
            "area_retired",
            code,
            area=code,
            successors=", ".join(directory.retired[code]),
        )
    elif (current := directory.current_codes(code)) is None:
        near = _meant(cells, code)
        cells.refuse(column, "area_unknown", code, nearest=near)
    elif current == (code,):
        return current
    elif len(current) > 1 and not may_split:
        cells.refuse(
            column,
            "area_retired",
            code,
            area=code,
            successors=", ".join(current),
        )
    else:
        successors = ", ".join(current)
        cells.warn(
            column,
            "area_recoded",
            code,
            Severity.NOTE,
            area=code,
            successors=successors,
        )
        return current
    return ()


def _meant(cells: RowReader, code: str) -> str:
    """The code that `code` was surely meant to be. A neighbouring number is never offered: it is another
    place.
    """
    if cells.is_guarded:
        return "–"
    offered = place_meant(code, cells.directory, None).offered
    if offered:
        names = cells.directory.area_names
        return "; ".join(
            f"{quoted(c)} ({names.get(c, c)})" for c in offered[:6]
        )
    typed = (
        code.upper().replace("O", "0")
        if re.fullmatch(r"[Ww][\dOo]{8}", code)
        else code
    )
    meant = (
        typed
        if typed in cells.directory.area_types
        else cells.directory.authority(code)
    )
    return quoted(meant) if meant else "–"


def _wide_areas(
    cells: RowReader, wanted: tuple[str, ...]
) -> tuple[tuple[str, ...], bool]:
    types = cells.directory.area_types
    if any(
        c not in types
        or (
            cells.directory.is_below_region(c) and types[c] != frozenset({"LA"})
        )
        for c in wanted
    ):
        cells.refuse("area_codes", "sensitive_area")
        return (), False
    wide = tuple(
        code for code in wanted if not cells.directory.is_below_region(code)
    )
    if wide != wanted:
        cells.warn("area_codes", "sensitive_area_withheld")
    return wide, wide != wanted


def _warn_of_areas_elsewhere(
    cells: RowReader,
    found: list[str],
    la_code: str,
) -> None:
    directory = cells.directory
    for code in found:
        if directory.area_authority.get(code, la_code) != la_code:
            cells.warn(
                "area_codes",
                "area_elsewhere",
                code,
                authority=directory.area_names.get(la_code, la_code),
            )
