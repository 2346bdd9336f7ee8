"""What is kept of a visit besides the values of its widgets."""

from __future__ import annotations

from typing import Any, Final

import streamlit as st

_KEY: Final = "visit"


def kept() -> dict[str, Any]:
    """One entry of the session's state for all of it: Streamlit goes through every entry at each box that
    it draws.
    """
    if _KEY not in st.session_state:
        st.session_state[_KEY] = {}
    held: dict[str, Any] = st.session_state[_KEY]
    return held
