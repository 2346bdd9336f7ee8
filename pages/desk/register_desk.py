"""The steward's desk on screen: upload, confirm the columns, read what the rows would give, take away what to
mend, publish.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any, Final

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from clearlink.review.roles import Act, Viewer
from clearlink.words.problems import name_as_given
from pages.desk.counting import counting
from pages.desk.data_tables import problem_table
from pages.desk.load_desk import ENDINGS, Tried, publish_register, try_register
from pages.desk.mapping_desk import mapping_desk, sheet_choice
from pages.desk.trial_view import trial_view
from pages.frame.frame import plain
from pages.frame.speech import Speech
from pages.frame.state import Box, Kept
from pages.meeting.meeting_person import person
from pages.server.uploads import permit_uploads

_STATE: Final = Kept[dict[str, Any]]("desk")
_ROUND: Final = Kept[int]("desk_round")
_DONE: Final = Kept[str]("desk_published")
_SEVERITIES = ("refused", "warning", "note")


@dataclass(frozen=True, slots=True)
class _Given:
    """A file that somebody gave: its bytes, by whom, and what this visit has read of it."""

    data: bytes
    name: str
    mark: str
    viewer: Viewer
    read_already: dict[str, Any]


def register_desk(say: Speech) -> None:
    """Nothing is kept until it is published, and a refused row never stops the others."""
    st.subheader(say("data.desk.title"))
    viewer = person(say)
    if not viewer.may(Act.LOAD_REGISTER):
        st.info(say("sign_in.desk_for_steward"))
        return
    if done := _DONE.take():
        (st.warning if done == "left_out" else st.success)(
            say(f"data.desk.{done}")
        )
    given = _given(say, viewer)
    if given is None:
        _STATE.forget()
        return
    _read_file(say, given)


def _read_file(say: Speech, given: _Given) -> None:
    """The file's columns to confirm, where it has a form of its own, and the rows that they give."""
    sheet_box = Box[str](f"map_{given.mark}_sheet")
    sheet = sheet_box.value_or("")
    looked = _read(
        say,
        given,
        None,
        "data.desk.reading",
        sheet,
    )
    if looked.trouble or not looked.mapping:
        _rows_read(say, given, looked, None)
        return
    sheet = sheet_choice(say, looked.mapping, sheet_box.key)
    mapping = _mapping(say, given, looked, sheet)
    tried = _rows_under(say, given, looked, mapping) if mapping else None
    if tried is not None:
        _rows_read(say, given, tried, mapping)


def _given(say: Speech, viewer: Viewer) -> _Given | None:
    """The file in the box, None while there is none."""
    # a new box after each publication: the bytes of the last file leave this session with the old one
    box = f"register_upload_{_ROUND.value_or(0)}"
    permit_uploads(viewer, Act.LOAD_REGISTER)
    given: UploadedFile | None = st.file_uploader(
        say("data.desk.choose"),
        type=[ending[1:] for ending in ENDINGS],
        key=box,
        max_upload_size=10,
    )
    if given is None:
        return None
    data = given.getvalue()
    mark = hashlib.sha256(data).hexdigest()[:16]
    return _Given(
        data,
        given.name,
        mark,
        viewer,
        _desk_of(mark),
    )


def _rows_read(
    say: Speech,
    given: _Given,
    tried: Tried,
    mapping: dict[str, Any] | None,
) -> None:
    """What the rows would give, what to mend, and the button that publishes them."""
    if tried.trouble:
        st.error(say(f"data.desk.trouble_{tried.trouble}"))
        return
    trial_view(say, tried)
    if tried.problems:
        worst_first = sorted(
            tried.problems,
            key=lambda p: _SEVERITIES.index(p["severity"]),
        )
        problem_table(say, worst_first, key="desk_problems")
    if tried.to_mend:
        _rows_to_mend(say, tried)
    if tried.accepted:
        _publish(say, given, tried, mapping)


def _rows_to_mend(say: Speech, tried: Tried) -> None:
    is_json = tried.mend_kind == "json"
    st.download_button(
        say("desk.mend_json" if is_json else "data.desk.to_mend"),
        tried.to_mend,
        f"rows-to-mend.{tried.mend_kind}",
        "application/json" if is_json else "text/csv",
        on_click="ignore",
    )


def _desk_of(mark: str) -> dict[str, Any]:
    """What this session knows of the file in the box; the file before it is forgotten."""
    desk = _STATE.value_or({})
    if desk.get("mark") != mark:
        desk = {"mark": mark, "answers": {}, "unmatched": []}
        _STATE.keep(desk)
    return desk


def _read(
    say: Speech,
    given: _Given,
    mapping: dict[str, Any] | None,
    waiting: str,
    sheet: str = "",
) -> Tried:
    """The answer of the child, asked once for each mapping, sheet and language."""
    asked = f"{say.lang}|{sheet}|{json.dumps(mapping, sort_keys=True)}"
    answers: dict[str, Tried] = given.read_already["answers"]
    if asked not in answers:
        with counting(say, say(waiting)):
            answers[asked] = try_register(
                given.data,
                given.name,
                given.viewer,
                mapping,
                say.lang,
                sheet,
            )
            unmatched = given.read_already["unmatched"]
            unmatched += [
                e for e in answers[asked].unmatched if e not in unmatched
            ]
    return answers[asked]


def _mapping(
    say: Speech,
    given: _Given,
    looked: Tried,
    sheet: str,
) -> dict[str, Any] | None:
    """What each column holds as the boxes say it now; None while that is no mapping."""
    shown = looked.mapping or {}
    title = (
        "desk.map.title_remembered"
        if shown["was_remembered"]
        else "desk.map.title"
    )
    with st.container(border=True, key="mapping_desk"):
        st.markdown(f"### {plain(say(title))}")
        return mapping_desk(
            say,
            shown,
            given.read_already["unmatched"],
            f"map_{given.mark}{sheet}",
        )


_CONFIRMED = ("header_hash", "century", "sheet", "fixed", "words")
_CONFIRMED_OF_A_COLUMN = ("index", "header", "column", "confidence", "unit")


def _rows_under(
    say: Speech,
    given: _Given,
    looked: Tried,
    mapping: dict[str, Any],
) -> Tried | None:
    """The rows under the mapping that somebody has confirmed, or None while nobody has: a changed box asks
    anew.
    """
    shown = looked.mapping or {}
    if shown["is_tried"] and mapping == _as_shown(shown):
        return looked
    wanted = json.dumps(mapping, sort_keys=True)
    if given.read_already.get("confirmed") == wanted:
        return _read(say, given, mapping, "desk.trying")
    if st.button(
        say("desk.map.confirm"),
        type="primary",
        key="desk_confirm",
    ):
        given.read_already["confirmed"] = wanted
        _read(say, given, mapping, "desk.trying")
        # drawn anew, so that the words that were not recognised stand with the columns
        st.rerun()
    return None


def _as_shown(shown: dict[str, Any]) -> dict[str, Any]:
    """The mapping that a file was first read under, as the boxes say it where nobody has changed one."""
    columns = [
        {name: column[name] for name in _CONFIRMED_OF_A_COLUMN}
        for column in shown["columns"]
    ]
    return {
        **{name: shown[name] for name in _CONFIRMED},
        "columns": columns,
    }


def _publish(
    say: Speech,
    given: _Given,
    tried: Tried,
    mapping: dict[str, Any] | None,
) -> None:
    """The button that publishes, once it is said of every kept register whether this one replaces it."""
    if any(k["is_same"] for k in tried.kept):
        st.info(say("desk.kept_already"))
        return
    editions = {k["file"]: _edition(say, k, given.mark) for k in tried.kept}
    remember = mapping is not None and st.checkbox(
        say("desk.remember"),
        value=True,
        key=f"remember_{given.mark}",
    )
    if st.button(
        say("data.desk.publish"),
        type="primary",
        key="desk_publish",
        disabled=not all(editions.values()),
    ):
        _publish_now(
            say,
            given,
            mapping,
            remember,
            editions,
        )


def _publish_now(
    say: Speech,
    given: _Given,
    mapping: dict[str, Any] | None,
    remember: bool,
    editions: dict[str, str | None],
) -> None:
    """`editions`: kept register → whether this one replaces it ("yes") or stands beside it."""
    with counting(say, say("data.desk.publishing")):
        stopped = publish_register(
            given.data,
            given.name,
            given.viewer,
            mapping,
            remember=remember,
            replaces=[file for file, way in editions.items() if way == "yes"],
            is_beside="beside" in editions.values(),
        )
        if stopped in (None, "left_out"):
            _begin_anew(stopped or "published")
    if stopped in (None, "left_out"):
        st.rerun()
    st.error(say(f"data.desk.trouble_{stopped}"))


def _begin_anew(done: str) -> None:
    """Empties the desk from the next run on, which says at the top of it what was done."""
    _DONE.keep(done)
    _STATE.forget()
    _ROUND.keep(_ROUND.value_or(0) + 1)


def _edition(
    say: Speech,
    kept: dict[str, Any],
    mark: str,
) -> str | None:
    """Whether this file replaces a kept register of the same commissioner or stands beside it; nothing is
    chosen beforehand.
    """
    facts = {
        "n": kept["repeated"],
        "of": kept["projects"],
        "file": name_as_given(kept["file"]),
    }
    if kept["gone"]:
        st.caption(
            plain(
                say(
                    "desk.replaces_gone",
                    titles="; ".join(kept["gone"]),
                )
            )
        )
    way = st.radio(
        plain(say("desk.replaces", **facts)),
        ["yes", "beside"],
        index=None,
        key=f"replaces_{mark}_{kept['file']}",
        format_func=lambda way: say(f"desk.replaces_{way}"),
    )
    return str(way) if way else None
