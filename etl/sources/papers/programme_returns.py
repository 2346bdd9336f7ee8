"""Returns of a programme: one figure a row, of a measure of the catalogue, in an area and a period.

Counts only. A file with a column that could be a family is refused whole and unread. A row that is not what
it says is refused with what to do; so are parts that are more than their whole.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from typing import Final

from clearlink.rules.programmes.family_columns import could_be_a_family
from clearlink.rules.programmes.measures import (
    CLUSTER_SHARE,
    EXAMPLES,
    OUTCOMES,
    SECTORS,
    Measure,
    is_in_bounds,
    measure_of,
    period_of,
)
from etl.directory import CATALOGUE, Directory, folded
from etl.files.sheet import column_letters
from etl.records import (
    Marker,
    Problem,
    ProgrammeReturn,
    Register,
    Severity,
    SourceProblem,
)
from etl.sources.papers.paper_rows import readers_of, refuse_whereabouts
from etl.sources.registers.register_cells import FIGURE
from etl.sources.registers.register_columns import Column
from etl.sources.registers.register_people import quoted_heading
from etl.sources.registers.register_problems import problem, quoted
from etl.sources.registers.register_row_reader import RowReader
from etl.sources.registers.register_table import Table

_REQUIRED: Final = "programme measure area_code period value"
_OPTIONAL: Final = (
    "part marker numerator denominator source note note_cy is_illustrative"
)
RETURN_COLUMNS: Final = (
    *(Column(c, "", True) for c in _REQUIRED.split()),
    *(Column(c, "", False) for c in _OPTIONAL.split()),
)
LONGEST_NOTE: Final = 300
_FREE: Final = ("source", "note", "note_cy", "part")
_NUMBER: Final = re.compile(
    rf"£?{FIGURE}(?:\.\d+)?",
    re.ASCII,
)
_REFUGE: Final = "domestic_abuse_refuge"
_SUM_SLACK: Final = 1e-6


@cache
def measures() -> Mapping[str, Measure]:
    """Measure id → measure, from the catalogue."""
    with (CATALOGUE / "programme_measures.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        return {
            row["measure_id"]: measure_of(row) for row in csv.DictReader(file)
        }


def read_returns(
    table: Table,
    directory: Directory,
    register_id: str,
) -> Register:
    """One row a figure. Raises SourceProblem where a column could be a family."""
    _refuse_families(table)
    register = Register(
        register_id,
        rows_read=len(table.rows),
    )
    seen: dict[tuple[str, str, str, str], int] = {}
    spelt: dict[str, str] = {}
    read: list[tuple[RowReader, ProgrammeReturn]] = []
    for cells in readers_of(table, RETURN_COLUMNS, directory, register):
        figure = _figure(cells, directory)
        figure = _spelt_once(cells, figure, spelt)
        first = seen.setdefault(figure.key, cells.row.number)
        if first != cells.row.number:
            # two figures for one quarter: nobody can say which of the two stands
            cells.refuse(
                "period",
                "duplicate_key",
                other=f"{cells.row.letters['period']}{first}",
            )
        read.append((cells, figure))
    _refuse_over_whole([each for each in read if not each[0].is_refused])
    for cells, _ in read:
        register.problems += cells.problems
    spoiled = _spoiled_clusters(read)
    register.problems += [_left_out(c, table.file) for c in spoiled]
    register.programme_returns += [
        figure
        for cells, figure in read
        if not cells.is_refused and _cluster(figure) not in spoiled
    ]
    return register


def _spelt_once(
    cells: RowReader,
    figure: ProgrammeReturn,
    spelt: dict[str, str],
) -> ProgrammeReturn:
    """The row with its cluster's name as it was spelt first (`spelt`: folded name → name)."""
    if not _cluster(figure):
        return figure
    first = spelt.setdefault(
        folded(figure.part),
        figure.part,
    )
    if first != figure.part:
        cells.warn("part", "cluster_spelt_twice", first=first)
    return replace(figure, part=first)


def _cluster(figure: ProgrammeReturn) -> str:
    """The cluster whose list a row belongs to; empty where it is a row of no list."""
    if figure.measure_id != CLUSTER_SHARE:
        return ""
    return figure.part


def _spoiled_clusters(
    read: list[tuple[RowReader, ProgrammeReturn]],
) -> list[str]:
    """Clusters of whose list a row was refused, in the order of the file."""
    named = (_cluster(f) for cells, f in read if cells.is_refused)
    return list(dict.fromkeys(name for name in named if name))


def _left_out(cluster: str, file: str) -> Problem:
    """What is said of a cluster of which a row was refused: the rest of it would be another place."""
    return problem(
        "cluster_left_out",
        file,
        severity=Severity.WARNING,
        found=quoted(cluster),
    )


def _refuse_families(table: Table) -> None:
    faults = [
        problem(
            "column_of_a_family",
            table.file,
            row=table.header_row,
            letter=column_letters(at),
            column=heading
            if (shown := quoted_heading(heading)) != "–"
            else shown,
            found=shown,
        )
        for at, heading in enumerate(table.header)
        if could_be_a_family(heading)
    ]
    if faults:
        raise SourceProblem(faults)


def _figure(cells: RowReader, directory: Directory) -> ProgrammeReturn:
    refuse_whereabouts(cells, _FREE)
    programme, measure = _measure(cells, directory)
    area = _area(cells, directory, measure)
    part = _part(cells, directory, measure)
    if part == _REFUGE and area and directory.is_below_region(area):
        cells.refuse("area_code", "return_of_a_refuge", area)
    value, marker = _value(cells, measure)
    return ProgrammeReturn(
        programme_id=programme,
        measure_id=measure.measure_id if measure else "",
        area_code=area,
        period=_period(cells, measure),
        part=part,
        value=value,
        marker=marker,
        numerator=_number(cells, "numerator"),
        denominator=_number(cells, "denominator"),
        source=cells.text("source") or "",
        cell=f"{cells.row.file}, row {cells.row.number}",
        note=_note(cells, "note"),
        note_cy=_note(cells, "note_cy"),
        is_illustrative=cells.flag("is_illustrative"),
    )


def _measure(
    cells: RowReader, directory: Directory
) -> tuple[str, Measure | None]:
    """The programme and its measure; a measure of another programme is refused with those of this one."""
    named = cells.needed("programme")
    programme = directory.programmes.get(
        folded(named),
        "",
    )
    if named and not programme:
        known = {p for m in measures().values() for p in m.programmes}
        _refuse_choice(
            cells,
            "programme",
            named,
            sorted(known),
        )
    asked = cells.needed("measure").casefold()
    measure = measures().get(asked)
    if not (asked and programme):
        return programme, measure
    of_programme = [
        m for m, each in measures().items() if programme in each.programmes
    ]
    if asked in of_programme:
        return programme, measure
    listed = ", ".join(of_programme)
    cells.refuse(
        "measure",
        "measure_of_another" if measure else "choice_unknown",
        asked,
        options=listed,
        options_cy=listed,
        nearest=cells.near(asked, of_programme),
        programme=programme,
    )
    return programme, None


def _refuse_choice(
    cells: RowReader,
    column: str,
    text: str,
    options: Iterable[str],
) -> None:
    options = list(options)
    listed = ", ".join(options) or "–"
    cells.refuse(
        column,
        "choice_unknown",
        text,
        options=listed,
        options_cy=listed,
        nearest=cells.near(text, options) if options else "–",
    )


def _area(
    cells: RowReader,
    directory: Directory,
    measure: Measure | None,
) -> str:
    code = cells.needed("area_code").upper()
    kinds = directory.area_types.get(code, frozenset())
    if code and not kinds:
        named = directory.authority(code)
        if named:
            code, kinds = named, frozenset({"LA"})
        else:
            cells.refuse("area_code", "area_unknown", code, nearest="–")
            return code
    if measure is not None and kinds and not kinds.intersection(measure.levels):
        cells.refuse(
            "area_code",
            "return_level",
            code,
            levels=", ".join(measure.levels),
        )
    return code


def _part(
    cells: RowReader,
    directory: Directory,
    measure: Measure | None,
) -> str:
    text = cells.text("part") or ""
    if measure is None:
        return text
    if measure.parts == "cluster":
        return cells.needed("part")
    if not text:
        return ""
    known = _parts_of(measure, directory)
    if folded(text) in known or text in known.values():
        return known.get(
            folded(text),
            text,
        )
    _refuse_choice(
        cells,
        "part",
        text,
        sorted(set(known.values())),
    )
    return ""


def _parts_of(measure: Measure, directory: Directory) -> Mapping[str, str]:
    """The parts that a measure is broken down into, by folded name."""
    lists: Mapping[str, Mapping[str, str]] = {
        "theme": directory.themes,
        "target_group": directory.target_groups,
        "outcome": dict(zip(OUTCOMES, OUTCOMES, strict=True)),
        "sector": dict(zip(SECTORS, SECTORS, strict=True)),
        "": {},
    }
    return lists[measure.parts]


def _period(cells: RowReader, measure: Measure | None) -> str:
    text = cells.needed("period")
    if measure is None or not text:
        return text
    kept = period_of(measure, text)
    if kept is None:
        cells.refuse(
            "period",
            "return_period",
            text,
            example=EXAMPLES[measure.periods],
        )
    return kept or text


def _value(
    cells: RowReader, measure: Measure | None
) -> tuple[float | None, Marker | None]:
    """The figure, or why there is none: never both, never neither."""
    marked = (cells.text("marker") or "").casefold()
    text = cells.row.cells.get("value", "").strip()
    if marked:
        return None, _marker(cells, marked, text)
    if not text:
        cells.refuse("value", "required_blank")
    value = _number(cells, "value")
    if value is None:
        return None, Marker.NOT_AVAILABLE
    if measure is not None and not is_in_bounds(measure, value):
        least, most = (
            "–" if bound is None else f"{bound:,g}"
            for bound in (measure.least, measure.most)
        )
        cells.refuse(
            "value",
            "return_out_of_bounds",
            text,
            least=least,
            most=most,
        )
    return value, None


def _marker(
    cells: RowReader,
    marked: str,
    text: str,
) -> Marker:
    """Why there is no figure; a word that is no marker, or one beside a figure, is refused."""
    if marked not in set(Marker):
        _refuse_choice(
            cells,
            "marker",
            marked,
            [str(m) for m in Marker],
        )
        return Marker.NOT_AVAILABLE
    if text:
        _refuse_choice(cells, "marker", marked, [])
    return Marker(marked)


def _number(cells: RowReader, column: str) -> float | None:
    text = cells.row.cells.get(column, "").strip()
    if not text:
        return None
    if not _NUMBER.fullmatch(text):
        cells.refuse(
            column,
            "return_not_a_number",
            "" if text.isdigit() else text,
        )
        return None
    return float(text.replace(",", "").removeprefix("£"))


def _note(cells: RowReader, column: str) -> str | None:
    text = cells.text(column)
    if text is not None and len(text) > LONGEST_NOTE:
        cells.refuse(
            column,
            "text_long",
            "",
            length=f"{len(text):,}",
            longest=f"{LONGEST_NOTE:,}",
        )
    return text


def _refuse_over_whole(read: list[tuple[RowReader, ProgrammeReturn]]) -> None:
    """Parts that are more than their whole: a measure that lies inside another, a breakdown, the shares of a
    small area in clusters, a numerator.

    The counts themselves are never repeated.
    """
    told = {
        figure.key: figure.value
        for _, figure in read
        if figure.value is not None
    }
    sums = _sums(read)
    for cells, figure in read:
        if (figure.numerator or 0) > (figure.denominator or float("inf")):
            cells.refuse("numerator", "return_over_whole", "")
        elif _is_above_its_whole(figure, told) or _parts_are_above(
            figure, told, sums
        ):
            cells.refuse("value", "return_over_whole", "")


def _is_above_its_whole(
    figure: ProgrammeReturn, told: Mapping[tuple[str, str, str, str], float]
) -> bool:
    """Whether a measure that lies inside another is more than that one."""
    measure = measures()[figure.measure_id]
    key = (
        measure.share_of,
        figure.area_code,
        figure.period,
        figure.part,
    )
    whole = told.get(key)
    if not measure.is_part or whole is None:
        return False
    return (figure.value or 0) > whole


def _parts_are_above(
    figure: ProgrammeReturn,
    told: Mapping[tuple[str, str, str, str], float],
    sums: Mapping[tuple[str, ...], float],
) -> bool:
    """Whether the breakdown that a figure belongs to adds up to more than the whole; clusters are shares of
    one.
    """
    measure = measures()[figure.measure_id]
    in_clusters = measure.parts == "cluster"
    if figure.part == "" or not (measure.is_additive or in_clusters):
        return False
    most = 1.0 if in_clusters else told.get((*figure.key[:3], ""))
    return (
        most is not None
        and sums.get(
            figure.key[:3],
            0.0,
        )
        > most + _SUM_SLACK
    )


def _sums(
    read: list[tuple[RowReader, ProgrammeReturn]],
) -> Mapping[tuple[str, ...], float]:
    sums: dict[tuple[str, ...], float] = defaultdict(float)
    for _, figure in read:
        if figure.part:
            sums[figure.key[:3]] += figure.value or 0.0
    return sums
