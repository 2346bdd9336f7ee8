"""Minutes and public summary of a real record as the files that leave the app: they can be made, a checker
passes them, and they speak one language.
"""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from pathlib import Path

import docx
import pypdf
import pytest

from clearlink.report.content import Document
from clearlink.report.minutes_text import minutes_document, public_summary
from clearlink.report.pdf import pdf_bytes
from clearlink.report.voice import Voice
from clearlink.report.word import docx_bytes
from clearlink.review.agenda import interests, items, propose
from clearlink.review.codes import Outcome
from clearlink.review.decisions import Resolution, decide, decisions, secondings
from clearlink.review.follow import actions
from clearlink.review.meetings import freeze, members
from clearlink.review.meetings import meeting as one_meeting
from clearlink.review.minutes import passages
from clearlink.review.records import Meeting
from clearlink.review.store import Store
from clearlink.review.triage import proposed_priorities
from clearlink.words import LANGUAGES, Lang
from tests.meetings import NOW, OFFICER, REASON, a_meeting, a_store, facts
from tests.pdf_check import faults_of_pdf

MADE = datetime(2026, 11, 23, 12, tzinfo=UTC)
STATEMENT = {
    "en": "Health visiting for families without transport",
    "cy": "Ymweliadau iechyd i deuluoedd heb gludiant",
}
OTHER = {
    "en": "Help with rent before notice is given",
    "cy": "Help gyda rhent cyn rhoi rhybudd",
}


@pytest.fixture(autouse=True)
def _names_of_places(
    sample_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLEARLINK_DATA", str(sample_data))


@pytest.fixture
def held(tmp_path: Path) -> tuple[Store, Meeting]:
    """A meeting on two priorities without a project, one of them decided."""
    store = a_store(tmp_path)
    meeting = a_meeting(store)
    rows = [
        {
            "priority_id": f"Q{n}",
            "statement": said["en"],
            "statement_cy": said["cy"],
            "theme_id": "early_years",
            "title": "Plan",
            "valid_to": None,
        }
        for n, said in enumerate((STATEMENT, OTHER))
    ]
    propose(store, OFFICER, meeting, proposed_priorities(rows))
    listed = items(store, OFFICER, meeting.meeting_id)
    freeze(store, OFFICER, meeting, NOW, {i.item_id: facts() for i in listed})
    first = items(store, OFFICER, meeting.meeting_id)[0]
    decide(
        store,
        OFFICER,
        first,
        Resolution(
            Outcome.COMMISSION, REASON, owner="Ann", due=date(2027, 3, 1)
        ),
        after=0,
    )
    return store, one_meeting(store, OFFICER, meeting.meeting_id)


def minutes(store: Store, meeting: Meeting, lang: Lang) -> Document:
    key = meeting.meeting_id
    drafted = passages(
        meeting,
        members(store, OFFICER, key),
        items(store, OFFICER, key),
        decisions(store, OFFICER, key),
        secondings(store, OFFICER, key),
        interests(store, OFFICER, key),
    )
    return minutes_document(Voice(lang), meeting, drafted, {}, "Footer", "")


def summary(store: Store, meeting: Meeting, lang: Lang) -> Document:
    key = meeting.meeting_id
    return public_summary(
        Voice(lang),
        meeting,
        items(store, OFFICER, key),
        decisions(store, OFFICER, key),
        actions(store, OFFICER, meeting_id=key),
        "Footer",
        "",
    )


@pytest.mark.parametrize("of", [minutes, summary])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_pdf_is_made_and_a_checker_finds_nothing_wrong(
    held: tuple[Store, Meeting], of: object, lang: Lang
) -> None:
    document = minutes(*held, lang) if of is minutes else summary(*held, lang)
    made = pdf_bytes(document, MADE)
    assert faults_of_pdf(made) == []
    said = " ".join(
        " ".join(page.extract_text().split())
        for page in pypdf.PdfReader(io.BytesIO(made)).pages
    )
    other: Lang = "cy" if lang == "en" else "en"
    assert STATEMENT[lang] in said and REASON in said
    assert STATEMENT[other] not in said and OTHER[other] not in said


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_word_file_holds_the_same_sentences(
    held: tuple[Store, Meeting], lang: Lang
) -> None:
    word = docx.Document(io.BytesIO(docx_bytes(minutes(*held, lang), MADE)))
    said = [p.text for p in word.paragraphs]
    assert f"1. {STATEMENT[lang]}" in said and any(
        OTHER[lang] in line for line in said
    )
    assert [
        p.style.name
        for p in word.paragraphs
        if p.style is not None and p.style.name.startswith("Heading")
    ] == ["Heading 1"]


def test_a_summary_without_a_decision_is_a_page_that_says_so_by_its_title(
    tmp_path: Path,
) -> None:
    store = a_store(tmp_path)
    meeting = a_meeting(store)
    assert faults_of_pdf(pdf_bytes(summary(store, meeting, "cy"), MADE)) == []
