"""The evidence desk worked by keyboard in Chromium, in both languages: from an empty review store to a
changed verdict, a silent paper with two readers, a reply that reverses it, and the file that a council's
register takes back.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from playwright.sync_api import TimeoutError as NoDownload

from clearlink import folders
from clearlink.words import Lang, say
from etl.directory import Directory
from etl.pipeline.register import read_register
from etl.pipeline.sample import sample_intake
from tests.browser.running import PROJECT, served
from tests.patience import PATIENCE_MS

pytestmark = pytest.mark.browser
# of the public record: each has a theme and a whole authority, and cites nothing
SILENT = {"en": ("R006", "W06000013"), "cy": ("R011", "W06000014")}
# without a theme, and one is proposed
THEMELESS = ("R105", "W06000013")


@pytest.fixture(scope="module")
def url(sample_copy: Path) -> Iterator[str]:
    with pytest.MonkeyPatch.context() as settings:
        settings.setenv("NO_PROXY", "127.0.0.1")
        settings.setenv(
            "CLEARLINK_REVIEW_URL", f"sqlite:///{sample_copy / 'desk.sqlite'}"
        )
        with served(PROJECT / "app.py", sample_copy) as address:
            yield address


def settled(page: Page) -> None:
    for pause in (200, 200):
        page.wait_for_selector(
            "[data-testid=stApp][data-test-script-state=notRunning]",
            timeout=PATIENCE_MS,
        )
        page.wait_for_timeout(pause)


def key(page: Page, letter: str) -> None:
    """A key of the desk, with the focus in no box."""
    page.evaluate("document.activeElement?.blur()")
    page.keyboard.press(letter)
    settled(page)


def typed(page: Page, box: Locator, text: str) -> None:
    box.focus()
    page.keyboard.press("Control+a")
    page.keyboard.type(text)


def entered(page: Page, button: Locator) -> None:
    button.focus()
    page.keyboard.press("Enter")
    settled(page)


def box(page: Page, name: str) -> Locator:
    """The box of a widget's own key."""
    return page.locator(f".st-key-{name} input, .st-key-{name} textarea").first


def come_to(page: Page, project_id: str) -> None:
    """Presses “next” until the record stands there."""
    there = page.get_by_role(
        "link", name=say(language(page), "evidence.open_record")
    )
    for _ in range(60):
        if f"project={project_id}&" in f"{there.get_attribute('href')}&":
            return
        key(page, "n")
    raise AssertionError(f"{project_id} does not wait at the desk")


def language(page: Page) -> Lang:
    return "cy" if "lang=cy" in page.url else "en"


def open_desk(page: Page, url: str, lang: Lang, place: str) -> None:
    page.goto(f"{url}/evidence_desk?lang={lang}&place={place}")
    settled(page)


def tab(page: Page, name: str) -> None:
    entered(
        page,
        page.get_by_role(
            "tab", name=say(language(page), f"evidence.tab.{name}")
        ),
    )


@pytest.mark.parametrize("lang", ["en", "cy"])
def test_the_desk_by_keyboard_from_a_blank_to_a_verdict_and_back(
    browser: Browser, url: str, lang: Lang
) -> None:
    page = browser.new_page(viewport={"width": 1366, "height": 900})
    project, place = SILENT[lang]
    open_desk(page, url, lang, place)
    typed(page, box(page, "meeting_local_name_box"), "Ann Owen")
    page.keyboard.press("Enter")
    settled(page)
    come_to(page, project)
    silent_to_two_readers(page, lang, project)
    if lang == "en":
        a_theme_is_accepted_by_key(page, url)
    the_owner_replies(page, url, lang, project, place)
    the_register_takes_it_back(page, lang)
    assert page.get_by_test_id("stException").count() == 0
    page.close()


def silent_to_two_readers(page: Page, lang: Lang, project: str) -> None:
    typed(page, box(page, f"evidence_document_{project}"), "Cabinet report 7")
    typed(page, box(page, f"evidence_day_{project}"), "01/03/2015")
    typed(page, box(page, f"evidence_pages_{project}"), "12")
    entered(
        page,
        page.get_by_role("button", name=say(lang, "evidence.paper.silent")),
    )
    expect(
        page.get_by_text(say(lang, "evidence.paper.read", who="Ann Owen"))
    ).to_be_visible()
    confirm = page.get_by_role(
        "button", name=say(lang, "evidence.paper.confirm")
    )
    for reader, told in (
        ("ann owen", say(lang, "meetings.refused.reader_same")),
        ("Ben Rees", say(lang, "verdict.NO_LINK_SHOWN.marked")),
    ):
        typed(page, box(page, f"evidence_second_{project}"), reader)
        page.keyboard.press("Tab")
        settled(page)
        entered(page, confirm)
        expect(page.get_by_test_id("stAlert").get_by_text(told)).to_be_visible()


def a_theme_is_accepted_by_key(page: Page, url: str) -> None:
    project, place = THEMELESS
    open_desk(page, url, "en", place)
    come_to(page, project)
    key(page, "x")
    expect(page.get_by_text(say("en", "evidence.no_proposal"))).to_be_visible()
    key(page, "u")
    key(page, "a")
    expect(
        page.get_by_test_id("stAlert").get_by_text("Ann Owen")
    ).to_be_visible()


def the_owner_replies(
    page: Page, url: str, lang: Lang, project: str, place: str
) -> None:
    open_desk(page, url, lang, place)
    tab(page, "owners")
    page.get_by_text(say(lang, "meetings.ask.answer"), exact=True).first.click()
    answer = {
        page.locator(f"[class*=st-key-answer_{name}_] input").first: text
        for name, text in (
            ("text", "Page 14."),
            ("document", "Housing strategy"),
            ("page", "14"),
        )
    }
    # a box that is drawn anew while a loaded machine types into it is empty afterwards: typed again
    for _ in range(5):
        for field, text in answer.items():
            typed(page, field, text)
            page.keyboard.press("Tab")
            settled(page)
        if all(f.input_value() == text for f, text in answer.items()):
            break
    entered(page, page.locator("[class*=st-key-answer_save_] button").first)
    page.goto(f"{url}/projects?lang={lang}&project={project}")
    settled(page)
    expect(
        page.get_by_text(say(lang, "verdict.CANNOT_ASSESS.marked")).first
    ).to_be_visible()


def downloaded(page: Page, button: Locator) -> bytes:
    """The file of a button. One that is pressed while the page is still being drawn makes none: pressed
    again.
    """
    for _ in range(5):
        settled(page)
        try:
            with page.expect_download(timeout=30_000) as taken:
                entered(page, button)
        except NoDownload:
            continue
        return Path(taken.value.path()).read_bytes()
    raise AssertionError("the button gives no file")


def the_register_takes_it_back(page: Page, lang: Lang) -> None:
    page.go_back()
    settled(page)
    tab(page, "away")
    button = page.get_by_role(
        "button", name=say(lang, "evidence.away.register")
    )
    expect(button).to_be_visible()
    given = downloaded(page, button)
    intake = sample_intake(folders.SAMPLE)
    known = Directory.from_catalogue(intake.areas, intake.links)
    register = read_register(given, "register-settled.csv", directory=known)
    assert not [p for p in register.problems if p.severity == "refused"]
    assert {p.project_id: p.theme_ids for p in register.projects}[
        THEMELESS[0]
    ] == ("disability",)
