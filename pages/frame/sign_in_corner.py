"""The corner of every page that says who is here: sign in, sign out, or that this is a tool for one
person.
"""

from __future__ import annotations

import streamlit as st

from clearlink.warehouse.reader import NothingBuilt
from clearlink.words import numbers
from pages.frame.frame import plain
from pages.frame.speech import Speech
from pages.meeting.meeting_person import person, sign_in_is_set_up, sign_out
from pages.server.sign_in_return import sign_in_and_return


def sign_in_corner(say: Speech) -> None:
    """One control: nobody is here, somebody is, or sign-in is not set up."""
    with st.container(key="sign_in_corner", width="content"):
        if not sign_in_is_set_up():
            with st.popover(
                say("sign_in.local"),
                icon=":material/person:",
                type="tertiary",
            ):
                st.markdown(plain(say("sign_in.local_notice")))
            return
        viewer = person(say)
        if not viewer.subject:
            st.button(
                say("meetings.sign_in"),
                on_click=sign_in_and_return,
                key="corner_sign_in",
                type="tertiary",
                icon=":material/login:",
            )
            return
        with st.popover(
            plain(viewer.name[:24]),
            icon=":material/person:",
            type="tertiary",
        ):
            places = numbers.join(
                say.lang,
                [_name(say, p) for p in sorted(viewer.places)],
            ) or say("meetings.no_places")
            st.markdown(
                plain(
                    say(
                        "meetings.signed_in",
                        name=viewer.name,
                        role=say(f"meetings.role.{viewer.role}"),
                        places=places,
                    )
                )
            )
            st.button(
                say("meetings.sign_out"),
                on_click=sign_out,
                args=(viewer,),
                key="corner_sign_out",
            )


def _name(say: Speech, place: str) -> str:
    try:
        return say.place(place)
    except NothingBuilt:
        return place
