"""The statements of the build stand by subject, and their order follows from what each reads."""

from __future__ import annotations

import graphlib
import re
from dataclasses import replace
from itertools import takewhile

import pytest

from clearlink.rules.gap.gap import GapClass
from clearlink.warehouse.asking import queries
from clearlink.words import LANGUAGES, say
from etl.build.statements import (
    HERE,
    ROOMS,
    SHARED,
    build_steps,
    in_order,
    judging_steps,
    rest_on,
)

STEPS = {step.name: step for step in build_steps()}


def test_every_statement_of_the_build_stands_in_one_room_under_the_name_of_what_it_makes() -> (
    None
):
    held = sorted((HERE / "build").rglob("*.sql"))
    assert {path.parent.name for path in held} == set(ROOMS)
    assert sorted([*(path.stem for path in held), *SHARED]) == sorted(STEPS), (
        "a name stands once"
    )
    assert [
        s.name for s in STEPS.values() if s.makes and s.makes != s.name
    ] == []
    assert [
        s.name for s in STEPS.values() if not s.makes and not s.changes
    ] == []
    assert [path.name for path in held if re.match(r"\d", path.name)] == []


def test_every_statement_follows_what_makes_what_it_reads() -> None:
    made: set[str] = set()
    makers = {step.makes for step in STEPS.values()}
    for step in build_steps():
        missing = {
            name
            for name in step.reads & makers
            if name not in made | {step.makes}
        }
        assert not missing, f"{step.name} is run before {missing}"
        made |= {step.makes} if step.makes else set()


def test_a_reader_of_a_table_follows_every_change_that_does_not_rest_on_it() -> (
    None
):
    order = [step.name for step in build_steps()]
    assert order.index("need_rate") < order.index("gap_need")
    assert order.index("place_governed") < order.index("provision_known")
    assert order.index("observation_at_authority") < order.index("latest_value")
    assert order.index("partnership_need") < order.index("need_rate"), (
        "as its header says"
    )


def test_names_in_headers_are_statements() -> None:
    named = {
        name for step in STEPS.values() for name in step.after | step.before
    }
    assert named <= set(STEPS)


def test_a_circle_is_refused() -> None:
    looped = STEPS | {
        "bridge": replace(
            STEPS["bridge"], reads=STEPS["bridge"].reads | {"gap"}
        )
    }
    with pytest.raises(graphlib.CycleError):
        in_order(looped)


def test_what_judges_a_record_is_the_room_of_the_link_and_what_it_asks_for() -> (
    None
):
    judging = judging_steps()
    assert {s.name for s in judging if s.room == "link"} == {
        s.name for s in build_steps() if s.room == "link"
    }
    assert all(s.is_temporary for s in judging if s.room != "link")
    assert "setting_value" in {s.name for s in judging}
    assert {"reach", "verdict", "gap", "fairness_area"} <= rest_on("project")
    assert not {"lsoa", "need_tie", "coverage"} & rest_on("project")


def test_every_class_that_the_build_gives_an_area_is_known_to_the_rule_and_said() -> (
    None
):
    given = set(
        re.findall(
            r"(?:then|else) '([A-Z_]+)'",
            STEPS["gap_class"].sql + STEPS["gap"].sql,
        )
    )
    assert given == set(GapClass)
    for each in GapClass:
        assert all(say(lang, f"gaps.class.{each}") for lang in LANGUAGES)


@pytest.mark.parametrize("name", sorted({**queries(), **STEPS}))
def test_a_statement_says_what_a_row_of_it_is(name: str) -> None:
    text = (
        queries()[name].read_text(encoding="utf-8")
        if name in queries()
        else STEPS[name].sql
    )
    header = "\n".join(
        takewhile(lambda line: line.startswith("--"), text.splitlines())
    )
    if STEPS.get(name) is None or STEPS[name].is_table:
        assert re.search(r"grain|one row", header, re.IGNORECASE), (
            "the header says its grain"
        )
