"""The pages of the navigation, which are the same for everybody: looked for on the disk once for each
language.
"""

from __future__ import annotations

from copy import copy
from functools import lru_cache
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import Page

from pages.frame.language import Language
from pages.frame.shell_words import NOT_IN_NAVIGATION, PAGE_TITLES, page_title


def pages_in(folder: Path, language: Language) -> list[Page]:
    """The pages that are there, the first of them where a visit without an address begins."""
    # which of them is open is written into the page itself, so each run has its own
    return [copy(page) for page in _pages_in(folder, language)]


@lru_cache(maxsize=8)
def _pages_in(folder: Path, language: Language) -> tuple[Page, ...]:
    present = [
        name for name in PAGE_TITLES if (folder / f"{name}.py").is_file()
    ]
    return tuple(
        st.Page(
            folder / f"{name}.py",
            title=page_title(name, language),
            url_path=name,
            default=name == present[0],
            visibility="hidden" if name in NOT_IN_NAVIGATION else "visible",
        )
        for name in present
    )
