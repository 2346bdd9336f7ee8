"""What a visit holds: the values of its boxes, and what pages keep from one run to the next. Nothing else
reads or writes Streamlit's session.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

import streamlit as st

T = TypeVar("T")


@dataclass(frozen=True)
class Kept(Generic[T]):
    """One thing of a visit, under its key and of its type."""

    key: str

    def value(self) -> T:
        """What is held; KeyError where nothing is."""
        held: T = st.session_state[self.key]
        return held

    def value_or(self, default: T) -> T:
        """What is held, else the default, which is not kept."""
        held: T = st.session_state.get(self.key, default)
        return held

    def value_or_none(self) -> T | None:
        """What is held, else None."""
        held: T | None = st.session_state.get(self.key)
        return held

    def begun_with(self, first: T) -> T:
        """What is held, else the first value, which is kept from now on."""
        held: T = st.session_state.setdefault(self.key, first)
        return held

    def is_held(self) -> bool:
        """Whether anything is held."""
        return self.key in st.session_state

    def keep(self, value: T) -> None:
        """Holds the value from now on."""
        st.session_state[self.key] = value

    def take(self) -> T | None:
        """What was held, which is forgotten by this."""
        held: T | None = st.session_state.pop(self.key, None)
        return held

    def forget(self) -> None:
        """Holds nothing from now on."""
        st.session_state.pop(self.key, None)


@dataclass(frozen=True)
class Box(Kept[T]):
    """The value of a box that is drawn under `key`. What is kept before it is drawn is what it shows; what
    the person chooses is held from the moment of choosing, before the page runs again.
    """


def box_values() -> Iterator[tuple[str, Any]]:
    """Every key of the visit with what is held under it, those of boxes among them."""
    return ((str(key), value) for key, value in st.session_state.items())


_VISIT: Final = Kept[dict[str, Any]]("visit")


def kept() -> dict[str, Any]:
    """What is kept of a visit by names that are made as it goes: one entry for all of it, for Streamlit goes
    through every entry at each box that it draws.
    """
    return _VISIT.begun_with({})
