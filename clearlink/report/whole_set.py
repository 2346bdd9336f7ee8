"""The set of projects of a place as a whole: what runs by theme, level of help and quarter; holes, piles,
pathways and cliff edges; and the one page of it in a pack.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Final

from clearlink.report.content import Block, Heading, NewPage, Table, Text
from clearlink.report.voice import Voice
from clearlink.rules import coherent
from clearlink.rules.coherent import PILE, TIERS, Left, Pathway, Runs, Square
from clearlink.rules.plain_text import sentence_start
from clearlink.warehouse import plans, reader
from clearlink.warehouse.reader import Row, Rows, once_a_build
from clearlink.words import numbers

QUARTERS: Final = 10
# what stands in a square of which nothing on record says nothing
NOT_KNOWN: Final = "?"


@dataclass(frozen=True, slots=True)
class ThemeSet:
    """What runs on one theme: records, tiers, how many run in each quarter, and whether a need of it is
    assessed, in how many authorities a register of a programme of it is loaded, and of how many; records
    without dates, which may run and are in no count.
    """

    theme_id: str
    records: tuple[Row, ...]
    counts: tuple[int, ...]
    cliffs: tuple[int, ...]
    is_assessed: bool
    registers: tuple[int, int]
    undated: int

    @property
    def tiers(self) -> list[str | None]:
        return [r["tier"] for r in self.running]

    @property
    def running(self) -> list[Row]:
        return [r for r in self.records if r["time_state"] == "running"]

    @property
    def pathway(self) -> Pathway:
        return coherent.pathway(self.tiers)

    @property
    def is_known(self) -> bool:
        """Whether nothing that runs is nothing: registers are loaded for every authority, and no record is
        without its days.
        """
        loaded, authorities = self.registers
        return loaded == authorities and not self.undated

    @property
    def empty(self) -> Square:
        """What a day without a record says."""
        return coherent.empty_square(self.is_assessed, self.is_known)

    @property
    def empty_level(self) -> Square:
        """What a level of help without a record says."""
        return coherent.empty_square(
            self.is_assessed, self.is_known, self.tiers
        )

    @property
    def is_hole(self) -> bool:
        return not self.running and self.empty is Square.HOLE

    @property
    def is_not_known(self) -> bool:
        """An assessed need on which nothing is on record, where that does not say that nothing runs."""
        return (
            self.is_assessed
            and not self.running
            and self.empty is Square.NOT_KNOWN
        )


@once_a_build
def quarters_shown() -> tuple[date, ...]:
    """First days of the quarters of the picture: from the one of the build's day."""
    return coherent.quarters(
        reader.build()["as_of"],
        QUARTERS,
    )


@once_a_build
def sets_of(place: str) -> tuple[ThemeSet, ...]:
    """Every theme in its order, with what runs on it in a place."""
    rows = plans.coherent_set(place)
    lapsed = {
        d["document_id"]
        for d in plans.documents_of_place(place)
        if d["document_state"] == "lapsed"
    }
    priorities = plans.priorities_of_place(place)
    assessed = {
        p["theme_id"] for p in priorities if p["assessment_id"] not in lapsed
    }
    registers = plans.theme_registers(place)
    return tuple(
        _theme_set(
            theme,
            rows,
            theme in assessed,
            registers[theme],
        )
        for theme in reader.themes()
    )


def _theme_set(
    theme: str,
    rows: Rows,
    is_assessed: bool,
    registers: Row,
) -> ThemeSet:
    records = tuple(r for r in rows if r["theme_id"] == theme)
    runs = [
        Runs(
            r["start_date"],
            r["end_date"],
            r["tier"],
        )
        for r in records
    ]
    # what runs today is counted today, later quarters on their first day
    days = (reader.build()["as_of"], *quarters_shown()[1:])
    counts = tuple(coherent.running_in(runs, day) for day in days)
    return ThemeSet(
        theme,
        records,
        counts,
        coherent.cliff_edges(counts),
        is_assessed,
        (registers["loaded"], registers["authorities"]),
        registers["undated"],
    )


def piles_of(sets: tuple[ThemeSet, ...]) -> list[tuple[str, str, str, int]]:
    """(theme, authority, tier, records) where several records of one tier stand on a theme in one
    authority.
    """
    counted: dict[tuple[str, str, str], int] = {}
    for each in sets:
        for r in each.running:
            if r["la_code"] and r["tier"]:
                at = (
                    each.theme_id,
                    r["la_code"],
                    r["tier"],
                )
                counted[at] = counted.get(at, 0) + 1
    return sorted(
        ((*at, n) for at, n in counted.items() if n >= PILE),
        key=lambda p: (-p[3], p),
    )


def set_finding(say: Voice, place: str) -> str:
    """How many themes have a hole, a whole pathway, a cliff edge, and on how many that is not known."""
    sets = sets_of(place)
    where = say.in_place(place)
    where = sentence_start(where)
    if not any(each.running for each in sets):
        return say("plans.set.finding_none", place=where)
    told = say(
        "plans.set.finding",
        place=where,
        n=sum(bool(each.running) for each in sets),
        of=len(sets),
        holes=say.number(sum(each.is_hole for each in sets)),
        whole=say.number(sum(each.pathway is Pathway.WHOLE for each in sets)),
        cliffs=say.number(sum(bool(each.cliffs) for each in sets)),
    )
    return " ".join([told, *_not_known_told(say, sets)])


def _not_known_told(say: Voice, sets: tuple[ThemeSet, ...]) -> list[str]:
    unknown = sum(each.is_not_known for each in sets)
    return [say("plans.set.finding_not_known", n=unknown)] if unknown else []


# the quarters of a year and a half stand on a page
QUARTERS_PRINTED: Final = 6
# as bad as it gets, first
LEFT_ORDER: Final = (
    Left.NOTHING,
    Left.NOT_KNOWN,
    Left.OTHER_TIER,
    Left.TIER_UNSAID,
    Left.SAME_TIER,
)
ENDING_PRINTED: Final = 8


@once_a_build
def next_march() -> date:
    """The 31 March that comes next."""
    day: date = reader.build()["as_of"]
    this_year = date(day.year, 3, 31)
    return (
        this_year
        if this_year >= day
        else date(
            day.year + 1,
            3,
            31,
        )
    )


def set_blocks(say: Voice, place: str) -> list[Block]:
    """The set on one page that lies on its side: each theme by level and quarter, and who is left after
    March.
    """
    sets = sets_of(place)
    if not any(each.records for each in sets):
        return [
            NewPage(),
            Heading(
                1,
                say("plans.tab.set"),
            ),
            Text(say("plans.set.nothing")),
        ]
    return [
        NewPage(is_landscape=True),
        Heading(
            1,
            say("plans.tab.set"),
        ),
        Text(
            set_finding(say, place),
            "lead",
        ),
        _theme_table(say, sets),
        *_who_is_left(say, place),
    ]


def _theme_table(say: Voice, sets: tuple[ThemeSet, ...]) -> Table:
    quarters = quarters_shown()[:QUARTERS_PRINTED]
    columns = (
        say("plans.col.theme"),
        *(say(f"record.tier_{tier}") for tier in TIERS),
        say("plans.set.col.pathway"),
        *(numbers.month(say.lang, day) for day in quarters),
    )
    return Table(
        say("plans.set.table"),
        columns,
        tuple(
            _theme_cells(
                say,
                each,
                len(quarters),
            )
            for each in sets
        ),
        # the tiers, and after the pathway the quarters
        numeric=(
            1,
            2,
            3,
            *range(
                5,
                5 + len(quarters),
            ),
        ),
        widths=(8, 3, 3, 3, 4, *(3 for _ in quarters)),
    )


def _theme_cells(
    say: Voice,
    theme: ThemeSet,
    quarters: int,
) -> tuple[str, ...]:
    hole = f" ○ {say('plans.set.hole')}" if theme.is_hole else ""
    running = Counter(r["tier"] for r in theme.running)
    return (
        say.theme(theme.theme_id) + hole,
        *(_told(running[tier], theme.empty_level) for tier in TIERS),
        say(f"plans.set.pathway.{theme.pathway}"),
        *(_count(theme, at) for at in range(quarters)),
    )


def _count(each: ThemeSet, at: int) -> str:
    """How many run in a quarter, with the mark of a cliff edge."""
    told = _told(each.counts[at], each.empty)
    return f"▼ {told}" if at in each.cliffs else told


def _told(n: int, empty: Square) -> str:
    """A number of records; none is only told where it is known to be none."""
    return NOT_KNOWN if not n and empty is Square.NOT_KNOWN else str(n)


def _who_is_left(say: Voice, place: str) -> list[Block]:
    day = next_march()
    rows = plans.left_if_ended(place, day)
    if not rows:
        return [
            Text(
                say(
                    "plans.ends.none",
                    date=say.date(day),
                )
            )
        ]
    worst = sorted(
        rows,
        key=lambda r: LEFT_ORDER.index(r["what_is_left"]),
    )[:ENDING_PRINTED]
    columns = tuple(
        say(f"plans.col.{name}")
        for name in ("title", "theme", "la", "end", "places", "left")
    )
    shown = tuple(
        (
            r["title"],
            say.theme(r["theme_id"]),
            say.place(r["la_code"]),
            say.date(r["end_date"]),
            say.capacity(r) or "–",
            say(f"plans.ends.left.{r['what_is_left']}"),
        )
        for r in worst
    )
    return [
        Text(ends_finding(say, rows, day)),
        Table(
            say("plans.ends.title"),
            columns,
            shown,
            widths=(8, 6, 4, 4, 4, 4),
        ),
    ]


def ends_finding(
    say: Voice,
    rows: Rows,
    day: date,
) -> str:
    """How many projects end by a day, and after how many of them nothing goes on for some of their people."""
    bare = {r["project_id"] for r in rows if r["what_is_left"] == Left.NOTHING}
    ending = {r["project_id"] for r in rows}
    return say(
        "plans.ends.finding",
        n=len(ending),
        date=say.date(day),
        bare=say.number(len(bare)),
    )
