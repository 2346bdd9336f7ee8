"""A meeting for North Wales prepared, run and closed in Chromium, in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Browser, Page, expect

from clearlink.review.agenda import items
from clearlink.review.codes import MeetingState, Outcome
from clearlink.review.decisions import decisions
from clearlink.review.meetings import meetings
from clearlink.review.roles import local_viewer
from clearlink.review.store import Store
from clearlink.words import LANGUAGES, say
from tests.browser.running import PROJECT, served
from tests.patience import PATIENCE_MS
from tests.pdf_check import faults_of_pdf

pytestmark = pytest.mark.browser
LOCAL = local_viewer("x")
REASON = (
    "Mae’r teuluoedd wedi symud i’r ganolfan newydd. The families have moved."
)


def settled(page: Page) -> None:
    page.wait_for_selector(
        "[data-testid=stApp][data-test-script-state=notRunning]",
        timeout=PATIENCE_MS,
    )
    page.wait_for_timeout(400)
    page.wait_for_selector(
        "[data-testid=stApp][data-test-script-state=notRunning]",
        timeout=PATIENCE_MS,
    )


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()
    settled(page)


def choose(page: Page, box: str, option: int) -> None:
    """Chooses with the pointer, as a person would."""
    # a finger or a mouse presses for a while; a press of no time at all opens nothing the first time after a
    # load
    page.get_by_role("combobox", name=box).click(delay=60)
    page.get_by_role("option").nth(option).click()
    settled(page)


def first_without_a_link(folder: Path, day: date) -> int:
    """The number of the first item after the first of which no link is shown: an exception there needs a
    second person.
    """
    store = Store(f"sqlite:///{folder / 'review.sqlite'}")
    held = next(m for m in meetings(store, LOCAL) if m.held_on == day)
    listed = items(store, LOCAL, held.meeting_id)
    store.close()
    return next(
        n
        for n, i in enumerate(listed, 1)
        if n > 1 and i.why.get("verdict") == "NO_LINK_SHOWN"
    )


def grant_an_exception(
    page: Page, word: Callable[..., str], number: int
) -> None:
    page.goto(re.sub(r"item=\d+", f"item={number}", page.url))
    settled(page)
    page.get_by_text(word("outcome.exception"), exact=True).click()
    settled(page)
    page.get_by_label(word("decide.reason")).fill(REASON)
    choose(page, word("decide.ground"), 1)
    page.get_by_label(word("decide.link")).fill("Minute 4")
    page.get_by_label(word("decide.link")).press("Tab")
    settled(page)
    choose(page, word("decide.second"), 1)
    press(page, word("decide.save"))
    expect(page.get_by_text(word("decide.change"))).to_be_visible()


def carried_away(
    page: Page, word: Callable[..., str], into: Path
) -> dict[str, Path]:
    """Every file that the screen after a meeting offers at once, by its button."""
    page.get_by_role("tab", name=word("after.carry"), exact=True).click()
    found = {}
    for name in ("minutes_pdf", "minutes_docx", "summary_pdf", "bundle"):
        with page.expect_download(timeout=PATIENCE_MS) as coming:
            page.get_by_role(
                "button", name=word(f"after.{name}"), exact=True
            ).click()
        found[name] = into / coming.value.suggested_filename
        coming.value.save_as(found[name])
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_meeting_is_prepared_run_and_closed(
    browser: Browser, sample_copy: Path, tmp_path: Path, lang: str
) -> None:
    language = next(each for each in LANGUAGES if each == lang)

    def word(key: str, **values: object) -> str:
        return say(language, f"meetings.{key}", **values)

    # a meeting is decided on its day or after
    held_on = datetime.now(UTC).date() - timedelta(
        days=LANGUAGES.index(language)
    )
    with served(PROJECT / "app.py", sample_copy) as url:
        page = browser.new_page(viewport={"width": 1366, "height": 768})
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{url}/meetings?lang={lang}")
        settled(page)
        if not page.get_by_label(word("set_up.chair")).is_visible():
            page.get_by_text(word("set_up.title"), exact=True).click()
        page.get_by_label(word("your_name")).fill("Olwen")
        page.keyboard.press("Enter")
        settled(page)
        page.get_by_label(word("set_up.date")).fill(f"{held_on:%d/%m/%Y}")
        page.get_by_label(word("set_up.chair")).fill("Carys")
        page.get_by_label(word("set_up.quorum")).fill("2")
        # the last box is still open when the button is pressed: nothing typed may be lost
        page.get_by_label(word("set_up.members")).fill(
            "Carys; Conwy\nDewi; Gwynedd\nEleri; Wrecsam"
        )
        press(page, word("set_up.save"))
        expect(page.get_by_text(word("finding_prepare", n=20))).to_be_visible()
        press(page, word("freeze.do"))
        expect(page.get_by_text(word("run.item", n=1, of=20))).to_be_visible()
        for name, body in (
            ("Carys", "Conwy"),
            ("Dewi", "Gwynedd"),
            ("Eleri", "Wrecsam"),
        ):
            page.get_by_text(
                word("members.present", name=name, organisation=body)
            ).click()
            settled(page)
        page.get_by_text(word("outcome.confirm"), exact=True).click()
        settled(page)
        page.get_by_label(word("decide.reason")).fill(REASON)
        press(page, word("decide.save"))
        expect(page.get_by_text(word("decide.change"))).to_be_visible()
        page.keyboard.press("Alt+ArrowRight")
        settled(page)
        expect(page.get_by_text(word("run.item", n=2, of=20))).to_be_visible()
        grant_an_exception(
            page, word, first_without_a_link(sample_copy, held_on)
        )
        page.get_by_text(word("stage_after"), exact=True).click()
        settled(page)
        expect(page.get_by_text(REASON).first).to_be_visible()
        press(page, word("after.close"))
        expect(page.get_by_text(word("refused.undecided_left"))).to_be_visible()
        page.get_by_text(word("day.leave", n=18), exact=True).click()
        settled(page)
        press(page, word("after.close"))
        expect(page.get_by_text(word("after.is_closed"))).to_be_visible()
        carried = carried_away(page, word, tmp_path)
        assert [
            faults_of_pdf(carried[name].read_bytes())
            for name in ("minutes_pdf", "summary_pdf")
        ] == [
            [],
            [],
        ]
        assert any(
            REASON in p.text
            for p in docx.Document(str(carried["minutes_docx"])).paragraphs
        )
        press(page, word("all"))
        page.get_by_text(word("bundle.title"), exact=True).click()
        page.get_by_test_id("stFileUploader").locator(
            "input[type=file]"
        ).set_input_files(carried["bundle"])
        # the list of exceptions holds the reason too, folded away
        expect(
            page.get_by_text(REASON).filter(visible=True).first
        ).to_be_visible(timeout=PATIENCE_MS)
        assert page.evaluate("document.documentElement.lang") == lang
        assert all(
            u.startswith((url, url.replace("http", "ws"), "data:", "blob:"))
            for u in asked
        ), asked
    store = Store(f"sqlite:///{sample_copy / 'review.sqlite'}")
    held = next(m for m in meetings(store, LOCAL) if m.held_on == held_on)
    assert held.state is MeetingState.CLOSED
    taken = [
        (d.outcome, d.reason, d.decided_by)
        for d in decisions(store, LOCAL, held.meeting_id)
    ]
    # the second was taken after the page had been loaded anew: the browser keeps the name
    assert taken == [
        (Outcome.CONFIRM, REASON, "Olwen"),
        (Outcome.EXCEPTION, REASON, "Olwen"),
    ]
    assert store.check().is_intact
    store.close()
