"""The pages in the order of the navigation, and the words of the frame around them."""

from __future__ import annotations

from typing import Final

from clearlink import words
from clearlink.words import language as known_language

PAGES: Final = (
    "home",
    "my_area",
    "need_map",
    "projects",
    "area",
    "gaps",
    "fairness",
    "programmes",
    "plans",
    "meetings",
    "voices",
    "evidence_desk",
    "data_and_method",
    "indicators",
    "accessibility",
)
# reached from a figure, and by a link
NOT_IN_NAVIGATION: Final = frozenset({"indicators", "accessibility"})
PAGE_TITLES: Final = {
    page: (
        words.say("en", f"shell.page.{page}"),
        words.say("cy", f"shell.page.{page}"),
    )
    for page in PAGES
}


def say(key: str, language: str) -> str:
    """The sentence of that key in "en" or "cy"."""
    return words.say(
        known_language(language),
        "common.app_name" if key == "app_name" else f"shell.{key}",
    )


def page_title(page: str, language: str) -> str:
    """The name of a page (its file's stem) as it stands in the navigation."""
    return words.say(
        known_language(language),
        f"shell.page.{page}",
    )
