"""One thing that a person chose and that every question of a run follows: said for a block of work, or for
the rest of a run of a page.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from clearlink.warehouse.one_run import keep_for_run, kept_for_run


class Chosen:
    """What is chosen under one name: empty where nothing is."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._said: ContextVar[str | None] = ContextVar(name, default=None)

    @contextmanager
    def inside(self, value: str) -> Iterator[None]:
        """Every question inside follows this value, whatever was chosen for the run."""
        token = self._said.set(value)
        try:
            yield
        finally:
            self._said.reset(token)

    def choose(self, value: str) -> None:
        """What the rest of this run of a page follows. Outside a run nothing is kept."""
        keep_for_run(self._name, value)

    def now(self) -> str:
        """What holds at this moment."""
        asked = self._said.get()
        return str(kept_for_run(self._name) or "") if asked is None else asked
