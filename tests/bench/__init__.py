"""Speed on this machine: what is waited for at a build, a question, a page and a full house, each beside
its target.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from clearlink.exit_codes import Exit
from tests.bench import (
    builds,
    machine,
    map_in_browser,
    questions,
    recalculation,
    reruns,
    slider,
)
from tests.bench.figures import Figure, line, markdown


def run(*, as_json: bool, mirror: Path | None) -> int:
    """Measures and prints the table that stands in the README: medians and ratios, their targets, and the
    machine with its load.

    What is measured is told on the way (stderr); what could not be measured is in the table with the reason.
    Everything is built in a folder of its own, which is removed. With `mirror` the pages and questions are
    measured on the publishers' files, else on the sample. A missed target is a result, not an error.
    """
    started, before = time.perf_counter(), machine.load()
    _tell(machine.described())
    figures: list[Figure] = []
    with (
        tempfile.TemporaryDirectory(prefix="clearlink-bench-") as scratch,
        _serving_from(Path(scratch) / "sample"),
    ):
        for name, part in _parts(Path(scratch), mirror):
            for figure in measured(name, part):
                figures.append(figure)
                _tell(line(figure))
    took = f"{(time.perf_counter() - started) / 60:.1f} minutes"
    loads = f"before: {before}; after: {machine.load()}"
    if as_json:
        facts = {"machine": machine.described(), "load": loads, "took": took}
        print(
            json.dumps(
                facts
                | {
                    "figures": [
                        asdict(f) | {"passed": f.passed} for f in figures
                    ]
                },
                indent=1,
            )
        )
    else:
        served = "the publishers’ files" if mirror else "the sample"
        print(
            markdown(
                figures,
                f"{machine.described()}; {loads}; on {served}; took {took}.",
            )
        )
    return Exit.DONE


def measured(
    name: str, part: Callable[[], Iterator[Figure]]
) -> Iterator[Figure]:
    """The figures of one part; where it fails, what it failed of, so that the other parts are measured all
    the same.
    """
    try:
        yield from part()
    except Exception as error:  # noqa: BLE001 - whatever it is, it stands in the table
        yield Figure(
            name, None, note=f"{type(error).__name__}: {str(error)[-300:]}"
        )


def _parts(
    scratch: Path, mirror: Path | None
) -> Iterator[tuple[str, Callable[[], Iterator[Figure]]]]:
    yield "sample build", lambda: builds.sample(scratch / "sample")
    if mirror is not None:
        yield "mirror build", lambda: builds.mirror(scratch / "mirror", mirror)
        os.environ["CLEARLINK_DATA"] = str(scratch / "mirror")
    served = Path(os.environ["CLEARLINK_DATA"])
    yield "served questions", questions.asked
    yield "all worked out anew", recalculation.timed
    yield slider.NAME, lambda: slider.moved(scratch / "made")
    yield reruns.NAME, lambda: reruns.costed(served)
    yield map_in_browser.NAME, lambda: map_in_browser.compared(served)


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


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
