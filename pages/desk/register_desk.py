"""The steward's desk on screen: upload, confirm the columns, read what the rows would give, take away what to
mend, publish.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from clearlink.review.roles import Act, Viewer
from pages.desk.data_tables import problem_table
from pages.desk.load_desk import ENDINGS, Tried, publish_register, try_register
from pages.desk.mapping_desk import mapping_desk, sheet_choice
from pages.desk.trial_view import trial_view
from pages.frame.frame import plain
from pages.frame.speech import Speech
from pages.meeting.meeting_person import person
from pages.server.uploads import permit_uploads

_STATE = "desk"
_ROUND = "desk_round"
_DONE = "desk_published"
_SEVERITIES = ("refused", "warning", "note")


def register_desk(say: Speech) -> None:
    """Nothing is kept until it is published, and a refused row never stops the others."""
    st.subheader(say("data.desk.title"))
    viewer = person(say)
    if not viewer.may(Act.LOAD_REGISTER):
        st.info(say("sign_in.desk_for_steward"))
        return
    if done := st.session_state.pop(_DONE, None):
        (st.warning if done == "left_out" else st.success)(say(f"data.desk.{done}"))
    # a new box after each publication: the bytes of the last file leave this session with the old one
    box = f"register_upload_{st.session_state.get(_ROUND, 0)}"
    permit_uploads(viewer, Act.LOAD_REGISTER)
    given = st.file_uploader(
        say("data.desk.choose"),
        type=[ending[1:] for ending in ENDINGS],
        key=box,
        max_upload_size=10,
    )
    if given is None:
        st.session_state.pop(_STATE, None)
        return
    data = given.getvalue()
    mark = hashlib.sha256(data).hexdigest()[:16]
    desk = _desk_of(mark)
    box = f"map_{mark}_sheet"
    sheet = str(st.session_state.get(box, ""))
    looked = _read(
        say,
        desk,
        data,
        given,
        viewer,
        None,
        "data.desk.reading",
        sheet,
    )
    if looked.trouble:
        st.error(say(f"data.desk.trouble_{looked.trouble}"))
        return
    mapping: dict[str, Any] | None = None
    tried: Tried | None = looked
    if looked.mapping:
        sheet = sheet_choice(say, looked.mapping, box)
        mapping = _mapping(
            say,
            desk,
            looked,
            f"{mark}{sheet}",
        )
        tried = (
            _rows_under(
                say,
                desk,
                data,
                given,
                viewer,
                looked,
                mapping,
            )
            if mapping
            else None
        )
    if not tried:
        return
    if tried.trouble:
        st.error(say(f"data.desk.trouble_{tried.trouble}"))
        return
    trial_view(say, tried)
    if tried.problems:
        problem_table(
            say,
            sorted(tried.problems, key=lambda p: _SEVERITIES.index(p["severity"])),
            key="desk_problems",
        )
    if tried.to_mend:
        is_json = tried.mend_kind == "json"
        st.download_button(
            say("desk.mend_json" if is_json else "data.desk.to_mend"),
            tried.to_mend,
            f"rows-to-mend.{tried.mend_kind}",
            "application/json" if is_json else "text/csv",
            on_click="ignore",
        )
    if tried.accepted:
        _publish(
            say,
            data,
            given,
            viewer,
            tried,
            mapping,
            mark,
        )


def _desk_of(mark: str) -> dict[str, Any]:
    """What this session knows of the file in the box; the file before it is forgotten."""
    desk: dict[str, Any] = st.session_state.get(_STATE, {})
    if desk.get("mark") != mark:
        desk = {"mark": mark, "answers": {}, "unmatched": []}
        st.session_state[_STATE] = desk
    return desk


def _read(
    say: Speech,
    desk: dict[str, Any],
    data: bytes,
    given: UploadedFile,
    viewer: Viewer,
    mapping: dict[str, Any] | None,
    waiting: str,
    sheet: str = "",
) -> Tried:
    """The answer of the child, asked once for each mapping, sheet and language."""
    asked = f"{say.lang}|{sheet}|{json.dumps(mapping, sort_keys=True)}"
    answers: dict[str, Tried] = desk["answers"]
    if asked not in answers:
        with st.spinner(say(waiting)):
            answers[asked] = try_register(
                data,
                given.name,
                viewer,
                mapping,
                say.lang,
                sheet,
            )
        desk["unmatched"] += [
            each for each in answers[asked].unmatched if each not in desk["unmatched"]
        ]
    return answers[asked]


def _mapping(
    say: Speech,
    desk: dict[str, Any],
    looked: Tried,
    mark: str,
) -> dict[str, Any] | None:
    shown = looked.mapping or {}
    key = f"map_{mark}"
    title = "desk.map.title_remembered" if shown["was_remembered"] else "desk.map.title"
    with st.container(border=True, key="mapping_desk"):
        st.markdown(f"### {plain(say(title))}")
        return mapping_desk(
            say,
            shown,
            desk["unmatched"],
            key,
        )


def _rows_under(
    say: Speech,
    desk: dict[str, Any],
    data: bytes,
    given: UploadedFile,
    viewer: Viewer,
    looked: Tried,
    mapping: dict[str, Any],
) -> Tried | None:
    """The rows under the mapping that somebody has confirmed, or None while nobody has: a changed box asks
    anew.
    """
    shown = looked.mapping or {}
    as_shown = {
        **{
            name: shown[name]
            for name in ("header_hash", "century", "sheet", "fixed", "words")
        },
        "columns": [
            {n: c[n] for n in ("index", "header", "column", "confidence", "unit")}
            for c in shown["columns"]
        ],
    }
    if shown["is_tried"] and mapping == as_shown:
        return looked
    wanted = json.dumps(mapping, sort_keys=True)
    if desk.get("confirmed") != wanted and st.button(
        say("desk.map.confirm"),
        type="primary",
        key="desk_confirm",
    ):
        desk["confirmed"] = wanted
        _read(
            say,
            desk,
            data,
            given,
            viewer,
            mapping,
            "desk.trying",
        )
        # drawn anew, so that the words that were not recognised stand with the columns
        st.rerun()
    if desk.get("confirmed") != wanted:
        return None
    return _read(
        say,
        desk,
        data,
        given,
        viewer,
        mapping,
        "desk.trying",
    )


def _publish(
    say: Speech,
    data: bytes,
    given: UploadedFile,
    viewer: Viewer,
    tried: Tried,
    mapping: dict[str, Any] | None,
    mark: str,
) -> None:
    if any(k["is_same"] for k in tried.kept):
        st.info(say("desk.kept_already"))
        return
    editions = [_edition(say, each, mark) for each in tried.kept]
    remember = mapping is not None and st.checkbox(
        say("desk.remember"),
        value=True,
        key=f"remember_{mark}",
    )
    is_said = all(editions)
    if not st.button(
        say("data.desk.publish"),
        type="primary",
        key="desk_publish",
        disabled=not is_said,
    ):
        return
    replaces = [
        k["file"] for k, way in zip(tried.kept, editions, strict=True) if way == "yes"
    ]
    with st.spinner(say("data.desk.publishing")):
        stopped = publish_register(
            data,
            given.name,
            viewer,
            mapping,
            remember=remember,
            replaces=replaces,
            is_beside="beside" in editions,
        )
    if stopped not in (None, "left_out"):
        st.error(say(f"data.desk.trouble_{stopped}"))
        return
    st.session_state.pop(_STATE, None)
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    st.session_state[_DONE] = stopped or "published"
    st.rerun()


def _edition(say: Speech, kept: dict[str, Any], mark: str) -> str | None:
    """Whether this file replaces a kept register of the same commissioner or stands beside it; nothing is
    chosen beforehand.
    """
    facts = {
        "n": kept["repeated"],
        "of": kept["projects"],
        "file": kept["file"].partition("-")[2],
    }
    if kept["gone"]:
        st.caption(plain(say("desk.replaces_gone", titles="; ".join(kept["gone"]))))
    way = st.radio(
        plain(say("desk.replaces", **facts)),
        ["yes", "beside"],
        index=None,
        key=f"replaces_{mark}_{kept['file']}",
        format_func=lambda way: say(f"desk.replaces_{way}"),
    )
    return str(way) if way else None
