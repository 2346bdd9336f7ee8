"""A register tried before it is loaded: the verdicts its projects would have beside what is served."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from clearlink import folders
from etl.build.builder import served_build
from etl.build.intake import Intake
from etl.build.lists import catalogue_rows
from etl.build.trial import TrialStopped as TrialStopped
from etl.build.trial import trial_verdicts
from etl.pipeline.builds import project_themes, settings
from etl.records import Register


def tried_verdicts(register: Register, folder: Path) -> list[dict[str, Any]]:
    """Verdict, reason and confidence of every accepted project on both days; nothing where no build is
    served.

    `folder` takes a copy of the served warehouse, and the caller removes it. Raises TrialStopped where the
    served build is of an earlier version.
    """
    served = folders.warehouse_file()
    build = served_build(served)
    if build is None or not register.projects:
        return []
    intake = Intake(
        str(build["kind"]),
        build["as_of"],
        False,
        projects=register.projects,
        citations=register.citations,
    )
    intake.project_themes = project_themes(
        intake,
        catalogue_rows(folders.CATALOGUE),
    )
    return trial_verdicts(served, folder, intake, settings())
