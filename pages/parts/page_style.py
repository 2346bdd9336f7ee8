"""The few rules of style that the theme's settings cannot say, and the language of the document (WCAG 3.1.1).

Streamlit always writes `<html lang="en">`; a screen reader would then read Welsh with English sounds. One component of
ours sets the language and carries these rules; nothing of a page's data goes through it.
"""

from __future__ import annotations

import streamlit as st

from pages.parts.language import Language
from pages.parts.turns import turn_of

_apply = st.components.v2.component(
    "clearlink.page_style",
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
    div:has(> .st-key-sign_in_corner){position:fixed;top:.85rem;right:6.25rem;z-index:1000000;width:auto}
    .st-key-sign_in_corner button{min-height:1.75rem;padding:.1rem .4rem}
    .st-key-sign_in_corner button p{max-width:9rem;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
    div:has(> .st-key-page_style){position:absolute;width:0;height:0;overflow:hidden}
    .st-key-sample_banner{background:#fdf6dc;border-left:4px solid #a86400;padding:.4rem .75rem}
    .st-key-sample_banner [data-testid=stMarkdownContainer]{margin:0 !important}
    .st-key-sample_banner p{color:#4a3a10;margin:0 !important;font-size:.8125rem;line-height:1.4}
    [data-testid=stPageLink] a{white-space:normal;padding-left:0;text-decoration:underline;color:#2b4c7e;min-height:24px}
    [data-testid=stPageLink] a p,[data-testid=stPageLink] a span{white-space:normal;overflow:visible;text-overflow:clip;color:#2b4c7e}
    [data-testid=stPageLink] a p{line-height:1.35}
    [class*=st-key-counter_] [data-testid=stMarkdown] p{font-size:.875rem;line-height:1.35}
    [data-testid=stCaptionContainer]{opacity:1 !important}
    [data-testid=stCaptionContainer] p{color:#4d5761}
    [data-testid=stMainBlockContainer]{max-width:1440px;padding-left:2rem;padding-right:2rem}
    .st-key-choices_row{gap:.5rem;position:relative}
    .st-key-choices_row input{font-size:.875rem;text-overflow:ellipsis}
    @media (min-width:641px){.st-key-choices_row > .st-key-clear_choices{position:absolute;right:0;top:-3.25rem}}
    @media (max-width:640px){
      [data-testid=stMainBlockContainer]{padding-left:1rem;padding-right:1rem}
      .st-key-choices_row > .stElementContainer{flex:1 1 calc(50% - .5rem) !important;min-width:0 !important}
      .st-key-choices_row > .stElementContainer > div{width:100% !important}
      .st-key-sample_banner p{font-size:.75rem;line-height:1.3}
      [data-testid=stHorizontalBlock]:has([class*=st-key-counter_]) > [data-testid=stColumn]{flex:1 1 calc(50% - 1rem);min-width:calc(50% - 1rem)}
    }
    """,
    isolate_styles=False,
)


def style_page(language: Language) -> None:
    """Sets the document's language to "en" or "cy" and the style of the page."""
    with st.container(key="page_style"):
        _apply(data={"lang": language, "turn": turn_of("page_style", language)}, key="page_style_component")
