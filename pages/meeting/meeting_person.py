"""Who is here: the signed-in person with their role, or the one person of an installation without sign-in."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote

import streamlit as st
from streamlit import config
from streamlit.errors import StreamlitSecretNotFoundError

from clearlink.review import sign_ins
from clearlink.review.meetings import keep_recorder, recorder
from clearlink.review.records import Meeting
from clearlink.review.roles import (
    Role,
    Viewer,
    local_viewer,
    viewer_from_claims,
)
from clearlink.review.store import Store
from clearlink.warehouse.one_run import establish_anew, once_a_run
from clearlink.warehouse.reader import Scope, everything
from clearlink.words import numbers
from pages.frame.frame import plain
from pages.frame.speech import Speech
from pages.frame.state import Box, Kept
from pages.meeting.meeting_place import writing
from pages.server.response_headers import NAME_BOX, NAME_COOKIE
from pages.server.sign_in_return import sign_in_and_return

_NAME: Final = Kept[str]("meeting_local_name")
_NAME_BOX: Final = Box[str | None](NAME_BOX)
LONGEST_NAME: Final = 80
WARN_S: Final = 600


def sign_in_is_set_up() -> bool:
    """Whether Streamlit's own sign-in is configured (`[auth]` in its secrets).

    Secrets that are there and cannot be read count as sign-in that lets nobody in: a slip of the pen must not
    open the record. Looked up once in a run: without a file of secrets Streamlit looks for one on the disk
    each time it is asked.
    """
    return once_a_run("sign_in", _is_set_up)


def person(say: Speech) -> Viewer:
    """The viewer every read and write of this run is made as. Asked anew on every run, so that an expired
    sign-in does nothing.
    """
    if not sign_in_is_set_up():
        name = _local_name()
        return local_viewer(
            name or say("meetings.local_user"),
            is_named=bool(name),
        )
    return _signed_in()


def person_of_meeting(
    store: Store,
    viewer: Viewer,
    meeting: Meeting,
) -> Viewer:
    """The person with the name that the meeting keeps, where nobody signs in and a new visit has not given
    one.
    """
    if not viewer.is_local or viewer.is_named:
        return viewer
    name = recorder(store, viewer, meeting.meeting_id)
    return local_viewer(name) if name else viewer


def name_box(
    say: Speech,
    viewer: Viewer,
    store: Store | None = None,
    meeting: Meeting | None = None,
) -> None:
    """Asks for the name that a record is written under, where nobody signs in; with a meeting, the name
    stays with it.
    """
    if not viewer.is_local:
        return

    def keep() -> None:
        _keep_name()
        if (
            store is not None
            and meeting is not None
            and (name := _local_name())
        ):
            with writing(say):
                keep_recorder(
                    store,
                    local_viewer(name),
                    meeting,
                )

    # a widget's own key is dropped when the person leaves the page, so the name is kept beside it
    st.text_input(
        say("meetings.your_name"),
        value=viewer.name if viewer.is_named else "",
        key=NAME_BOX,
        max_chars=LONGEST_NAME,
        on_change=keep,
    )


def scope_here() -> Scope:
    """What the person of this run may read of the warehouse; asked once in a run (pages/__init__.py)."""
    return _signed_in().scope() if sign_in_is_set_up() else everything()


def _signed_in() -> Viewer:
    return once_a_run("viewer", _viewer_of_claims)


def _viewer_of_claims() -> Viewer:
    claims = _claims()
    signed_in_at: Any = claims.get("iat")
    ends_at: Any = claims.get("exp")
    subject = str(claims.get("sub", ""))
    # a sign-in that does not say when it began and when it ends, or says what cannot be, never counts
    if not sign_ins.counts(
        signed_in_at,
        ends_at,
        time.time(),
    ) or not sign_ins.stands(subject, signed_in_at, ends_at):
        return Viewer("", Role.VIEWER)
    held = _held(claims)
    return viewer_from_claims(
        str(claims.get("name") or claims.get("email") or "—"),
        subject,
        str(held.get("role", "")),
        tuple(held.get("places", ())),
        signed_in_at=signed_in_at,
        ends_at=ends_at,
    )


def _claims() -> Mapping[str, Any]:
    return dict(st.user.to_dict()) if st.user.get("is_logged_in") else {}


def _trusted() -> tuple[str, ...]:
    """Which claims name a person to this installation: `trust` under `[identity]` of its secrets, else the
    address alone.
    """
    claims = _secrets("identity").get("trust", ("email",))
    return (
        tuple(str(each) for each in claims)
        if isinstance(claims, (list, tuple))
        else (str(claims),)
    )


def _held(claims: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the installation holds of a person: under an address that the provider has verified, or under
    an id or a group that it is set to trust.
    """
    people = _secrets("people")
    entries = (people.get(name.casefold()) for name in _names(claims) if name)
    return next(
        (each for each in entries if each),
        {},
    )


def _names(claims: Mapping[str, Any]) -> list[str]:
    """The address, id and groups of a person under which the installation may hold them."""
    trusted = _trusted()
    names = []
    # true and nothing else: the text "false" is not empty either
    if "email" in trusted and claims.get("email_verified") is True:
        names.append(str(claims.get("email", "")))
    if "oid" in trusted and claims.get("oid"):
        names.append(f"oid:{claims['oid']}")
    groups = claims.get("groups")
    if "groups" in trusted and isinstance(groups, (list, tuple)):
        names += [f"group:{each}" for each in groups]
    return names


def no_rights_because(say: Speech) -> str | None:
    """Why somebody who is signed in holds no role here, in a sentence; None where they hold one."""
    claims = _claims()
    if not claims or _held(claims):
        return None
    if "email" in _trusted() and claims.get("email_verified") is not True:
        return say(
            "meetings.identity.not_verified"
            if "email_verified" in claims
            else "meetings.identity.not_said"
        )
    return say("meetings.identity.not_listed")


def ends_soon(say: Speech, viewer: Viewer) -> None:
    """Warns in a meeting that the sign-in is about to end, while what was typed can still be saved."""
    left = viewer.ends_at - time.time()
    if not viewer.is_local and viewer.subject and left < WARN_S:
        st.warning(
            say(
                "meetings.identity.ends_soon",
                n=max(
                    1,
                    math.ceil(left / 60),
                ),
            )
        )


def sign_out(viewer: Viewer) -> None:
    """Ends the sign-in here and on every page of this person that is still open; the browser's own part is
    a POST (server/sign_out.py).
    """
    sign_ins.end_sign_in(viewer.subject, viewer.signed_in_at)
    establish_anew()


def person_line(
    say: Speech,
    viewer: Viewer,
    store: Store | None = None,
    meeting: Meeting | None = None,
) -> None:
    """Says who is here and under which rights; without sign-in, says that too and asks for a name."""
    if viewer.is_local:
        left, right = st.columns(
            (3, 1),
            vertical_alignment="bottom",
        )
        left.caption(say("meetings.local_notice"))
        with right:
            name_box(say, viewer, store, meeting)
        return
    left, right = st.columns(
        (3, 1),
        vertical_alignment="center",
    )
    if not viewer.subject:
        left.caption(say("meetings.sign_in_to_work"))
        right.button(
            say("meetings.sign_in"),
            on_click=sign_in_and_return,
            key="meeting_sign_in",
        )
        return
    places = numbers.join(
        say.lang,
        [say.place(p) for p in sorted(viewer.places)],
    ) or say("meetings.no_places")
    left.caption(
        plain(
            say(
                "meetings.signed_in",
                name=viewer.name,
                role=say(f"meetings.role.{viewer.role}"),
                places=places,
            )
        )
    )
    if because := no_rights_because(say):
        left.warning(because)
    right.button(
        say("meetings.sign_out"),
        on_click=sign_out,
        args=(viewer,),
        key="meeting_sign_out",
    )


def _local_name() -> str:
    """The name given in this visit, else the one this browser keeps (response_headers.py)."""
    if not _NAME.is_held():
        in_browser = unquote(st.context.cookies.get(NAME_COOKIE, ""))
        _NAME.keep(in_browser[:LONGEST_NAME])
    return _NAME.value().strip()


def _keep_name() -> None:
    _NAME.keep(_NAME_BOX.value() or "")


def _is_set_up() -> bool:
    try:
        return bool(st.secrets.get("auth"))
    except StreamlitSecretNotFoundError:
        return any(
            Path(path).exists() for path in config.get_option("secrets.files")
        )


def _secrets(section: str) -> Mapping[str, Any]:
    try:
        table = st.secrets.get(section, {})
    except StreamlitSecretNotFoundError:
        return {}
    return {
        str(k).casefold() if section == "people" else str(k): v
        for k, v in dict(table).items()
    }
