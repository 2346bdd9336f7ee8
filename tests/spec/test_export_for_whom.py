"""What leaves by a command is for the public unless everything is asked for by name, and says which it is."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from clearlink.command import main
from clearlink.warehouse import reader
from clearlink.warehouse.scope import Scope, everything, reading_as

PUBLIC, STAFF = "FOR_THE_PUBLIC.txt", "EVERYTHING_not_for_publication.txt"


@pytest.fixture
def withheld(sample_data: Path, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The projects of the sample that the public may not read."""
    monkeypatch.setenv("CLEARLINK_DATA", str(sample_data))
    with reading_as(everything()):
        every = {row["project_id"] for row in reader.projects()}
    with reading_as(Scope()):
        public = {row["project_id"] for row in reader.projects()}
    assert public < every
    return every - public


def exported(folder: Path, *more: str) -> set[str]:
    assert main(["export", "--format", "csv", "--out", str(folder), *more]) == 0
    with (folder / "register.csv").open(
        encoding="utf-8-sig", newline=""
    ) as file:
        return {row["project_id"] for row in csv.DictReader(file)}


def test_an_export_is_for_the_public_and_everything_is_asked_for_by_name(
    withheld: set[str], tmp_path: Path
) -> None:
    assert not exported(tmp_path) & withheld
    assert (tmp_path / PUBLIC).read_text().count(str(len(withheld))) == 2
    assert exported(tmp_path, "--everything") >= withheld
    assert (
        not (tmp_path / PUBLIC).exists()
        and "NOT FOR PUBLICATION" in (tmp_path / STAFF).read_text()
    )
    assert not exported(tmp_path) & withheld
    assert not (tmp_path / STAFF).exists()


@pytest.mark.parametrize("name", ["verdicts", "overlaps"])
def test_an_answer_for_scripts_is_for_the_public(
    name: str, withheld: set[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([name]) == 0
    public = capsys.readouterr()
    assert not any(f'"{project}"' in public.out for project in withheld)
    assert "For the public" in public.err and json.loads(public.out)
    assert main([name, "--everything"]) == 0
    staff = capsys.readouterr()
    assert "NOT FOR PUBLICATION" in staff.err
    # no pair of the sample holds a protected project
    assert name == "overlaps" or any(
        f'"{project}"' in staff.out for project in withheld
    )
