"""A build that is killed, starved of disk or doubled leaves the served file whole; a damaged file is never
read.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from clearlink.warehouse import connection
from clearlink.warehouse.file_note import is_whole, note_file, previous_file
from etl.build import warehouse_file

HARNESS = Path(__file__).with_name("killing.py")
# `tests/run nightly` kills a hundred: more of the same moments
KILLS = int(os.environ.get("CLEARLINK_KILLS", "40"))


@pytest.fixture(scope="module")
def harm(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Everything that was done to builds, and what was served after each."""
    folder = tmp_path_factory.mktemp("kill")
    done = subprocess.run(
        [
            sys.executable,
            str(HARNESS),
            str(KILLS // 2),
            str(KILLS - KILLS // 2),
        ],
        env={**os.environ, "CLEARLINK_DATA": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    harm: dict[str, Any] = {"kills": []}
    for each in map(json.loads, done.stdout.splitlines()):
        harm["kills"] += [each.pop("kills")] if "kills" in each else []
        harm |= each
    print(harm)
    return harm


def test_kills_at_random_moments_leave_no_partial_build(
    harm: dict[str, Any],
) -> None:
    both = harm["kills"]
    assert sum(k["kills"] for k in both) == KILLS
    assert sum(k["partial"] for k in both) == 0
    assert sum(k["finished_before_the_kill"] for k in both) < KILLS / 2, (
        "the kills came too late to prove anything"
    )
    assert sum(k["runs_that_left_litter"] for k in both) > 0, (
        "the kills came too early to prove anything"
    )
    assert max(k["most_litter"] for k in both) <= 3, (
        "litter is swept at the next start, so it never piles up"
    )
    assert [(k["litter_after_next_start"], k["next_build"]) for k in both] == [
        ([], 0),
        ([], 0),
    ]


def test_a_kill_before_any_line_of_publish_leaves_no_partial_build(
    harm: dict[str, Any],
) -> None:
    publish = harm["publish"]
    assert publish["steps"] >= 30
    assert (
        publish["partial"],
        publish["ended"],
        publish["litter_after_next_start"],
    ) == (0, 0, [])


def test_a_full_disk_is_said_plainly_and_the_old_build_serves(
    harm: dict[str, Any],
) -> None:
    starve = harm["starve"]
    assert (starve["sizes"], starve["codes"]) == (8, [5])
    assert (starve["partial"], starve["litter"], starve["next_build"]) == (
        0,
        [],
        0,
    )


def test_two_builds_at_once_one_refuses_by_name_and_a_dead_holder_is_followed(
    harm: dict[str, Any],
) -> None:
    assert harm["two"] == {"pairs": 50, "refused_by_name": 50, "taken_over": 50}


def test_swaps_under_a_reader_are_never_torn(harm: dict[str, Any]) -> None:
    swap = harm["swap"]
    assert swap["swaps"] == 60
    assert swap["reads"] >= 60
    assert (swap["torn"], swap["reader"]) == (0, 0)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Path]:
    """Two small builds published one after the other."""
    file = tmp_path / "clearlink.duckdb"
    for build in ("first", "second"):
        part = tmp_path / "clearlink.1.part"
        with duckdb.connect(str(part)) as con:
            con.execute("create table build as select $1 as build_id", [build])
            con.execute(
                "create table number as select range as n, md5(range::varchar) as text from range(9000)"
            )
        warehouse_file.publish(part, file)
    yield file
    connection._open.pop(file, None)


def test_a_thousand_flips_and_cuts_are_all_noticed(served: Path) -> None:
    whole = served.read_bytes()
    dice = random.Random(54)
    missed = []
    for n in range(1000):
        damaged = bytearray(whole)
        if n % 2:
            del damaged[dice.randrange(len(whole)) :]
        else:
            damaged[dice.randrange(len(whole))] ^= 1 << dice.randrange(8)
        served.write_bytes(bytes(damaged))
        if is_whole(served):
            missed.append(n)
    assert missed == []
    served.write_bytes(whole)
    assert is_whole(served)


def test_the_build_before_serves_in_place_of_a_damaged_one_and_says_so(
    served: Path,
) -> None:
    assert connection.warehouse(served).build_id == "second"
    assert len(note_file(served).read_text(encoding="ascii").split()) == 2
    whole = served.read_bytes()
    served.unlink()
    served.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    held = connection.warehouse(served)
    assert (held.build_id, held.is_previous) == ("first", True)
    part = served.with_name("clearlink.2.part")
    part.write_bytes(whole)
    warehouse_file.publish(part, served)
    assert connection.warehouse(served).build_id == "second"
    assert not connection.warehouse(served).is_previous
    with duckdb.connect(str(previous_file(served)), read_only=True) as con:
        assert con.execute("select build_id from build").fetchone() == (
            "first",
        ), "a damaged file must not become the build before"


def test_damage_with_no_build_before_it_is_refused_in_words(
    served: Path,
) -> None:
    previous_file(served).unlink()
    damaged = served.read_bytes()[:-100]
    served.unlink()
    served.write_bytes(damaged)
    with pytest.raises(
        connection.Damaged,
        match="bytes are not those that were published; run “clearlink build”",
    ):
        connection.warehouse(served)
    assert issubclass(connection.Damaged, connection.NothingBuilt)


def test_a_folder_that_the_engine_spilled_into_is_swept(tmp_path: Path) -> None:
    (tmp_path / "clearlink.77.part.tmp").mkdir()
    (tmp_path / "clearlink.77.part.tmp" / "spill.block").write_bytes(b"x")
    (tmp_path / "clearlink.77.part").write_bytes(b"x")
    (tmp_path / "geometry").mkdir()
    (tmp_path / "geometry" / "la-1.geojson.gz.part").write_bytes(b"x")
    assert warehouse_file.sweep(tmp_path) == 3
    assert [p.name for p in tmp_path.rglob("*")] == ["geometry"]


def test_file_note_and_folder_reach_the_disk_in_that_order(
    served: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    real_fsync, real_replace = os.fsync, Path.replace
    monkeypatch.setattr(
        os,
        "fsync",
        lambda fd: (
            told.append("flush " + Path(f"/proc/self/fd/{fd}").readlink().name),
            real_fsync(fd),
        )[1],
    )
    monkeypatch.setattr(
        Path,
        "replace",
        lambda self, target: (
            told.append(f"rename to {Path(target).name}"),
            real_replace(self, target),
        )[1],
    )
    part = served.with_name("clearlink.3.part")
    part.write_bytes(previous_file(served).read_bytes())
    warehouse_file.publish(part, served)
    assert told == [
        "flush clearlink.3.part",
        "flush clearlink.sha256.part",
        "rename to clearlink.sha256",
        "rename to clearlink.previous.duckdb",
        "rename to clearlink.duckdb",
        f"flush {served.parent.name}",
    ]
