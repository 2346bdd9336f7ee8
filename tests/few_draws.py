"""A build of the sample that draws few times, at three quarters of its cost: for tests of anything else."""

from __future__ import annotations

import pytest

from etl.pipeline import builds


def draw_few(patch: pytest.MonkeyPatch) -> None:
    """Builds made under this patch draw ten times; what is drawn a thousand times is held by the oracle."""
    few = builds.settings().with_changes(draws=10)
    patch.setattr(builds, "settings", lambda: few)
