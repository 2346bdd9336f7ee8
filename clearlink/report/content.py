"""One document as a tree of what it says. The renderers (PDF, Word) decide how it looks; nothing here
knows them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, Literal, TypeAlias

from clearlink.words import Lang


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` 1 is the document's parts; the title stands above them."""

    level: Literal[1, 2, 3]
    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph. `lead` is the finding that opens a page, `small` a source or caveat."""

    text: str
    tone: Literal["body", "lead", "small"] = "body"


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels and values, one to a line."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a heading row. `numeric` columns are set to the right. A cell is text already in the
    reader's language.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()
    widths: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Image:
    """A picture with what it says to somebody who cannot see it. Title, legend, date and source are drawn
    inside it.
    """

    png: bytes
    alt: str
    width_mm: int = 170


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows begins on a new page, which lies on its side where `is_landscape`, until the next one."""

    is_landscape: bool = False


Block: TypeAlias = Heading | Text | Facts | Table | Image | NewPage


@dataclass(frozen=True, slots=True)
class Document:
    """`title` and `lang` go into the file itself, where screen readers look for them. `footer` stands on
    every page.
    """

    title: str
    lang: Lang
    footer: str
    page_words: str
    blocks: tuple[Block, ...]
    notice: str = ""


def with_texts(value: Any, change: Callable[[str], str]) -> Any:
    """A document, block or part of one with every text in it changed; everything else as it was."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: with_texts(each, change) for key, each in value.items()}
    if isinstance(
        value,
        (list, tuple),
    ):
        return type(value)(with_texts(each, change) for each in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(
            value,
            **with_texts(
                _parts_of(value),
                change,
            ),
        )
    return value


def _parts_of(value: Any) -> dict[str, Any]:
    """The fields of a dataclass as they are, by name."""
    return {f.name: getattr(value, f.name) for f in fields(value)}
