"""Indicators of an authority's own: a table with the definition and one figure a row, loaded like a register
and withdrawn like one.

Every figure is marked as the authority's own and is never mixed with a publisher's: its id begins with
"own_". A count of people under ten is withheld here, and with it the rate that it would give away. Only what
may be public is loaded.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from clearlink.rules.as_read import as_read
from etl.directory import Directory, folded
from etl.records import Marker, OwnFigure, Register
from etl.sources.papers.paper_rows import readers_of, refuse_whereabouts
from etl.sources.registers.register_cells import EARLIEST, FIGURE, today
from etl.sources.registers.register_columns import Column
from etl.sources.registers.register_row_reader import RowReader
from etl.sources.registers.register_table import Table
from etl.sources.registers.repeated_rows import refuse_repeats

OWN_COLUMNS: Final = (
    *(
        Column(c, "", True)
        for c in [
            "indicator_id",
            "name_en",
            "name_cy",
            "unit_en",
            "unit_cy",
            "kind",
            "direction",
            "area_code",
            "period",
            "value",
            "licence",
            "sensitivity",
        ]
    ),
    *(
        Column(c, "", False)
        for c in [
            "theme_id",
            "marker",
            "numerator",
            "denominator",
            "publisher",
            "caveat_en",
            "caveat_cy",
            "edition",
        ]
    ),
)
KINDS: Final = {
    "count": "count",
    "percentage": "rate_pct",
    "rate": "rate_stated",
    "other": "other",
}
DIRECTIONS: Final = {"more": "+", "less": "-", "neither": "0"}
PREFIX: Final = "own_"
UNDER: Final = 10
_NUMBER: Final = re.compile(
    rf"-?{FIGURE}(?:\.\d+)?",
    re.ASCII,
)
# what calls itself something else and still counts people, in either language, mutated too
_PEOPLE: Final = re.compile(
    r"\b(?:people|persons?|individuals?|child|children|infants?|babies|births|boys?|girls?|mothers?|fathers?|"
    r"parents?|pupils?|students?|learners|famil(?:y|ies)|households?|residents?|adults?|men|women|carers?|"
    r"clients?|patients?|users|tenants?|claimants?|victims?|staff|cases|referrals|"
    r"(?:ph|b|m|p)obl|personau|phersonau|bersonau|unigolion|[pbm]lant|phlant|[pbm]lentyn|phlentyn|"
    r"f?abanod|g?enedigaethau|[bf]echgyn|merched|[fm]amau|[td]h?adau|thadau|rhieni|rieni|"
    r"[dt]h?euluoedd|theuluoedd|[dt]eulu|aelwydydd|[dt]?rigolion|[dn]?d?isgyblion|[mf]yfyrwyr|"
    r"oedolion|oedolyn|[dm]ynion|[mf]enywod|g?ofalwyr|[cg]leientiaid|chleientiaid|[cg]leifion|chleifion|"
    r"[dt]h?enantiaid|hawlwyr|[dt]?dioddefwyr|staff|achosion|atgyfeiriadau|dysgwyr|ddysgwyr)\b",
    re.IGNORECASE,
)
# a share or a rate is no count, whatever it is a share of
_SHARE: Final = re.compile(
    r"%|\bper\b|\bshare\b|\brate\b|\bpercent|\bfesul\b|y cant|\bo bob [\d,]+|"
    r"\b(?:ch?|g)anran|\b(?:ch?|g)?yfran|\b(?:ch?|g)?yfradd",
    re.IGNORECASE,
)
LONGEST: Final = {
    "indicator_id": 60,
    "name_en": 200,
    "name_cy": 200,
    "unit_en": 100,
    "unit_cy": 100,
    "licence": 200,
    "publisher": 200,
    "edition": 60,
}
# points of a percentage by which a rounded share may differ from its own counts
ROUNDED: Final = 1.0
_PERIOD: Final = re.compile(r"(\d{4})(?:-(\d{2}))?", re.ASCII)
_DEFINING: Final = (
    "name_en",
    "name_cy",
    "unit_en",
    "unit_cy",
    "kind",
    "direction",
    "theme_id",
    "licence",
)
# columns of free words
_WORDED: Final = (
    "name_en",
    "name_cy",
    "caveat_en",
    "caveat_cy",
    "publisher",
    "period",
    "unit_en",
    "unit_cy",
    "licence",
    "edition",
    "indicator_id",
)


def read_own_indicators(
    table: Table,
    directory: Directory,
    register_id: str,
) -> Register:
    """One row a figure. A row that is not what it says, or defines its indicator otherwise than the first,
    is refused; the others stand.
    """
    register = Register(
        register_id,
        rows_read=len(table.rows),
    )
    defined: dict[str, dict[str, str | None]] = {}
    read = [
        (
            cells,
            _figure(cells, directory),
        )
        for cells in readers_of(table, OWN_COLUMNS, directory, register)
    ]
    # two editions in one file count as the same: nobody can say which of the two stands
    keyed = [
        (
            cells,
            (f.indicator_id, f.area_code, f.period),
        )
        for cells, f in read
    ]
    copies = refuse_repeats(keyed, "area_code")
    for cells, figure in read:
        definition = {column: cells.text(column) for column in _DEFINING}
        first = defined.setdefault(figure.indicator_id, definition)
        _refuse_other_definition(cells, first, definition)
        register.problems += cells.problems
        if not cells.is_refused and cells.row.number not in copies:
            register.own_figures.append(figure)
    return register


def _refuse_other_definition(
    cells: RowReader,
    first: Mapping[str, str | None],
    definition: Mapping[str, str | None],
) -> None:
    """Refuses a row that says of its indicator otherwise than the first row did."""
    if first == definition:
        return
    wrong = next(
        column for column in _DEFINING if first[column] != definition[column]
    )
    listed = str(first[wrong] or "–")
    cells.refuse(
        wrong,
        "choice_unknown",
        options=listed,
        options_cy=listed,
        nearest=listed,
    )


def _figure(cells: RowReader, directory: Directory) -> OwnFigure:
    refuse_whereabouts(cells, _WORDED)
    _refuse_long(cells)
    own_id = _own_id(cells)
    theme = _theme(cells, directory)
    _one_of(
        cells,
        "sensitivity",
        {"public": "public"},
        is_needed=True,
    )
    kind = _one_of(cells, "kind", KINDS, is_needed=True)
    direction = _one_of(cells, "direction", DIRECTIONS, is_needed=True)
    value, marker = _value(cells, kind)
    area = _area(cells, directory)
    period = _period(cells)
    return OwnFigure(
        indicator_id=PREFIX + own_id,
        name_en=cells.needed("name_en"),
        name_cy=cells.needed("name_cy"),
        unit_en=cells.needed("unit_en"),
        unit_cy=cells.needed("unit_cy"),
        kind=kind or "other",
        direction=direction or "0",
        theme_id=theme,
        area_code=area,
        area_type=next(
            iter(sorted(directory.area_types.get(area, ()))),
            "",
        ),
        period=period,
        edition=cells.text("edition") or period,
        value=value,
        marker=marker,
        licence=cells.needed("licence"),
        publisher=cells.text("publisher") or "",
        caveat_en=cells.text("caveat_en"),
        caveat_cy=cells.text("caveat_cy"),
        cell=f"row {cells.row.number}",
    )


def _own_id(cells: RowReader) -> str:
    """The id in letters, figures and single marks; one of which nothing is left is none."""
    given = cells.needed("indicator_id")
    own_id = folded(given).replace(" ", "_")
    if given and not own_id:
        cells.refuse("indicator_id", "id_unsafe")
    return own_id


def _refuse_long(cells: RowReader) -> None:
    """Refuses names, units and ids that no table or picture could hold."""
    for column, longest in LONGEST.items():
        length = len(cells.row.cells.get(column, ""))
        if length > longest:
            cells.refuse(
                column,
                "text_long",
                "",
                length=f"{length:,}",
                longest=f"{longest:,}",
            )


def _theme(cells: RowReader, directory: Directory) -> str | None:
    theme = cells.text("theme_id")
    known = set(directory.themes.values())
    if theme is not None and theme not in known:
        listed = ", ".join(sorted(known))
        cells.refuse(
            "theme_id",
            "choice_unknown",
            options=listed,
            options_cy=listed,
            nearest="",
        )
    return theme


def is_of_people(unit: str) -> bool:
    """Whether a unit counts people, by its own word."""
    read = as_read(unit)
    return bool(_PEOPLE.search(read)) and not _SHARE.search(read)


def _value(
    cells: RowReader, kind: str | None
) -> tuple[float | None, Marker | None]:
    """The figure, or why there is none. Fewer than ten people are told by neither the count nor the rate."""
    marked = _one_of(
        cells,
        "marker",
        {str(m): str(m) for m in Marker},
    )
    text = cells.row.cells.get("value", "").strip()
    if marked is not None:
        if text:
            cells.refuse(
                "marker",
                "choice_unknown",
                options="–",
                options_cy="–",
                nearest="–",
            )
        return None, Marker(marked)
    value, part = _number(cells, "value"), _number(cells, "numerator")
    whole = _number(cells, "denominator")
    if value is None and "value" not in cells.row.cells:
        return None, Marker.NOT_AVAILABLE
    if not text:
        cells.refuse("value", "required_blank")
        return None, Marker.NOT_AVAILABLE
    _refuse_impossible_share(
        cells,
        kind,
        value,
        part,
        whole,
    )
    if kind == "rate_pct" and part is None:
        part = _part_of(value, whole)
    people = value if _counts_people(cells, kind) else part
    if _tells_of_few(people, part, whole):
        return None, Marker.CONFIDENTIAL
    return value, None if value is not None else Marker.NOT_AVAILABLE


def _counts_people(cells: RowReader, kind: str | None) -> bool:
    if kind in ("other", "rate_stated"):
        # a word of people in one language is enough, whatever the other calls it
        units = (cells.text("unit_en"), cells.text("unit_cy"))
        return any(is_of_people(unit or "") for unit in units)
    return kind == "count"


def _part_of(value: float | None, whole: float | None) -> float | None:
    """The people behind a percentage, where only those of whom it is one are given."""
    if value is None or whole is None:
        return None
    return value * whole / 100


def _tells_of_few(
    people: float | None,
    part: float | None,
    whole: float | None,
) -> bool:
    """Whether a figure tells of fewer than ten people, counted or left over."""
    if people is not None and 0 <= people < UNDER:
        return True
    if whole is not None and 0 < whole < UNDER:
        return True
    # those who are not counted may be as few: 100 % of 12 says that nobody is left
    return part is not None and whole is not None and 0 < whole - part < UNDER


def _number(cells: RowReader, column: str) -> float | None:
    text = cells.row.cells.get(column, "").strip()
    if not text:
        return None
    if not _NUMBER.fullmatch(text):
        cells.refuse(
            column,
            "choice_unknown",
            options="1234.5",
            options_cy="1234.5",
            nearest="–",
        )
        return None
    return float(text.replace(",", ""))


def _period(cells: RowReader) -> str:
    """A year, a financial year or a month that has begun, written in one way."""
    text = cells.needed("period").replace("/", "-")
    if text and not _has_begun(text):
        shapes = "2024, 2024-25, 2024-03"
        cells.refuse(
            "period",
            "choice_unknown",
            options=shapes,
            options_cy=shapes,
            nearest="–",
        )
    return text


def _has_begun(period: str) -> bool:
    """Whether a text is a period of one of the three shapes, and its first month is not to come."""
    written = _PERIOD.fullmatch(period)
    if written is None:
        return False
    year, month = (
        int(written[1]),
        _first_month(
            int(written[1]),
            written[2],
        ),
    )
    if month is None:
        return False
    return (EARLIEST.year, 1) <= (year, month) <= (today().year, today().month)


def _first_month(year: int, part: str | None) -> int | None:
    """The month a period begins in: January of a year, April of a financial year, a month itself."""
    if part is None:
        return 1
    if int(part) == (year + 1) % 100:
        return 4
    return int(part) if 1 <= int(part) <= 12 else None


def _refuse_impossible_share(
    cells: RowReader,
    kind: str | None,
    value: float | None,
    part: float | None,
    whole: float | None,
) -> None:
    """A share lies between nothing and all, and a part is no more than its whole."""
    if kind == "rate_pct" and value is not None and not 0 <= value <= 100:
        cells.refuse(
            "value",
            "choice_unknown",
            options="0–100",
            options_cy="0–100",
            nearest="–",
        )
    if kind != "rate_pct" or part is None or whole is None:
        return
    _refuse_other_share(cells, value, part, whole)
    if part > whole:
        most = f"0–{whole:g}"
        cells.refuse(
            "numerator",
            "choice_unknown",
            options=most,
            options_cy=most,
            nearest="–",
        )


def _refuse_other_share(
    cells: RowReader,
    value: float | None,
    part: float,
    whole: float,
) -> None:
    """A percentage that its own two counts contradict; the counts are not repeated."""
    if value is None or not 0 < part <= whole:
        return
    if abs(value - 100 * part / whole) > ROUNDED:
        cells.refuse(
            "value",
            "choice_unknown",
            options="100 × numerator / denominator",
            options_cy="100 × numerator / denominator",
            nearest="–",
        )


def _area(cells: RowReader, directory: Directory) -> str:
    code = cells.needed("area_code").upper()
    if code in directory.area_types:
        if code in directory.retired or code in directory.lsoa_successors:
            now = ", ".join(
                [
                    *directory.retired.get(code, ()),
                    *directory.lsoa_successors.get(code, ()),
                ]
            )
            cells.refuse(
                "area_code",
                "choice_unknown",
                code,
                options=now,
                options_cy=now,
                nearest=now,
            )
        return code
    if code:
        now = ", ".join(directory.retired.get(code, ())) or "–"
        cells.refuse("area_code", "area_unknown", code, nearest=now)
    return code


def _one_of(
    cells: RowReader,
    column: str,
    accepted: dict[str, str],
    *,
    is_needed: bool = False,
) -> str | None:
    given = cells.needed(column) if is_needed else cells.text(column)
    text = (given or "").casefold()
    if not text:
        return None
    if text not in accepted:
        listed = ", ".join(accepted)
        cells.refuse(
            column,
            "choice_unknown",
            options=listed,
            options_cy=listed,
            nearest="",
        )
        return None
    return accepted[text]
