"""Tabs of which a link can open one: the open tab stands in the URL by its id, and only the open one is
drawn.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import streamlit as st
from streamlit.elements.lib.mutable_tab_container import TabContainer

from pages.frame.language import address_is_whole
from pages.frame.state import Box

_NAME: Final = "tab"


def url_tabs(
    labels: Mapping[str, str],
    key: str,
    first: str | None = None,
) -> dict[str, TabContainer]:
    """Tab id → its container. `labels` are id → words; `first` is open where neither the URL nor the person
    says otherwise.
    """
    names = list(labels)
    box = Box[str](key)
    opening = first or names[0]
    asked = st.query_params.get(_NAME)
    if asked is not None and asked in labels:
        box.keep(labels[asked])
    elif asked is None and box.is_held() and address_is_whole():
        box.keep(labels[opening])

    def changed() -> None:
        opened = next(
            (name for name in names if labels[name] == box.value()),
            opening,
        )
        if opened != opening:
            st.query_params[_NAME] = opened
        elif _NAME in st.query_params:
            del st.query_params[_NAME]

    tabs = st.tabs(
        list(labels.values()),
        key=key,
        on_change=changed,
        default=labels[opening],
    )
    return dict(zip(names, tabs, strict=True))
