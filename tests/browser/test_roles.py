"""Who may do what, walked in Chromium with a sign-in that is real: the matrix on the screens, forged and
ended sign-ins get nothing.

Every role signs in once and keeps its browser context. A wait is for a state of the page, never for a length
of time. Role × every page without a browser: tests/pages/test_role_screens.py; role × write on the store:
tests/spec/test_review_roles.py.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from itsdangerous import URLSafeTimedSerializer
from playwright.sync_api import Browser, BrowserContext, Page, expect
from playwright.sync_api import Error as PageGone
from playwright.sync_api import TimeoutError as PatienceOver

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
from tests.browser.running import PROJECT, served
from tests.meetings import NORTH, NOW, OFFICER, a_frozen_meeting, a_meeting
from tests.oidc_provider import Person, provided, secrets_toml
from tests.patience import PATIENCE_MS, PATIENCE_S

pytestmark = pytest.mark.browser
LOCAL = local_viewer("the test")
GWENT, CONWY = "RCC_GWENT", "W06000003"
COOKIE_SECRET = "only this test signs its cookies with this"
REASON = "The provider showed the ward plan of last spring."
# a sign-in has to outlive the drawing of the page, which takes longer on a loaded machine
SHORT_S = (9, 40, 200)
PEOPLE = {
    "viewer": Person("viewer@example.org", "Vera Viewer"),
    "commissioner": Person("commissioner@example.org", "Colin Commissioner"),
    "officer": Person("officer@example.org", "Olwen Officer"),
    "chair": Person("chair@example.org", "Carys Chair"),
    "steward": Person("steward@example.org", "Sioned Steward"),
    "stranger": Person("stranger@example.org", "Sam Stranger"),
    "unverified": Person("chair@example.org", "Mallory", is_verified=False),
}
HELD: dict[str, tuple[str, tuple[str, ...]]] = {
    "viewer@example.org": ("viewer", (NORTH,)),
    "commissioner@example.org": ("commissioner", (CONWY,)),
    "officer@example.org": ("officer", (NORTH,)),
    "chair@example.org": ("chair", (NORTH,)),
    "steward@example.org": ("steward", (NORTH,)),
}
ROLES = {
    "viewer": Role.VIEWER,
    "commissioner": Role.COMMISSIONER,
    "officer": Role.OFFICER,
    "chair": Role.CHAIR,
    "steward": Role.STEWARD,
}


@dataclass(frozen=True)
class Place:
    """The app while it is served, its store, and meetings for the walk: two under embargo here, one
    elsewhere.
    """

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
        preparing, frozen, elsewhere = (
            a_meeting(store),
            a_real_frozen_meeting(store),
            a_frozen_meeting(store, place=GWENT),
        )
        with provided(PEOPLE) as provider:
            secret = folder / "secrets.toml"
            secret.write_text(
                secrets_toml(provider, COOKIE_SECRET, HELD), encoding="utf-8"
            )
            with served(
                PROJECT / "app.py",
                folder,
                options=("--secrets.files", str(secret)),
            ) as url:
                yield Place(url, store, preparing, frozen, elsewhere)
        store.close()


def a_real_frozen_meeting(store: Store) -> Meeting:
    """A frozen meeting about projects that the served sample really holds, with their real facts."""
    meeting = a_meeting(store)
    shown = reader.projects(NORTH, verdict="NO_LINK_SHOWN")[:3]
    propose(
        store,
        OFFICER,
        meeting,
        [
            Proposal(
                Subject.PROJECT,
                p["project_id"],
                p["title"],
                "verdict",
                {"verdict": p["verdict"]},
            )
            for p in shown
        ],
    )
    return freeze(
        store,
        OFFICER,
        meeting,
        NOW,
        {
            i.item_id: item_facts(i)
            for i in items(store, OFFICER, meeting.meeting_id)
        },
    )


def word(key: str, **values: object) -> str:
    return say("en", key, **values)


# at rest: the script has ended, and nothing has been drawn for 0.3 seconds since. What is drawn is watched,
# not measured again and again
WATCH = """() => { if (!window.watched) { window.watched = true; window.drawn = performance.now();
    new MutationObserver(() => { window.drawn = performance.now() }).observe(
        document, { subtree: true, childList: true, attributes: true, characterData: true }) } }"""
AT_REST = """() => {
    const app = document.querySelector('[data-testid=stApp]');
    return !!app && app.dataset.testScriptState === 'notRunning'
        && !!document.querySelector('h1') && window.ran !== false
        && !app.querySelector('[data-testid=stSkeleton]') && performance.now() - window.drawn > 300;
}"""


def settled(page: Page) -> None:
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        try:
            page.evaluate(WATCH)
            page.wait_for_function(
                AT_REST,
                polling=60,
                timeout=1000 * max(1.0, until - time.monotonic()),
            )
            return
        except PageGone as gone:  # between two pages there is nothing to ask
            if isinstance(gone, PatienceOver):
                break
    raise TimeoutError(f"{page.url} did not come to rest")


def acted(page: Page, act: Callable[[], object]) -> None:
    """Does something that the server answers, and waits for the answer: the page runs, and comes to rest."""
    page.evaluate("""() => { const app = document.querySelector('[data-testid=stApp]'); window.ran = false;
        new MutationObserver(() => { if (app.dataset.testScriptState === 'running') window.ran = true })
            .observe(app, { attributes: true, attributeFilter: ['data-test-script-state'] }) }""")
    act()
    settled(page)


def opened(page: Page, url: str) -> Page:
    page.goto(url)
    settled(page)
    return page


@pytest.fixture(scope="module")
def contexts(browser: Browser) -> Iterator[dict[str, BrowserContext]]:
    """Who → the browser context they are signed in with; each signs in once."""
    held: dict[str, BrowserContext] = {}
    yield held
    for context in held.values():
        context.close()


@pytest.fixture
def visit(
    place: Place, browser: Browser, contexts: dict[str, BrowserContext]
) -> Iterator[Callable[[str], Page]]:
    """A page of somebody's own, signed in ("nobody" is not)."""
    pages: list[Page] = []

    def of(who: str) -> Page:
        if who not in contexts:
            contexts[who] = browser.new_context(
                locale="en-GB", viewport={"width": 1366, "height": 768}
            )
            if who != "nobody":
                signed_in(contexts[who], place, who).close()
        pages.append(contexts[who].new_page())
        return pages[-1]

    yield of
    for page in pages:
        page.close()


def signed_in(context: BrowserContext, place: Place, who: str) -> Page:
    page = opened(context.new_page(), f"{place.url}/?lang=en")
    page.locator(".st-key-sign_in_corner").get_by_role(
        "button", name=word("meetings.sign_in")
    ).click()
    page.get_by_role("link", name=who, exact=True).click()
    page.wait_for_url(f"{place.url}/**", timeout=PATIENCE_MS)
    settled(page)
    expect(
        page.locator(".st-key-sign_in_corner").get_by_text(PEOPLE[who].name)
    ).to_be_visible(timeout=PATIENCE_MS)
    return page


def address(place: Place, meeting: Meeting, stage: str) -> str:
    return f"{place.url}/meetings?lang=en&meeting={meeting.meeting_id}&stage={stage}"


def drawn(page: Page) -> Page:
    # the last line of the page: what stands above it has been sent
    page.get_by_text(word("meetings.source")).last.wait_for(timeout=PATIENCE_MS)
    settled(page)
    return page


def meeting_page(
    page: Page, place: Place, meeting: Meeting, stage: str
) -> Page:
    page.goto(address(place, meeting, stage))
    return drawn(page)


def has_text(page: Page, text: str) -> bool:
    return page.get_by_text(text, exact=True).count() > 0


def has_button(page: Page, name: str) -> bool:
    return page.get_by_role("button", name=name, exact=True).count() > 0


def _list(page: Page) -> dict[str, bool]:
    drawn(page)
    return {"set up a meeting": has_text(page, word("meetings.set_up.title"))}


def _prepare(page: Page) -> dict[str, bool]:
    drawn(page)
    return {
        "open a meeting under embargo": not has_text(
            page, word("meetings.not_found")
        ),
        "freeze": has_button(page, word("meetings.freeze.do")),
    }


def _run(page: Page) -> dict[str, bool]:
    return {"decide": has_button(drawn(page), word("meetings.decide.save"))}


def _after(page: Page) -> dict[str, bool]:
    drawn(page)
    return {
        "word the minutes": has_text(page, word("meetings.after.reword")),
        "close": has_button(page, word("meetings.after.close")),
    }


def _elsewhere(page: Page) -> dict[str, bool]:
    return {
        "open a meeting of another region": not has_text(
            drawn(page), word("meetings.not_found")
        )
    }


def _register(page: Page) -> dict[str, bool]:
    settled(page)
    page.get_by_role("tab", name=word("data.tab.register")).click()
    # the tab beside it says the same of assessments, out of sight
    told = page.get_by_text(
        word("sign_in.desk_for_steward"), exact=True
    ).filter(visible=True)
    box = page.get_by_test_id("stFileUploader")
    expect(told.or_(box).first).to_be_visible(timeout=PATIENCE_MS)
    assert (box.count() > 0) != (told.count() > 0)
    return {"load a register": box.count() > 0}


# what the screens offer, one visit for all that a screen offers, and the act of the matrix that decides
# whether it does
OFFERS: dict[str, Act] = {
    "set up a meeting": Act.SET_UP_MEETING,
    "open a meeting under embargo": Act.READ_EMBARGOED,
    "freeze": Act.FREEZE_EVIDENCE,
    "decide": Act.DECIDE,
    "word the minutes": Act.WORD_MINUTES,
    "close": Act.CLOSE_MEETING,
    "load a register": Act.LOAD_REGISTER,
}


def screens(at: Place) -> dict[str, Callable[[Page], dict[str, bool]]]:
    """Addresses, and what is read off each."""
    return {
        f"{at.url}/meetings?lang=en": _list,
        address(at, at.preparing, "prepare"): _prepare,
        address(at, at.frozen, "run"): _run,
        address(at, at.frozen, "after"): _after,
        address(at, at.elsewhere, "after"): _elsewhere,
        f"{at.url}/data_and_method?lang=en": _register,
    }


def offered(
    visit: Callable[[str], Page],
    place: Place,
    who: str,
    of: tuple[Callable[[Page], dict[str, bool]], ...] = (),
) -> dict[str, bool]:
    """What somebody is offered on every screen, or those named. The screens load beside each other, each
    in a tab of its own.
    """
    tabs = [
        (visit(who), url, read)
        for url, read in screens(place).items()
        if not of or read in of
    ]
    for page, url, _ in tabs:
        page.goto(url, wait_until="commit")
    return {
        name: shown
        for page, _, read in tabs
        for name, shown in read(page).items()
    }


@pytest.mark.parametrize("who", ROLES)
def test_each_screen_offers_what_the_matrix_says(
    place: Place, visit: Callable[[str], Page], who: str
) -> None:
    places = set(HELD[PEOPLE[who].email][1])
    allowed = {
        name: act in MATRIX[ROLES[who]]
        and (act is Act.LOAD_REGISTER or NORTH in places)
        for name, act in OFFERS.items()
    }
    assert offered(visit, place, who) == allowed | {
        "open a meeting of another region": False
    }


@pytest.mark.parametrize("who", ["nobody", "stranger", "unverified"])
def test_without_a_role_nothing_is_offered(
    place: Place, visit: Callable[[str], Page], who: str
) -> None:
    # the other screens: tests/pages/test_role_screens.py
    assert not any(
        offered(visit, place, who, of=(_list, _prepare, _register)).values()
    )


@pytest.mark.parametrize(
    "path",
    [
        "/projects?lang=cy&place=RCC_GWENT&verdict=NO_LINK_SHOWN",
        "/meetings?lang=en&meeting=M-1&stage=after",
    ],
)
def test_signing_in_leads_back_to_the_page_in_its_state(
    place: Place, browser: Browser, path: str
) -> None:
    context = browser.new_context(
        locale="en-GB", viewport={"width": 1366, "height": 768}
    )
    page = opened(context.new_page(), place.url + path)
    page.locator(".st-key-sign_in_corner").get_by_role("button").click()
    page.get_by_role("link", name="officer", exact=True).click()
    page.wait_for_url(
        lambda url: url.startswith(place.url) and "oauth2callback" not in url,
        timeout=PATIENCE_MS,
    )
    settled(page)
    at, was = urlsplit(page.url), urlsplit(path)
    assert (
        at.path,
        parse_qs(was.query).items() <= parse_qs(at.query).items(),
    ) == (
        was.path,
        True,
    ), page.url
    expect(
        page.locator(".st-key-sign_in_corner").get_by_text(
            PEOPLE["officer"].name
        )
    ).to_be_visible(timeout=PATIENCE_MS)
    assert "clearlink_return" not in {c["name"] for c in context.cookies()}
    context.close()


def test_an_officer_sets_up_a_meeting_and_decides(
    place: Place, visit: Callable[[str], Page]
) -> None:
    page = visit("officer")
    opened(page, f"{place.url}/meetings?lang=en")
    if not page.get_by_label(word("meetings.set_up.chair")).is_visible():
        page.get_by_text(word("meetings.set_up.title"), exact=True).click()
    page.get_by_label(word("meetings.set_up.date")).fill("14/12/2026")
    page.get_by_label(word("meetings.set_up.chair")).fill("Carys")
    page.get_by_label(word("meetings.set_up.quorum")).fill("1")
    page.get_by_label(word("meetings.set_up.members")).fill(
        "Carys; Conwy\nDewi; Gwynedd"
    )
    page.get_by_role(
        "button", name=word("meetings.set_up.save"), exact=True
    ).click()
    page.wait_for_url("**meeting=M-**", timeout=PATIENCE_MS)
    assert any(
        m.held_on == date(2026, 12, 14) and m.place == NORTH
        for m in meetings(place.store, LOCAL)
    )
    meeting_page(page, place, place.frozen, "run")
    acted(
        page,
        lambda: page.get_by_text(
            word("meetings.outcome.confirm"), exact=True
        ).click(),
    )
    page.get_by_label(word("meetings.decide.reason")).fill(REASON)
    page.get_by_role(
        "button", name=word("meetings.decide.save"), exact=True
    ).click()
    expect(page.get_by_test_id("stAlert").get_by_text(REASON)).to_be_visible(
        timeout=PATIENCE_MS
    )
    taken = decisions(place.store, LOCAL, place.frozen.meeting_id)
    assert [
        (d.decided_by, d.decided_role, d.decided_by_subject) for d in taken
    ] == [("Olwen Officer", "officer", "sub-officer@example.org")]


def forged(
    secret: str, origin: str, name: str = "_streamlit_user", lasts_s: int = 3600
) -> str:
    now = int(time.time())
    claims = {
        "sub": "sub-chair@example.org",
        "name": "Carys Chair",
        "email": "chair@example.org",
        "email_verified": True,
        "iat": now,
        "exp": now + lasts_s,
        "is_logged_in": True,
        "provider": "default",
        "origin": origin,
    }
    return str(
        URLSafeTimedSerializer(secret, salt=name).dumps(json.dumps(claims))
    )


def cookie(context: BrowserContext) -> str:
    return next(
        c["value"] for c in context.cookies() if c["name"] == "_streamlit_user"
    )


def flip(text: str, at: int) -> str:
    return text[:at] + ("A" if text[at] != "A" else "B") + text[at + 1 :]


@pytest.fixture
def stranger_context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(
        locale="en-GB", viewport={"width": 1366, "height": 768}
    )
    yield made
    made.close()


@pytest.mark.parametrize(
    "how",
    [
        "another secret",
        "changed content",
        "changed signature",
        "the signature cut off",
        "another cookie's signature",
    ],
)
def test_a_forged_session_gets_nothing(
    place: Place,
    visit: Callable[[str], Page],
    contexts: dict[str, BrowserContext],
    stranger_context: BrowserContext,
    how: str,
) -> None:
    visit("viewer")
    real = cookie(contexts["viewer"])
    # the same signer, fed the right secret, would be let in: only so does a refusal prove anything
    made = {
        "another secret": forged("not the secret of this server", place.url),
        "changed content": flip(real, 12),
        "changed signature": flip(real, len(real) - 9),
        "the signature cut off": real.rpartition(".")[0],
        "another cookie's signature": forged(
            COOKIE_SECRET, place.url, "_streamlit_user_tokens"
        ),
    }[how]
    stranger_context.add_cookies(
        [{"name": "_streamlit_user", "value": made, "url": place.url}]
    )
    page = stranger_context.new_page()
    meeting_page(page, place, place.frozen, "after")
    assert not any(_after(page).values())
    page.goto(f"{place.url}/meetings?lang=en")
    assert not any(_list(page).values())
    expect(
        page.locator(".st-key-sign_in_corner").get_by_role(
            "button", name=word("meetings.sign_in")
        )
    ).to_be_visible(timeout=PATIENCE_MS)


def test_the_forger_of_this_test_would_be_let_in_with_the_servers_secret(
    place: Place, stranger_context: BrowserContext
) -> None:
    stranger_context.add_cookies(
        [
            {
                "name": "_streamlit_user",
                "value": forged(COOKIE_SECRET, place.url),
                "url": place.url,
            }
        ]
    )
    page = opened(stranger_context.new_page(), f"{place.url}/meetings?lang=en")
    expect(
        page.locator(".st-key-sign_in_corner").get_by_text("Carys Chair")
    ).to_be_visible(timeout=PATIENCE_MS)


def test_an_expired_sign_in_is_refused_at_the_act(
    place: Place, stranger_context: BrowserContext
) -> None:
    page = opened(stranger_context.new_page(), f"{place.url}/meetings?lang=en")
    button = page.get_by_role(
        "button", name=word("meetings.after.close"), exact=True
    )
    for lasts_s in SHORT_S:
        stranger_context.add_cookies(
            [
                {
                    "name": "_streamlit_user",
                    "value": forged(COOKIE_SECRET, place.url, lasts_s=lasts_s),
                    "url": place.url,
                }
            ]
        )
        began = time.monotonic()
        meeting_page(page, place, place.frozen, "after")
        if button.is_visible() and time.monotonic() - began < lasts_s:
            break
    else:
        pytest.fail(
            f"the page needed more than {SHORT_S[-1]} s to show its button"
        )
    # the one wait for time itself: until the sign-in has run out for certain
    page.wait_for_timeout(
        1000 * max(0.0, lasts_s + 1 - (time.monotonic() - began))
    )
    button.click()
    expect(
        page.get_by_text(word("meetings.not_found"), exact=True)
    ).to_be_visible(timeout=PATIENCE_MS)
    assert (
        one_meeting(place.store, LOCAL, place.frozen.meeting_id).state
        is MeetingState.FROZEN
    )
    assert has_text(page, word("meetings.not_found")), (
        "the embargo holds again, too"
    )
    expect(
        page.locator(".st-key-sign_in_corner").get_by_role(
            "button", name=word("meetings.sign_in")
        )
    ).to_be_visible()


def test_signed_out_on_one_page_is_signed_out_on_all(
    place: Place, stranger_context: BrowserContext
) -> None:
    page = signed_in(stranger_context, place, "chair")
    meeting_page(page, place, place.frozen, "after")
    button = page.get_by_role(
        "button", name=word("meetings.after.close"), exact=True
    )
    expect(button).to_be_visible(timeout=PATIENCE_MS)
    other = opened(stranger_context.new_page(), f"{place.url}/?lang=en")
    other.locator(".st-key-sign_in_corner").get_by_role("button").first.click()
    other.get_by_role(
        "button", name=word("meetings.sign_out"), exact=True
    ).click()
    expect(
        other.locator(".st-key-sign_in_corner").get_by_role(
            "button", name=word("meetings.sign_in")
        )
    ).to_be_visible(timeout=PATIENCE_MS)
    button.click()
    expect(
        page.get_by_text(word("meetings.not_found"), exact=True)
    ).to_be_visible(timeout=PATIENCE_MS)
    assert (
        one_meeting(place.store, LOCAL, place.frozen.meeting_id).state
        is MeetingState.FROZEN
    )
    assert has_text(page, word("meetings.not_found"))
