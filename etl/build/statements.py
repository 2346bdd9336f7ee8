"""The SQL of the build, one statement a file, and the order that follows from what each statement reads.

A file of `sql/build` is named after the table or macro it makes, or after what it adds to a table that
another makes, and stands in the room of its subject. It follows whatever makes what it reads. Where
statements change a table that others read, the readers follow the changes, but for those that a change itself
rests on; the few orders that this leaves open stand in a header: `-- after: NAME`, `-- before: NAME`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Final

from clearlink.warehouse.views import BOTH

HERE: Final = Path(__file__).parent / "sql"
# Subjects, in the order in which statements that may stand anywhere are run.
ROOMS: Final = (
    "figures",
    "places",
    "need",
    "projects",
    "link",
    "gaps",
    "plans",
    "fairness",
    "programmes",
)
# Macros that the served file's questions use as well; each stands once, with them.
SHARED: Final = {"gap_class": ("gaps", "30_gap_class.sql")}
_MAKES: Final = re.compile(
    r"\bcreate\s+(?P<temporary>temp\s+)?(?P<kind>table|macro)\s+(?P<name>\w+)",
    re.IGNORECASE,
)
_CHANGES: Final = re.compile(
    r"\b(?:insert\s+into|update|delete\s+from)\s+(?P<name>\w+)", re.IGNORECASE
)
_READS: Final = re.compile(
    r"\b(?:from|join)\s+(\w+)|\b(\w+)\s*\(", re.IGNORECASE
)
_COMMENT_OR_TEXT: Final = re.compile(r"--.*|'[^']*'")
_HEADER: Final = re.compile(r"^-- (after|before): (.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Step:
    """One statement of the build: what it makes or changes, and every name that it reads or calls."""

    name: str
    room: str
    sql: str
    makes: str | None
    is_table: bool
    is_temporary: bool
    changes: str | None
    reads: frozenset[str]
    after: frozenset[str]
    before: frozenset[str]


@cache
def statements(room: str) -> tuple[tuple[str, str], ...]:
    """(name, SQL) of every statement of a room: those of `build` in the order in which they run, others in
    order of name.
    """
    if room == "build":
        return tuple((step.name, step.sql) for step in build_steps())
    return tuple(
        (path.stem, path.read_text(encoding="utf-8"))
        for path in sorted((HERE / room).glob("*.sql"))
    )


@cache
def build_steps() -> tuple[Step, ...]:
    """Every statement of the build, in order. Raises graphlib.CycleError where some rest on each other in a
    circle.
    """
    steps = {
        name: _step(
            name,
            room,
            path.read_text(encoding="utf-8"),
        )
        for room in ROOMS
        for name, path in _files(room).items()
    }
    return tuple(steps[name] for name in in_order(steps))


def _files(room: str) -> dict[str, Path]:
    """Name → file of the statements of a subject, with what the app's own questions share with it."""
    own = {
        path.stem: path
        for path in sorted((HERE / "build" / room).glob("*.sql"))
    }
    return own | {
        name: BOTH / file
        for name, (subject, file) in SHARED.items()
        if subject == room
    }


def judging_steps() -> tuple[Step, ...]:
    """The statements that judge a record, and the temporary ones of other rooms that they ask for, directly
    or by another.
    """
    asked_for: set[str] = set()
    wanted = []
    for step in reversed(build_steps()):
        if step.makes is not None and (
            step.room == "link"
            or (step.is_temporary and step.makes in asked_for)
        ):
            wanted.append(step)
            asked_for |= step.reads
    return tuple(reversed(wanted))


def following_steps(tables: Iterable[str]) -> tuple[Step, ...]:
    """The statements that rest on any of these tables, directly or by another, and the temporary ones and the
    macros that they ask for.
    """
    touched, following = set(tables), set()
    for step in build_steps():
        if step.reads & touched:
            following.add(step.name)
            touched.add(step.makes or step.changes or step.name)
    asked_for: set[str] = set()
    wanted = []
    for step in reversed(build_steps()):
        is_help = step.makes in asked_for and (
            step.is_temporary or not step.is_table
        )
        if step.name in following or is_help:
            wanted.append(step)
            asked_for |= step.reads
    return tuple(reversed(wanted))


def last_read_by(room: str) -> str:
    """The last statement of the build that makes or changes what a room apart from the build reads."""
    read = frozenset[str]().union(
        *(
            _names_read(_COMMENT_OR_TEXT.sub("", sql))
            for _, sql in statements(room)
        )
    )
    return [
        step.name
        for step in build_steps()
        if step.makes in read or step.changes in read
    ][-1]


def rest_on(table: str) -> frozenset[str]:
    """Names of the statements that read a table, directly or by another."""
    touched, names = {table}, set()
    for step in build_steps():
        if step.reads & touched:
            names.add(step.name)
            touched |= {step.makes or step.changes or step.name}
    return frozenset(names)


def in_order(steps: Mapping[str, Step]) -> list[str]:
    """Names of steps, each after what it reads. Raises graphlib.CycleError."""
    needs = _makers_before_readers(steps)
    for change in steps.values():
        if change.changes is None:
            continue
        rests_on = _all_before(change.name, needs)
        for reader in steps.values():
            is_free = (
                reader.changes != change.changes
                and change.name not in reader.before
            )
            if (
                change.changes in reader.reads
                and is_free
                and reader.name not in rests_on
            ):
                needs[reader.name].add(change.name)
    place = {name: at for at, name in enumerate(steps)}
    sorter = TopologicalSorter(needs)
    sorter.prepare()
    order: list[str] = []
    ready = list(sorter.get_ready())
    while ready:
        ready.sort(key=place.__getitem__)
        name = ready.pop(0)
        order.append(name)
        sorter.done(name)
        ready += sorter.get_ready()
    return order


def _makers_before_readers(steps: Mapping[str, Step]) -> dict[str, set[str]]:
    makers = {step.makes: step.name for step in steps.values() if step.makes}
    needs = {
        step.name: {
            makers[name]
            for name in step.reads | {step.changes}
            if name in makers
        }
        - {step.name}
        for step in steps.values()
    }
    for step in steps.values():
        needs[step.name] |= step.after
        for name in step.before:
            needs[name].add(step.name)
    return needs


def _all_before(name: str, needs: Mapping[str, Iterable[str]]) -> set[str]:
    held: set[str] = set()
    waiting = list(needs[name])
    while waiting:
        each = waiting.pop()
        if each not in held:
            held.add(each)
            waiting += needs[each]
    return held


def _names_read(plain: str) -> frozenset[str]:
    """Every name that a statement without comments and texts reads or calls."""
    return frozenset(one or other for one, other in _READS.findall(plain))


def _step(
    name: str,
    room: str,
    sql: str,
) -> Step:
    plain = _COMMENT_OR_TEXT.sub("", sql)
    made, changed = _MAKES.search(plain), _CHANGES.search(plain)
    orders = {
        "after": frozenset[str](),
        "before": frozenset[str](),
    }
    for which, names in _HEADER.findall(sql):
        orders[which] |= frozenset(names.replace(",", " ").split())
    return Step(
        name,
        room,
        sql,
        made["name"] if made else None,
        made is not None and made["kind"].lower() == "table",
        made is not None and bool(made["temporary"]),
        changed["name"] if changed and made is None else None,
        _names_read(plain),
        orders["after"],
        orders["before"],
    )
