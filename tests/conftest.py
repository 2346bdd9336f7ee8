"""What every test may ask for: the stand-in for the publishers' sites, and a folder for snapshots and builds."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

STAND_IN = Path(__file__).resolve().parents[2] / "shared" / "mirror"


@pytest.fixture(scope="session")
def mirror() -> Path:
    """The folder that stands in for the publishers. Without it a test is skipped; on the build server it fails."""
    if not (STAND_IN / "MANIFEST.md").is_file():
        if os.environ.get("CI") == "true":
            pytest.fail(f"the stand-in for the publishers' sites is missing: {STAND_IN}")
        pytest.skip("no stand-in for the publishers' sites on this machine")
    return STAND_IN


@pytest.fixture
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that the program takes for `CLEARLINK_DATA`."""
    folder = tmp_path / "data"
    folder.mkdir()
    monkeypatch.setenv("CLEARLINK_DATA", str(folder))
    return folder
