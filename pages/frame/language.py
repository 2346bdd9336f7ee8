"""Which language this visit reads, kept in the URL as `lang=en|cy`, and the switch in the corner of every
page.
"""

from __future__ import annotations

import os
from typing import Literal

import streamlit as st
from streamlit.navigation.page import Page

from pages.frame.shell_words import say
from pages.frame.state import kept

Language = Literal["en", "cy"]
LANGUAGES: tuple[Language, ...] = ("en", "cy")
_KEPT = "language"
_WHOLE = "address_is_whole"
_CHANGED = "language_changed"


def _known(word: object) -> Language | None:
    return next(
        (each for each in LANGUAGES if each == word),
        None,
    )


def language_asked(said: str | None, wish: str | None) -> Language:
    """The language of an address and a browser: `lang` of the address, then the browser's wish, then
    `CLEARLINK_LANG`, then English.
    """
    wished: Language | None = (
        "cy"
        if (wish or "").split("-")[0].split(",")[0].strip().lower() == "cy"
        else None
    )
    return (
        _known(said)
        or wished
        or _known(os.environ.get("CLEARLINK_LANG"))
        or "en"
    )


def chosen_language() -> Language:
    """The language of this run: the URL's, else the one kept since the last page, else the first. Never an
    error: an unknown `lang` in the URL is ignored.
    """
    return (
        _known(st.query_params.get("lang"))
        or _known(kept().get(_KEPT))
        or language_asked(None, st.context.locale)
    )


def keep_language(language: Language) -> None:
    """Keeps the language for the visit, and whether the address of this run names one. Called first in a run,
    before anything is written.
    """
    visit = kept()
    visit[_WHOLE] = "lang" in st.query_params
    visit[_CHANGED] = visit.get(_KEPT) != language
    visit[_KEPT] = language


def write_language(language: Language) -> None:
    """Writes the language back to the URL: the top navigation drops the query when it changes page.

    Also on a change: a link to the same page in the other language leaves the browser's address as it was.
    """
    if kept().pop(_CHANGED, False) or st.query_params.get_all("lang") != [
        language
    ]:
        st.query_params["lang"] = language


def address_is_whole() -> bool:
    """Whether the address of this run was written by a page, and so says everything that was chosen: what is
    not in it is at its default.

    Every address that a page writes names a language. Going back or forward, and a link, bring such an
    address; the top navigation brings none, and then what was chosen on the page before still holds.
    """
    return bool(kept().get(_WHOLE, False))


def language_link(page: Page, language: Language) -> None:
    """The same page, with the same choices, in the other language."""
    other: Language = "en" if language == "cy" else "cy"
    choices = [
        (k, v)
        for k in st.query_params
        for v in st.query_params.get_all(k)
        if k != "lang"
    ]
    with st.container(key="language_switch", width="content"):
        st.page_link(
            page,
            label=say("other_language", language),
            help=say("other_language_help", language),
            query_params=[*choices, ("lang", other)],
        )
