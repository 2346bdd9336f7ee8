"""The bench's report: a figure beside its target, and never a figure that was not measured passed off as met."""

from __future__ import annotations

from pathlib import Path

import pytest

from clearlink import places
from clearlink.bench import page
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
    monkeypatch.setattr(page, "TOOL", places.ROOT / "tests" / "bench" / "not_here.py")
    figures = list(page.compared(tmp_path))
    assert [f.name for f in figures] == [page.NAME, page.VIEW, page.CROWD]
    assert all(f.value is None and "not_here.py is not here" in f.note for f in figures)


def test_a_failing_tool_is_said_with_its_last_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tool = tmp_path / "tool.py"
    tool.write_text("raise SystemExit('No module named playwright')")
    monkeypatch.setattr(page, "TOOL", tool)
    assert {f.note for f in page.compared(tmp_path)} == {"No module named playwright"}
