"""A council's rows, under a mapping, as a table of the register template: totals and remarks passed over,
cells put into our terms.
"""

from __future__ import annotations

import csv
import difflib
import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from functools import cache
from typing import Any, Final

from clearlink.counting import counted
from clearlink.exchange.own_fields import annual_gbp, years_of
from clearlink.rules.dates import months_between
from clearlink.rules.running import contradicts_days
from clearlink.rules.whereabouts import may_give_place_away
from etl.directory import CATALOGUE, Directory, folded
from etl.records import Problem, Severity, SourceProblem
from etl.sources.registers.exchange_json import as_day, number_at
from etl.sources.registers.place_ladder import level_asked, places_meant
from etl.sources.registers.register_cells import ORDER_UNSAID
from etl.sources.registers.register_choices import DELIVERY_MODELS, FLAGS, TIERS
from etl.sources.registers.register_columns import register_columns, spellings
from etl.sources.registers.register_people import quoted_heading
from etl.sources.registers.register_problems import nearest, problem, quoted
from etl.sources.registers.register_row_reader import names_a_refuge
from etl.sources.registers.register_table import Cells, Table, column_letters
from etl.sources.spreadsheets.column_mapping import (
    TOTAL,
    ColumnGuess,
    ColumnMapping,
)
from etl.sources.spreadsheets.file_constants import programme_words
from etl.sources.spreadsheets.foreign_cells import (
    Said,
    amount_of,
    count_of,
    day_of,
    is_in_pounds,
    means_nothing,
    means_open,
    means_withheld,
    months_of,
    months_under,
)
from etl.sources.spreadsheets.foreign_table import ForeignTable
from etl.sources.spreadsheets.lots import lots_apart
from etl.sources.spreadsheets.money_unit import Unit
from etl.sources.spreadsheets.whole_columns import (
    MIXED,
    MONTH,
    UNSAID,
    day_order,
    is_ambiguous,
    month_turned,
    sums_of,
)

_TOTALS: Final = re.compile(
    r"(?:grand |sub ?|overall |is ?)?(?:totals?|gyfanswm|cyfanswm|sum|swm)\b"
)
DATES: Final = frozenset(
    {
        "start",
        "end",
        "decision_date",
        "last_review",
        "engagement_date",
        "stated_on",
        "requested_on",
        "recorded_on",
        "embargo_until",
    }
)
# here "confidential" is a value of its own
_MAY_BE_CONFIDENTIAL: Final = frozenset(
    {"delivery_model", "is_sensitive", "title"}
)
_MONEY: Final = frozenset({"annual_value_gbp", TOTAL})
_WHOLE_AUTHORITY: Final = re.compile(
    r"(?:county|authority|borough|council|city|area) ?wide|whole (?:county|authority|borough)"
    r"|across the (?:county|borough|authority)|sir gyfan|ledled y sir|y sir gyfan|holl sir"
)
# longer than any name in a closed list; a sentence is compared with none of them
LONGEST_WORD: Final = 200
_PLAIN_SUM: Final = re.compile(r"£?\s*[\d,]+(?:\.\d+)?", re.ASCII)


def apply_mapping(
    foreign: ForeignTable,
    mapping: ColumnMapping,
    directory: Directory,
) -> tuple[Table, list[Problem]]:
    """The rows as a template table whose columns stand where they stood, so that a problem names the cell the
    council knows.

    Raises SourceProblem where nothing gives what every project must have.
    """
    if mapping.missing:
        raise SourceProblem(
            [
                problem("mapping_incomplete", foreign.table.file, column=name)
                for name in mapping.missing
            ]
        )
    width = len(foreign.table.header)
    if outside := [
        guess for guess in mapping.columns if not 0 <= guess.index < width
    ]:
        shown = ", ".join(str(guess.index) for guess in outside)
        raise SourceProblem(
            [
                problem(
                    "mapping_unreadable",
                    foreign.table.file,
                    found=quoted(shown),
                )
            ]
        )
    return _Applied(foreign, mapping, directory).table()


def passed_over(
    foreign: ForeignTable,
    mapping: ColumnMapping,
    directory: Directory,
) -> list[Problem]:
    """Which rows under the header are totals, remarks or headings of a section, each as a note with its
    row.
    """
    applied = _Applied(foreign, mapping, directory)
    width = len(foreign.table.header)
    for number, cells in foreign.table.rows:
        applied.is_passed_over(
            number,
            (
                *cells,
                *[""] * (width - len(cells)),
            )[:width],
        )
    return applied.problems


def date_order(foreign: ForeignTable, mapping: ColumnMapping) -> str:
    """Which comes first in the file's dates, as its own dates say: day, month, mixed or unsaid."""
    return day_order(cells_of(foreign, mapping, DATES))


def cells_of(
    foreign: ForeignTable,
    mapping: ColumnMapping,
    names: frozenset[str],
) -> list[str]:
    """The cells of the columns that are taken for any of `names`."""
    wanted = [
        guess.index for name, guess in mapping.places.items() if name in names
    ]
    return [
        cells[at].strip()
        for _, cells in foreign.table.rows
        for at in wanted
        if at < len(cells)
    ]


class _Applied:
    """One application of a mapping: notes are made once a column where every row would repeat them."""

    def __init__(
        self,
        foreign: ForeignTable,
        mapping: ColumnMapping,
        directory: Directory,
    ) -> None:
        self.foreign, self.mapping, self.directory = foreign, mapping, directory
        self.problems: list[Problem] = []
        self.told: set[tuple[str, str]] = set()
        self.made = 0
        self.section: str | None = None
        self.row_theme = ""
        ours = [c.name for c in register_columns()]
        self.added = [name for name in ours if name not in mapping.places]
        self.known = spellings(register_columns())
        # folded and compared once for the file: a column holds few different words, and a row asks for each
        # of them again
        self.words = {
            name: {folded(theirs): ours for theirs, ours in words.items()}
            for name, words in mapping.words.items()
        }
        self.lists: dict[str, Mapping[str, str] | None] = {}
        self.nearest_of: dict[tuple[str, str], str | None] = {}
        self.offers: dict[tuple[str, str], str] = {}
        self.order = mapping.day_order or date_order(foreign, mapping)
        self.has_bare_sums = _has_bare_sums(foreign, mapping)

    def table(self) -> tuple[Table, list[Problem]]:
        source = self.foreign.table
        by_index = {
            guess.index: guess for guess in self.mapping.columns if guess.column
        }
        header = [
            self._header(i, text, by_index)
            for i, text in enumerate(source.header)
        ]
        rows: list[tuple[int, Cells]] = []
        for number, cells in counted(source.rows):
            full = (
                *cells,
                *[""] * (len(header) - len(cells)),
            )[: len(header)]
            if not self.is_passed_over(number, full):
                rows.append((number, self._row(number, full)))
        rows = self._lots(header, rows)
        self._look_at_sums(header, rows)
        self.problems[:0] = self.foreign.notes
        if self.made:
            self.problems.append(
                problem(
                    "reference_made",
                    source.file,
                    severity=Severity.NOTE,
                    count=str(self.made),
                )
            )
        return Table(
            source.file,
            source.header_row,
            (*header, *self.added),
            tuple(rows),
            is_workbook=True,
        ), self.problems

    def _lots(
        self,
        header: Sequence[str],
        rows: list[tuple[int, Cells]],
    ) -> list[tuple[int, Cells]]:
        """The rows with a reference of its own for each lot of a contract, each said."""
        names = [*header, *self.added]
        at = names.index("project_id")
        lots = lots_apart(
            rows,
            at,
            names.index("title"),
        )
        for number, row in rows:
            if number in lots and "project_id" in self.mapping.places:
                self._tell_cell(
                    "lot_of_a_contract",
                    number,
                    "project_id",
                    row[at],
                    other=lots[number],
                )
        return [
            (
                number,
                (
                    *row[:at],
                    lots.get(
                        number,
                        row[at],
                    ),
                    *row[at + 1 :],
                ),
            )
            for number, row in rows
        ]

    def _look_at_sums(
        self,
        header: Sequence[str],
        rows: Sequence[tuple[int, Cells]],
    ) -> None:
        """Sums far from the others of their column, or too small for a contract: loaded, and said."""
        name = "annual_value_gbp"
        values = _plain_sums(
            [*header, *self.added].index(name),
            rows,
        )
        sums = sums_of(values)
        guess = self.mapping.places.get(name) or self.mapping.places.get(TOTAL)
        letter = column_letters(guess.index) if guess else ""
        code = "amount_unlike_others" if sums.middle else "amount_very_small"
        for number, value in values:
            if number not in sums.unlike:
                continue
            facts: dict[str, Any] = {
                "amount": f"{value:,.2f}",
                "middle": f"{sums.middle or 0:,.0f}",
            }
            self.problems.append(
                problem(
                    code,
                    self.foreign.table.file,
                    severity=Severity.WARNING,
                    row=number,
                    letter=letter,
                    column=name,
                    **facts,
                )
            )

    def _header(
        self,
        index: int,
        text: str,
        by_index: Mapping[int, ColumnGuess],
    ) -> str:
        guess = by_index.get(index)
        if guess is not None and guess.column:
            return guess.column
        # A column left out on purpose must not be taken for ours because of its name.
        return f"({text})" if folded(text) in self.known else text

    def is_passed_over(
        self,
        number: int,
        cells: Cells,
    ) -> bool:
        """Whether a row is no project: a total, a remark, a repeated header, a heading. Says so in
        `problems`.
        """
        filled = [cell.strip() for cell in cells if cell.strip()]
        if not filled:
            return True
        code = self._no_project(cells, filled)
        if not code:
            return False
        shown = (
            "–" if may_give_place_away(filled[0]) else quoted_heading(filled[0])
        )
        self.problems.append(
            problem(
                code,
                self.foreign.table.file,
                severity=Severity.NOTE,
                row=number,
                found=shown,
            )
        )
        return True

    def _no_project(
        self,
        cells: Cells,
        filled: Sequence[str],
    ) -> str:
        """What a row is that is no project, as the code of a note; nothing for a project. A heading of a
        section says the programme of the rows under it.
        """
        at = self.mapping.places
        if [folded(c) for c in cells] == [
            folded(c) for c in self.foreign.table.header
        ]:
            return "remark_row"
        named = any(
            cells[at[name].index].strip()
            for name in ("title", "project_id")
            if name in at
        )
        if _reads_as_total(filled, named):
            return "total_row"
        if len(filled) == 1 and len(at) > 1:
            self.section = self._programme(filled[0]) or self.section
            return "remark_row"
        if not named and all(number_at(cell) is not None for cell in filled):
            return "total_row"
        return ""

    def _row(
        self,
        number: int,
        cells: Cells,
    ) -> Cells:
        guarded = any(names_a_refuge(cell) for cell in cells)
        self.row_theme = ""
        given: dict[str, str] = {
            name: cells[guess.index]
            for name, guess in self.mapping.places.items()
        }
        read = {
            name: self._cell(number, name, text, guarded)
            for name, text in given.items()
        }
        self._length_in_end(
            number,
            given.get("end", ""),
            read,
            guarded,
        )
        self._settle_length(number, read)
        self._fill_from_beside(read)
        self._fill_annual(number, read)
        _part_count(read)
        _mark_whole_authority(read)
        if guarded and not read.get("is_sensitive", "").strip():
            self._mark_refuge(number, read)
        read["area_codes"] = self._areas(number, read, guarded)
        if not read.get("project_id", "").strip():
            read["project_id"] = self._reference(read)
        full = list(cells)
        for name, guess in self.mapping.places.items():
            full[guess.index] = read.get(name, "")
        return (
            *full,
            *(read.get(name, "") for name in self.added),
        )

    def _length_in_end(
        self,
        number: int,
        end: str,
        read: dict[str, str],
        guarded: bool,
    ) -> None:
        """A length where the last day should stand is the length."""
        months = months_of(end)
        if months and not read.get("length_months"):
            read |= {"length_months": months, "end": ""}
            self._tell_once(
                "length_in_end",
                number,
                "end",
                end,
                guarded,
            )

    def _fill_from_beside(self, read: dict[str, str]) -> None:
        """What the row leaves empty and something beside it says: the file as a whole, the word for whom it
        serves, the heading of its section.
        """
        beside = [
            *self.mapping.fixed.items(),
            ("theme", self.row_theme),
        ]
        for name, text in [
            *beside,
            ("programme", self.section),
        ]:
            if text and not read.get(name):
                read[name] = text

    def _fill_annual(
        self,
        number: int,
        read: dict[str, str],
    ) -> None:
        """The value a year out of a total, where the row gives only that."""
        if read.get("annual_value_gbp"):
            return
        total = number_at(read.get(TOTAL, ""))
        if total is not None:
            read["annual_value_gbp"] = self._annual(number, total, read)

    def _mark_refuge(
        self,
        number: int,
        read: dict[str, str],
    ) -> None:
        read["is_sensitive"] = "yes"
        self.problems.append(
            problem(
                "names_a_refuge",
                self.foreign.table.file,
                severity=Severity.NOTE,
                row=number,
                column="is_sensitive",
                withheld="yes",
            )
        )

    def _settle_length(
        self,
        number: int,
        read: dict[str, str],
    ) -> None:
        """A length in months, by its own words or its heading's. One that says otherwise than the two days is
        not used, and said: councils count extensions in.
        """
        guess = self.mapping.places.get("length_months")
        text = read.get("length_months", "").strip()
        if guess is None or not text:
            return
        months = months_of(text) or months_under(guess.header, text)
        read["length_months"] = months or text
        facts = _days_beside_length(int(months), read) if months else {}
        if facts:
            self._tell_cell(
                "length_beside_days",
                number,
                "length_months",
                text,
                **facts,
            )
            read["length_months"] = ""
        elif not months and text.isdecimal():
            self._tell_cell("length_unit_unsaid", number, "length_months", text)
            read["length_months"] = ""

    def _tell_cell(
        self, code: str, number: int, name: str, text: str, **facts: str
    ) -> None:
        """Says of one cell what somebody should look at."""
        self.problems.append(
            problem(
                code,
                self.foreign.table.file,
                severity=Severity.WARNING,
                row=number,
                letter=column_letters(self.mapping.places[name].index),
                column=name,
                found=quoted(text),
                **facts,
            )
        )

    def _cell(
        self,
        number: int,
        name: str,
        text: str,
        guarded: bool,
    ) -> str:
        if means_nothing(text):
            self._tell_once(
                "cell_means_nothing_given",
                number,
                name,
                text,
                guarded,
            )
            return ""
        if ours := self._meant(name, text):
            return ours
        if name not in _MAY_BE_CONFIDENTIAL and means_withheld(text):
            self._tell_once(
                "cell_withheld",
                number,
                name,
                text,
                guarded,
                Severity.WARNING,
            )
            return ""
        if name in DATES:
            return self._day(number, name, text, guarded)
        if name in _MONEY:
            return self._sum(number, name, text, guarded)
        return (
            self._matched(number, name, text, guarded) if text.strip() else ""
        )

    def _sum(
        self,
        number: int,
        name: str,
        text: str,
        guarded: bool,
    ) -> str:
        """A sum in pounds, from the unit that the mapping states for its column."""
        unit = self.mapping.places[name].unit
        if unit is Unit.OTHER:
            self._tell_once(
                "unit_other",
                number,
                name,
                text,
                guarded,
                Severity.WARNING,
            )
            return ""
        if (
            unit is not Unit.POUNDS
            and self.has_bare_sums
            and is_in_pounds(text, unit)
        ):
            plain = Said(amount_of(text).text, "amount_in_pounds")
            return self._noted(
                number,
                name,
                text,
                plain,
                guarded,
                Severity.WARNING,
            )
        amount = amount_of(text, unit)
        if amount.code:
            self._tell_once(
                amount.code,
                number,
                name,
                text,
                guarded,
                Severity.NOTE,
                amount=amount.text,
            )
        return amount.text.strip()

    def _day(
        self,
        number: int,
        name: str,
        text: str,
        guarded: bool,
    ) -> str:
        """A date in the template's terms; one that could be two days, where the file does not say which, is
        left for its reader to refuse.
        """
        if name == "end" and means_open(text):
            self._tell_once(
                "end_open",
                number,
                name,
                text,
                guarded,
            )
            return ""
        if self.order == MONTH and month_turned(text) != text:
            self._tell_once(
                "month_first",
                number,
                name,
                text,
                guarded,
                Severity.WARNING,
            )
            text = month_turned(text)
        elif self.order in (MIXED, UNSAID) and is_ambiguous(text):
            return f"{text.strip()}{ORDER_UNSAID}"
        return self._noted(
            number,
            name,
            text,
            day_of(
                text,
                name == "end",
                self.mapping.century,
            ),
            guarded,
        )

    def _matched(
        self,
        number: int,
        name: str,
        text: str,
        guarded: bool,
    ) -> str:
        """Our word for theirs where the template takes a closed list; an unknown word is left empty, and
        said.
        """
        choices = self._choices(name)
        if choices is None:
            return text
        if name == "priority_id":
            return self._priorities(number, text, guarded, choices)
        plain = folded(text)
        if name == "programme" and (programme := self._programme(text)):
            return programme
        if plain in choices:
            return text
        if name == "target_group" and plain in group_words():
            return self._group(
                number,
                text,
                guarded,
                *group_words()[plain],
            )
        near = self._near(name, plain, choices)
        if near is not None:
            return choices[near]
        return self._unmatched(
            number,
            name,
            text,
            guarded,
            choices,
        )

    def _unmatched(
        self,
        number: int,
        name: str,
        text: str,
        guarded: bool,
        choices: Mapping[str, str],
    ) -> str:
        """What stands for a word on no list: nothing, and said, but where its reader should see it."""
        if name == "commissioner":
            # A department is no commissioner; the authority of the whole file counts where one is fixed.
            is_fixed = "commissioner" in self.mapping.fixed
            is_department = self.directory.authority(text) is None
            return "" if is_fixed and is_department else text
        if name == "is_sensitive":
            return text  # an unreadable flag is the register's to refuse: it is never read as no
        offered = "–" if guarded else self._offer(name, text, choices)
        self._tell_once(
            "word_not_matched",
            number,
            name,
            text,
            guarded,
            Severity.WARNING,
            nearest=offered,
        )
        return ""

    def _near(
        self,
        name: str,
        plain: str,
        choices: Mapping[str, str],
    ) -> str | None:
        key = (name, plain)
        if key not in self.nearest_of:
            is_word = len(plain) <= LONGEST_WORD
            near = (
                difflib.get_close_matches(
                    plain,
                    list(choices),
                    n=1,
                    cutoff=0.85,
                )
                if is_word
                else []
            )
            self.nearest_of[key] = near[0] if near else None
        return self.nearest_of[key]

    def _offer(
        self,
        name: str,
        text: str,
        choices: Mapping[str, str],
    ) -> str:
        key = (name, folded(text))
        if key not in self.offers:
            ours = [*dict.fromkeys(choices.values())]
            self.offers[key] = (
                nearest(text, ours) if len(text) <= LONGEST_WORD else "–"
            )
        return self.offers[key]

    def _group(
        self,
        number: int,
        text: str,
        guarded: bool,
        group: str,
        theme: str,
    ) -> str:
        """A common word for whom a service is for: our client group, or the theme where no one group is meant
        ("Older people").
        """
        if theme:
            self.row_theme = theme
            self._tell_once(
                "group_is_theme",
                number,
                "target_group",
                text,
                guarded,
                nearest=theme,
            )
        return group

    def _choices(self, name: str) -> Mapping[str, str] | None:
        if name not in self.lists:
            self.lists[name] = self._closed_list(name)
        return self.lists[name]

    def _closed_list(self, name: str) -> Mapping[str, str] | None:
        d = self.directory
        return {
            "programme": d.programmes,
            "target_group": d.target_groups,
            "theme": d.themes,
            "delivery_model": DELIVERY_MODELS,
            "tier": TIERS,
            "is_sensitive": FLAGS,
            "commissioner": {**d.authorities, **d.regions},
            "priority_id": None
            if d.priority_ids is None
            else {folded(each): each for each in d.priority_ids},
        }.get(name)

    def _priorities(
        self,
        number: int,
        text: str,
        guarded: bool,
        choices: Mapping[str, str],
    ) -> str:
        """The priorities that are known; a council's own name for one is said and left out, until somebody
        says what it means.
        """
        known_ids: list[str] = []
        for part in filter(
            None,
            map(
                str.strip,
                re.split(r"[;,\n]", text),
            ),
        ):
            ours = self._meant("priority_id", part) or choices.get(folded(part))
            if ours is None:
                self._tell_once(
                    "word_not_matched",
                    number,
                    "priority_id",
                    part,
                    guarded,
                    Severity.WARNING,
                    nearest="–"
                    if guarded
                    else self._offer("priority_id", part, choices),
                )
            else:
                known_ids.append(ours)
        return ";".join(dict.fromkeys(known_ids))

    def _programme(self, text: str) -> str | None:
        plain = folded(text)
        return (
            self.directory.programmes.get(plain)
            or programme_words().get(plain)
            or self._meant("programme", text)
        )

    def _meant(
        self,
        name: str,
        text: str,
    ) -> str | None:
        words = self.words.get(name)
        return words.get(folded(text)) if words else None

    def _areas(
        self,
        number: int,
        read: Mapping[str, str],
        guarded: bool,
    ) -> str:
        commissioner = read.get("commissioner", "")
        la_code = (
            self.directory.authority(commissioner) if commissioner else None
        )
        column = self.mapping.places.get("area_codes")
        level = level_asked(column.header) if column else ""
        text = read.get("area_codes", "")
        if whole := self._meant("area_codes", text):
            return whole
        codes: list[str] = []
        for part, meant in places_meant(text, self.directory, la_code, level):
            if known := self._meant("area_codes", part):
                codes.append(known)
            elif meant.codes:
                codes += meant.codes
            else:
                self._tell_of_place(
                    number,
                    part,
                    meant.offered,
                    guarded,
                )
        return ";".join(dict.fromkeys(codes))

    def _tell_of_place(
        self,
        number: int,
        part: str,
        offered: Iterable[str],
        guarded: bool,
    ) -> None:
        """Says that a place is not known, with those it may mean."""
        listed = "; ".join(map(self._place_in_words, offered)) or "–"
        self._tell_once(
            "word_not_matched",
            number,
            "area_codes",
            part,
            guarded,
            Severity.WARNING,
            nearest="–" if guarded else listed,
        )

    def _place_in_words(self, code: str) -> str:
        names = self.directory.area_names
        name = names.get(code, code)
        kinds = self.directory.area_types.get(code, frozenset())
        kind = "/".join(sorted(kinds))
        authority = self.directory.area_authority.get(code, "")
        return f"{code} ({name}, {kind}, {names.get(authority, '–')})"

    def _annual(
        self,
        number: int,
        total: float,
        read: Mapping[str, str],
    ) -> str:
        years = years_of(
            as_day(read.get("start", "")),
            as_day(read.get("end", "")),
        )
        if years is None:
            letter = column_letters(self.mapping.places[TOTAL].index)
            facts = {"amount": f"{total:,.2f}"}
            self.problems.append(
                problem(
                    "length_not_known",
                    self.foreign.table.file,
                    severity=Severity.WARNING,
                    row=number,
                    letter=letter,
                    column="annual_value_gbp",
                    **facts,
                )
            )
            return ""
        return f"{annual_gbp(total, years):.2f}"

    def _reference(self, read: Mapping[str, str]) -> str:
        self.made += 1
        parts = [
            folded(read.get(name, ""))
            for name in ("commissioner", "title", "provider_name", "start")
        ]
        return (
            "REF-"
            + hashlib.sha256("\x1f".join(parts).encode())
            .hexdigest()[:10]
            .upper()
        )

    def _noted(
        self,
        number: int,
        name: str,
        text: str,
        said: Said,
        guarded: bool,
        severity: Severity = Severity.NOTE,
    ) -> str:
        if said.code:
            self._tell_once(
                said.code,
                number,
                name,
                text,
                guarded,
                severity,
                day=said.text,
            )
        return said.text.strip()

    def _tell_once(
        self,
        code: str,
        number: int,
        name: str,
        text: str,
        guarded: bool,
        severity: Severity = Severity.NOTE,
        **facts: str,
    ) -> None:
        key = (
            code,
            name if code != "word_not_matched" else f"{name}:{folded(text)}",
        )
        if key in self.told:
            return
        self.told.add(key)
        known = (
            {**facts, "withheld": "yes"}
            if guarded
            else {
                **facts,
                "found": quoted(text.strip()),
            }
        )
        letter = (
            column_letters(self.mapping.places[name].index)
            if name in self.mapping.places
            else ""
        )
        self.problems.append(
            problem(
                code,
                self.foreign.table.file,
                severity=severity,
                row=number,
                letter=letter,
                column=name,
                **known,
            )
        )


@cache
def group_words() -> Mapping[str, tuple[str, str]]:
    """Common words for whom a service is for → our client group, or the theme where no one group is meant."""
    with (CATALOGUE / "group_words.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        return {
            folded(row["word"]): (row["target_group"], row["theme_id"])
            for row in csv.DictReader(file)
        }


def _has_bare_sums(foreign: ForeignTable, mapping: ColumnMapping) -> bool:
    """Whether any sum of the file is without £: where every sum says it the sign tells nothing; where some
    do, those are pounds among thousands.
    """
    sums = cells_of(foreign, mapping, _MONEY)
    return any(
        text and "£" not in text and not means_nothing(text) for text in sums
    )


def _plain_sums(
    at: int, rows: Sequence[tuple[int, Cells]]
) -> list[tuple[int, float]]:
    """The numbers of the rows whose cell is a plain sum, each with the sum."""
    read = [
        (number, number_at(row[at]))
        for number, row in rows
        if _PLAIN_SUM.fullmatch(row[at])
    ]
    return [(number, value) for number, value in read if value is not None]


def _reads_as_total(filled: Sequence[str], named: bool) -> bool:
    """Whether a row begins with a word for a total, and is not a project so named."""
    first = folded(filled[0])
    if not _TOTALS.match(first):
        return False
    return not named or bool(_TOTALS.fullmatch(first)) or len(filled) <= 3


def _part_count(read: dict[str, str]) -> None:
    """The number and what it counts, out of one cell."""
    count, unit = count_of(read.get("capacity", ""))
    if unit and not read.get("capacity_unit"):
        read |= {"capacity": count, "capacity_unit": unit}


def _mark_whole_authority(read: dict[str, str]) -> None:
    is_whole = _WHOLE_AUTHORITY.search(folded(read.get("area_codes", "")))
    if is_whole and not read.get("delivery_model"):
        read["delivery_model"] = "area_wide"


def _days_beside_length(months: int, read: Mapping[str, str]) -> dict[str, str]:
    """The two days of a row, and their length, where they say otherwise than `months`; else nothing."""
    start, end = as_day(read.get("start", "")), as_day(read.get("end", ""))
    if (
        start is None
        or end is None
        or end < start
        or not contradicts_days(months, start, end)
    ):
        return {}
    whole = months_between(
        start,
        end + timedelta(days=1),
    )
    return {
        "start": start.isoformat(),
        "end": end.isoformat(),
        "months": str(whole),
    }
