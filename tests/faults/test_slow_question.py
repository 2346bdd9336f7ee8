"""A question that would never end is ended at two seconds, one that would eat the memory is refused; the
reader answers the next.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from clearlink.warehouse import asking, reader
from clearlink.warehouse.asking import AskedTooMuch, answer
from clearlink.warehouse.scope import Scope, everything, reading_as

ENDLESS = {
    "a join of everything with itself": (
        "select count(*) as n from range(1000000000) a, range(1000000) b where (a.range * b.range) % 7 = 3"
    ),
    "a recursion without an end": (
        "with recursive r as (select 1 as n union all select n + 1 from r) select max(n) as n from r"
    ),
    "a pattern over long texts": (
        "select count(*) filter (where regexp_matches("
        "repeat('a' || (range % 7)::varchar, 40000), '(a|b|ab)*c$'"
        ")) as n from range(10000000)"
    ),
    "an aggregate of a series": "select max(md5(range::varchar)) as n from range(100000000000)",
}
GREEDY = "select list(repeat(range::varchar, 2000)) as n from range(100000000)"


@pytest.fixture
def planted(
    sample_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """A folder of questions in place of the shipped ones, put to the sample."""
    monkeypatch.setenv("CLEARLINK_DATA", str(sample_data))
    for shipped in ("build", "projects"):
        (tmp_path / f"{shipped}.sql").write_text(
            next(asking.SQL.rglob(f"{shipped}.sql")).read_text(
                encoding="utf-8"
            ),
            encoding="utf-8",
        )
    monkeypatch.setattr(asking, "SQL", tmp_path)
    asking.queries.cache_clear()
    asking._query.cache_clear()
    asking.forget_answers()
    yield tmp_path
    asking.queries.cache_clear()
    asking._query.cache_clear()
    asking.forget_answers()


@pytest.mark.parametrize(
    "scope", [everything(), Scope()], ids=["everything", "everybody"]
)
@pytest.mark.parametrize("what", ENDLESS)
def test_an_endless_question_is_ended_and_named(
    what: str, scope: Scope, planted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (planted / "endless.sql").write_text(ENDLESS[what], encoding="utf-8")
    assert asking.USUALLY_LONGEST_S == 2.0
    monkeypatch.setattr(asking, "LONGEST_S", 0.5)
    with reading_as(scope):
        with pytest.raises(
            AskedTooMuch, match=r"^endless: ended after 0\.5 seconds$"
        ):
            answer("endless")
        assert reader.build()["kind"] == "sample"


def test_at_the_real_limit_everybody_else_is_answered_meanwhile(
    planted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "LONGEST_S", asking.USUALLY_LONGEST_S)
    (planted / "endless.sql").write_text(
        ENDLESS["an aggregate of a series"], encoding="utf-8"
    )
    ended: list[float] = []

    def ask() -> None:
        started = time.monotonic()
        with pytest.raises(AskedTooMuch):
            answer("endless")
        ended.append(time.monotonic() - started)

    with reading_as(everything()):
        slow = threading.Thread(target=lambda: _as_everybody(ask))
        slow.start()
        answered = 0
        while slow.is_alive():
            asking.forget_answers()
            # a small one: how many are answered in the time is the machine's matter, and that one is, ours
            assert reader.build()["kind"] == "sample"
            answered += 1
        slow.join()
    # ended by the limit and not before it; how soon after is the machine's matter
    assert len(ended) == 1 and ended[0] > 1.9
    assert answered >= 1


def _as_everybody(ask: object) -> None:
    with reading_as(Scope()):
        ask()  # type: ignore[operator]


def test_a_question_that_eats_the_memory_is_refused_and_the_next_is_answered(
    planted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (planted / "greedy.sql").write_text(GREEDY, encoding="utf-8")
    monkeypatch.setattr(asking, "LONGEST_S", 30.0)
    with reading_as(everything()):
        with pytest.raises(
            AskedTooMuch,
            match=r"^greedy: the memory that a question may take was not enough$",
        ):
            answer("greedy")
        assert reader.projects()


def test_no_watch_is_left_running_after_a_question(planted: Path) -> None:
    with reading_as(everything()):
        for _ in range(20):
            asking.forget_answers()
            assert reader.build()
    watches = [
        t
        for t in threading.enumerate()
        if isinstance(t, threading.Timer) and not t.finished.is_set()
    ]
    assert watches == []


def test_what_is_said_of_it_names_no_value(
    planted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (planted / "endless.sql").write_text(
        "select max(md5(range::varchar || $words)) as n from range(100000000000)",
        encoding="utf-8",
    )
    monkeypatch.setattr(asking, "LONGEST_S", 0.2)
    with reading_as(everything()), pytest.raises(AskedTooMuch) as told:
        answer("endless", words="canary 7731")
    assert not re.search(
        "canary|7731|select", str(told.value) + repr(told.value.__cause__)
    )
