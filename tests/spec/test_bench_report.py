"""The bench's report: a figure beside its target, and never a figure that was not measured passed off as
met.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from clearlink import folders
from tests.bench import map_in_browser, measured, reruns, tool
from tests.bench.figures import Figure, line, markdown
from tests.bench.need_map_page import CROWDS, LIMIT_MS, raised


@pytest.mark.parametrize(
    ("figure", "passed"),
    [
        (Figure("a", 10.0, "s", at_most=10), True),
        (Figure("a", 10.1, "s", at_most=10), False),
        (Figure("a", 4.0, "×", at_least=4), True),
        (Figure("a", 3.9, "×", at_least=4), False),
        (Figure("a", 3.9, "×"), None),
        (Figure("a", None, "s", at_most=10, note="no browser"), None),
    ],
)
def test_a_target_is_met_missed_or_not_judged(
    figure: Figure, passed: bool | None
) -> None:
    assert figure.passed is passed


def test_a_line_shows_value_unit_target_and_outcome() -> None:
    assert line(Figure("sample build", 12.256, "s", at_most=10)).split() == [
        "sample",
        "build",
        "12.26",
        "s",
        "≤",
        "10",
        "MISSED",
    ]


def test_what_is_not_measured_is_said_with_its_reason() -> None:
    assert line(
        Figure("a full house", None, "ms", at_most=300, note="no browser")
    ).endswith("not measured: no browser")


def test_without_the_checkout_every_part_of_the_page_is_said_to_be_not_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        map_in_browser, "TOOL", folders.ROOT / "tests" / "bench" / "not_here.py"
    )
    figures = list(map_in_browser.compared(tmp_path))
    assert [f.name for f in figures] == [
        map_in_browser.NAME,
        map_in_browser.VIEW,
        map_in_browser.CROWD,
    ]
    assert all(
        f.value is None and "not_here.py is not here" in f.note for f in figures
    )


def test_a_failing_tool_is_said_with_its_last_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tool = tmp_path / "tool.py"
    tool.write_text("raise SystemExit('No module named playwright')")
    monkeypatch.setattr(map_in_browser, "TOOL", tool)
    assert {f.note for f in map_in_browser.compared(tmp_path)} == {
        "No module named playwright"
    }


def test_sessions_served_are_those_before_one_in_twenty_waited_too_long() -> (
    None
):
    steps = [
        {"sessions": n, "p50_ms": 20.0, "p95_ms": p95}
        for n, p95 in ((40, 60.0), (80, 299.0), (120, 301.0))
    ]
    (served,) = map_in_browser._crowd({"steps": steps, "limit_ms": 300})
    assert (served.value, served.passed) == (80, True)
    (none,) = map_in_browser._crowd({"steps": steps[-1:], "limit_ms": 300})
    assert (none.value, none.passed) == (0, False)


def test_the_cost_of_a_rerun_is_read_as_times_an_empty_page(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cost = {"ms": 10.0, "widgets": 11, "empty_ms": 5.0, "times": 2.0}
    costs = {"need_map": cost, "home": cost | {"times": 9.0}}
    monkeypatch.setattr(tool, "answered", lambda *_, data_folder: costs)
    of_map, of_home, a_second = reruns.costed(folders.ROOT)
    assert (of_map.passed, of_home.passed, a_second.value) == (
        True,
        None,
        100.0,
    )
    monkeypatch.setattr(
        tool, "answered", lambda *_, data_folder: {"missing": "no checkout"}
    )
    assert [f.note for f in reruns.costed(folders.ROOT)] == ["no checkout"]


def test_a_part_that_fails_leaves_the_others_to_be_measured() -> None:
    def part() -> Iterator[Figure]:
        yield Figure("the first", 1.0, "s")
        raise OSError("the disk is full")

    first, failed = measured("a part", part)
    assert first.value == 1.0
    assert (failed.name, failed.value, failed.note) == (
        "a part",
        None,
        "OSError: the disk is full",
    )


def test_a_tool_that_hangs_is_not_waited_for_without_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tool, "PATIENCE_S", 0.2)
    hangs = tmp_path / "hangs.py"
    hangs.write_text("import time\ntime.sleep(60)")
    assert (
        "hangs.py had not answered"
        in tool.answered(hangs, data_folder=tmp_path)["missing"]
    )


def test_the_report_is_a_table_that_names_machine_and_load() -> None:
    figures = [
        Figure("sample build", 12.256, "s", at_most=10),
        Figure("a | b", 1234.5, "ms", note="two\nlines"),
        Figure("a full house", None, at_least=80, note="no browser"),
    ]
    *rows, _, where, outcome = markdown(
        figures, "a machine, load 0.1"
    ).splitlines()
    assert rows[2:] == [
        "| sample build | 12.26 s | ≤ 10 | missed |",
        "| a \\| b | 1,234 ms |  | two lines |",
        "| a full house | not measured | ≥ 80 | no browser |",
    ]
    assert where == "a machine, load 0.1"
    assert outcome == "0 targets met, 1 missed, 1 figures not measured."


@pytest.mark.parametrize("breaks_at", [60, 130, 1000])
def test_the_crowd_grows_until_one_in_twenty_waits_too_long_and_no_single_noise_ends_it(
    breaks_at: int,
) -> None:
    asked: list[int] = []

    def crowd_of(people: int) -> dict[str, float]:
        noisy = people == CROWDS[0] and people not in asked
        asked.append(people)
        return {
            "sessions": people,
            "p50_ms": 1.0,
            "p95_ms": 2 * LIMIT_MS if noisy or people > breaks_at else 1.0,
        }

    steps = raised(crowd_of)
    served = max(
        step["sessions"] for step in steps if step["p95_ms"] <= LIMIT_MS
    )
    assert served == {60: 60, 130: 120, 1000: CROWDS[-1]}[breaks_at]
