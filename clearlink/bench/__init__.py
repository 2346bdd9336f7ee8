"""Speed on this machine: what is waited for at a build, a question, a page and a full house, each beside its target."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from clearlink.bench import builds, machine, page, questions, recalculation, reruns, slider
from clearlink.bench.figures import Figure, line
from clearlink.exit_codes import Exit


def run(*, as_json: bool, mirror: Path | None) -> int:
    """Measures, prints medians and ratios with the machine they were measured on, and says what was not measured.

    Everything is built in a folder of its own, which is removed. With `mirror` the pages and questions are measured
    on the publishers' files, else on the sample. A missed target is a result, not an error.
    """
    with (
        tempfile.TemporaryDirectory(prefix="clearlink-bench-") as scratch,
        _serving_from(Path(scratch) / "sample"),
    ):
        before = machine.described()
        _say(as_json, before)
        figures: list[Figure] = []
        for part in _parts(Path(scratch), mirror):
            for figure in part:
                figures.append(figure)
                _say(as_json, line(figure))
        after = machine.load()
    if as_json:
        print(
            json.dumps(
                {
                    "machine": before,
                    "load_after": after,
                    "figures": [asdict(f) | {"passed": f.passed} for f in figures],
                },
                indent=1,
            )
        )
    else:
        missed = [f.name for f in figures if f.passed is False]
        unmeasured = [f.name for f in figures if f.value is None]
        print(after)
        print(
            f"{sum(f.passed is True for f in figures)} targets met, {len(missed)} missed, {len(unmeasured)} not measured"
        )
    return Exit.DONE


def _parts(scratch: Path, mirror: Path | None) -> Iterator[Iterator[Figure]]:
    yield builds.sample(scratch / "sample")
    if mirror is not None:
        yield builds.mirror(scratch / "mirror", mirror)
        os.environ["CLEARLINK_DATA"] = str(scratch / "mirror")
    yield questions.asked()
    yield recalculation.timed()
    yield slider.moved(scratch / "made")
    yield reruns.costed(Path(os.environ["CLEARLINK_DATA"]))
    yield page.compared(Path(os.environ["CLEARLINK_DATA"]))


@contextmanager
def _serving_from(folder: Path) -> Iterator[None]:
    kept = os.environ.get("CLEARLINK_DATA")
    os.environ["CLEARLINK_DATA"] = str(folder)
    try:
        yield
    finally:
        if kept is None:
            del os.environ["CLEARLINK_DATA"]
        else:
            os.environ["CLEARLINK_DATA"] = kept


def _say(as_json: bool, text: str) -> None:
    if not as_json:
        print(text, flush=True)
