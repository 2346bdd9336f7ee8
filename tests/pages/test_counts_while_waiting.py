"""What takes long is counted while it lasts: rows read and steps done, from the child to the desk, in both
languages (issue 10).
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from streamlit.runtime.scriptrunner import StopException
from streamlit.testing.v1 import AppTest

from clearlink import words
from clearlink.commands.progress import TerminalProgress
from clearlink.counting import (
    What,
    counted,
    hear,
    listening,
    somebody_listens,
    tell,
)
from pages.desk import load_desk
from tests.patience import PATIENCE_S
from tests.registers import csv_of, row

Counts = list[tuple[int, int, What]]
ROWS = 600


def test_a_register_is_counted_from_the_child_to_whoever_waits(
    sample_data: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CLEARLINK_DATA", str(sample_data))
    path = tmp_path / "register.csv"
    path.write_bytes(
        csv_of([row(project_id=f"N-{at}", title="") for at in range(ROWS)])
    )
    counts: Counts = []
    with listening(lambda *count: counts.append(count)):
        ended = load_desk._child(
            ["import", str(path), "--dry-run", "--json"], 60
        )
    assert ended is not None
    assert json.loads(ended.stdout)["refused"] == ROWS
    assert counts == [
        (0, ROWS, "rows"),
        (250, ROWS, "rows"),
        (500, ROWS, "rows"),
        (ROWS, ROWS, "rows"),
    ]


def test_what_hearing_a_count_raises_comes_when_the_work_is_done(
    sample_data: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Each count that is shown is where Streamlit ends a run: the import was killed there, or the build after
    it never made.
    """
    monkeypatch.setenv("CLEARLINK_DATA", str(sample_data))
    path = tmp_path / "register.csv"
    path.write_bytes(
        csv_of([row(project_id=f"N-{at}", title="") for at in range(ROWS)])
    )
    counts: Counts = []
    refused: list[int] = []

    def told(*count: int | What) -> None:
        counts.append(count)  # type: ignore[arg-type]
        raise StopException

    with pytest.raises(StopException), listening(told):
        ended = load_desk._child(
            ["import", str(path), "--dry-run", "--json"], 60
        )
        assert ended is not None and ended.returncode >= 0
        refused.append(json.loads(ended.stdout)["refused"])
        tell(1, 1, "steps")
    assert refused == [ROWS]
    assert counts[-2:] == [(ROWS, ROWS, "rows"), (1, 1, "steps")]
    assert not somebody_listens()


def test_what_the_work_itself_raises_is_what_comes_of_it() -> None:
    def told(*_count: int | What) -> None:
        raise StopException

    with pytest.raises(OSError, match="disk"), listening(told):
        tell(1, 2, "steps")
        raise OSError("disk")


def test_steps_of_a_build_are_told_and_other_lines_are_not() -> None:
    counts: Counts = []
    with listening(lambda *count: counts.append(count)):
        TerminalProgress()(7, 41, "needs")
        for line in (
            "\x1esteps 8 41\n",
            "\x1erows 8\n",
            "\x1enames 8 41\n",
            "row 3: found x\n",
            "\x1erows 1 2\nrows 3 4",
        ):
            hear(line)
    tell(9, 41, "steps")
    assert counts == [(7, 41, "steps"), (8, 41, "steps")]


def test_nothing_is_counted_for_nobody() -> None:
    assert [*counted([])] == []
    assert [*counted(range(3))] == [0, 1, 2]


WAITING = """
from clearlink.counting import tell
from pages.desk.counting import counting
from pages.frame.speech import speech
import streamlit as st

with counting(speech(), "…"):
    tell(1500, 20602, "WHAT")
    st.stop()
"""


@pytest.mark.parametrize("lang", words.LANGUAGES)
@pytest.mark.parametrize("what", ["rows", "steps"])
def test_the_desk_shows_the_count(
    lang: words.Lang, what: What, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    monkeypatch.setattr(
        "streamlit.delta_generator.DeltaGenerator.progress",
        lambda _self, share, text: shown.append(f"{share:.2f} {text}"),
    )
    app = AppTest.from_string(WAITING.replace("WHAT", what))
    app.query_params["lang"] = lang
    app.run(timeout=PATIENCE_S)
    assert not app.exception, [e.value for e in app.exception]
    told = words.say(lang, f"desk.count_{what}", done="1,500", all="20,602")
    assert shown == [f"0.07 {told}"]
