"""One row of a register, read cell by cell. Every bad cell is noted; none stops the reading of the others."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from clearlink.rules.as_read import as_read
from clearlink.rules.counts_in_text import without_small_counts
from clearlink.rules.plain_text import kept_form
from clearlink.rules.whereabouts import may_give_place_away
from etl.directory import Directory, folded
from etl.records import Problem, Severity
from etl.sources.registers.own_references import reference_and_owner
from etl.sources.registers.register_cells import (
    CellRefused,
    read_amount_gbp,
    read_count,
    read_date,
    today,
)
from etl.sources.registers.register_choices import (
    DELIVERY_MODELS,
    FLAGS,
    OPTIONS,
)
from etl.sources.registers.register_guards import reads_as_formula, text_refused
from etl.sources.registers.register_people import speaks_of_a_person_in
from etl.sources.registers.register_problems import nearest, problem, quoted

T = TypeVar("T")
# `date` names a method of the reader
Day = date

# texts of somebody's own; what an assessment says in print is quoted as it stands
FREE_TEXTS = frozenset(
    {"title", "outcomes", "engagement_with", "engagement_change"}
)
_NUMERIC = frozenset({"annual_value_gbp", "amount_gbp", "capacity"})
_NUMBER_LIKE = re.compile(r"[-−–+(]?\s*[£\d][£\d,. ()-]*")
_HARMLESS = re.compile(r"[\d/£,.() -]{1,12}")
_NAMES_A_REFUGE = re.compile(
    r"\brefuges?\b|\bsafe[\s-]?house|\bll?oches(?:i|au)?\b|\b(?:th?|d)(?:[ŷy]|ai) diogel\b",
    re.IGNORECASE,
)


def names_a_refuge(text: str) -> bool:
    """Whether a text speaks of a refuge or a safe house, in either language."""
    return bool(_NAMES_A_REFUGE.search(as_read(text)))


@dataclass(frozen=True, slots=True)
class Row:
    """`cells`: column → stripped text. `letters`: column → its letter. `unused`: (letter, header, text)
    not loaded.
    """

    file: str
    number: int
    cells: Mapping[str, str]
    letters: Mapping[str, str]
    unused: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class NotOneProject:
    """Why a reference is no one project's that is held: the code of the problem, its facts, and the projects
    that it may be.
    """

    code: str
    facts: Mapping[str, str]
    perhaps: tuple[str, ...] = ()


def _as_held(wanted: str, held: Collection[str]) -> str | None:
    """The identifier as it is held: as written, else the only one that differs in case, spaces and signs
    alone.
    """
    if wanted in held:
        return wanted
    meant = [each for each in held if folded(each) == folded(wanted)]
    return meant[0] if len(meant) == 1 else None


def _perhaps(
    written: Collection[str], held: Collection[str], near: str
) -> tuple[str, ...]:
    """The projects that a reference which is none of them may be: those that differ in case, spaces and signs
    alone, and those that are offered as its nearest.
    """
    meant = {folded(each) for each in written}
    return tuple(
        each for each in held if folded(each) in meant or quoted(each) in near
    )


def _keeps_its_place_secret(cells: Mapping[str, str], group: str) -> bool:
    """Whether a row says that its place must not be known: by its flag, its model, or whom it serves."""
    flag = folded(cells.get("is_sensitive", ""))
    if flag and FLAGS.get(flag) != "no":
        # An unreadable flag is treated as yes until somebody mends it.
        return True
    delivery = folded(cells.get("delivery_model", ""))
    is_confidential = DELIVERY_MODELS.get(delivery) == "confidential"
    if is_confidential or delivery.startswith(("confid", "cyfrin")):
        return True
    return group == "domestic_abuse_refuge"


@dataclass(slots=True)
class RowReader:
    """Reads the cells of `row`. A method returns None for an empty or refused cell; `problems` says which
    were refused.

    `has_secret_place`: flagged sensitive, confidential, or a refuge; nothing below region may be stored.
    `names_a_person`: held for somebody to look at, and nothing of it is repeated. `is_guarded`: that place,
    or any service for survivors; nothing that could give a place away is accepted or repeated.
    """

    row: Row
    directory: Directory
    problems: list[Problem] = field(default_factory=list)
    has_secret_place: bool = False
    is_guarded: bool = False
    names_a_person: bool = False
    _spoiled: set[str] = field(default_factory=set)
    _counting: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        cells = {
            column: as_read(text) for column, text in self.row.cells.items()
        }
        group = self.directory.target_groups.get(
            folded(cells.get("target_group", "")),
            "",
        )
        self.has_secret_place = _keeps_its_place_secret(cells, group)
        self.is_guarded = (
            self.has_secret_place
            or self.directory.target_group_themes.get(group) == "domestic_abuse"
            or any(names_a_refuge(text) for text in cells.values())
        )
        self.names_a_person = speaks_of_a_person_in(cells)
        self._guard()

    def _guard(self) -> None:
        """Refuses what may not be stored or shown, before any cell is read."""
        for column, text in self.row.cells.items():
            self._guard_cell(column, text)
        if self.names_a_person:
            self.refuse("title", "person_named", "")
        if self.is_guarded:
            self._guard_unused()

    def _guard_cell(
        self,
        column: str,
        text: str,
    ) -> None:
        if self.is_guarded and may_give_place_away(text):
            self.refuse(column, "whereabouts")
            return
        wrong = text_refused(
            column,
            text.lstrip("\t\r"),
        )
        if wrong is not None and wrong[0] == "control_characters":
            self.refuse(
                column,
                wrong[0],
            )
            return
        is_number = column in _NUMERIC and _NUMBER_LIKE.fullmatch(text)
        if reads_as_formula(text) and not is_number:
            self.refuse(column, "formula")
        elif wrong is not None:
            code, facts = wrong
            self.refuse(column, code, **facts)

    def _guard_unused(self) -> None:
        """Refuses what would give a secret place away in a column that is not read."""
        for letter, header, text in self.row.unused:
            if may_give_place_away(text):
                shown = "–" if may_give_place_away(header) else header
                self._note(
                    "whereabouts",
                    Severity.REFUSED,
                    letter,
                    shown,
                    "",
                )

    def _note(
        self,
        code: str,
        severity: Severity,
        letter: str,
        column: str,
        text: str,
        **facts: str,
    ) -> None:
        # Digits alone may be a telephone number or half a coordinate, so being harmless is not a matter of
        # shape only.
        harmless = bool(_HARMLESS.fullmatch(text)) and not may_give_place_away(
            text
        )
        hidden = (
            (self.is_guarded or self.names_a_person)
            and bool(text)
            and not harmless
        )
        known = (
            {**facts, "withheld": "yes"}
            if hidden
            else {
                **facts,
                "found": quoted(text) if text else "",
            }
        )
        file, row = self.row.file, self.row.number
        self.problems.append(
            problem(
                code,
                file,
                severity=severity,
                row=row,
                letter=letter,
                column=column,
                **known,
            )
        )

    def refuse(
        self, column: str, code: str, text: str | None = None, **facts: str
    ) -> None:
        """Notes that the cell in `column` cannot be loaded; `text` is the part of the cell that is wrong."""
        self._spoiled.add(column)
        shown = self.row.cells.get(column, "") if text is None else text
        self._note(
            code,
            Severity.REFUSED,
            self.row.letters.get(column, ""),
            column,
            shown,
            **facts,
        )

    def warn(
        self,
        column: str,
        code: str,
        text: str | None = None,
        severity: Severity = Severity.WARNING,
        **facts: str,
    ) -> None:
        """Notes that the cell in `column` was loaded and that somebody should look."""
        shown = self.row.cells.get(column, "") if text is None else text
        self._note(
            code,
            severity,
            self.row.letters.get(column, ""),
            column,
            shown,
            **facts,
        )

    @property
    def is_refused(self) -> bool:
        return any(
            found.severity is Severity.REFUSED for found in self.problems
        )

    def near(
        self,
        word: str,
        choices: Mapping[str, str] | list[str],
    ) -> str:
        """Choices like `word`; none are offered in a guarded row, where the offer could repeat the secret."""
        return "–" if self.is_guarded else nearest(word, choices)

    def known_id(
        self,
        column: str,
        wanted: str,
        held: Collection[str] | None,
        code: str,
    ) -> str:
        """The identifier that is held and meant: as written, or the only one that differs from it in case,
        spaces and signs alone. One that nobody knows is refused with its nearest (`held` None: not checked).
        """
        if not wanted or held is None:
            return wanted
        meant = _as_held(wanted, held)
        if meant is not None:
            return meant
        near = self.near(
            wanted,
            sorted(held),
        )
        self.refuse(column, code, wanted, nearest=near)
        return wanted

    def known_project(self, column: str, wanted: str) -> str:
        """The project that is held and meant. A reference that nobody holds, that several bodies use for
        projects of their own, or with the name of a body whose it is not, is refused.
        """
        project_id, fault = self.project_meant(wanted)
        if fault is not None:
            self.refuse(
                column,
                fault.code,
                wanted,
                **fault.facts,
            )
        return project_id

    def project_meant(self, wanted: str) -> tuple[str, NotOneProject | None]:
        """The project that is held and meant, or the reference as written and why it is no one project's."""
        owners = self.directory.project_owners
        if not wanted or owners is None:
            return wanted, None
        meant = _as_held(wanted, owners)
        several = self._of_several(meant)
        if several is not None:
            return wanted, several
        if meant is not None:
            return meant, None
        own, owner = reference_and_owner(wanted)
        held = _as_held(own, owners)
        if owner is None or held is None:
            near = self.near(
                wanted,
                sorted(owners),
            )
            return wanted, NotOneProject(
                "project_unknown",
                {"nearest": near},
                _perhaps((wanted, own), owners, near),
            )
        if folded(owners[held]) != folded(owner):
            return wanted, self._of_another(
                held,
                owners[held],
            )
        return held, None

    def _of_several(self, held: str | None) -> NotOneProject | None:
        """Why a reference that is held is not one body's alone, where it is not."""
        shared = self.directory.shared_references.get(
            held or "",
        )
        if not held or not shared:
            return None
        return NotOneProject(
            "project_of_several",
            {"options": "; ".join(shared)},
            (held, *shared[1:]),
        )

    def _of_another(self, held: str, owner: str) -> NotOneProject:
        shared = self.directory.shared_references.get(
            held,
            (),
        )
        return NotOneProject(
            "project_of_another",
            {"owner": self._owner_name(owner)},
            (held, *shared[1:]),
        )

    def _owner_name(self, owner: str) -> str:
        return self.directory.area_names.get(owner, owner)

    def text(self, column: str) -> str | None:
        """The cell's text, or None."""
        if column in self._spoiled:
            return None
        kept = kept_form(self.row.cells.get(column, ""))
        return (
            self._without_small_counts(column, kept)
            if column in FREE_TEXTS
            else kept
        ) or None

    def _without_small_counts(
        self,
        column: str,
        text: str,
    ) -> str:
        left = without_small_counts(text, self.directory.settings)
        if left != text and column not in self._counting:
            self._counting.add(column)
            self.warn(column, "people_counted", left)
        return left

    def needed(self, column: str) -> str:
        """The cell's text; an empty cell is refused."""
        if not self.row.cells.get(column, ""):
            self.refuse(column, "required_blank")
        return self.text(column) or ""

    def parsed(
        self,
        column: str,
        parse: Callable[[str], T],
    ) -> T | None:
        """What `parse` makes of the cell; the cell is refused where it raises CellRefused."""
        text = self.text(column)
        if text is None:
            return None
        try:
            return parse(text)
        except CellRefused as refused:
            self.refuse(
                column,
                refused.code,
                **refused.facts,
            )
            return None

    def date(self, column: str) -> date | None:
        return self.parsed(column, read_date)

    def past_date(self, column: str) -> Day | None:
        """A day on which something happened; one that is still to come is refused."""
        day = self.date(column)
        return None if self.is_to_come(column, day) else day

    def is_to_come(
        self,
        column: str,
        day: Day | None,
    ) -> bool:
        """Whether a day lies after today; the cell is then refused."""
        if day is None or day <= today():
            return False
        self.refuse(
            column,
            "date_to_come",
            today=today().isoformat(),
        )
        return True

    def check_order(
        self,
        column: str,
        start: Day | None,
        end: Day | None,
    ) -> None:
        """Refuses the cell of a last day that lies before the first."""
        if start and end and end < start:
            self.refuse(
                column,
                "end_before_start",
                start=start.isoformat(),
            )

    def amount_gbp(self, column: str) -> float | None:
        return self.parsed(column, read_amount_gbp)

    def count(self, column: str) -> int | None:
        return self.parsed(column, read_count)

    def choice(
        self,
        column: str,
        accepted: Mapping[str, str],
        kind: str,
    ) -> str | None:
        """The value chosen from a closed list, whichever language it is written in."""
        text = self.text(column)
        if text is None:
            return None
        if folded(text) not in accepted:
            en, cy = OPTIONS[kind]
            self.refuse(
                column,
                "choice_unknown",
                options=en,
                options_cy=cy,
                nearest=self.near(
                    text,
                    [*accepted],
                ),
            )
            return None
        return accepted[folded(text)]

    def flag(self, column: str) -> bool:
        return self.choice(column, FLAGS, "flag") == "yes"
