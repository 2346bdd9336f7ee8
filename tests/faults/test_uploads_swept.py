"""What somebody uploaded does not outlive its reading: a process killed at any moment leaves at most a
folder that the next start sweeps.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from clearlink import scratch

CANARY = b"Refuge, 12 Hidden Lane"
KEEPS = f"""
import time
from clearlink.scratch import scratch_folder
while True:
    with scratch_folder() as folder:
        (folder / "upload.csv").write_bytes({CANARY!r})
        print("kept", flush=True)
        time.sleep(0.01)
"""


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    return tmp_path


def _found(folder: Path) -> list[Path]:
    return [
        path
        for path in folder.rglob("*")
        if path.is_file() and CANARY in path.read_bytes()
    ]


def test_after_a_kill_the_next_start_finds_and_removes_every_upload(
    temporary: Path,
) -> None:
    draw, left = random.Random(2026), 0
    for _ in range(20):
        with subprocess.Popen(
            [sys.executable, "-c", KEEPS], stdout=subprocess.PIPE
        ) as reader:
            assert (
                reader.stdout is not None
                and reader.stdout.readline() == b"kept\n"
            )
            time.sleep(draw.uniform(0, 0.03))
            reader.send_signal(signal.SIGKILL)
        left += len(_found(temporary))
        scratch.sweep_scratch()
        assert (
            _found(temporary) == []
            and list(temporary.glob("clearlink-scratch-*")) == []
        )
    assert left > 0, (
        "no kill ever left anything: the sweep was not put to the test"
    )


def test_what_is_being_read_and_what_is_not_ours_stays(temporary: Path) -> None:
    other = temporary / "clearlink-scratch-notes"
    other.mkdir()
    elsewhere = temporary / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "kept").write_text("x", encoding="utf-8")
    dead = 2**22 - 1
    (temporary / f"clearlink-scratch-{dead}-link").symlink_to(
        elsewhere, target_is_directory=True
    )
    with scratch.scratch_folder() as mine:
        (mine / "upload.csv").write_bytes(CANARY)
        assert (
            mine.stat().st_mode & 0o777 == 0o700
            and str(os.getpid()) in mine.name
        )
        assert scratch.sweep_scratch() == 0
        assert _found(temporary) == [mine / "upload.csv"]
    assert (
        not mine.exists() and other.exists() and (elsewhere / "kept").exists()
    )
