"""The citizen's page: plain words in both languages, what anybody may know, one side of A4, and words that
people send are unread until read.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import date
from html import unescape

import pytest
from pypdf import PdfReader
from streamlit.testing.v1 import AppTest

from clearlink import words
from clearlink.report.content import Text
from clearlink.report.my_area import (
    TIGHTEST,
    Line,
    MyArea,
    Reader,
    Told,
    my_area,
    my_area_pdf,
    printed_blocks,
)
from clearlink.report.my_area_map import my_area_png, my_area_svg
from clearlink.report.voice import Voice
from clearlink.review import said_back as back
from clearlink.review.agenda import items, propose
from clearlink.review.codes import Outcome, Subject
from clearlink.review.decisions import Resolution, decide
from clearlink.review.meetings import freeze
from clearlink.review.public_decisions import PublicDecision, public_decisions
from clearlink.review.records import Meeting
from clearlink.review.roles import local_viewer
from clearlink.review.store import Store, review_store
from clearlink.review.triage import Proposal
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Rows
from pages.my_area.page_of_area import READERS, page_of
from pages.server.first_words import first_words
from tests.entrances import entrance
from tests.meetings import (
    NORTH,
    NOW,
    OFFICER,
    a_meeting,
    close_as_it_stands,
    facts,
)
from tests.spec.test_spoken import PLANTED

pytestmark = pytest.mark.usefixtures("on_sample")
AREAS = ("W06000001", "W01000003", "W06000016")
WORDS = "The buses stop at six, so nobody can get to the evening class."


def opened(lang: str = "en", **query: str) -> AppTest:
    app = AppTest.from_file(str(entrance("my_area")), default_timeout=90)
    for key, value in {"lang": lang, **query}.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception, app.exception
    return app


def shown(app: AppTest) -> str:
    return " ".join(
        str(m.value)
        for kind in ("markdown", "caption", "success", "error")
        for m in getattr(app, kind)
    ).replace("\\", "")


@pytest.mark.parametrize("lang", words.LANGUAGES)
@pytest.mark.parametrize("area", AREAS)
def test_the_page_says_need_services_voices_what_came_and_what_is_not_known(
    lang: words.Lang, area: str
) -> None:
    app = opened(lang, area=area)
    headings = [str(s.value) for s in app.subheader]
    for part in ("needed", "runs", "heard", "decided", "unknown", "map"):
        assert words.say(lang, f"my_area.heading_{part}") in headings
    page = page_of(Voice(lang), area, "all")
    assert page is not None
    said = shown(app)
    for line in (line for part in page.parts for line in part.lines):
        assert line.text in said
    assert "{" not in said and "None" not in said


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_young_people_read_it_in_their_words_with_what_they_can_expect(
    lang: words.Lang,
) -> None:
    app = opened(lang, area="W06000001", **{"for": "young"})
    said = shown(app)
    for standard in (
        "information",
        "choice",
        "no_discrimination",
        "respect",
        "gain",
        "feedback",
        "working_better",
    ):
        assert words.say(lang, f"my_area.expect.{standard}") in said
    assert words.say(lang, "my_area.young.heading_needed") in [
        str(s.value) for s in app.subheader
    ]


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_the_easy_version_is_short_with_a_picture_beside_each_part(
    lang: words.Lang,
) -> None:
    easy = page_of(Voice(lang), "W06000016", "easy")
    whole = page_of(Voice(lang), "W06000016", "all")
    assert easy is not None and whole is not None
    assert [p.name for p in easy.parts] == [
        "needed",
        "runs",
        "ask",
        "heard",
        "unknown",
    ]
    letters = [
        sum(len(x.text) for p in page.parts for x in p.lines)
        for page in (easy, whole)
    ]
    assert letters[0] < letters[1]
    assert words.say(lang, "my_area.easy.heading_runs") in [
        p.heading for p in easy.parts
    ]
    app = opened(lang, area="W06000016", **{"for": "easy"})
    # one picture a part, and the map
    assert len(app.get("image")) == len(easy.parts) + 1
    html = first_words({"area": "W06000016", "for": "easy"}, lang)
    assert html.count("<svg") == len(easy.parts) + 1


def test_what_an_assessment_that_ran_out_found_says_so_and_comes_last() -> None:
    needs = reader.assessed_needs("W06000016")
    old = [n for n in needs if not n["is_in_force"]]
    assert old and len(old) < len(needs)
    for reader_is in READERS:
        page = page_of(Voice("en"), "W06000016", reader_is)
        assert page is not None
        lines = next(p for p in page.parts if p.name == "needed").lines
        for need in old:
            for line in (
                x for x in lines if need["statement"].rstrip(".") in x.text
            ):
                assert Voice("en").date(need["ends_on"]) in line.text


def test_the_page_tells_what_everybody_may_know_whoever_opens_it() -> None:
    withheld = []
    with reader.reading_as(reader.Scope()):
        known = {
            p["project_id"]
            for la in reader.areas("LA")
            for p in reader.projects_reaching(la["area_code"])
        }
    with reader.reading_as(reader.everything()):
        for la in reader.areas("LA"):
            withheld += [
                (la["area_code"], p["title"])
                for p in reader.projects_reaching(la["area_code"])
                if p["project_id"] not in known
            ]
    assert withheld, "the sample holds protected projects"
    for code in {code for code, _ in withheld}:
        page = page_of(Voice("en"), code, "all")
        assert page is not None
        said = " ".join(line.text for part in page.parts for line in part.lines)
        assert not [
            title for la, title in withheld if la == code and title in said
        ]


LONG = "The committee weighed what people said and what the figures show. "


def a_full_page(
    lang: words.Lang, area: str, reader_is: Reader, many: int
) -> MyArea:
    """As much as a page can have to say: long decisions and long statements."""
    decided = [
        PublicDecision(
            date(2026, 3, 4),
            NORTH,
            {"en": LONG, "cy": LONG},
            f"P{n}",
            Outcome.CONFIRM,
            LONG * (20 * n + 1),
            date(2027, 3, 31) if n % 2 else None,
        )
        for n in range(many)
    ]
    told = [Told(LONG * 8, LONG * 4)] * many
    page = my_area(Voice(lang), area, told, reader_is, decided)
    assert page is not None
    return page


@pytest.mark.parametrize("lang", words.LANGUAGES)
@pytest.mark.parametrize("reader_is", READERS)
def test_it_prints_on_one_side_of_a4(
    lang: words.Lang, reader_is: Reader
) -> None:
    for at, area in enumerate(AREAS):
        page = a_full_page(lang, area, reader_is, 4 * at)
        made = my_area_pdf(
            Voice(lang), page, my_area_png(area), "map", review_store().clock()
        )
        pages = PdfReader(io.BytesIO(made)).pages
        assert len(pages) == 1, f"{area}: {len(pages)} sides"


@pytest.mark.parametrize("lang", words.LANGUAGES)
@pytest.mark.parametrize("tight", range(TIGHTEST + 1))
def test_paper_says_how_many_it_does_not_name(
    lang: words.Lang, tight: int
) -> None:
    """What is set tighter names fewer, and counts the more: it never says "two more" of two."""
    for reader_is in READERS:
        page = a_full_page(lang, "W06000016", reader_is, 9)
        printed = [
            block.text.removeprefix("• ").strip()
            for block in printed_blocks(page, tight)
            if isinstance(block, Text)
        ]
        for name, key in (("decided", "decided_more"), ("runs", "runs_more")):
            (part,) = [p for p in page.parts if p.name == name]
            assert part.of > part.listed > 0
            starts = tuple(x.text[:40] for x in part.lines[: part.listed])
            named = sum(text.startswith(starts) for text in printed)
            assert named
            more = words.say(lang, f"my_area.{key}", n=part.of - named)
            assert more in printed


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_the_first_page_already_holds_the_words_and_needs_no_script(
    lang: words.Lang,
) -> None:
    html = first_words({"area": "W01000003"}, lang)
    page = page_of(Voice(lang), "W01000003", "all")
    assert page is not None
    plain = unescape(re.sub(r"<[^>]+>", "", html))
    assert all(line.text in plain for part in page.parts for line in part.lines)
    assert (
        html.count("<h1>") == 1
        and "<script" not in html
        and html.count("<main") == 1
    )
    listed = first_words({}, lang)
    assert listed.count("?area=W06") == 22
    for bad in ("<script>", "W01000003'--", "x" * 5_000, "🏴", "../../etc"):
        assert first_words({"area": bad}, lang) == listed


def test_the_map_is_one_light_picture_of_the_area_in_its_authority() -> None:
    drawn = my_area_svg("W01000003")
    assert (
        drawn is not None
        and drawn.count("#7a1f5c") >= 1
        and len(drawn) < 200_000
    )
    assert my_area_svg("W99999999") is None


def _reason(subject: str) -> str:
    return f"The committee weighed everything that was shown of {subject}."


def a_meeting_about(
    store: Store, subjects: Sequence[tuple[Subject, str]], place: str = NORTH
) -> Meeting:
    """A meeting with these items, all of them decided, not yet closed."""
    called = a_meeting(store, place=place)
    asked = [
        Proposal(s, code, f"Item {code}", "matter", {}) for s, code in subjects
    ]
    propose(store, OFFICER, called, asked)
    called_items = items(store, OFFICER, called.meeting_id)
    met = freeze(
        store, OFFICER, called, NOW, {i.item_id: facts() for i in called_items}
    )
    for item in items(store, OFFICER, called.meeting_id):
        resolution = Resolution(Outcome.CONFIRM, _reason(item.subject_id))
        decide(store, OFFICER, item, resolution, after=0)
    return met


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_what_meetings_decided_of_a_place_is_told_once_the_meeting_is_closed(
    lang: words.Lang,
) -> None:
    area, store = "W06000001", review_store()
    with reader.reading_as(reader.Scope()):
        here = reader.projects_reaching(area)[0]["project_id"]
        reaching = {p["project_id"] for p in reader.projects_reaching(area)}
        elsewhere = next(
            p["project_id"]
            for p in reader.projects_reaching("W06000022")
            if p["project_id"] not in reaching
        )
        need = reader.assessed_needs(area)[0]["priority_id"]
    met = a_meeting_about(
        store,
        [
            (Subject.PROJECT, here),
            (Subject.PROJECT, elsewhere),
            (Subject.PRIORITY, need),
            (Subject.MATTER, "M1"),
        ],
    )
    assert words.say(lang, "my_area.decided_none") in shown(
        opened(lang, area=area)
    )
    close_as_it_stands(store, met)
    told = shown(opened(lang, area=area))
    assert words.say(lang, "my_area.decided_none") not in told
    for subject in (here, need, "M1"):
        assert told.count(_reason(subject)) == 1
    assert _reason(elsewhere) not in told
    assert words.say(lang, "meetings.decided_to.confirm") in told
    assert _reason(here) in unescape(first_words({"area": area}, lang))


def test_what_a_meeting_decided_of_a_protected_service_is_told_to_nobody() -> (
    None
):
    with reader.reading_as(reader.Scope()):
        known = {p["project_id"] for p in reader.projects_reaching("W06000001")}
    store = review_store()
    called = a_meeting(store)
    chosen = sorted(known)[:2]
    asked = [Proposal(Subject.PROJECT, p, p, "verdict", {}) for p in chosen]
    propose(store, OFFICER, called, asked)
    kept = facts()
    kept["project"] = {
        **kept["project"],
        "project_id": chosen[0],
        "is_sensitive": True,
    }
    kept["project"]["la_code"] = "W06000001"
    held = items(store, OFFICER, called.meeting_id)
    frozen = {
        i.item_id: kept if i.subject_id == chosen[0] else facts() for i in held
    }
    met = freeze(store, OFFICER, called, NOW, frozen)
    for item in items(store, OFFICER, met.meeting_id):
        decide(
            store,
            OFFICER,
            item,
            Resolution(Outcome.CONFIRM, _reason(item.subject_id)),
            after=0,
        )
    close_as_it_stands(store, met)
    decided = public_decisions(store, chosen, set())
    assert [d.subject_id for d in decided] == [chosen[1]]


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_a_need_that_a_lapsed_paper_names_says_that_it_has_lapsed_and_comes_last(
    lang: words.Lang, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What has lapsed is looked for by its own last day, not by what the page takes for lapsed."""
    # room for every need, so that lapsed ones are among them
    monkeypatch.setattr("clearlink.report.my_area.MOST_ASSESSED", 1_000)
    as_of, seen = reader.build()["as_of"], 0
    for la in reader.areas("LA"):
        assessed = reader.assessed_needs(la["area_code"])
        page = page_of(Voice(lang), la["area_code"], "all")
        assert page is not None
        (needed,) = [p for p in page.parts if p.name == "needed"]
        marks = [
            _has_lapsed(line, assessed, lang, as_of) for line in needed.lines
        ]
        assert marks == sorted(marks), "what has lapsed comes last"
        seen += sum(marks)
    assert seen, "the sample holds papers that have lapsed"


def _has_lapsed(
    line: Line, assessed: Rows, lang: words.Lang, as_of: date
) -> bool:
    """Whether the line is of a paper that has lapsed; it must then say so, with the day, and else not."""
    of_line = [n for n in assessed if f"“{n['title']}”" in line.text]
    lapsed = [n for n in of_line if n["ends_on"] and n["ends_on"] < as_of]
    days = {Voice(lang).date(n["ends_on"]) for n in lapsed}
    assert any(day in line.text for day in days) == bool(lapsed), line.text
    return bool(lapsed)


def sent(text: str, lang: str = "en") -> AppTest:
    app = opened(lang, area="W06000001")
    app.text_area(key="say_back_words_0").set_value(text)
    next(
        b
        for b in app.button
        if b.label == words.say(words.language(lang), "say_back.send")
    ).click()
    return app.run()


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_what_is_sent_gets_a_number_and_is_on_no_page_until_a_person_has_read_it(
    lang: words.Lang,
) -> None:
    app = sent(WORDS, lang)
    (told,) = [str(s.value) for s in app.success]
    number = re.search(r"[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}", told)
    assert number is not None
    assert WORDS not in shown(opened(lang, area="W06000001"))
    store = review_store()
    (waiting,) = back.sent_to_read(
        store, local_viewer("Officer"), {"W06000001"}
    )
    back.read_it(store, local_viewer("Officer"), waiting, show=True)
    assert WORDS in shown(opened(lang, area="W06000001"))
    assert WORDS in first_words({"area": "W06000001"}, lang)
    back.withdraw_by_number(store, number[0])
    assert WORDS not in shown(opened(lang, area="W06000001"))
    assert WORDS not in first_words({"area": "W06000001"}, lang)


@pytest.mark.parametrize("sign", back.REFUSED)
def test_an_address_or_a_familys_file_is_refused_in_words_and_what_was_written_stays_in_the_box(
    sign: str,
) -> None:
    text = f"Please help. {PLANTED[sign][0]}"  # type: ignore[index]
    app = sent(text)
    assert words.say("en", f"meetings.refused.said_back_{sign}") in [
        str(e.value).replace("\\", "") for e in app.error
    ]
    assert app.text_area(key="say_back_words_0").value == text
    assert back.unread_count(review_store(), {"W06000001"})[0] == 0
