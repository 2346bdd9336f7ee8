"""The measurements of speed and scale: they stand with the tests, and run in a process of their own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

from clearlink import folders
from clearlink.exit_codes import Exit

BENCH: Final = folders.ROOT / "tests" / "bench"


def run_bench(*, as_json: bool, mirror: Path | None) -> int:
    """Prints the table, or says that this is no checkout of the project: what is installed alone has no
    tests.
    """
    if not BENCH.is_dir():
        print(
            f"bench: found no {BENCH}, expected the project's checkout; run it there",
            file=sys.stderr,
        )
        return Exit.INPUT_REFUSED
    words = [
        *(["--json"] if as_json else []),
        *(
            [
                "--mirror",
                str(mirror.resolve()),
            ]
            if mirror
            else []
        ),
    ]
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench", *words],
        cwd=folders.ROOT,
        check=False,
    )
    return done.returncode
