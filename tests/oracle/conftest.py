"""Builds for the oracle: one made at random, one of the real sample, each with its intake and its twin."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest
from random_wales import random_intake
from twin_link import Twin
from twin_need import Wales, work_out

from clearlink import places
from clearlink.rules.settings import Settings
from etl import pipeline
from etl.build import builder
from etl.build.intake import Intake
from etl.build.lists import catalogue_rows
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


def _answer(intake: Intake, folder: Path) -> Answered:
    settings = pipeline.settings()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CLEARLINK_DATA", str(folder))
        builder.build(intake, settings, "oracle", lambda *_: None)
        file = places.warehouse_file()
    catalogue = catalogue_rows(places.CATALOGUE)
    wales = work_out(intake, catalogue)
    return Answered(intake, settings, wales, Twin(intake, catalogue, settings, wales), duckdb.connect(str(file), read_only=True))


@pytest.fixture(scope="session")
def random_build(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Answered]:
    """Ninety small areas and 1,300 projects at random."""
    found = _answer(random_intake(SEED, PROJECTS), tmp_path_factory.mktemp("random"))
    yield found
    found.con.close()


@pytest.fixture(scope="session")
def sample_build(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Answered]:
    """The embedded sample."""
    intake = sample_intake(places.SAMPLE)
    pipeline.add_registers(intake, [(places.SAMPLE / name, name) for name in pipeline.SAMPLE_REGISTERS])
    found = _answer(intake, tmp_path_factory.mktemp("sample"))
    yield found
    found.con.close()
