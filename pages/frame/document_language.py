"""The language of the document (WCAG 3.1.1).

Streamlit always writes `<html lang="en">`; a screen reader would then read Welsh with English sounds. The index page says it right at
first (first_page.py); a component of ours says it again when the language changes. Nothing of a page's data goes through it.
"""

from __future__ import annotations

import streamlit as st

from pages.frame.language import Language
from pages.frame.turns import turn_of

_apply = st.components.v2.component(
    "clearlink.document_language",
    html="<span></span>",
    js="""let newest = 0;
    export default function({data}) {
      if (data.turn < newest) return;
      newest = data.turn;
      document.documentElement.lang = data.lang;
    }""",
)


def set_document_language(language: Language) -> None:
    """Sets the document's language to "en" or "cy"."""
    with st.container(key="document_language"):
        _apply(
            data={"lang": language, "turn": turn_of("document_language", language)},
            key="document_language_component",
        )
