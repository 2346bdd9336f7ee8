"""An answer may be read in part: a command whose reader has gone says nothing of a fault."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from clearlink.command import BROKEN_PIPE


def test_a_reader_that_has_seen_enough_gets_no_trace(sample_data: Path) -> None:
    command = [sys.executable, "-m", "clearlink", "verdicts", "--format", "csv"]
    with subprocess.Popen(
        command,
        env=os.environ | {"CLEARLINK_DATA": str(sample_data)},
        cwd=Path(__file__).resolve().parents[2],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as asked:
        assert asked.stdout and asked.stderr
        assert asked.stdout.readline()
        asked.stdout.close()
        told = asked.stderr.read().decode()
    assert (asked.returncode, told) == (BROKEN_PIPE, "")
