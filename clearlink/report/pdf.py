"""A document as tagged PDF that says its title and language (PDF/UA-1)."""

from __future__ import annotations

import json
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import typst

from clearlink.report.content import Document, Image, with_texts
from clearlink.report.fonts import drawable, families, is_plain_latin, letters
from clearlink.rules.plain_text import BOX

PAGE: Final = Path(__file__).parent / "page.typ"


class CannotBeSet(RuntimeError):
    """The typesetter refused a document, or broke on it."""


_AUTHOR: Final = "Clear Link / Cyswllt Clir"


def pdf_bytes(document: Document, made_at: datetime | None = None) -> bytes:
    """The PDF. The same document made at the same moment gives the same bytes.

    Every text that the record accepts prints: what no font here draws is a box.
    """
    told, pictures = _told(document)
    told = with_texts(told, drawable)
    beyond = {text for text in _texts(told) if not is_plain_latin(text)}
    moment = int((made_at or datetime.now(UTC)).timestamp())
    try:
        return _compiled(
            told,
            pictures,
            moment,
            with_fallback=bool(beyond),
        )
    except CannotBeSet:
        # characters that are drawn alone and not together: only the texts that cannot be set lose theirs
        broken = {text for text in beyond if not _can_be_set(text, told)}
        if not broken:
            raise
        mended = with_texts(
            told,
            lambda text: _latin_only(text) if text in broken else text,
        )
        return _compiled(mended, pictures, moment, with_fallback=True)


def _told(document: Document) -> tuple[dict[str, Any], dict[str, bytes]]:
    """What the page is told, as JSON takes it, and its pictures by file name."""
    blocks: list[dict[str, Any]] = []
    pictures: dict[str, bytes] = {}
    for number, block in enumerate(document.blocks):
        fields: dict[str, Any] = {
            field: getattr(block, field)
            for field in block.__slots__
            if field != "png"
        }
        if isinstance(block, Image):
            kind = "svg" if block.png.startswith(b"<svg") else "png"
            fields["file"] = f"picture{number}.{kind}"
            pictures[fields["file"]] = block.png
        blocks.append({"kind": type(block).__name__, **fields})
    told = {
        "title": document.title,
        "lang": document.lang,
        "author": _AUTHOR,
        "footer": document.footer,
        "page_words": document.page_words,
        "notice": document.notice,
        "blocks": blocks,
    }
    return told, pictures


def _compiled(
    told: dict[str, Any],
    pictures: dict[str, bytes],
    moment: int,
    *,
    with_fallback: bool,
) -> bytes:
    with tempfile.TemporaryDirectory(prefix="clearlink-pdf-") as name:
        folder = Path(name)
        for file, png in pictures.items():
            (folder / file).write_bytes(png)
        (folder / "document.json").write_text(
            json.dumps(
                {**told, "fonts": families(with_fallback=with_fallback)},
                ensure_ascii=False,
            ),
            encoding="utf-8",
        )
        shutil.copyfile(
            PAGE,
            folder / PAGE.name,
        )
        try:
            return typst.compile(
                folder / PAGE.name,
                root=folder,
                format="pdf",
                pdf_standards=["ua-1"],
                font_paths=letters(with_fallback=with_fallback),
                ignore_system_fonts=True,
                timestamp=moment,
            )
        except BaseException as wrong:
            # a panic of the typesetter is no Exception to Python, and must not end the server
            if (
                isinstance(wrong, typst.TypstError)
                or type(wrong).__name__ == "PanicException"
            ):
                raise CannotBeSet(str(wrong)) from wrong
            raise


def _can_be_set(text: str, told: dict[str, Any]) -> bool:
    alone = {
        **told,
        "title": text,
        "footer": text,
        "notice": "",
        "blocks": [_paragraph(text)],
    }
    try:
        _compiled(alone, {}, 0, with_fallback=True)
    except CannotBeSet:
        return False
    return True


def _paragraph(text: str) -> dict[str, str]:
    return {"kind": "Text", "text": text, "tone": ""}


def _latin_only(text: str) -> str:
    return "".join(
        sign if sign == "\n" or is_plain_latin(sign) else BOX for sign in text
    )


def _texts(value: Any) -> list[str]:
    texts: list[str] = []

    def keep(text: str) -> str:
        texts.append(text)
        return text

    with_texts(value, keep)
    return texts
