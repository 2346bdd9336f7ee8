"""Tells the browser, and with it the screen reader, which language the page is in (WCAG 3.1.1).

Streamlit always writes `<html lang="en">`. The same component places the language switch in the top right corner,
beside the navigation, where the person looks for it on every page.
"""

from __future__ import annotations

import streamlit as st

from pages.parts.language import Language
from pages.parts.turns import turn_of

_declare = st.components.v2.component(
    "clearlink.page_language",
    html="<span></span>",
    js="""let newest = 0;
    export default function({data}) {
      if (data.turn < newest) return;
      newest = data.turn;
      document.documentElement.lang = data.lang;
    }""",
    css="""
    div:has(> .st-key-language_switch){position:fixed;top:1.15rem;right:1.25rem;z-index:1000000;width:auto}
    .st-key-language_switch a{min-height:1.75rem;padding:.1rem .6rem;background:none;text-decoration:underline}
    .st-key-language_switch a *{font-weight:400}
    div:has(> .st-key-page_language){position:absolute;width:0;height:0;overflow:hidden}
    """,
    isolate_styles=False,
)


def declare_language(language: Language) -> None:
    """Sets the document's language to "en" or "cy"."""
    with st.container(key="page_language"):
        _declare(data={"lang": language, "turn": turn_of("page_language", language)}, key="page_language_component")
