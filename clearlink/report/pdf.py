"""A document as tagged PDF that says its title and language (PDF/UA-1)."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

import typst

from clearlink.report.content import Document, Image

PAGE: Final = Path(__file__).parent / "page.typ"
_AUTHOR: Final = "Clear Link / Cyswllt Clir"


@cache
def _page() -> bytes:
    return PAGE.read_bytes()


def pdf_bytes(document: Document, made_at: datetime | None = None) -> bytes:
    """The PDF. The same document made at the same moment gives the same bytes."""
    files: dict[str, bytes] = {"main.typ": _page()}
    blocks: list[dict[str, Any]] = []
    for number, block in enumerate(document.blocks):
        fields: dict[str, Any] = {name: getattr(block, name) for name in block.__slots__ if name != "png"}
        if isinstance(block, Image):
            fields["file"] = f"picture{number}.png"
            files[fields["file"]] = block.png
        blocks.append({"kind": type(block).__name__, **fields})
    told = {"title": document.title, "lang": document.lang, "author": _AUTHOR, "footer": document.footer, "page_words": document.page_words, "notice": document.notice, "blocks": blocks}
    files["document.json"] = json.dumps(told, ensure_ascii=False).encode()
    # system fonts would make the same document look different on every machine
    made: bytes = typst.compile(files, format="pdf", pdf_standards=["ua-1"], ignore_system_fonts=True, timestamp=int((made_at or datetime.now(UTC)).timestamp()))
    return made
