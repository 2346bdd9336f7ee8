"""What one rerun of each page may ask of the disk, the engine, the committee's store and the reader: counts,
the same on every machine.

A page without a ceiling fails. A ceiling is about a quarter over what the page needs: work done by the row or
by the option goes through it many times over. Who makes a page ask more raises it by name, with the reason in
the commit.
"""

from __future__ import annotations

import builtins
import io
import os
import shutil
import sys
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import current_thread
from typing import Any

import pytest
from plotly.basedatatypes import BaseFigure
from sqlalchemy import Engine, event
from streamlit.runtime.scriptrunner_utils.script_run_context import (
    ScriptRunContext,
)
from streamlit.testing.v1 import AppTest

from clearlink.review.store import review_store
from clearlink.warehouse import asking, connection, reader
from clearlink.warehouse.asking import forget_answers
from pages.frame.shell_words import PAGES
from tests.entrances import PROJECT, entrance
from tests.page_visits import Visit, small_area_themes, visits
from tests.patience import PATIENCE_S


@dataclass(frozen=True)
class Ceiling:
    """The most that one rerun may do.

    `files`: looked for, opened or parsed. `questions`: put to the reader, kept answers and what is laid out
    of them included. `queries`: put to the engine when nothing is kept. `store`: statements put to the
    committee's store. `messages`: sent to the browser, each of which costs the server a turn of its loop.
    """

    files: int
    questions: int
    queries: int
    store: int
    messages: int


CEILINGS = {
    # what people said is counted here too (three lists of the record, of which one is read already), and
    # which records there are to show, real or all
    "home": Ceiling(
        files=10, questions=103, queries=32, store=12, messages=122
    ),
    # what closed meetings decided of the place is asked for as well, in a transaction of its own
    "my_area": Ceiling(
        files=10, questions=80, queries=24, store=14, messages=90
    ),
    "need_map": Ceiling(
        files=10, questions=23, queries=18, store=6, messages=42
    ),
    "projects": Ceiling(
        files=10, questions=72, queries=11, store=17, messages=32
    ),
    # the years that can be chosen are one question more, asked once for each build
    # and who pays it is asked for as well
    "record": Ceiling(
        files=10, questions=50, queries=22, store=25, messages=110
    ),
    # its similar areas, and who was listened to, are asked for as well
    "area": Ceiling(files=10, questions=96, queries=25, store=16, messages=80),
    "gaps": Ceiling(files=10, questions=50, queries=15, store=6, messages=60),
    "fairness": Ceiling(
        files=10, questions=165, queries=17, store=6, messages=97
    ),
    "plans": Ceiling(files=10, questions=90, queries=20, store=6, messages=60),
    # it opens on all ten systems: eight programmes, and what is returned of six, once a build;
    # one row a system, and a cell for its name and each of its three answers
    "programmes": Ceiling(
        files=10, questions=60, queries=36, store=6, messages=118
    ),
    "meetings": Ceiling(
        files=10, questions=46, queries=7, store=17, messages=40
    ),
    "item": Ceiling(files=10, questions=14, queries=9, store=42, messages=59),
    # which statements and which records are shown are choices of their own; and each assessment has a check
    # against the seven standards, as each engagement has
    "voices": Ceiling(
        files=10, questions=103, queries=34, store=16, messages=133
    ),
    # a question with its buttons, two more tabs and two closed forms came to the desk
    "evidence_desk": Ceiling(
        files=10, questions=60, queries=14, store=10, messages=52
    ),
    "indicators": Ceiling(
        files=10, questions=93, queries=16, store=6, messages=60
    ),
    "accessibility": Ceiling(
        files=10, questions=12, queries=8, store=6, messages=24
    ),
    # the templates of three lists more: assessments, priorities, citations; and of four for plans and money
    "data_and_method": Ceiling(
        files=10, questions=150, queries=18, store=6, messages=115
    ),
}


class Counted(Counter[str]):
    """What happened, by kind and by what it was about: `files /etc/x`, `questions areas`."""

    def of(self, kind: str) -> int:
        return sum(
            number
            for what, number in self.items()
            if what.startswith(f"{kind} ")
        )

    def most(self, kind: str) -> str:
        """The most frequent of a kind, for the message of a test that failed."""
        found = Counter(
            {
                what: number
                for what, number in self.items()
                if what.startswith(f"{kind} ")
            }
        )
        return ", ".join(
            f"{what.partition(' ')[2]} {number}"
            for what, number in found.most_common(8)
        )


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[Counted]:
    """Counts what a page does while it runs."""
    found = Counted()

    def is_of_navigation(path: object) -> bool:
        """Scripts, and the folders that lead to them or to modules: Streamlit looks for a script for each
        entry of its navigation.
        """
        return (
            str(path).endswith(".py")
            or str(path) in sys.path
            or any(
                root.is_relative_to(str(path))
                for root in (
                    PROJECT / "pages",
                    entrance("area").parent / "pages",
                )
            )
        )

    def in_the_page() -> bool:
        """The tool that runs a page in place of a browser asks for the words of every option again, in its
        own thread.
        """
        return current_thread().name.startswith("ScriptRunner")

    def counting(
        owner: Any, name: str, kind: str, about: Callable[..., object]
    ) -> None:
        really = getattr(owner, name)

        def counts(*given: Any, **named: Any) -> Any:
            what = about(*given)
            if in_the_page() and not (
                kind == "files" and is_of_navigation(what)
            ):
                found[f"{kind} {what}"] += 1
            return really(*given, **named)

        monkeypatch.setattr(owner, name, counts)

    counting(builtins, "open", "files", lambda file, *_: file)
    counting(io, "open", "files", lambda file, *_: file)
    for look in ("stat", "scandir", "listdir"):
        counting(os, look, "files", lambda path=".", *_: f"{path}")
    counting(tomllib, "loads", "files", lambda text, *_: text[:20])
    counting(
        connection.Warehouse,
        "cursor",
        "queries",
        lambda *_: sys._getframe(2).f_locals.get("question"),
    )
    counting(reader, "answer", "questions", lambda question, *_: question)
    counting(asking, "build_key", "questions", lambda *_: "laid out")
    counting(
        ScriptRunContext,
        "enqueue",
        "messages",
        lambda _, message: message.WhichOneof("type"),
    )
    # copying a figure out takes a thousand times longer than sending what was copied
    counting(BaseFigure, "to_dict", "figures", lambda *_: "laid out again")

    def statement(*given: Any) -> None:
        found[f"store {given[2].split('WHERE')[0][:200]}"] += 1

    event.listen(Engine, "before_cursor_execute", statement)
    yield found
    event.remove(Engine, "before_cursor_execute", statement)


@pytest.fixture(scope="module")
def made(
    sample_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, dict[str, Visit]]:
    """A folder with a store that holds a meeting whose evidence is frozen, and the visits that it allows."""
    folder = tmp_path_factory.mktemp("visits")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CLEARLINK_DATA", str(sample_data))
        patch.setenv(
            "CLEARLINK_REVIEW_URL", f"sqlite:///{folder / 'review.sqlite'}"
        )
        return folder, visits(review_store())


@pytest.fixture
def every_visit(
    on_sample: Path, tmp_path: Path, made: tuple[Path, dict[str, Visit]]
) -> dict[str, Visit]:
    """The visits, on a copy of that store."""
    folder, found = made
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    return found


def test_every_page_of_the_navigation_has_a_ceiling(
    every_visit: dict[str, Visit],
) -> None:
    assert set(every_visit) == set(CEILINGS)
    assert {visit.page for visit in every_visit.values()} == set(PAGES)


@pytest.mark.parametrize("name", CEILINGS)
def test_one_rerun_stays_under_its_ceiling(
    name: str, every_visit: dict[str, Visit], counted: Counted
) -> None:
    visit = every_visit[name]
    app = AppTest.from_file(
        str(entrance(visit.page)), default_timeout=PATIENCE_S
    )
    for key, value in {"lang": "en", **visit.query}.items():
        app.query_params[key] = value
    app.run()
    if visit.changes_theme:
        app.selectbox(key="choose_theme").set_value(small_area_themes()[1])
    app.run()
    counted.clear()
    app.run()
    assert not app.exception, [e.value for e in app.exception]
    found = {
        kind: counted.of(kind)
        for kind in ("files", "questions", "store", "messages")
    }
    about = {kind: counted.most(kind) for kind in found}
    assert not counted.of("figures"), (
        f"laid out again: {counted.most('figures')}"
    )
    forget_answers()
    counted.clear()
    app.run()
    found["queries"], about["queries"] = (
        counted.of("queries"),
        counted.most("queries"),
    )
    most = asdict(CEILINGS[name])
    over = {
        kind: f"{number}, at most {most[kind]}: {about[kind]}"
        for kind, number in found.items()
        if number > most[kind]
    }
    assert not over, (
        f"a rerun of {name} does more than its ceiling allows: {over}"
    )
