"""Who may do what, walked in Chromium with a sign-in that is real: the matrix on the screens, forged and ended sign-ins get nothing."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from itsdangerous import URLSafeTimedSerializer
from playwright.sync_api import Browser, BrowserContext, Page, expect

from clearlink.report.evidence import item_facts
from clearlink.review.agenda import items, propose
from clearlink.review.codes import MeetingState, Subject
from clearlink.review.decisions import decisions
from clearlink.review.meetings import freeze, meetings
from clearlink.review.meetings import meeting as one_meeting
from clearlink.review.records import Meeting
from clearlink.review.roles import MATRIX, Act, Role, local_viewer
from clearlink.review.store import Store
from clearlink.review.triage import Proposal
from clearlink.warehouse import reader
from clearlink.words import say
from pages.parts.shell_words import PAGES
from tests.browser.running import PROJECT, served
from tests.meetings import NORTH, NOW, OFFICER, a_frozen_meeting, a_meeting
from tests.oidc_provider import Person, provided, secrets_toml

pytestmark = pytest.mark.browser
LOCAL = local_viewer("the test")
GWENT, CONWY = "RCC_GWENT", "W06000003"
COOKIE_SECRET = "only this test signs its cookies with this"
REASON = "The provider showed the ward plan of last spring."
SHORT_S = 25
PEOPLE = {
    "viewer": Person("viewer@example.org", "Vera Viewer"),
    "commissioner": Person("commissioner@example.org", "Colin Commissioner"),
    "officer": Person("officer@example.org", "Olwen Officer"),
    "chair": Person("chair@example.org", "Carys Chair"),
    "steward": Person("steward@example.org", "Sioned Steward"),
    "stranger": Person("stranger@example.org", "Sam Stranger"),
    "unverified": Person("chair@example.org", "Mallory", is_verified=False),
    "brief": Person("brief@example.org", "Bethan Brief", lasts_s=SHORT_S),
}
HELD: dict[str, tuple[str, tuple[str, ...]]] = {
    "viewer@example.org": ("viewer", (NORTH,)),
    "commissioner@example.org": ("commissioner", (CONWY,)),
    "officer@example.org": ("officer", (NORTH,)),
    "chair@example.org": ("chair", (NORTH,)),
    "steward@example.org": ("steward", (NORTH,)),
    "brief@example.org": ("chair", (NORTH,)),
}
ROLES = {"viewer": Role.VIEWER, "commissioner": Role.COMMISSIONER, "officer": Role.OFFICER, "chair": Role.CHAIR, "steward": Role.STEWARD}


@dataclass(frozen=True)
class Place:
    """The app while it is served, its store, and meetings for the walk: two under embargo here, one elsewhere."""

    url: str
    store: Store
    preparing: Meeting
    frozen: Meeting
    elsewhere: Meeting


@pytest.fixture(scope="module")
def place(sample_copy: Path) -> Iterator[Place]:
    folder = sample_copy
    with pytest.MonkeyPatch.context() as settings:
        settings.setenv("CLEARLINK_DATA", str(folder))
        settings.delenv("CLEARLINK_REVIEW_URL", raising=False)
        settings.setenv("NO_PROXY", "127.0.0.1")
        store = Store(f"sqlite:///{folder / 'review.sqlite'}")
        preparing, frozen, elsewhere = a_meeting(store), a_real_frozen_meeting(store), a_frozen_meeting(store, place=GWENT)
        with provided(PEOPLE) as provider:
            secret = folder / "secrets.toml"
            secret.write_text(secrets_toml(provider, COOKIE_SECRET, HELD), encoding="utf-8")
            with served(PROJECT / "app.py", folder, options=("--secrets.files", str(secret))) as url:
                yield Place(url, store, preparing, frozen, elsewhere)
        store.close()


def a_real_frozen_meeting(store: Store) -> Meeting:
    """A frozen meeting about projects that the served sample really holds, with their real facts."""
    meeting = a_meeting(store)
    shown = reader.projects(NORTH, verdict="NO_LINK_SHOWN")[:3]
    propose(store, OFFICER, meeting, [Proposal(Subject.PROJECT, p["project_id"], p["title"], "verdict", {"verdict": p["verdict"]}) for p in shown])
    return freeze(store, OFFICER, meeting, NOW, {i.item_id: item_facts(i) for i in items(store, OFFICER, meeting.meeting_id)})


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(locale="en-GB", viewport={"width": 1366, "height": 768})
    yield made
    made.close()


def word(key: str, **values: object) -> str:
    return say("en", key, **values)


def settled(page: Page) -> None:
    for pause in (300, 300):
        page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", timeout=60_000)
        page.wait_for_timeout(pause)


def opened(page: Page, url: str) -> Page:
    page.goto(url)
    settled(page)
    return page


def signed_in(context: BrowserContext, place: Place, who: str) -> Page:
    page = opened(context.new_page(), f"{place.url}/?lang=en")
    page.locator(".st-key-sign_in_corner").get_by_role("button", name=word("meetings.sign_in")).click()
    page.get_by_role("link", name=who, exact=True).click()
    page.wait_for_url(f"{place.url}/**", timeout=60_000)
    settled(page)
    expect(page.locator(".st-key-sign_in_corner").get_by_text(PEOPLE[who].name)).to_be_visible(timeout=30_000)
    return page


def meeting_page(page: Page, place: Place, meeting: Meeting, stage: str) -> Page:
    return opened(page, f"{place.url}/meetings?lang=en&meeting={meeting.meeting_id}&stage={stage}")


def has_text(page: Page, text: str) -> bool:
    return page.get_by_text(text, exact=True).count() > 0


def has_button(page: Page, name: str) -> bool:
    return page.get_by_role("button", name=name, exact=True).count() > 0


# what a screen offers, and the act of the matrix that decides whether it does
OFFERS: dict[str, tuple[Act, Callable[[Page, Place], bool]]] = {
    "set up a meeting": (Act.SET_UP_MEETING, lambda page, at: has_text(opened(page, f"{at.url}/meetings?lang=en"), word("meetings.set_up.title"))),
    "open a meeting under embargo": (Act.READ_EMBARGOED, lambda page, at: not has_text(meeting_page(page, at, at.preparing, "prepare"), word("meetings.not_found"))),
    "freeze": (Act.FREEZE_EVIDENCE, lambda page, at: has_button(meeting_page(page, at, at.preparing, "prepare"), word("meetings.freeze.do"))),
    "decide": (Act.DECIDE, lambda page, at: has_button(meeting_page(page, at, at.frozen, "run"), word("meetings.decide.save"))),
    "word the minutes": (Act.WORD_MINUTES, lambda page, at: has_text(meeting_page(page, at, at.frozen, "after"), word("meetings.after.reword"))),
    "close": (Act.CLOSE_MEETING, lambda page, at: has_button(meeting_page(page, at, at.frozen, "after"), word("meetings.after.close"))),
    "load a register": (Act.LOAD_REGISTER, lambda page, at: register_box(page, at)),
}


def register_box(page: Page, place: Place) -> bool:
    opened(page, f"{place.url}/data_and_method?lang=en")
    page.get_by_role("tab", name=word("data.tab.register")).click()
    settled(page)
    offered = page.get_by_test_id("stFileUploader").count() > 0
    assert offered != has_text(page, word("sign_in.desk_for_steward"))
    return offered


@pytest.mark.parametrize("who", ROLES)
def test_each_screen_offers_what_the_matrix_says(place: Place, context: BrowserContext, who: str) -> None:
    page = signed_in(context, place, who)
    places = set(HELD[PEOPLE[who].email][1])
    shown = {name: found(page, place) for name, (_, found) in OFFERS.items()}
    assert shown == {name: act in MATRIX[ROLES[who]] and (act is Act.LOAD_REGISTER or NORTH in places) for name, (act, _) in OFFERS.items()}
    assert has_text(meeting_page(page, place, place.elsewhere, "after"), word("meetings.not_found")), "a meeting of another region, under embargo"


@pytest.mark.parametrize("who", ["nobody", "stranger", "unverified"])
def test_without_a_role_nothing_is_offered_and_every_page_reads(place: Place, context: BrowserContext, who: str) -> None:
    page = context.new_page() if who == "nobody" else signed_in(context, place, who)
    for name in PAGES:
        opened(page, f"{place.url}/{'' if name == PAGES[0] else name}?lang=en")
        assert page.get_by_test_id("stException").count() == 0
        assert page.get_by_role("heading", level=1).count() == 1, name
    assert [name for name, (_, found) in OFFERS.items() if found(page, place)] == []


def test_an_officer_sets_up_a_meeting_and_decides(place: Place, context: BrowserContext) -> None:
    page = signed_in(context, place, "officer")
    opened(page, f"{place.url}/meetings?lang=en")
    if not page.get_by_label(word("meetings.set_up.chair")).is_visible():
        page.get_by_text(word("meetings.set_up.title"), exact=True).click()
    page.get_by_label(word("meetings.set_up.date")).fill("14/12/2026")
    page.get_by_label(word("meetings.set_up.chair")).fill("Carys")
    page.get_by_label(word("meetings.set_up.quorum")).fill("1")
    page.get_by_label(word("meetings.set_up.members")).fill("Carys; Conwy\nDewi; Gwynedd")
    page.get_by_role("button", name=word("meetings.set_up.save"), exact=True).click()
    settled(page)
    assert any(m.held_on == date(2026, 12, 14) and m.place == NORTH for m in meetings(place.store, LOCAL))
    meeting_page(page, place, place.frozen, "run")
    page.get_by_text(word("meetings.outcome.confirm"), exact=True).click()
    settled(page)
    page.get_by_label(word("meetings.decide.reason")).fill(REASON)
    page.get_by_role("button", name=word("meetings.decide.save"), exact=True).click()
    settled(page)
    taken = decisions(place.store, LOCAL, place.frozen.meeting_id)
    assert [(d.decided_by, d.decided_role, d.decided_by_subject) for d in taken] == [("Olwen Officer", "officer", "sub-officer@example.org")]


def forged(secret: str, origin: str, name: str = "_streamlit_user") -> str:
    now = int(time.time())
    claims = {"sub": "sub-chair@example.org", "name": "Carys Chair", "email": "chair@example.org", "email_verified": True, "iat": now, "exp": now + 3600, "is_logged_in": True, "provider": "default", "origin": origin}
    return str(URLSafeTimedSerializer(secret, salt=name).dumps(json.dumps(claims)))


def cookie(context: BrowserContext) -> str:
    return next(c["value"] for c in context.cookies() if c["name"] == "_streamlit_user")


def flip(text: str, at: int) -> str:
    return text[:at] + ("A" if text[at] != "A" else "B") + text[at + 1 :]


@pytest.mark.parametrize("how", ["another secret", "changed content", "changed signature", "the signature cut off", "another cookie's signature"])
def test_a_forged_session_gets_nothing(place: Place, browser: Browser, context: BrowserContext, how: str) -> None:
    signed_in(context, place, "viewer").close()
    real = cookie(context)
    # the same signer, fed the right secret, would be let in: only so does a refusal prove anything
    made = {
        "another secret": forged("not the secret of this server", place.url),
        "changed content": flip(real, 12),
        "changed signature": flip(real, len(real) - 9),
        "the signature cut off": real.rpartition(".")[0],
        "another cookie's signature": forged(COOKIE_SECRET, place.url, "_streamlit_user_tokens"),
    }[how]
    other = browser.new_context(locale="en-GB", viewport={"width": 1366, "height": 768})
    other.add_cookies([{"name": "_streamlit_user", "value": made, "url": place.url}])
    page = other.new_page()
    opened(page, f"{place.url}/meetings?lang=en")
    expect(page.locator(".st-key-sign_in_corner").get_by_role("button", name=word("meetings.sign_in"))).to_be_visible(timeout=30_000)
    assert [name for name, (_, found) in OFFERS.items() if found(page, place)] == []
    other.close()


def test_the_forger_of_this_test_would_be_let_in_with_the_servers_secret(place: Place, context: BrowserContext) -> None:
    context.add_cookies([{"name": "_streamlit_user", "value": forged(COOKIE_SECRET, place.url), "url": place.url}])
    page = opened(context.new_page(), f"{place.url}/meetings?lang=en")
    expect(page.locator(".st-key-sign_in_corner").get_by_text("Carys Chair")).to_be_visible(timeout=30_000)


def test_an_expired_sign_in_is_refused_at_the_act(place: Place, context: BrowserContext) -> None:
    page = signed_in(context, place, "brief")
    # counted from after the token was made, so that it has run out for certain
    began = time.monotonic()
    meeting_page(page, place, place.frozen, "after")
    button = page.get_by_role("button", name=word("meetings.after.close"), exact=True)
    expect(button).to_be_visible(timeout=1000 * SHORT_S)
    page.wait_for_timeout(1000 * max(0.0, SHORT_S + 2 - (time.monotonic() - began)))
    button.click()
    settled(page)
    assert one_meeting(place.store, LOCAL, place.frozen.meeting_id).state is MeetingState.FROZEN
    assert has_text(page, word("meetings.not_found")), "the embargo holds again, too"
    expect(page.locator(".st-key-sign_in_corner").get_by_role("button", name=word("meetings.sign_in"))).to_be_visible()


def test_signed_out_on_one_page_is_signed_out_on_all(place: Place, context: BrowserContext) -> None:
    page = signed_in(context, place, "chair")
    meeting_page(page, place, place.frozen, "after")
    button = page.get_by_role("button", name=word("meetings.after.close"), exact=True)
    expect(button).to_be_visible()
    other = opened(context.new_page(), f"{place.url}/?lang=en")
    other.locator(".st-key-sign_in_corner").get_by_role("button").first.click()
    other.get_by_role("button", name=word("meetings.sign_out"), exact=True).click()
    expect(other.locator(".st-key-sign_in_corner").get_by_role("button", name=word("meetings.sign_in"))).to_be_visible(timeout=60_000)
    button.click()
    settled(page)
    assert one_meeting(place.store, LOCAL, place.frozen.meeting_id).state is MeetingState.FROZEN
    assert has_text(page, word("meetings.not_found"))
