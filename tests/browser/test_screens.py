"""Every screen of the real app over the embedded sample, in both languages, in a browser that cannot reach
further.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from running import PROJECT, map_settled, served, the_map

from clearlink.words import say, sentences
from tests.framework_scripts import SCRIPTS, said_by_streamlit
from tests.patience import PATIENCE_MS

pytestmark = pytest.mark.browser
SCREENS = {
    "": (
        "Does what we commission follow assessed need?",
        "A yw’r hyn a gomisiynwn yn dilyn angen a aseswyd?",
    ),
    "need_map": ("Where need is, and what reaches it", None),
    "projects": ("Projects and their link to assessed need", None),
    "area": ("One area: its need and what reaches it", None),
    "gaps": (
        "Where need is not met, and where services pile up",
        "Ble nad yw angen yn cael ei ddiwallu, a ble mae gwasanaethau’n pentyrru",
    ),
    "fairness": ("Does the money follow need?", "A yw’r arian yn dilyn angen?"),
    "programmes": (
        "Programmes: each system the letter names, and its own rule",
        None,
    ),
    "plans": (None, "Cynlluniau a’r set gyfan"),
    "meetings": ("Committee meetings", "Cyfarfodydd y pwyllgor"),
    "voices": (
        None,
        "Lleisiau: beth ddywedodd pobl wrthym a beth ddaeth ohono",
    ),
    "my_area": (
        "My area: what is needed, what runs and what came of it",
        "Fy ardal: beth sydd ei angen, beth sydd ar waith a beth ddaeth ohono",
    ),
    "evidence_desk": ("Evidence desk", "Desg dystiolaeth"),
    "data_and_method": ("Data and method", "Data a dull"),
}
WITH_A_MAP = ("", "need_map", "gaps")
READY = "[data-testid=stApp][data-test-script-state=notRunning]"
# Findings in widgets that are Streamlit's own and that we cannot reach; none of them is of our making.
STREAMLIT_OWN = {"aria-prohibited-attr"}


@pytest.fixture(scope="module")
def app_url(sample_copy: Path) -> Iterator[str]:
    with served(PROJECT / "app.py", sample_copy) as url:
        yield url


def opened(
    browser: Browser, address: str, width: int = 1366, height: int = 768
) -> tuple[Page, list[str]]:
    page = browser.new_page(viewport={"width": width, "height": height})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    page.wait_for_selector(READY, timeout=PATIENCE_MS)
    page.wait_for_selector("h1", timeout=PATIENCE_MS)
    return page, asked


def english_of_streamlit(page: Page) -> set[str]:
    """What Streamlit says on this page in its own words, seen or announced; in Cymraeg there should be
    nothing.
    """
    said: list[str] = page.evaluate(
        """() => {
          const ours = '[data-testid=stMarkdownContainer],[data-testid=stIconMaterial],'
            + 'textarea,canvas,script,style,.cl-map';
          const texts = new Set();
          const shown = NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT;
          const walk = document.createTreeWalker(document.body, shown);
          while (walk.nextNode()) {
            const node = walk.currentNode;
            if (node.nodeType === Node.TEXT_NODE) {
              if (!node.parentElement.closest(ours)) texts.add(node.data.trim());
            } else for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'aria-roledescription'])
              texts.add((node.getAttribute(name) ?? '').trim());
          }
          return [...texts].filter(text => /[A-Za-z]{3}/.test(text));
        }"""
    )
    ours = {str(entry["cy"]) for entry in sentences().values()}
    return said_by_streamlit(set(said) - ours, sorted(SCRIPTS.glob("*.js")))


@pytest.mark.parametrize("lang", ["en", "cy"])
@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_opens_in_its_language_asks_nobody_else_and_is_accessible(
    browser: Browser, app_url: str, screen: str, lang: str
) -> None:
    page, asked = opened(browser, f"{app_url}/{screen}?lang={lang}")
    title = SCREENS[screen][lang == "cy"]
    if title:
        # the words that stand before the app does go when it comes
        expect(page.locator("#first-words")).to_have_count(
            0, timeout=PATIENCE_MS
        )
        expect(page.locator("h1")).to_have_text(title)
    if screen in WITH_A_MAP:
        map_settled(page)
    page.wait_for_function(
        "lang => document.documentElement.lang === lang", arg=lang
    )
    assert page.locator("[data-testid=stException]").count() == 0
    if lang == "cy":
        assert english_of_streamlit(page) == set()
    outside = [
        url
        for url in asked
        if not re.match(
            r"(http://127\.0\.0\.1|ws://127\.0\.0\.1|data:|blob:)", url
        )
    ]
    assert outside == []
    assert grave_faults(page) == []
    page.close()


def grave_faults(page: Page) -> list[str]:
    """What axe calls serious or critical on the page, but for what is Streamlit's own."""
    return [
        f"{v['id']}: {v['nodes'][0]['html'][:160]}"
        for v in Axe().run(page).response["violations"]
        if v["impact"] in ("serious", "critical")
        and v["id"] not in STREAMLIT_OWN
    ]


def test_a_citizen_reads_an_area_by_keyboard_at_400_percent(
    browser: Browser, app_url: str
) -> None:
    """1280 by 1024 at 400 % is 320 by 256: in Cymraeg, from the empty page to the button that sends."""
    page, _ = opened(
        browser, f"{app_url}/my_area?lang=cy", width=320, height=256
    )
    tab_until(page, "document.activeElement.matches('input[type=text]')")
    page.keyboard.type("Rhondda Cynon Taf")
    page.keyboard.press("Enter")
    for part in ("needed", "runs", "heard", "decided", "unknown"):
        heading = page.get_by_role(
            "heading", name=say("cy", f"my_area.heading_{part}"), exact=True
        )
        expect(heading).to_be_attached(timeout=PATIENCE_MS)
    page.wait_for_selector(READY, timeout=PATIENCE_MS)
    assert page.evaluate("document.documentElement.scrollWidth") <= 322
    assert page.locator("h1").count() == 1
    assert grave_faults(page) == []
    sends = say("cy", "say_back.send")
    tab_until(page, f"document.activeElement.innerText.trim() === {sends!r}")
    page.close()


def tab_until(page: Page, reached: str) -> None:
    """Presses Tab until the focus is where it is asked for."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate(reached):
            return
    raise AssertionError(f"the keyboard never comes to {reached}")


@pytest.mark.parametrize("lang", ["en", "cy"])
def test_three_clicks_from_home_to_the_reasons_behind_no_link_shown(
    browser: Browser, app_url: str, lang: str
) -> None:
    page, _ = opened(browser, f"{app_url}/?lang={lang}")
    page.locator("[class*=st-key-attention_] a").first.click()
    page.wait_for_selector("[class*=st-key-criterion_3]", timeout=PATIENCE_MS)
    verdict = "No link shown" if lang == "en" else "Dim cysylltiad"
    expect(
        page.locator("[data-testid=stMain] .stMarkdown h2").first
    ).to_contain_text(verdict)
    assert page.locator("[class*=st-key-criterion_]").count() >= 8
    page.close()


def test_the_keyboard_leads_to_the_same_area_as_the_map(
    browser: Browser, app_url: str
) -> None:
    page, _ = opened(
        browser, f"{app_url}/need_map?lang=en&theme=early_years&place=W06000015"
    )
    map_settled(page)
    box = page.get_by_role(
        "combobox", name="Area (the same as a click on the map)"
    )
    box.focus()
    page.keyboard.type("Cardiff 013D")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_selector(".st-key-area_panel h3", timeout=PATIENCE_MS)
    expect(page.locator(".st-key-area_panel h3")).to_have_text("Cardiff 013D")
    assert "area=" in page.url
    page.wait_for_function(
        "() => [...document.querySelectorAll('[data-testid=stBidiComponentIsolated]')].some(h => "
        "h.shadowRoot?.querySelector('.cl-map'))"
    )
    page.close()


def test_the_choices_of_a_link_are_restored_and_survive_a_change_of_language(
    browser: Browser, app_url: str
) -> None:
    page, _ = opened(
        browser,
        f"{app_url}/projects?lang=en&place=RCC_GWENT&verdict=NO_LINK_SHOWN",
    )
    expect(
        page.locator("[data-testid=stMain] .stMarkdown h2").first
    ).to_contain_text("In Gwent")
    page.locator(".st-key-language_switch a").first.click()
    page.wait_for_function("() => document.documentElement.lang === 'cy'")
    page.wait_for_selector(READY)
    expect(
        page.locator("[data-testid=stMain] .stMarkdown h2").first
    ).to_contain_text("Yng Ngwent")
    assert "place=RCC_GWENT" in page.url and "verdict=NO_LINK_SHOWN" in page.url
    page.close()


@pytest.mark.parametrize("view", ["provision", "both"])
def test_the_map_shows_provision_and_need_against_provision_with_their_table(
    browser: Browser, app_url: str, view: str
) -> None:
    page, _ = opened(browser, f"{app_url}/need_map?lang=en&theme=early_years")
    map_settled(page)
    need = page.locator(
        "[data-testid=stMain] .stMarkdown h2"
    ).first.inner_text()
    page.get_by_role(
        "radio",
        name={"provision": "Provision", "both": "Need against provision"}[view],
        exact=True,
    ).click()
    page.wait_for_url(re.compile(f"view={view}"))
    page.wait_for_selector(READY)
    expect(
        page.locator("[data-testid=stMain] .stMarkdown h2").first
    ).not_to_have_text(need)
    map_settled(page)
    page.wait_for_selector("[data-testid=stDataFrame]")
    assert page.locator("[data-testid=stException]").count() == 0
    page.close()


def test_the_table_waits_for_the_map_and_can_be_asked_for_without_one(
    browser: Browser, app_url: str
) -> None:
    context = browser.new_context()
    # a browser in which the map's script never arrives
    context.route("**/assets/need_map-*/map.js", lambda route: route.abort())
    page = context.new_page()
    page.goto(f"{app_url}/need_map?lang=en")
    page.get_by_role("button", name="Show it now").click()
    page.wait_for_selector("[data-testid=stDataFrame]", timeout=PATIENCE_MS)
    context.close()


@pytest.mark.parametrize("screen", [*SCREENS])
def test_a_phone_shows_the_whole_width(
    browser: Browser, app_url: str, screen: str
) -> None:
    page, _ = opened(
        browser, f"{app_url}/{screen}?lang=cy", width=390, height=844
    )
    if screen in WITH_A_MAP:
        map_settled(page)
        assert the_map(page).bounding_box()["width"] <= 390  # type: ignore[index]
    assert page.evaluate("document.documentElement.scrollWidth") <= 392
    page.close()


def test_a_link_from_a_page_to_itself_is_in_the_address_that_people_share(
    browser: Browser, app_url: str
) -> None:
    page, _ = opened(browser, f"{app_url}/area?lang=cy")
    page.get_by_role("link", name="Ynys Môn", exact=True).first.click()
    page.wait_for_url("**area=W06000001**", timeout=PATIENCE_MS)
    shared = page.url
    expect(page.get_by_text("Ynys Môn (W06000001)").first).to_be_visible(
        timeout=PATIENCE_MS
    )
    other, _ = opened(browser, shared)
    expect(other.get_by_text("Ynys Môn (W06000001)").first).to_be_visible(
        timeout=PATIENCE_MS
    )
    assert other.evaluate("document.documentElement.lang") == "cy"


def test_another_project_is_read_from_its_top(
    browser: Browser, app_url: str
) -> None:
    page, _ = opened(
        browser, f"{app_url}/projects?lang=en&project=CWY-2025-013"
    )
    main = "document.querySelector('[data-testid=stMain]')"
    overlap = page.locator("[class*=st-key-open_overlap_] button").first
    expect(overlap).to_be_visible(timeout=PATIENCE_MS)
    page.evaluate(f"{main}.scrollTo(0, 99999)")
    assert page.evaluate(f"{main}.scrollTop") > 300
    title = overlap.inner_text().strip()
    overlap.click()
    expect(
        page.get_by_role("heading", name=title, exact=True)
    ).to_be_in_viewport(timeout=PATIENCE_MS)
    assert "project=CWY-2025-013" not in page.url


def test_what_streamlit_says_as_a_person_works_is_in_cymraeg(
    browser: Browser, app_url: str
) -> None:
    """A search without a match, a table's tools and menu, a name half written, a file of the wrong kind."""
    page, _ = opened(browser, f"{app_url}/projects?lang=cy")
    box = page.locator("[data-testid=stMain] .stSelectbox input").first
    box.click()
    box.press_sequentially("zzzz")
    expect(page.get_by_text("Dim canlyniadau")).to_be_visible()
    assert english_of_streamlit(page) == set()
    page.keyboard.press("Escape")
    table = page.locator("[data-testid=stDataFrame]").first
    table.scroll_into_view_if_needed()
    table.hover()
    for tool in ("Dangos/cuddio colofnau", "Chwilio"):
        expect(page.get_by_role("button", name=tool)).to_be_visible()
        page.get_by_role("button", name=tool).click()
        assert english_of_streamlit(page) == set()
        page.keyboard.press("Escape")
    place = table.locator("canvas").first.bounding_box()
    assert place is not None
    page.mouse.click(place["x"] + 120, place["y"] + 16, button="right")
    assert english_of_streamlit(page) == set()
    page.close()

    page, _ = opened(browser, f"{app_url}/data_and_method?lang=cy&tab=load")
    page.locator("[data-testid=stFileUploader] input").first.set_input_files(
        {
            "name": "llun.png",
            "mimeType": "image/png",
            "buffer": b"not a register",
        }
    )
    expect(page.get_by_text("Ni chaniateir ffeiliau").first).to_be_attached()
    assert english_of_streamlit(page) == set()
    page.locator(".st-key-language_switch a").first.click()
    page.wait_for_function("() => document.documentElement.lang === 'en'")
    expect(page.get_by_text("Skip to main content").first).to_be_attached()
    page.close()
