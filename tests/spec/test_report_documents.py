"""What the files we hand out hold: structure that a screen reader finds, text that stays text, numbers
that stay numbers.
"""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

import docx
import pypdf
import pytest
from openpyxl import load_workbook

from clearlink.report.annex import Sheet, xlsx_bytes
from clearlink.report.content import (
    Document,
    Facts,
    Heading,
    Image,
    NewPage,
    Table,
    Text,
)
from clearlink.report.maps import MapWords, area_map, fifths
from clearlink.report.minutes_text import spoken, standard
from clearlink.report.pdf import pdf_bytes
from clearlink.report.voice import Voice
from clearlink.report.word import docx_bytes
from clearlink.review.minutes import Passage
from clearlink.words import LANGUAGES, Lang
from tests.pdf_check import faults_of_pdf

MADE = datetime(2026, 11, 23, 12, tzinfo=UTC)
HOSTILE = '#eval("1") $x^2$ *bold* @ref <tag> \\ "quoted" [x](y) =HYPERLINK("http://x")'
NEED_WORDS = MapWords(
    "Need",
    tuple(f"Fifth {n}" for n in range(5)),
    "No figure",
    "Reached",
    "Source: ours",
)


def a_map() -> bytes:
    import numpy as np

    square = np.array([[0.0, 52.0], [1.0, 52.0], [1.0, 53.0], [0.0, 53.0]])
    return area_map(
        {"A": (square,), "B": (square + np.array([1.0, 0.0]),)},
        {"A": 4},
        {"LA": (square,)},
        {"A"},
        NEED_WORDS,
    )


def a_document(lang: Lang) -> Document:
    return Document(
        title=f"Pecyn ŵŷ {lang}",
        lang=lang,
        footer="Footer",
        page_words="Page",
        blocks=(
            Heading(1, "One"),
            Text(HOSTILE),
            Facts((("Label", HOSTILE),)),
            Image(a_map(), "Two squares, one of them reached"),
            NewPage(),
            Heading(2, "Two"),
            Table(
                "Caption",
                ("Name", "£"),
                (("a", "1"), (HOSTILE, "2")),
                numeric=(1,),
                widths=(3, 1),
            ),
        ),
        notice="Sample",
    )


def structure(node: Any, found: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """Every tag of a PDF's structure tree, with its object, in reading order."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, dict):
        if "/S" in node:
            found.append((str(node["/S"]), node))
        if "/K" in node:
            structure(node["/K"], found)
    elif isinstance(node, list):
        for each in node:
            structure(each, found)
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_pdf_is_tagged_titled_and_says_its_language(lang: Lang) -> None:
    reader = pypdf.PdfReader(io.BytesIO(pdf_bytes(a_document(lang), MADE)))
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == lang
    assert (
        root["/MarkInfo"]["/Marked"]
        and root["/ViewerPreferences"]["/DisplayDocTitle"]
    )
    assert (
        reader.metadata is not None
        and reader.metadata.title == f"Pecyn ŵŷ {lang}"
    )
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()
    tags = structure(root["/StructTreeRoot"], [])
    names = [name for name, _ in tags]
    assert [n for n in names if n in ("/H1", "/H2")] == ["/H1", "/H2"]
    assert (
        names.count("/TH") == 2
        and names.count("/TD") == 4
        and names.count("/Table") == 1
    )
    assert [
        str(node["/Alt"])
        for name, node in tags
        if name == "/Figure" and "/Alt" in node
    ] == ["Two squares, one of them reached"]


def test_a_checker_finds_nothing_wrong() -> None:
    assert faults_of_pdf(pdf_bytes(a_document("cy"), MADE)) == []


def test_the_checker_would_find_a_missing_language_and_a_picture_without_words() -> (
    None
):
    whole = pdf_bytes(a_document("en"), MADE)
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(whole))
    del writer._root_object["/Lang"]
    for name, node in structure(writer._root_object["/StructTreeRoot"], []):
        if name == "/Figure":
            node.pop("/Alt", None)
    out = io.BytesIO()
    writer.write(out)
    assert {
        "PDFUA1-TEXT-LANGUAGE-001",
        "PDFUA1-FIGURE-ALTERNATIVE-TEXT-001",
    } <= {rule for rule, _ in faults_of_pdf(out.getvalue())}


def test_text_of_the_register_is_never_read_as_markup() -> None:
    reader = pypdf.PdfReader(io.BytesIO(pdf_bytes(a_document("en"), MADE)))
    said = "".join(
        "".join(page.extract_text().split()) for page in reader.pages
    )
    # three times: paragraph, fact and cell
    assert said.count("".join(HOSTILE.split())) >= 2
    assert said.count('#eval("1")') == 3


def test_the_same_document_gives_the_same_bytes() -> None:
    assert pdf_bytes(a_document("en"), MADE) == pdf_bytes(
        a_document("en"), MADE
    )


@pytest.mark.parametrize(("lang", "locale"), [("en", "en-GB"), ("cy", "cy-GB")])
def test_a_word_file_has_headings_heading_rows_alt_text_and_language(
    lang: Lang, locale: str
) -> None:
    data = docx_bytes(a_document(lang), MADE)
    word = docx.Document(io.BytesIO(data))
    assert (
        word.core_properties.title == f"Pecyn ŵŷ {lang}"
        and word.core_properties.language == locale
    )
    assert [
        p.style.name
        for p in word.paragraphs
        if p.style is not None and p.style.name.startswith(("Heading", "Title"))
    ] == ["Title", "Heading 1", "Heading 2"]
    body = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()
    assert "Two squares, one of them reached" in body and "w:tblHeader" in body
    assert (
        locale
        in zipfile.ZipFile(io.BytesIO(data)).read("word/styles.xml").decode()
    )
    assert word.tables[0].cell(2, 0).text == HOSTILE
    ElementTree.fromstring(body)


def test_a_workbook_holds_words_as_words_and_blanks_as_blanks() -> None:
    rows = (
        ("=1+1", 3.5, None),
        ("@SUM(A1)", 0, "+44"),
        ("http://example.org", None, "-2"),
    )
    book = load_workbook(
        io.BytesIO(
            xlsx_bytes(
                "T", [Sheet("S", ("note",), ("a", "b", "c"), rows)], MADE
            )
        )
    )
    page = book["S"]
    cells = [list(row) for row in page.iter_rows(min_row=5, max_row=7)]
    assert [[c.value for c in row] for row in cells] == [
        ["=1+1", 3.5, None],
        ["@SUM(A1)", 0, "+44"],
        ["http://example.org", None, "-2"],
    ]
    assert {
        c.data_type for row in cells for c in row if isinstance(c.value, str)
    } == {"s"}
    assert all(c.hyperlink is None for row in cells for c in row)


def test_fifths_of_ranks() -> None:
    assert fifths({"a": 1, "b": 2, "c": 5, "d": 6, "e": 10, "f": None}, 10) == {
        "a": 4,
        "b": 4,
        "c": 2,
        "d": 2,
        "e": 0,
    }


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_passage_is_filled_from_the_record_whatever_its_wording(
    lang: Lang,
) -> None:
    say = Voice(lang)
    passage = Passage(
        "item_1",
        "decided",
        {
            "outcome": ("outcome", "stop"),
            "reason": "It said {owner} and {outcome}.",
        },
    )
    assert "It said {owner} and {outcome}." in spoken(say, passage, {})
    own = {"item_1": ("{reason} – {outcome}!", 1)}
    assert (
        spoken(say, passage, own)
        == f"It said {{owner}} and {{outcome}}. – {say('meetings.decided_to.stop')}!"
    )
    assert "{reason}" in standard(say, passage)
