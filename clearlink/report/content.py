"""One document as a tree of what it says. The renderers (PDF, Word) decide how it looks; nothing here knows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

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
    """A table with a heading row. `numeric` columns are set to the right. A cell is text already in the reader's language."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()
    widths: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Image:
    """A picture with what it says to somebody who cannot see it. Title, legend, date and source are drawn inside it."""

    png: bytes
    alt: str
    width_mm: int = 170


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows begins on a new page."""


Block: TypeAlias = Heading | Text | Facts | Table | Image | NewPage


@dataclass(frozen=True, slots=True)
class Document:
    """`title` and `lang` go into the file itself, where screen readers look for them. `footer` stands on every page."""

    title: str
    lang: Lang
    footer: str
    page_words: str
    blocks: tuple[Block, ...]
    notice: str = ""
