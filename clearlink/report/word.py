"""A document as a Word file with real headings, table header rows, picture descriptions, title and
language.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from clearlink.report.content import (
    Block,
    Document,
    Facts,
    Heading,
    Image,
    NewPage,
    Table,
    Text,
    with_texts,
)
from clearlink.rules.plain_text import printable
from clearlink.words import Lang

LOCALE: Final[dict[Lang, str]] = {"en": "en-GB", "cy": "cy-GB"}
_QUIET: Final = RGBColor(0x4D, 0x57, 0x61)


def docx_bytes(document: Document, made_at: datetime | None = None) -> bytes:
    """The Word file. What no file of this kind can hold is a box."""
    document = with_texts(document, printable)
    word: Any = docx.Document()
    _begin(word, document, made_at)
    for block in document.blocks:
        _add(word, block)
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def _add(word: Any, block: Block) -> None:
    match block:
        case Heading(level, text):
            word.add_heading(text, level)
        case Text(text, tone):
            run = word.add_paragraph().add_run(text)
            run.bold = tone == "lead"
            if tone == "small":
                run.font.size, run.font.color.rgb = Pt(8), _QUIET
        case Facts(rows):
            _facts(word, rows)
        case Table():
            _table(word, block)
        case Image():
            word.add_picture(
                io.BytesIO(block.png),
                width=Mm(block.width_mm),
            )
            word.inline_shapes[-1]._inline.docPr.set("descr", block.alt)
        case NewPage(is_landscape):
            _new_page(word, is_landscape)


def _facts(word: Any, rows: Sequence[tuple[str, str]]) -> None:
    for label, value in rows:
        paragraph = word.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(2)
        paragraph.add_run(f"{label}: ").bold = True
        paragraph.add_run(value)


def _new_page(word: Any, is_landscape: bool) -> None:
    """A page break, or a part of the document of its own where the paper turns."""
    before = word.sections[-1]
    if is_landscape == (before.orientation == WD_ORIENT.LANDSCAPE):
        word.add_page_break()
        return
    section = word.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = (
        WD_ORIENT.LANDSCAPE if is_landscape else WD_ORIENT.PORTRAIT
    )
    section.page_width, section.page_height = (
        before.page_height,
        before.page_width,
    )


def _begin(
    word: Any,
    document: Document,
    made_at: datetime | None,
) -> None:
    known = word.core_properties
    known.title, known.language, known.author = (
        document.title,
        LOCALE[document.lang],
        "Clear Link / Cyswllt Clir",
    )
    if made_at is not None:
        known.created = known.modified = made_at.replace(tzinfo=None)
    properties = word.styles["Normal"].element.get_or_add_rPr()
    language = OxmlElement("w:lang")
    language.set(
        qn("w:val"),
        LOCALE[document.lang],
    )
    properties.append(language)
    word.styles["Normal"].font.size = Pt(10)
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(18)
    section.footer.paragraphs[0].add_run(document.footer).font.size = Pt(8)
    word.add_heading(document.title, 0)
    if document.notice:
        word.add_paragraph().add_run(document.notice).italic = True


def _table(word: Any, block: Table) -> None:
    caption = word.add_paragraph(style="Caption")
    caption.add_run(block.caption)
    table = word.add_table(
        rows=1,
        cols=len(block.columns),
        style="Table Grid",
    )
    for cell, text in zip(
        table.rows[0].cells,
        block.columns,
        strict=True,
    ):
        cell.paragraphs[0].add_run(text).bold = True
    # a screen reader repeats the heading row only where the file says that it is one
    heading = OxmlElement("w:tblHeader")
    heading.set(
        qn("w:val"),
        "true",
    )
    table.rows[0]._tr.get_or_add_trPr().append(heading)
    for row in block.rows:
        for at, (cell, text) in enumerate(
            zip(
                table.add_row().cells,
                row,
                strict=True,
            )
        ):
            paragraph = cell.paragraphs[0]
            paragraph.add_run(text).font.size = Pt(8.5)
            if at in block.numeric:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if block.widths:
        whole = sum(block.widths)
        table.autofit = False
        for row in table.rows:
            for cell, share in zip(row.cells, block.widths, strict=True):
                cell.width = Mm(174 * share / whole)
    word.add_paragraph()
