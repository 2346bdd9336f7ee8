"""Two loads of one register, differenced: what was withheld in both cannot be told from what is served of
either.
"""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest

from clearlink.command import main
from tests.registers import csv_of, row

# what names the bytes that went in, and the moment: the counts themselves are in neither
NAMES_OF_FILES = {
    "build",
    "input_hash",
    "register_id",
    "source_hash",
    "built_at",
}
PAIRS = {
    "few": ("W01001274=3;W01001275=40", "W01001274=4;W01001275=40"),
    "few_beside_many": ("W01001274=9;W01001275=12", "W01001274=9;W01001275=47"),
    "one_and_nobody": ("W01001274=1", "W01001274=0"),
    "rounded": ("W01001274=21;W01001275=40", "W01001274=22;W01001275=39"),
}


def served(
    folder: Path, users: str, patch: pytest.MonkeyPatch
) -> dict[str, list[str]]:
    """Every table of the build that holds this register, but for columns that name files."""
    patch.setenv("CLEARLINK_DATA", str(folder))
    folder.parent.mkdir(exist_ok=True)
    file = folder.parent / "register.csv"
    file.write_bytes(
        csv_of(
            [
                row(
                    project_id="D-1",
                    area_codes="W01001274;W01001275",
                    users_by_area=users,
                ),
                row(project_id="D-2"),
            ]
        )
    )
    assert main(["import", str(file)]) == 0
    assert main(["build", "--sample"]) == 0
    told: dict[str, list[str]] = {}
    with duckdb.connect(
        str(folder / "built" / "clearlink.duckdb"), read_only=True
    ) as con:
        for (name,) in con.execute(
            "select table_name from information_schema.tables"
        ).fetchall():
            table = con.table(name)
            kept = [c for c in table.columns if c not in NAMES_OF_FILES]
            rows = (
                table.project(", ".join(f'"{c}"' for c in kept)).fetchall()
                if kept
                else []
            )
            told[name] = sorted(repr(r) for r in rows)
    return told


@pytest.mark.parametrize(("one", "other"), PAIRS.values(), ids=PAIRS)
def test_a_withheld_count_is_in_nothing_that_is_served(
    one: str, other: str, tmp_path: Path
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        tables = [
            served(tmp_path / name / "data", users, patch)
            for name, users in (("a", one), ("b", other))
        ]
    named = {
        n
        for n in tables[0]
        if _without_names(tables[0][n]) != _without_names(tables[1][n])
    }
    assert named == set(), {
        n: sorted(set(tables[0][n]) ^ set(tables[1][n]))[:4] for n in named
    }


def _without_names(rows: list[str]) -> list[str]:
    # the hash of the bytes that were loaded stands before the name of the file, in what says where a row is
    # from
    return sorted(re.sub(r"[0-9a-f]{8,64}", "#", r) for r in rows)
