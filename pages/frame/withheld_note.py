"""What a list leaves out for the person who reads it, so that nobody takes it for all there is."""

from __future__ import annotations

import streamlit as st

from clearlink.warehouse import reader
from pages.frame.frame import plain
from pages.frame.speech import Speech


def withheld_note(say: Speech, place: str) -> None:
    """Under a list of a place's projects: how many are withheld and their money, as far as that points at
    nobody.
    """
    if reader.scope_now().sees_all:
        return
    counted = reader.withheld(place)
    if counted is None:
        text = say("sign_in.withheld_few")
    elif counted["year_gbp"] is None:
        text = say("sign_in.withheld_no_money", n=counted["projects"])
    else:
        text = say(
            "sign_in.withheld",
            n=counted["projects"],
            money=say.money_in_year(counted["year_gbp"]),
        )
    st.caption(plain(text))
