"""What the data folder holds is its owner's alone: a register may hold what was refused to the public."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from clearlink.command import main
from clearlink.folders import keep_private
from tests.registers import csv_of, row


def open_to_others(folder: Path) -> list[str]:
    return [
        str(path)
        for path in folder.rglob("*")
        if not path.is_symlink() and path.stat().st_mode & 0o077
    ]


@pytest.fixture
def loose_umask() -> Iterator[None]:

    before = os.umask(0o022)
    yield
    os.umask(before)


def test_a_build_is_its_owners_alone(sample_data: Path) -> None:
    assert open_to_others(sample_data) == []


def test_an_imported_register_is_its_owners_alone(
    data_dir: Path, tmp_path: Path, loose_umask: None
) -> None:
    file = tmp_path / "register.csv"
    file.write_bytes(csv_of([row()]))
    assert main(["import", str(file)]) == 0
    assert list((data_dir / "registers").iterdir())
    assert open_to_others(data_dir) == []


def test_what_an_older_version_left_open_is_closed_and_a_link_is_not_followed(
    data_dir: Path, tmp_path: Path, loose_umask: None
) -> None:
    elsewhere = tmp_path / "elsewhere.txt"
    elsewhere.write_text("not ours")
    elsewhere.chmod(0o644)
    (data_dir / "registers").mkdir()
    (data_dir / "registers" / "old.csv").write_text("held")
    (data_dir / "registers" / "link.csv").symlink_to(elsewhere)
    (data_dir / "review.sqlite").write_bytes(b"")
    keep_private()
    assert open_to_others(data_dir) == []
    assert stat.S_IMODE(elsewhere.stat().st_mode) == 0o644
