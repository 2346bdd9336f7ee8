"""Type large enough to read from the back of the room, and nothing above the item that the room does not need."""

from __future__ import annotations

import streamlit as st

_apply = st.components.v2.component(
    "clearlink.meeting_style",
    html="<span></span>",
    css="""
    .st-key-meeting_item h2{font-size:2.1rem;line-height:1.2;padding:.2rem 0}
    .st-key-meeting_item h3{font-size:1.5rem;line-height:1.25;padding:.2rem 0}
    .st-key-meeting_item [data-testid=stMarkdownContainer] p{font-size:1.15rem}
    .st-key-meeting_item [data-testid=stCaptionContainer] p{font-size:1rem}
    .st-key-meeting_item button p{font-size:1rem !important}
    /* the ways to look closer stand on two lines rather than lose the last one */
    .st-key-meeting_item [data-testid=stButtonGroup] [role=radiogroup],.st-key-meeting_item [data-testid=stButtonGroup] > div{flex-wrap:wrap}
    .st-key-criteria_list{display:none}
    /* eight boxes side by side cannot be read on a phone: there the same results stand one to a line */
    @media (max-width:640px){
      .st-key-criteria_picture [data-testid=stElementContainer]:has([data-testid=stPlotlyChart]){display:none}
      .st-key-criteria_list{display:flex}
      .st-key-meeting_item h2{font-size:1.6rem}
      .st-key-meeting_item h3{font-size:1.25rem}
    }
    div:has(> .st-key-meeting_style){position:absolute;width:0;height:0;overflow:hidden}
    """,
    isolate_styles=False,
)


def large_type() -> None:
    """Sets the style of the item's screen; only what stands in the container `meeting_item` is changed."""
    with st.container(key="meeting_style"):
        _apply(key="meeting_style_component")
