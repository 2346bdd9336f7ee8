"""What was settled leaves the desk: the settled records as the council's own register takes them back, and
who settled what.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from clearlink.exchange.settled_register import settled_list, settled_register
from clearlink.review.codes import SettledState
from clearlink.review.records import Settled
from pages.frame.frame import plain
from pages.frame.speech import Speech


def take_away(say: Speech, stands: Sequence[Settled]) -> None:
    """Two files, both CSV; nothing to take where nothing was settled."""
    accepted = [s for s in stands if s.state is SettledState.ACCEPTED]
    ids = {s.project_id for s in accepted}
    if not accepted:
        st.info(say("evidence.away.nothing"))
        return
    st.markdown(plain(say("evidence.away.help", n=len(ids))))
    with st.container(horizontal=True):
        st.download_button(
            say("evidence.away.register"),
            data=lambda: settled_register(ids),
            file_name="register-settled.csv",
            mime="text/csv",
            key="download_settled_register",
        )
        st.download_button(
            say("evidence.away.list"),
            data=lambda: settled_list(stands),
            file_name="settled.csv",
            mime="text/csv",
            key="download_settled_list",
        )
