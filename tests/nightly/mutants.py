"""Mutation testing of the rules: each line is changed in turn, and a test that asks the rules directly has
to notice.
"""

from __future__ import annotations

import fnmatch
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
EXPLAINED = Path(__file__).with_name("survivors.toml")


def mutants(
    patterns: Sequence[str] = (), seconds: float = 3 * 3600
) -> dict[str, Any]:
    """How many changes of the rules were noticed. `patterns`: which of them (clearlink.rules.money*); all
    without one.

    A survivor that is explained, because the change makes no difference to any answer, is counted apart.
    """
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / "project"
        listed = subprocess.run(
            ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True
        ).stdout
        for name in filter(None, listed.decode().split("\0")):
            if (ROOT / name).is_file():
                (copy / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(ROOT / name, copy / name)
        command = [sys.executable, "-m", "mutmut"]
        # what is tried is the copy, wherever the project itself is found from
        environment = {
            name: text
            for name, text in os.environ.items()
            if name != "PYTHONPATH"
        }
        running = subprocess.Popen(
            [*command, "run", "--max-children", "2", *patterns],
            cwd=copy,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        try:
            told, _ = running.communicate(timeout=seconds)
            said = told[-1500:]
        except subprocess.TimeoutExpired:
            # with the children that are trying one each
            os.killpg(running.pid, signal.SIGKILL)
            running.communicate()
            said = "stopped by the clock"
        states = _states(copy)
        for name in (
            name for name, state in states.items() if state == "survived"
        ):
            shown = subprocess.run(
                [*command, "show", name],
                cwd=copy,
                env=environment,
                capture_output=True,
                text=True,
                check=False,
            )
            print(shown.stdout, flush=True)
    left = sorted(name for name, state in states.items() if state == "survived")
    untested = sorted(
        name for name, state in states.items() if state == "no tests"
    )
    why = (
        tomllib.loads(EXPLAINED.read_text(encoding="utf-8"))["survivors"]
        if EXPLAINED.exists()
        else {}
    )
    explained = [
        name
        for name in left
        if any(fnmatch.fnmatch(name, each) for each in why)
    ]
    killed = sum(
        state in ("killed", "timeout", "caught by type check")
        for state in states.values()
    )
    tried = killed + len(left) + len(untested)
    return {
        "tried": tried,
        "killed": killed,
        "explained": len(explained),
        "killed_percent": round(
            100 * killed / max(1, tried - len(explained)), 1
        ),
        "survivors": [name for name in left if name not in explained],
        "no_test": untested,
        **(
            {"said": said}
            if not tried or said == "stopped by the clock"
            else {}
        ),
    }


def _states(copy: Path) -> dict[str, str]:
    """Mutant → what became of it, from the notes that the runner keeps beside each file."""
    codes = {
        0: "survived",
        1: "killed",
        3: "killed",
        5: "no tests",
        33: "no tests",
        24: "timeout",
        36: "timeout",
        37: "caught by type check",
        -24: "timeout",
        -9: "timeout",
    }
    states: dict[str, str] = {}
    for note in (copy / "mutants").rglob("*.meta"):
        for name, code in (
            json.loads(note.read_text(encoding="utf-8"))
            .get("exit_code_by_key", {})
            .items()
        ):
            if code is not None:
                states[name] = codes.get(
                    code, "killed" if code > 0 else "timeout"
                )
    return states


if __name__ == "__main__":
    print(json.dumps(mutants(sys.argv[1:]), indent=1))
