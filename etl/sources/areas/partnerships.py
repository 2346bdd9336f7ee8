"""Areas that people govern by, stated as weighted lists: partnerships, clusters and boards that a steward
adds as a CSV.

One row says that a small area of 2021 (or a whole authority) lies in a partnership, by which share of its
people, from and until when. One file holds one family of partnerships: within it no part of an area lies in
two at once, so on any day the weights of an area add to at most 1. A partnership with one bad row is left out
whole: half of it would be another place.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from etl.directory import Directory
from etl.records import Area, AreaLink, Harvest, Problem, Severity
from etl.sources.registers.register_areas import current_area
from etl.sources.registers.register_cells import CellRefused
from etl.sources.registers.register_columns import (
    Column,
    layout_of,
    rows_of,
    spellings,
)
from etl.sources.registers.register_problems import problem
from etl.sources.registers.register_row_reader import RowReader
from etl.sources.registers.register_table import read_table

SOURCE_ID: Final = "partnerships"
COLUMNS: Final = (
    Column("partnership_id", "id_partneriaeth", True),
    Column("name_en", "enw_saesneg", True),
    Column("name_cy", "enw_cymraeg", True),
    Column("area_code", "cod_ardal", True),
    Column("weight", "pwysiad", True),
    Column("valid_from", "dilys_o", True),
    Column("valid_to", "dilys_hyd", True),
)
ID: Final = re.compile(r"[A-Z][A-Z0-9_]{2,47}", re.ASCII)
# A public services board is one by the start of its id; any other list is a partnership.
BOARD: Final = "PSB_"
RESERVED: Final = ("RCC_", "RPB_")
_ALWAYS: Final = date.min, date.max
# Shares are written to a few places; three thirds may add to a hair over 1.
ROUNDING: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Member:
    """A row: the share of an area's people that lies in a partnership between two days."""

    partnership_id: str
    area_code: str
    weight: float
    valid_from: date | None
    valid_to: date | None
    cells: RowReader

    def overlaps(self, other: Member) -> bool:
        """Whether there is a day on which both hold."""
        first, last = self.valid_from or _ALWAYS[0], self.valid_to or _ALWAYS[1]
        return (
            first <= (other.valid_to or _ALWAYS[1])
            and (other.valid_from or _ALWAYS[0]) <= last
        )


def read(
    data: bytes,
    file: str,
    directory: Directory,
) -> Harvest:
    """The partnerships of one file as areas and dated links. Raises SourceProblem where the table as a
    whole cannot be read.
    """
    table = read_table(
        data,
        file,
        frozenset(spellings(COLUMNS)),
    )
    layout = layout_of(table, COLUMNS, SOURCE_ID)
    rows, problems = rows_of(table, layout, SOURCE_ID)
    harvest = Harvest(
        rows_read=len(rows) + len(problems),
        problems=[*layout.problems, *problems],
    )
    readers = [RowReader(row, directory) for row in rows]
    names: dict[str, tuple[str, str]] = {}
    members = _members(readers, directory, names)
    _refuse_overfull(members)
    for cells in readers:
        harvest.problems += cells.problems
    spoiled = _spoiled(readers)
    for identifier in sorted(spoiled & names.keys()):
        harvest.problems.append(_left_out(file, identifier))
    for identifier in names.keys() - spoiled:
        own = [m for m in members if m.partnership_id == identifier]
        _add(
            harvest,
            identifier,
            names[identifier],
            own,
            directory,
        )
    harvest.areas.sort(key=lambda area: area.area_code)
    harvest.links.sort(key=_in_order)
    return harvest


def _members(
    readers: Iterable[RowReader],
    directory: Directory,
    names: dict[str, tuple[str, str]],
) -> list[Member]:
    """The rows that are not refused; `names` is told what each partnership is called."""
    read_rows = [_member(cells, directory, names) for cells in readers]
    return [member for member in read_rows if member is not None]


def _spoiled(readers: Iterable[RowReader]) -> set[str]:
    """The partnerships of which a row is refused. One whose own id cannot be read may belong to any of them,
    but then it names none to leave out.
    """
    return {
        cells.row.cells.get("partnership_id", "")
        for cells in readers
        if cells.is_refused
    }


def _in_order(link: AreaLink) -> tuple[str, str, date]:
    return link.parent_code, link.child_code, link.valid_from or date.min


def _left_out(file: str, partnership_id: str) -> Problem:
    """A partnership of which a row was refused: its shares would be those of another area."""
    return problem(
        "partnership_left_out",
        file,
        severity=Severity.WARNING,
        source_id=SOURCE_ID,
        found=f"“{partnership_id}”",
    )


def _member(
    cells: RowReader,
    directory: Directory,
    names: dict[str, tuple[str, str]],
) -> Member | None:
    identifier = _identifier(cells, directory, names)
    area = _area_of(cells, directory)
    cells.needed("weight")
    weight = cells.parsed("weight", _share)
    since, until = cells.date("valid_from"), cells.date("valid_to")
    cells.check_order("valid_to", since, until)
    if cells.is_refused or not area or weight is None:
        return None
    return Member(
        identifier,
        area,
        weight,
        since,
        until,
        cells,
    )


def _identifier(
    cells: RowReader,
    directory: Directory,
    names: dict[str, tuple[str, str]],
) -> str:
    """The id of a partnership, whose names are the same in every row; they are kept in `names`."""
    identifier = cells.needed("partnership_id")
    given = (
        cells.needed("name_en"),
        cells.needed("name_cy"),
    )
    if not identifier:
        return identifier
    if not ID.fullmatch(identifier) or identifier.startswith(RESERVED):
        cells.refuse("partnership_id", "partnership_id_shape")
    elif identifier in directory.area_types:
        cells.refuse("partnership_id", "partnership_id_taken")
    elif all(given) and names.setdefault(identifier, given) != given:
        column = "name_en" if names[identifier][0] != given[0] else "name_cy"
        cells.refuse(
            column,
            "partnership_name_differs",
            other=" / ".join(names[identifier]),
        )
    return identifier


def _area_of(cells: RowReader, directory: Directory) -> str:
    """The small area or authority of today that a row names; empty where it names none."""
    code = cells.needed("area_code")
    area = (
        current_area(cells, "area_code", code, may_split=False) if code else ()
    )
    if not area:
        return ""
    if not directory.area_types[area[0]] & {"LSOA21", "LA"}:
        cells.refuse("area_code", "partnership_area_kind")
    elif area[0] != code:
        # a merged small area is larger than the old one, so an old code cannot carry an old share
        cells.refuse(
            "area_code",
            "area_retired",
            code,
            area=code,
            successors=", ".join(area),
        )
    return area[0]


def _share(text: str) -> float:
    """A share above 0 and at most 1: "0.25", "1", "25%". Raises CellRefused for anything else."""
    number = re.fullmatch(r"(\d+(?:[.,]\d+)?)\s*(%?)", text, re.ASCII)
    share = (
        float(number[1].replace(",", ".")) / (100 if number[2] else 1)
        if number
        else 0.0
    )
    if not 0 < share <= 1:
        raise CellRefused("partnership_weight")
    return share


def _refuse_overfull(members: list[Member]) -> None:
    """Refuses an area that stands twice in a partnership at one time, and areas whose shares in the file
    add to more than 1.
    """
    of_area: dict[str, list[Member]] = defaultdict(list)
    for member in members:
        _refuse_beside(
            member,
            [
                other
                for other in of_area[member.area_code]
                if other.overlaps(member)
            ],
        )
        of_area[member.area_code].append(member)


def _refuse_beside(member: Member, before: Sequence[Member]) -> None:
    """Refuses a row of an area beside the earlier rows of the same area that hold on some same day."""
    twin = next(
        (
            other
            for other in before
            if other.partnership_id == member.partnership_id
        ),
        None,
    )
    total = member.weight + sum(other.weight for other in before)
    if twin is not None:
        first = str(twin.cells.row.number)
        member.cells.refuse(
            "area_code",
            "partnership_area_twice",
            area=member.area_code,
            first=first,
        )
    elif total > 1 + ROUNDING:
        others = ", ".join(
            f"{other.partnership_id} {other.weight:g}" for other in before
        )
        member.cells.refuse(
            "weight",
            "partnership_overfull",
            area=member.area_code,
            total=f"{total:g}",
            others=others,
        )


def _add(
    harvest: Harvest,
    partnership_id: str,
    names: tuple[str, str],
    members: list[Member],
    directory: Directory,
) -> None:
    kind = "PSB" if partnership_id.startswith(BOARD) else "PARTNERSHIP"
    authorities = {
        directory.area_authority.get(m.area_code, m.area_code) for m in members
    }
    harvest.areas.append(
        Area(
            partnership_id,
            kind,
            *names,
            la_code=authorities.pop() if len(authorities) == 1 else None,
            vintage=_vintage(members),
        )
    )
    harvest.links += [
        AreaLink(
            m.area_code,
            partnership_id,
            kind,
            m.weight,
            m.valid_from,
            m.valid_to,
        )
        for m in members
    ]


def _vintage(members: Sequence[Member]) -> str:
    """From and until when a partnership stood, by the days of its members; nothing where it is open."""
    since = min(m.valid_from or date.min for m in members)
    until = max(m.valid_to or date.max for m in members)
    words = []
    if since != date.min:
        words.append(f"since {since.isoformat()}")
    if until != date.max:
        words.append(f"until {until.isoformat()}")
    return " ".join(words)
