"""Two builds for every golden test: real Wales from the stand-in; and the sample with six projects of our
own and a register drawn at random.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest
from exchange_files import DRAWN, OURS

from clearlink import folders
from clearlink.commands import runs
from clearlink.exit_codes import Exit
from clearlink.warehouse import reader
from etl.pipeline import builds
from tests.few_draws import draw_few
from tests.random_register import random_rows
from tests.registers import csv_of


@pytest.fixture(scope="session")
def built(
    mirror: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Path, duckdb.DuckDBPyConnection]]:
    """Real Wales, fetched and built once a run, judged as at one day, so that the answers stay the same."""
    folder = tmp_path_factory.mktemp("mirror")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CLEARLINK_DATA", str(folder))
        assert runs.fetch(mirror=mirror, names=[]) == Exit.DONE
        builds.build_published([], date(2026, 11, 23), lambda *_: None)
        con = duckdb.connect(str(folders.warehouse_file()), read_only=True)
    yield folder, con
    con.close()


@pytest.fixture(scope="session")
def exchange_build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of that build, made once a run; `ours.csv` and `drawn.csv` are the registers as they went
    in.
    """
    folder = tmp_path_factory.mktemp("exchange")
    register, drawn = folder / "ours.csv", folder / "drawn.csv"
    register.write_bytes(csv_of(OURS))
    drawn.write_bytes(csv_of(random_rows(DRAWN, 20261123, _choices())))
    with (
        pytest.MonkeyPatch.context() as patch,
        reader.reading_as(reader.everything()),
    ):
        patch.setenv("CLEARLINK_DATA", str(folder / "data"))
        draw_few(patch)
        builds.build_sample([register, drawn], lambda at, total, what: None)
    return folder


@pytest.fixture(scope="module")
def exchanged(exchange_build: Path) -> Iterator[Path]:
    """That build, served to the tests of one file; answers a folder for exports."""
    with (
        pytest.MonkeyPatch.context() as patch,
        reader.reading_as(reader.everything()),
    ):
        patch.setenv("CLEARLINK_DATA", str(exchange_build / "data"))
        yield exchange_build


def _choices() -> dict[str, list[str]]:
    lists = {
        "programme": ("programmes", "programme_id"),
        "target_group": ("target_groups", "id"),
        "theme": ("themes", "theme_id"),
    }
    found = {
        name: [
            r[column]
            for r in csv.DictReader(
                (folders.CATALOGUE / f"{file}.csv").open(encoding="utf-8")
            )
        ]
        for name, (file, column) in lists.items()
    }
    with (folders.SAMPLE / "priorities.csv").open(encoding="utf-8") as file:
        return {
            **found,
            "priority_id": [r["priority_id"] for r in csv.DictReader(file)][
                :40
            ],
        }
