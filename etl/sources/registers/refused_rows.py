"""The corrected-file download: the refused rows of a register, each with a first column saying what to
mend.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from clearlink.rules.whereabouts import may_give_place_away
from clearlink.words import Lang, say
from clearlink.words.problems import problem_words
from etl.records import Problem, Register, Severity
from etl.sources.registers.register_guards import reads_as_formula
from etl.sources.registers.register_people import is_personal
from etl.sources.registers.register_table import Table


def refused_rows(
    register: Register,
    table: Table,
    lang: Lang,
) -> bytes:
    """CSV (UTF-8 with its mark) of the refused rows as they came, ready to be corrected and loaded again.

    A cell that could give a sensitive place away is replaced by a remark; one that a spreadsheet would
    calculate is marked as text with an apostrophe.
    """
    by_row: dict[int, list[Problem]] = {}
    for found in register.problems:
        if found.severity is Severity.REFUSED and found.row is not None:
            by_row.setdefault(found.row, []).append(found)
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(
        [
            say(lang, "problems.to_fix"),
            *table.header,
        ]
    )
    for number, cells in table.rows:
        if problems := by_row.get(number):
            guarded = any(
                found.code in ("whereabouts", "person_named")
                or ("withheld", "yes") in found.facts
                for found in problems
            )
            writer.writerow(
                [
                    "\n".join(what_to_fix(problems, lang)),
                    *(_safe(cell, guarded, lang) for cell in cells),
                ]
            )
    return out.getvalue().encode("utf-8-sig")


def what_to_fix(problems: Sequence[Problem], lang: Lang) -> list[str]:
    """A sentence for each problem of one row: where, what was found, what was expected, what to do."""
    lines = []
    for found in problems:
        words = problem_words(
            found.code,
            found.facts,
            lang,
            found.place,
        )
        lines.append(
            f"{words.place}: {words.found} → {words.expected}. {words.remedy}"
        )
    return list(dict.fromkeys(lines))


def _safe(
    cell: str,
    guarded: bool,
    lang: Lang,
) -> str:
    if guarded and (may_give_place_away(cell) or is_personal(cell)):
        return say(lang, "problems.removed")
    return f"'{cell}" if reads_as_formula(cell) else cell
