"""A disk that is full at any byte of a build or a pack: a sentence, the last build whole, and nothing half
written left.
"""

from __future__ import annotations

import hashlib
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from clearlink.exit_codes import Exit
from tests.registers import csv_of, row

ROOT = Path(__file__).resolve().parents[2]
SIZES = [
    10_000,
    300_000,
    1_000_000,
    3_000_000,
    6_000_000,
    9_000_000,
    12_000_000,
    15_000_000,
    18_000_000,
    21_000_000,
]


def run(
    data: Path, most_bytes: int, *command: str
) -> subprocess.CompletedProcess[str]:
    """A command of ours on a disk that takes no file larger than `most_bytes`."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))

    return subprocess.run(
        [sys.executable, "-m", "clearlink", *command],
        cwd=ROOT,
        env={
            "CLEARLINK_DATA": str(data),
            "PATH": "/usr/bin:/bin",
            "PYTHONPATH": str(ROOT),
            "HOME": str(data),
            # it would cut short what it compiles, and leave that for everybody
            "PYTHONDONTWRITEBYTECODE": "1",
        },
        capture_output=True,
        text=True,
        preexec_fn=limit,
        check=False,
        timeout=600,
    )


def served(data: Path) -> str:
    return hashlib.sha256(
        (data / "built" / "clearlink.duckdb").read_bytes()
    ).hexdigest()


@pytest.mark.parametrize("size", SIZES)
def test_a_build_on_a_full_disk_keeps_the_last_one(
    sample_copy: Path, tmp_path: Path, size: int
) -> None:
    data = tmp_path / "data"
    shutil.copytree(sample_copy, data)
    if size >= (data / "built" / "clearlink.duckdb").stat().st_size:
        pytest.skip("the whole build fits")
    (data / "registers").mkdir(exist_ok=True)
    (data / "registers" / "00000000-a.csv").write_bytes(
        csv_of([row(project_id="D-1")])
    )
    before = served(data)
    ended = run(data, size, "build", "--sample")
    assert ended.returncode not in (0, -25), ended.stderr
    assert "Traceback" not in ended.stderr and ended.stderr.strip(), (
        ended.stderr[-800:]
    )
    assert served(data) == before
    assert (
        run(data, resource.RLIM_INFINITY, "build", "--sample").returncode == 0
    )
    assert not list((data / "built").glob("*.part*"))


@pytest.mark.parametrize("size", [0, 1_000, 3_000])
def test_a_register_on_a_full_disk_is_not_kept_and_says_so(
    sample_copy: Path, tmp_path: Path, size: int
) -> None:
    file = tmp_path / "register.csv"
    file.write_bytes(csv_of([row(project_id=f"P-{n}") for n in range(40)]))
    ended = run(sample_copy, size, "import", str(file))
    assert (
        ended.returncode == Exit.CHECKS_FAILED
        and "was not kept" in ended.stderr
    ), ended.stderr[-800:]
    assert not list((sample_copy / "registers").glob("*")), "nor half of it"


@pytest.mark.parametrize("size", [0, 1_000, 50_000, 200_000])
def test_a_pack_on_a_full_disk_says_so_and_leaves_no_half(
    sample_copy: Path, tmp_path: Path, size: int
) -> None:
    out = tmp_path / "pack"
    ended = run(
        sample_copy,
        size,
        "pack",
        "--region",
        "RCC_NORTH_WALES",
        "--date",
        "2026-12-14",
        "--out",
        str(out),
    )
    assert ended.returncode not in (0, -25), ended.stderr
    assert "Traceback" not in ended.stderr and ended.stderr.strip(), (
        ended.stderr[-800:]
    )
    assert [
        p
        for p in out.rglob("*")
        if p.is_file() and p.stat().st_size >= size > 0
    ] == []
