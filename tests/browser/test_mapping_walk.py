"""A council's spreadsheet that nobody has seen before, walked in Chromium from the upload to its verdicts,
in Welsh and on a phone.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from clearlink.words import Lang, say
from tests.browser.running import PROJECT, served
from tests.patience import PATIENCE_MS
from tests.spreadsheets import unseen_workbook

pytestmark = pytest.mark.browser
MOST_CLICKS = 6
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture(scope="module")
def url(sample_copy: Path) -> Iterator[str]:
    with pytest.MonkeyPatch.context() as settings:
        settings.setenv("NO_PROXY", "127.0.0.1")
        with served(PROJECT / "app.py", sample_copy) as address:
            yield address


def settled(page: Page) -> None:
    for pause in (300, 300):
        page.wait_for_selector(
            "[data-testid=stApp][data-test-script-state=notRunning]",
            timeout=PATIENCE_MS,
        )
        page.wait_for_timeout(pause)


@pytest.mark.parametrize(
    ("lang", "width", "height"), [("cy", 1366, 768), ("en", 390, 844)]
)
def test_from_upload_to_verdicts_in_a_few_clicks(
    browser: Browser, url: str, lang: Lang, width: int, height: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": height})
    page.goto(f"{url}/data_and_method?lang={lang}")
    settled(page)
    clicks = 0
    page.get_by_role("tab", name=say(lang, "data.tab.register")).click()
    page.locator("input[type=file]").set_input_files(
        {"name": "cofrestr.xlsx", "mimeType": XLSX, "buffer": unseen_workbook()}
    )
    clicks += 2
    confirm = page.get_by_role("button", name=say(lang, "desk.map.confirm"))
    expect(confirm).to_be_visible(timeout=PATIENCE_MS)
    settled(page)
    # somebody changes one column: what the tier is read from is not to be loaded
    page.get_by_role("combobox", name="I · Math").fill(
        say(lang, "desk.map.not_loaded")
    )
    page.keyboard.press("Enter")
    settled(page)
    confirm.click()
    clicks += 3
    expect(
        page.get_by_text(say(lang, "desk.verdicts_title"), exact=True)
    ).to_be_visible(timeout=PATIENCE_MS)
    settled(page)
    expect(
        page.get_by_text(say(lang, "data.desk.report", n=3, refused=1)).first
    ).to_be_visible()
    with page.expect_download() as taken:
        page.get_by_role("button", name=say(lang, "data.desk.to_mend")).click()
    clicks += 1
    assert "Clwb sy’n dod i ben cyn dechrau" in Path(
        taken.value.path()
    ).read_text(encoding="utf-8-sig")
    assert clicks <= MOST_CLICKS
    assert page.evaluate(
        "document.documentElement.scrollWidth <= window.innerWidth"
    ), "nothing is wider than the screen"
    assert page.get_by_test_id("stException").count() == 0
    page.close()
