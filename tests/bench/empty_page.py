"""The least that Streamlit itself does for a page: as many select boxes as the address asks for, and
nothing else. Not part of the app.
"""

from __future__ import annotations

import streamlit as st

OPTIONS = ("Income", "Housing", "Health")

st.set_page_config(layout="wide")
for number in range(int(st.query_params.get("widgets", "1"))):
    st.selectbox(
        "Theme" if number == 0 else f"Box {number}",
        OPTIONS,
        key=f"box_{number}",
    )
