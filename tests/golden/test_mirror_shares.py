"""Real figures: the shares of records and money in each state and the signs are the same on Home, Projects,
an authority's page, in the pack and by command, and they are those of the tables themselves.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from clearlink.command import main
from clearlink.report.region_sheet import SQUARES_SHOWN
from clearlink.report.region_sheet import questions_blocks as pack_questions
from clearlink.rules.link.standing import SIGNS
from clearlink.warehouse import reader
from clearlink.words import Lang
from pages.frame.speech import Speech
from tests.pages.test_pages import page

pytestmark = pytest.mark.mirror
RCT, GWENT = "W06000016", "RCC_GWENT"
Cells = list[tuple[str, ...]]


@pytest.fixture(autouse=True)
def _served(
    built: tuple[Path, duckdb.DuckDBPyConnection],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[None]:
    monkeypatch.setenv("CLEARLINK_DATA", str(built[0]))
    monkeypatch.setenv(
        "CLEARLINK_REVIEW_URL", f"sqlite:///{tmp_path / 'review.sqlite'}"
    )
    monkeypatch.setattr("streamlit.runtime.context.ContextProxy.cookies", {})
    yield


def table_with(app: AppTest, *columns: str) -> Cells:
    """The rows of the table that has these columns, as words."""
    frame = next(
        f.value for f in app.dataframe if {*columns} <= {*f.value.columns}
    )
    return [tuple(str(c) for c in row) for row in frame.itertuples(index=False)]


def numbers_on(app: AppTest, say: Speech) -> dict[str, Cells]:
    """What a screen says of the two questions, the shares and the signs."""
    assert not app.exception
    return {
        "squares": table_with(
            app, say("standing.col.on_record"), say("standing.col.unvalued")
        ),
        "shares": table_with(app, say("standing.shares.col.of_records")),
        "signs": table_with(app, say("standing.signs.col.sign")),
    }


def in_words(cells: list[Any]) -> Cells:
    return [tuple(str(c) for c in row) for row in cells]


def in_pack(say: Speech, place: str) -> dict[str, Cells]:
    blocks = {
        b.caption: b.rows
        for b in pack_questions(say, place)
        if hasattr(b, "rows")
    }
    return {
        name: in_words([*blocks[say(f"standing.{key}title")]])
        for name, key in (
            ("squares", ""),
            ("shares", "shares."),
            ("signs", "signs."),
        )
    }


def squares_alike(cells: Cells) -> set[tuple[str, ...]]:
    """Squares of a screen or a pack: a sum that is not known is a dash in one and a blank in the other."""
    alike = set()
    for serves, on_record, records, money, unvalued, signs in cells:
        gbp = money.lstrip("£").replace(",", "").removesuffix(".0")
        known = "" if gbp in ("nan", "None", "—") else gbp
        alike.add((serves, on_record, records, known, unvalued, signs))
    return alike


def screens(place: str, lang: Lang, say: Speech) -> dict[str, AppTest]:
    projects = page("projects", lang, place=place)
    projects.session_state["project_tabs"] = say("projects.tab.questions")
    shown = {
        "home": page("home", lang, place=place),
        "projects": projects.run(),
    }
    if place.startswith("W06"):
        shown["area"] = page("area", lang, place=place, area=place)
    return shown


@pytest.mark.parametrize(
    ("place", "lang"), [(reader.WALES, "en"), (GWENT, "cy"), (RCT, "en")]
)
def test_every_screen_and_the_pack_say_the_same_numbers(
    place: str, lang: Lang
) -> None:
    say = Speech(lang)
    pack = in_pack(say, place)
    for name, app in screens(place, lang, say).items():
        told = numbers_on(app, say)
        assert told["shares"] == pack["shares"], name
        assert told["signs"] == pack["signs"], name
        shown, printed = (
            squares_alike(told["squares"]),
            squares_alike(pack["squares"]),
        )
        assert printed <= shown and len(printed) == min(
            len(shown), SQUARES_SHOWN
        )


def test_the_command_says_the_same_and_the_tables_hold_it(
    built: tuple[Path, duckdb.DuckDBPyConnection],
    capsys: pytest.CaptureFixture[str],
) -> None:
    say = Speech("en")
    assert main(["verdicts", "--format", "shares", "--everything"]) == 0
    lines = capsys.readouterr().out.splitlines()
    by_command = {
        line[:52].strip(): line[52:].split() for line in lines if line[52:]
    }
    for state, n, of_records, of_money in in_pack(say, reader.WALES)["shares"]:
        told = by_command[state[:52]]
        assert (told[0], told[1], told[3]) == (n, of_records, of_money)
    counts = {
        str(verdict): str(n)
        for verdict, n in built[1]
        .execute(
            "select verdict, count(*) from verdict where basis = 'at_decision' group by all"
        )
        .fetchall()
    }
    assert by_command[say("standing.state.partial")][0] == counts["PARTIAL"]
    bearing = dict(
        built[1]
        .execute(
            "select sign, count(distinct project_id) from sign group by all"
        )
        .fetchall()
    )
    told_of = {
        s: by_command[f"{s} {say(f'standing.sign.{s}')}"[:52].strip()]
        for s in SIGNS
    }
    assert {s: int(cells[0]) for s, cells in told_of.items()} == {
        s: bearing.get(s, 0) for s in SIGNS
    }


def test_what_is_asked_for_the_public_says_what_it_leaves_out(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Two fewer than on the screens of who may read all: the reason is said beside it, and nowhere else do
    two totals differ.
    """
    assert main(["verdicts", "--format", "shares"]) == 0
    public = capsys.readouterr()
    assert main(["verdicts", "--format", "shares", "--everything"]) == 0
    whole = capsys.readouterr()
    n = [int(said.out.split("\nall")[1].split()[0]) for said in (public, whole)]
    assert 0 < n[1] - n[0] < 10 and "left out" in public.err
    assert main(["check", "--proposals", "--json"]) == 0
    proposed_for = json.loads(capsys.readouterr().out)
    assert sum(proposed_for["states"].values()) == n[1]
