"""How a command ends: what it says, how many entries it refused, and its code."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from clearlink import folders
from clearlink.exit_codes import Exit
from etl.records import Problem, Severity


def entries_refused(problems: Sequence[Problem]) -> int:
    """How many entries were refused: a row with three faults is one, and what stands in no row is told by its
    name.
    """
    refused = [p for p in problems if p.severity is Severity.REFUSED]
    return len({p.found if p.row is None else p.row for p in refused})


def ended(code: Exit, *lines: str) -> int:
    """The code, after the lines have been said beside what the command answers."""
    for line in lines:
        print(line, file=sys.stderr)
    return code


def not_kept(wrong: OSError) -> int:
    """That a register could not be written into the data folder, and why."""
    return ended(
        Exit.CHECKS_FAILED,
        f"{folders.data_folder()}: the register was not kept, found {wrong.strerror!r}, "
        "expected room and the right to write; free some space and load it again",
    )
