"""What a module of a publisher's service may ask, and what it asks with: the two sides of paging meet here
alone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

T = TypeVar("T")


class Asking(Protocol):
    """Asks a publisher politely: at most one request a second, three tries, one limit of time for the
    whole file.
    """

    def json(
        self,
        url: str,
        body: object | None = None,
    ) -> Any:
        """A JSON answer; with a `body` the question is posted. Raises FileRefused where none comes."""

    def text(self, url: str) -> str:
        """An answer as UTF-8 text. Raises FileRefused where none comes."""


class Asked(Protocol):
    """A site that answers one question, tried again until the site's clock says `ends`."""

    def ask(
        self,
        url: str,
        ends: float,
        read: Callable[[bytes], T],
        body: object | None = None,
    ) -> T:
        """The answer as `read` makes it. Raises FileRefused where none comes."""
