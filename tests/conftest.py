"""What every test may ask for: the stand-in for the publishers' sites, and a folder for snapshots and
builds.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.patience import PATIENCE_S

# before anything of the program is read, and for every server that a test starts
os.environ.setdefault("CLEARLINK_QUESTION_S", str(PATIENCE_S))
# the sample is tried whole; what a page of a mixed build shows first is asked in test_real_only.py
os.environ.setdefault("CLEARLINK_RECORDS", "all")

from clearlink.command import main
from clearlink.warehouse.scope import everything, reading_as

# no test waits by the clock: a busy machine takes half a second for what takes a millisecond
settings.register_profile(
    "patient", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("patient")

STAND_IN = Path(__file__).resolve().parents[2] / "shared" / "mirror"


@pytest.fixture(scope="session", autouse=True)
def reads_everything() -> Iterator[None]:
    """Tests read the warehouse as the person who holds its files; those about who may read what say so
    themselves.
    """
    with reading_as(everything()):
        yield


@pytest.fixture(scope="session")
def mirror() -> Path:
    """The folder that stands in for the publishers. Without it a test is skipped; on the build server it
    fails.
    """
    if not (STAND_IN / "MANIFEST.md").is_file():
        if os.environ.get("CI") == "true":
            pytest.fail(
                f"the stand-in for the publishers' sites is missing: {STAND_IN}"
            )
        pytest.skip("no stand-in for the publishers' sites on this machine")
    return STAND_IN


@pytest.fixture(scope="session")
def sample_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that holds a build of the embedded sample, made once a run. Tests may read it and must
    not write in it.

    `tests/run` makes it before its two test processes start and names it in CLEARLINK_TEST_SAMPLE.
    """
    made = os.environ.get("CLEARLINK_TEST_SAMPLE")
    if made:
        return Path(made)
    folder = tmp_path_factory.mktemp("sample-data")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CLEARLINK_DATA", str(folder))
        assert main(["build", "--sample"]) == 0
    return folder


@pytest.fixture(scope="module")
def sample_copy(
    sample_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A copy of that folder, which the tests of one file may write in."""
    folder = tmp_path_factory.mktemp("data") / "sample"
    shutil.copytree(sample_data, folder)
    return folder


@pytest.fixture
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that the program takes for `CLEARLINK_DATA`."""
    folder = tmp_path / "data"
    folder.mkdir()
    monkeypatch.setenv("CLEARLINK_DATA", str(folder))
    return folder
