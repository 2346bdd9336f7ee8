"""Whose eyes the warehouse is read with. Every question is asked under a scope, and none can be asked without
one.

A project is *withheld* from those who do not act for it while its place is protected (sensitive, or of a
confidential delivery model) or while it is under embargo (before the day its register row names). Where
nobody has said who is asking, the answer is what everybody may know: forgetting can hide a row and never show
one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from clearlink.warehouse.one_run import once_a_run
from clearlink.warehouse.records import chosen_records, records_of
from clearlink.warehouse.year import chosen_year, money_of

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Scope:
    """What may be read.

    `sees_all`: the person at the machine that holds the files. `protected_places` and `embargoed_places`: the
    authorities and regions whose protected projects, and whose projects under embargo, may be read.
    `sees_unpublished`: statistics and assessments before their day of publication. `on`: the day that
    embargoes are held against.
    """

    sees_all: bool = False
    protected_places: frozenset[str] = frozenset()
    embargoed_places: frozenset[str] = frozenset()
    sees_unpublished: bool = False
    on: date = field(default_factory=date.today)


_said: ContextVar[Scope | None] = ContextVar("scope", default=None)
_asked: list[Callable[[], Scope]] = []


def everything() -> Scope:
    """The scope of whoever holds the files themselves: the command line, and an installation without
    sign-in.
    """
    return Scope(sees_all=True)


@contextmanager
def reading_as(scope: Scope) -> Iterator[None]:
    """Every question inside is asked under this scope."""
    token = _said.set(scope)
    try:
        yield
    finally:
        _said.reset(token)


def ask_scope_of(answer: Callable[[], Scope]) -> None:
    """Where nothing else is said, `answer` says who is asking. The pages name it once; it is called once in
    each run of a page.
    """
    _asked[:] = [answer]


def scope_now() -> Scope:
    """The scope that holds at this moment; what everybody may know where nobody said."""
    scope = _said.get()
    if scope is not None:
        return scope
    return once_a_run("scope", _asked[0]) if _asked else Scope()


def is_said() -> bool:
    """Whether the scope of now was named (`reading_as`), and so may change within a run."""
    return _said.get() is not None


def under_this_scope(work: Callable[[], T]) -> Callable[[], T]:
    """`work`, to be done later and elsewhere (a download in a thread of the server), under the scope of now,
    in the year and of the records chosen.
    """
    scope, year, records = scope_now(), chosen_year(), chosen_records()

    def done() -> T:
        with reading_as(scope), money_of(year), records_of(records):
            return work()

    return done
