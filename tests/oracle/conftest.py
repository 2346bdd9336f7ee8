"""Builds for the oracle: one made at random, one of the real sample, each with its intake and its twin."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest
from random_wales import random_intake
from twin_link import Twin
from twin_need import Wales, work_out

from clearlink import folders
from clearlink.rules.settings import Settings
from etl.build import builder
from etl.build.intake import Intake
from etl.build.lists import catalogue_rows
from etl.pipeline import builds
from etl.pipeline.sample import sample_intake

PROJECTS = 1300
SEED = 20131


@dataclass
class Answered:
    """A build, the rows it was made from, and the same worked out by hand."""

    intake: Intake
    settings: Settings
    wales: Wales
    twin: Twin
    con: duckdb.DuckDBPyConnection


def _answer(make: Callable[[], Intake], folder: Path, lists: Path) -> Answered:
    settings = builds.settings()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(folders, "CATALOGUE", lists)
        patch.setenv("CLEARLINK_DATA", str(folder))
        intake = make()
        builder.build(intake, settings, "oracle", lambda *_: None)
        file = folders.warehouse_file()
    catalogue = catalogue_rows(lists)
    wales = work_out(intake, catalogue)
    return Answered(
        intake,
        settings,
        wales,
        Twin(intake, catalogue, settings, wales),
        duckdb.connect(str(file), read_only=True),
    )


@pytest.fixture(scope="session")
def random_build(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Answered]:
    """Ninety small areas and 1,300 projects at random."""
    lists = tmp_path_factory.mktemp("lists") / "catalogue"
    shutil.copytree(folders.CATALOGUE, lists)
    # every theme of the real catalogue has a good indicator: here one has a weak one only, and one has none
    fits = (
        (lists / "theme_indicator.csv").read_text(encoding="utf-8").splitlines()
    )
    fits = [
        line.replace(",good,", ",weak,") if line.startswith("carers,") else line
        for line in fits
        if not line.startswith("community_safety,")
    ]
    (lists / "theme_indicator.csv").write_text(
        "\n".join(fits) + "\n", encoding="utf-8"
    )
    found = _answer(
        lambda: random_intake(SEED, PROJECTS),
        tmp_path_factory.mktemp("random"),
        lists,
    )
    yield found
    found.con.close()


@pytest.fixture(scope="session")
def sample_build(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Answered]:
    """The embedded sample."""

    def make() -> Intake:
        intake = sample_intake(folders.SAMPLE)
        builds.add_registers(
            intake,
            [(folders.SAMPLE / name, name) for name in builds.SAMPLE_REGISTERS],
        )
        return intake

    found = _answer(make, tmp_path_factory.mktemp("sample"), folders.CATALOGUE)
    yield found
    found.con.close()
