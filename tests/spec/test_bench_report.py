"""The bench's report: a figure beside its target, and never a figure that was not measured passed off as met."""

from __future__ import annotations

from pathlib import Path

import pytest

from clearlink import folders
from clearlink.bench import page, reruns
from clearlink.bench.figures import Figure, line


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
def test_a_target_is_met_missed_or_not_judged(figure: Figure, passed: bool | None) -> None:
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
    assert line(Figure("a full house", None, "ms", at_most=300, note="no browser")).endswith(
        "not measured: no browser"
    )


def test_without_the_checkout_every_part_of_the_page_is_said_to_be_not_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "TOOL", folders.ROOT / "tests" / "bench" / "not_here.py")
    figures = list(page.compared(tmp_path))
    assert [f.name for f in figures] == [page.NAME, page.VIEW, page.CROWD]
    assert all(f.value is None and "not_here.py is not here" in f.note for f in figures)


def test_a_failing_tool_is_said_with_its_last_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tool = tmp_path / "tool.py"
    tool.write_text("raise SystemExit('No module named playwright')")
    monkeypatch.setattr(page, "TOOL", tool)
    assert {f.note for f in page.compared(tmp_path)} == {"No module named playwright"}


def test_sessions_served_are_those_before_one_in_twenty_waited_too_long() -> None:
    steps = [
        {"sessions": n, "p50_ms": 20.0, "p95_ms": p95} for n, p95 in ((40, 60.0), (80, 299.0), (120, 301.0))
    ]
    (served,) = page._crowd({"steps": steps, "limit_ms": 300})
    assert (served.value, served.passed) == (80, True)
    (none,) = page._crowd({"steps": steps[-1:], "limit_ms": 300})
    assert (none.value, none.passed) == (0, False)


def test_the_cost_of_a_rerun_is_read_as_times_an_empty_page(monkeypatch: pytest.MonkeyPatch) -> None:
    cost = {"ms": 10.0, "widgets": 11, "empty_ms": 5.0, "times": 2.0}
    monkeypatch.setattr(reruns, "_measured", lambda _: {"need_map": cost, "home": cost | {"times": 9.0}})
    of_map, of_home, a_second = reruns.costed(folders.ROOT)
    assert (of_map.passed, of_home.passed, a_second.value) == (True, None, 100.0)
    monkeypatch.setattr(reruns, "_measured", lambda _: {"missing": "no checkout"})
    assert [f.note for f in reruns.costed(folders.ROOT)] == ["no checkout"]
