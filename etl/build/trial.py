"""Verdicts of a register that is not loaded: worked out by the build's own statements on a copy of the
served warehouse.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any, Final

import duckdb

from clearlink.rules.settings import Settings
from etl.build.builder import ENGINE
from etl.build.intake import Intake
from etl.build.load import load_intake
from etl.build.statements import judging_steps, statements

LAST_MADE: Final = "verdict"
# Emptied on the copy: the register that is tried stands alone there.
OF_PROJECTS: Final = (
    "project",
    "project_theme",
    "project_declared_area",
    "citation",
)
_CREATES: Final = re.compile(
    r"create\s+(?P<temporary>temp\s+)?(?:table|macro)\s+(?P<name>\w+)",
    re.IGNORECASE,
)
_COLUMNS: Final = "project_id, basis, verdict, reason, confidence"


class TrialStopped(RuntimeError):
    """The served build was made by an earlier version and does not hold what the present statements ask
    for.
    """


def trial_verdicts(
    served: Path,
    folder: Path,
    intake: Intake,
    settings: Settings,
) -> list[dict[str, Any]]:
    """One row per project of the intake and basis: verdict, reason and confidence, as a build with these
    projects would give them.

    The intake holds projects with their themes and citations and nothing else; needs and assessments are the
    served ones. The copy stands in `folder`, which the caller removes. The flag on proportion (C5) compares
    with other projects, so it is not answered here. Raises TrialStopped.
    """
    copy = folder / "trial.duckdb"
    shutil.copyfile(served, copy)
    try:
        return _judged(copy, intake, settings)
    except (duckdb.Error, ValueError) as fault:
        raise TrialStopped(
            f"{served.name}: {str(fault).splitlines()[0]}"
        ) from fault


def _judged(
    copy: Path,
    intake: Intake,
    settings: Settings,
) -> list[dict[str, Any]]:
    with duckdb.connect(
        str(copy),
        config=ENGINE,
    ) as con:
        (held_tables,) = (sql for _, sql in statements("trial"))
        held = {row[0] for row in con.execute(held_tables).fetchall()}
        for name, sql in statements("tables"):
            if name in OF_PROJECTS or name not in held:
                con.execute(_anew(sql))
        load_intake(con, intake, settings)
        for step in judging_steps():
            con.execute(_anew(step.sql))
            if step.makes == LAST_MADE:
                break
        judged = (
            con.table(LAST_MADE)
            .project(_COLUMNS)
            .order("project_id, basis")
            .fetchall()
        )
    return [
        dict(
            zip(
                _COLUMNS.split(", "),
                row,
                strict=True,
            )
        )
        for row in judged
    ]


def _anew(sql: str) -> str:
    """The build's own statement, in place of what the copy holds under the same name."""
    return _CREATES.sub(
        lambda made: made[0].replace(
            "create",
            "create or replace",
            1,
        ),
        sql,
        count=1,
    )
