"""What is accepted prints: one text rule at every write, and every text that passes it stands in PDF/UA,
Word and workbook in both languages.
"""

from __future__ import annotations

import io
import json
import unicodedata
import zipfile
from datetime import date
from pathlib import Path

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from sqlalchemy import Text as TextColumn

from clearlink.report import fonts
from clearlink.report.annex import Sheet, xlsx_bytes
from clearlink.report.content import Document, Facts, Heading, Table, Text
from clearlink.report.pdf import pdf_bytes
from clearlink.report.word import docx_bytes
from clearlink.review.agenda import add_item, items
from clearlink.review.codes import Outcome, Subject
from clearlink.review.decisions import Resolution, decide, decisions
from clearlink.review.kept_text import kept_texts
from clearlink.review.refusals import Refused
from clearlink.review.roles import Act, local_viewer
from clearlink.review.tables import (
    AUDITED,
    BUILT_DOCUMENTS,
    IN_WORDS,
    LONGEST,
    LONGEST_TEXT,
    TYPED_DOCUMENTS,
)
from clearlink.rules.plain_text import (
    BOX,
    cut_to,
    kept_form,
    printable,
    text_fault,
)
from tests.meetings import OFFICER, REASON, a_frozen_meeting, a_meeting, a_store
from tests.pdf_check import faults_of_pdf

FLAG_OF_WALES = (
    "\U0001f3f4\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f"
)
ACCEPTED = [
    "Mae’r teuluoedd wedi symud 🎉",
    f"Cymru {FLAG_OF_WALES}",
    "👩‍👧‍👦 ⭐️ ✅ ☃ ∑ ½ €",
    "مرحبا بالعائلات",
    "漢字 한국어 ภาษาไทย हिन्दी বাংলা ქართული Ελληνικά Кириллица",
    "one\ntwo\r\nthree\u2028four",
    "soft\u00adhyphen zero\u200bwidth",
    "e\u0301 w\u0302 y\u0302",
    "n\u0323\u0302\u0304\u0331 stacked",
    "\U0001fae8 of a newer Unicode, \u0378 of none yet",
    "\u0301 begins with a mark",
    "{chair} #set page() $x$ <b> =1+1",
]
REFUSED = {
    "text_control": [
        "Reason\x0bpasted",
        "Form\x0cfeed",
        "NUL\x00",
        "tab\t",
        "bell\x07",
        "half \ud83c",
        "\ufffe",
        "\ufdd0",
        "\ue000 private",
        "\u202eturned",
        "del\x7f",
        "\x85",
    ],
    "text_invisible": [
        "\u200b\u200b\u200b",
        "\u3164\u2800",
        "\u200d\u0301",
        "\ufe0f",
    ],
}
text_strategy = st.text(
    st.characters(codec="utf-8")
    | st.sampled_from("🎉👩\u200d\ufe0f\u0301\u0b3e\u0600\u0651ŵŷ’\u00ad "),
    min_size=1,
    max_size=40,
).map(kept_form)


PERSONAL = [
    "Mrs Jones, 12 High Street, wrote to us",
    "Ms Esiampl (CF37 1AA) would lose it",
    "NI number AB 12 34 56 C",
    "the mother, born 12/03/1985",
    "ring 07700 900123",
    "jane.doe@example.org asked",
    "ａｎｎ＠ｅｘａｍｐｌｅ．ｏｒｇ asked",
    "ganwyd 3 Mawrth 1985",
    "Nkechi Okafor, 12 High Street, asked for it",
    "as Blodeuwedd Unheardof (CF37 1AA) told us",
]
IMPERSONAL = [
    "Mrs Jones spoke for the parents",
    "The hub at 12 High Street, CF37 1AA, stays open",
    "£84,500 a year from 2024-04-01, ref 0123/45",
    "Cllr Jones of the Park Road ward left the room",
    "The Family Hub, 12 High Street, CF37 1AA, stays open",
    "Nkechi Okafor spoke for the parents",
    "Mae’r rhieni am i’r grŵp barhau",
]


@pytest.mark.parametrize("text", PERSONAL)
def test_what_leads_to_one_person_is_not_kept_in_words(text: str) -> None:
    told = [
        (t.name, c.name)
        for t in AUDITED
        for c in t.columns
        if c.name in IN_WORDS
    ]
    assert len(told) > 15
    for table, column in told:
        with pytest.raises(Refused, match="text_person"):
            kept_texts(table, {column: text})


@pytest.mark.parametrize("text", IMPERSONAL)
def test_a_name_or_an_address_alone_is_kept(text: str) -> None:
    assert kept_texts("decision", {"reason": text}) == {
        "reason": kept_form(text)
    }


@pytest.mark.parametrize("text", PERSONAL[:3])
def test_a_decision_that_gives_a_person_away_is_not_written(
    text: str, tmp_path: Path
) -> None:
    store = a_store(tmp_path)
    meeting = a_frozen_meeting(store)
    (first, *_) = items(store, OFFICER, meeting.meeting_id)
    with pytest.raises(Refused, match="text_person"):
        decide(
            store,
            OFFICER,
            first,
            Resolution(Outcome.CONFIRM, f"{REASON} {text}"),
            0,
        )
    assert decisions(store, OFFICER, meeting.meeting_id) == []
    decide(store, OFFICER, first, Resolution(Outcome.CONFIRM, REASON), 0)


@pytest.mark.parametrize("text", ACCEPTED)
def test_accepted(text: str) -> None:
    kept = kept_form(text)
    assert text_fault(kept, 1000) is None and unicodedata.is_normalized(
        "NFC", kept
    )
    assert printable(kept) == kept


@pytest.mark.parametrize(
    ("code", "text"), [(c, t) for c, texts in REFUSED.items() for t in texts]
)
def test_refused_in_words_at_every_column_and_nothing_is_written(
    tmp_path: Path, code: str, text: str
) -> None:
    store = a_store(tmp_path)
    held = a_frozen_meeting(store)
    item = items(store, OFFICER, held.meeting_id)[0]
    lines = store.check().lines
    # an end that is not seen is cut away, as people expect
    reason = text if code == "text_invisible" else f"{REASON} {text}."
    with pytest.raises(Refused) as refused:
        decide(
            store,
            OFFICER,
            item,
            Resolution(Outcome.CONFIRM, REASON, dissent=reason),
            after=0,
        )
    assert refused.value.codes == (code,)
    if code == "text_control":
        assert str(refused.value.facts["sign"]).startswith("U+")
        json.dumps(refused.value.facts).encode("utf-8")
    with pytest.raises(Refused):
        a_meeting(
            store,
            local_viewer(f"Olwen{text}." if code == "text_control" else text),
        )
    assert store.check().lines == lines


def test_every_column_of_text_has_a_length_that_stands_in_the_store_itself(
    tmp_path: Path,
) -> None:
    store = a_store(tmp_path)
    columns = {
        (t.name, c.name)
        for t in AUDITED
        for c in t.columns
        if isinstance(c.type, TextColumn)
    }
    assert {*LONGEST, *TYPED_DOCUMENTS, *BUILT_DOCUMENTS} <= columns
    held = a_frozen_meeting(store)
    item = items(store, OFFICER, held.meeting_id)[0]
    longest = LONGEST["decision", "reason"]
    for length, is_kept in (
        (longest + 1, False),
        (2 * 1024**2, False),
        (longest, True),
    ):
        if is_kept:
            decide(
                store,
                OFFICER,
                item,
                Resolution(Outcome.CONFIRM, "x" * length),
                after=0,
            )
            continue
        with pytest.raises(Refused, match="text_long"):
            decide(
                store,
                OFFICER,
                item,
                Resolution(Outcome.CONFIRM, "x" * length),
                after=0,
            )
    meeting = a_meeting(store)
    with (
        pytest.raises(Refused, match="text_long"),
        store.writing(OFFICER, Act.ARRANGE_AGENDA) as write,
    ):
        from clearlink.review import tables

        write.change(
            tables.meeting,
            meeting.meeting_id,
            meeting.version,
            chair="x" * (LONGEST_TEXT + 1),
        )
    # a title comes with the build and was accepted there: it is cut, and stops nobody
    assert (
        len(
            add_item(
                store, OFFICER, meeting, Subject.MATTER, "", "x\x0b" * 2000, {}
            ).title
        )
        == LONGEST_TEXT
    )


def test_what_is_kept_is_composed(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    held = a_frozen_meeting(store)
    item = items(store, OFFICER, held.meeting_id)[0]
    decide(
        store,
        OFFICER,
        item,
        Resolution(
            Outcome.CONFIRM, "Mae’r dw\u0302r yn lan eto\r\nyn y pentref."
        ),
        after=0,
    )
    assert (
        decisions(store, OFFICER, held.meeting_id)[0].reason
        == "Mae’r dŵr yn lan eto\nyn y pentref."
    )
    assert store.check().is_intact


def printed(texts: list[str], lang: str) -> None:
    """Every way out, with the texts in every kind of place."""
    blocks = (
        *(Heading(1, t) for t in texts),
        *(Text(t) for t in texts),
        Facts(tuple((t, t) for t in texts)),
        Table(texts[0], ("a", "b"), tuple((t, t) for t in texts)),
    )
    document = Document(
        texts[0],
        "cy" if lang == "cy" else "en",
        texts[-1],
        "Page",
        blocks,
        texts[0],
    )
    pdf = pdf_bytes(document)
    assert pdf.startswith(b"%PDF")
    word = docx.Document(io.BytesIO(docx_bytes(document)))
    said = "\n".join(p.text for p in word.paragraphs)
    assert all(printable(t) in said for t in texts)
    sheet = Sheet("S", (texts[0],), ("c",), tuple((t,) for t in texts))
    book = xlsx_bytes(texts[0], [sheet])
    cells = [
        row[0].value
        for row in load_workbook(io.BytesIO(book)).active.iter_rows(min_row=4)
    ]
    assert [c for c in cells if c is not None][-len(texts) :] == [
        cut_to(t, 32_000) for t in texts
    ]


@pytest.mark.parametrize("lang", ["en", "cy"])
def test_every_named_text_prints_as_tagged_pdf(lang: str) -> None:
    texts = [kept_form(t) for t in ACCEPTED]
    printed(texts, lang)
    document = Document(
        "T",
        "cy" if lang == "cy" else "en",
        "f",
        "Page",
        tuple(Text(t) for t in texts),
        "",
    )
    assert faults_of_pdf(pdf_bytes(document)) == []


@given(
    st.lists(
        text_strategy.filter(lambda t: text_fault(t, 4000) is None),
        min_size=1,
        max_size=6,
    )
)
@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
def test_every_accepted_text_prints(texts: list[str]) -> None:
    for lang in ("en", "cy"):
        printed(texts, lang)


def test_without_fonts_of_the_system_a_box_stands_for_what_cannot_be_drawn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(fonts, "_SYSTEM", ())
    for kept in (
        fonts.fallback_fonts,
        fonts.drawn_characters,
        fonts.letters,
        fonts.families,
    ):
        kept.cache_clear()
    try:
        assert fonts.drawable(
            "ŵ 漢 🜀"
        ) == f"ŵ {BOX} {BOX}" and "Noto Sans" not in fonts.families(
            with_fallback=True
        )
        printed([kept_form(t) for t in ACCEPTED], "cy")
    finally:
        for kept in (
            fonts.fallback_fonts,
            fonts.drawn_characters,
            fonts.letters,
            fonts.families,
        ):
            kept.cache_clear()


def test_what_an_older_store_or_a_build_holds_prints_too() -> None:
    for text in REFUSED["text_control"]:
        document = Document(
            text, "en", text, "Page", (Text(text), Heading(1, text)), text
        )
        assert BOX in fonts.drawable(text) or text == "\ufeff"
        assert pdf_bytes(document)
        with zipfile.ZipFile(io.BytesIO(docx_bytes(document))) as word:
            assert BOX in word.read("word/document.xml").decode()
        assert xlsx_bytes(
            text, [Sheet("S", (text,), (text,), ((text, date(2026, 1, 1)),))]
        )
