"""The form by which a steward adds a paper of the council's own to the public record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import streamlit as st

from clearlink.review.codes import LegalGround
from clearlink.review.roles import Act, Viewer
from clearlink.review.signs_seen import FROM_PAPERS
from clearlink.review.store import review_store
from clearlink.warehouse import reader
from pages.desk.counting import counting
from pages.desk.paper_desk import (
    SHOWN,
    NewPaper,
    publish_paper,
    wrong_with_paper,
)
from pages.frame.choices import theme_names
from pages.frame.frame import plain
from pages.frame.speech import Speech
from pages.frame.state import Kept
from pages.meeting.meeting_person import person

_DONE: Final = Kept[bool]("paper_published")


def add_paper(say: Speech) -> None:
    """What the paper says of one commissioned project; what was not seen in it stays empty and counts against
    nobody.
    """
    st.subheader(say("assessment.paper.add"))
    viewer = person(say)
    if not viewer.may(Act.LOAD_REGISTER):
        st.info(say("sign_in.desk_for_steward"))
        return
    if _DONE.take():
        st.success(say("assessment.paper.published"))
    st.caption(plain(say("assessment.paper.help")))
    with st.form("add_paper", border=True):
        new = _boxes(say)
        sent = st.form_submit_button(
            say("assessment.paper.publish"),
            type="primary",
        )
    if sent:
        _publish(say, viewer, new)


# a line to write in → its label, and the most letters of it
_LINES: Final = {
    "title": ("assessment.title", 200),
    "provider": ("record.provider", 200),
    "for_whom": ("record.for_whom", 200),
    "route": ("record.award", 120),
    "said": ("assessment.paper.said", 300),
    "cited": ("assessment.paper.cited", 200),
    "page": ("assessment.page", 20),
    "url": ("assessment.address", 300),
}


def _authorities(say: Speech) -> dict[str, str]:
    """Code → name of every authority of Wales, by name."""
    names = {la: say.place(la) for la in reader.members().get(reader.WALES, ())}
    return dict(
        sorted(
            names.items(),
            key=lambda each: each[1],
        )
    )


def _boxes(say: Speech) -> NewPaper:
    """What the form holds now, in the order in which a paper tells it."""
    authorities = _authorities(say)
    programmes = {p: say.of(row) for p, row in reader.programmes().items()}
    title = _line(say, st, "title")
    left, right = st.columns(2)
    by = _one_of(left, "by", say("record.commissioner"), authorities)
    named = say("choices.programme")
    programme = _one_of(right, "programme", named, programmes)
    provider = _line(say, left, "provider")
    for_whom = _line(say, right, "for_whom")
    theme = _one_of(
        left,
        "theme",
        say("choices.theme"),
        theme_names(say),
    )
    areas = right.multiselect(
        say("assessment.areas"),
        list(authorities),
        format_func=authorities.__getitem__,
        key="paper_areas",
    )
    start, end, decided = _days(say)
    left, right = st.columns(2)
    return NewPaper(
        title=title,
        commissioner=authorities.get(by, ""),
        programme=programme,
        provider=provider,
        for_whom=for_whom,
        theme=theme,
        areas=tuple(areas),
        start=start,
        end=end,
        decided_on=decided,
        # drawn in this order, to the left and to the right
        value_gbp=_value(say, left),
        route=_line(say, right, "route"),
        evidence=_evidence_shown(say, left),
        said_of_need=_line(say, right, "said"),
        cited_paper=_line(say, left, "cited"),
        page=_line(say, right, "page"),
        signs=_signs(say, left),
        legal_ground=_ground(say, right),
        url=_line(say, st, "url"),
    )


def _line(
    say: Speech,
    at: Any,
    name: str,
) -> str:
    label, most = _LINES[name]
    return str(
        at.text_input(
            say(label),
            max_chars=most,
            key=f"paper_{name}",
        )
    )


def _one_of(
    at: Any,
    name: str,
    label: str,
    names: Mapping[str, str],
) -> str:
    """The one chosen, empty while none is."""
    chosen = at.selectbox(
        label,
        list(names),
        None,
        format_func=names.__getitem__,
        key=f"paper_{name}",
    )
    return chosen or ""


def _days(say: Speech) -> list[date | None]:
    """Start, end and the day of the decision, side by side."""
    names = ("start", "end", "decided")
    return [
        column.date_input(
            say(f"assessment.paper.{name}"),
            None,
            format="DD/MM/YYYY",
            min_value="2000-01-01",
            key=f"paper_{name}",
        )
        for column, name in zip(
            st.columns(3),
            names,
            strict=True,
        )
    ]


def _value(say: Speech, at: Any) -> float | None:
    """Pounds a year; None where the paper names none."""
    value: float | None = at.number_input(
        say("assessment.paper.value"),
        min_value=0.0,
        value=None,
        step=1000.0,
        key="paper_value",
    )
    return value


def _evidence_shown(say: Speech, at: Any) -> str:
    shown = at.selectbox(
        say("assessment.paper.evidence"),
        SHOWN,
        SHOWN.index("not_stated"),
        format_func=lambda e: say(f"standing.paper.evidence.{e}"),
        key="paper_evidence",
    )
    return shown or "not_stated"


def _signs(say: Speech, at: Any) -> tuple[str, ...]:
    chosen = at.multiselect(
        say("standing.signs.col.sign"),
        FROM_PAPERS,
        format_func=lambda s: f"{s} {say(f'standing.sign.{s}')}",
        key="paper_signs",
    )
    return tuple(chosen)


def _ground(say: Speech, at: Any) -> str:
    """The legal ground that the paper gives; empty where it gives none."""
    ground = at.selectbox(
        say("evidence.sign.ground"),
        list(LegalGround),
        format_func=lambda g: say(f"standing.ground.{g}"),
        key="paper_ground",
    )
    return "" if ground in (None, LegalGround.NONE_GIVEN) else str(ground)


def _publish(
    say: Speech,
    viewer: Viewer,
    new: NewPaper,
) -> None:
    today = review_store().today()
    wrong = wrong_with_paper(new, today)
    for code in wrong:
        st.error(plain(say(f"assessment.paper.wrong.{code}")))
    if wrong:
        return
    with counting(say, say("data.desk.publishing")):
        stopped = publish_paper(viewer, new, today)
        if stopped is None:
            _DONE.keep(True)
    if stopped is None:
        st.rerun()
    st.error(say(f"data.desk.trouble_{stopped}"))
