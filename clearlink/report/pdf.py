"""A document as tagged PDF that says its title and language (PDF/UA-1)."""

from __future__ import annotations

import json
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import typst

from clearlink.report.content import Document, Image

PAGE: Final = Path(__file__).parent / "page.typ"
_AUTHOR: Final = "Clear Link / Cyswllt Clir"


def pdf_bytes(document: Document, made_at: datetime | None = None) -> bytes:
    """The PDF. The same document made at the same moment gives the same bytes."""
    blocks: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory(prefix="clearlink-pdf-") as name:
        folder = Path(name)
        for number, block in enumerate(document.blocks):
            fields: dict[str, Any] = {
                field: getattr(block, field) for field in block.__slots__ if field != "png"
            }
            if isinstance(block, Image):
                fields["file"] = f"picture{number}.png"
                (folder / fields["file"]).write_bytes(block.png)
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
        (folder / "document.json").write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
        shutil.copyfile(PAGE, folder / PAGE.name)
        # system fonts would make the same document look different on every machine
        return typst.compile(
            folder / PAGE.name,
            root=folder,
            format="pdf",
            pdf_standards=["ua-1"],
            ignore_system_fonts=True,
            timestamp=int((made_at or datetime.now(UTC)).timestamp()),
        )
