"""Coverage-guided fuzzing of one reader: `python -m tests.nightly.fuzz DOOR SECONDS`. Every crash becomes a
case that the gate replays.

Instrumented by atheris, in a process of its own: the engine behind it ends the process itself. Says one line
of JSON at its end.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "tests" / "faults" / "cases"
LARGEST = 20_000
SLOWEST_S = 20


@dataclass(frozen=True, slots=True)
class Fuzzed:
    """What one reader went through. `crashed`: the names of the cases that were kept."""

    door: str
    tried: int
    seconds: int
    edges: int
    crashed: tuple[str, ...]
    said: str = ""


def fuzz(door: str, seconds: float) -> Fuzzed:
    """Fuzzes one reader for so long, in a child; ends at its first crash."""
    held = CASES / door
    held.mkdir(parents=True, exist_ok=True)
    before = set(held.iterdir())
    with tempfile.TemporaryDirectory() as scratch:
        ended = subprocess.run(
            [
                sys.executable,
                "-m",
                "tests.nightly.fuzz",
                door,
                str(int(seconds)),
                scratch,
            ],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            timeout=seconds * 2 + 300,
        )
    told = ended.stderr
    done = re.findall(
        r"stat::number_of_executed_units:\s+(\d+)", told
    ) or re.findall(r"#(\d+)", told)
    edges = re.findall(r"cov: (\d+)", told)
    crashed = tuple(sorted(p.name for p in set(held.iterdir()) - before))
    if not any(held.iterdir()):
        held.rmdir()
    said = "" if crashed or ended.returncode == 0 else told[-2000:]
    traced = re.search(
        r"=== Uncaught Python exception: ===\n(.*?)\n(?:==|\n)", told, re.DOTALL
    )
    return Fuzzed(
        door,
        int(done[-1]) if done else 0,
        int(seconds),
        int(edges[-1]) if edges else 0,
        crashed,
        said or (traced[1][-1500:] if traced else ""),
    )


def _in_child(door: str, seconds: str, scratch: str) -> None:
    import atheris

    with atheris.instrument_imports(
        include=["etl", "clearlink", "pages.server"]
    ):
        from tests.nightly.doors import DOORS, knock
    for number, seed in enumerate(DOORS[door].seeds()):
        (Path(scratch) / f"seed-{number}").write_bytes(seed)
    held = CASES / door
    atheris.Setup(
        [
            "fuzz",
            f"-max_total_time={seconds}",
            f"-max_len={LARGEST}",
            f"-timeout={SLOWEST_S}",
            "-rss_limit_mb=3000",
            "-print_final_stats=1",
            f"-artifact_prefix={held}/",
            scratch,
            *([str(held)] if held.is_dir() else []),
        ],
        lambda data: knock(door, data),
    )
    atheris.Fuzz()


if __name__ == "__main__":
    if len(sys.argv) == 4:
        _in_child(*sys.argv[1:])
    else:
        print(json.dumps(asdict(fuzz(sys.argv[1], float(sys.argv[2])))))
