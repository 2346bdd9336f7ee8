"""The form by which a steward adds a paper of the council's own to the public record."""

from __future__ import annotations

from typing import Final

import streamlit as st

from clearlink.review.codes import LegalGround
from clearlink.review.roles import Act, Viewer
from clearlink.review.signs_seen import FROM_PAPERS
from clearlink.review.store import review_store
from clearlink.warehouse import reader
from pages.desk.paper_desk import SHOWN, NewPaper, publish_paper, wrong_with_paper
from pages.frame.choices import theme_names
from pages.frame.frame import plain
from pages.frame.speech import Speech
from pages.meeting.meeting_person import person

_DONE: Final = "paper_published"


def add_paper(say: Speech) -> None:
    """What the paper says of one commissioned project; what was not seen in it stays empty and counts against
    nobody.
    """
    st.subheader(say("assessment.paper.add"))
    viewer = person(say)
    if not viewer.may(Act.LOAD_REGISTER):
        st.info(say("sign_in.desk_for_steward"))
        return
    if st.session_state.pop(_DONE, False):
        st.success(say("assessment.paper.published"))
    st.caption(plain(say("assessment.paper.help")))
    with st.form("add_paper", border=True):
        new = _boxes(say)
        sent = st.form_submit_button(say("assessment.paper.publish"), type="primary")
    if sent:
        _publish(say, viewer, new)


def _boxes(say: Speech) -> NewPaper:
    authorities = {la: say.place(la) for la in reader.members().get(reader.WALES, ())}
    by_name = sorted(authorities, key=authorities.__getitem__)
    themes, programmes = (
        theme_names(say),
        {p: say.of(row) for p, row in reader.programmes().items()},
    )
    title = st.text_input(
        say("assessment.title"),
        max_chars=200,
        key="paper_title",
    )
    left, right = st.columns(2)
    commissioner = left.selectbox(
        say("record.commissioner"),
        by_name,
        None,
        format_func=authorities.__getitem__,
        key="paper_by",
    )
    programme = right.selectbox(
        say("choices.programme"),
        list(programmes),
        None,
        format_func=programmes.__getitem__,
        key="paper_programme",
    )
    provider = left.text_input(
        say("record.provider"),
        max_chars=200,
        key="paper_provider",
    )
    for_whom = right.text_input(
        say("record.for_whom"),
        max_chars=200,
        key="paper_for_whom",
    )
    theme = left.selectbox(
        say("choices.theme"),
        list(themes),
        None,
        format_func=themes.__getitem__,
        key="paper_theme",
    )
    areas = right.multiselect(
        say("assessment.areas"),
        by_name,
        format_func=authorities.__getitem__,
        key="paper_areas",
    )
    days = [
        column.date_input(
            say(f"assessment.paper.{name}"),
            None,
            format="DD/MM/YYYY",
            min_value="2000-01-01",
            key=f"paper_{name}",
        )
        for column, name in zip(
            st.columns(3),
            ("start", "end", "decided"),
            strict=True,
        )
    ]
    left, right = st.columns(2)
    value = left.number_input(
        say("assessment.paper.value"),
        min_value=0.0,
        value=None,
        step=1000.0,
        key="paper_value",
    )
    route = right.text_input(
        say("record.award"),
        max_chars=120,
        key="paper_route",
    )
    evidence = left.selectbox(
        say("assessment.paper.evidence"),
        SHOWN,
        SHOWN.index("not_stated"),
        format_func=lambda e: say(f"standing.paper.evidence.{e}"),
        key="paper_evidence",
    )
    of_need = right.text_input(
        say("assessment.paper.said"),
        max_chars=300,
        key="paper_said",
    )
    cited = left.text_input(
        say("assessment.paper.cited"),
        max_chars=200,
        key="paper_cited",
    )
    page = right.text_input(
        say("assessment.page"),
        max_chars=20,
        key="paper_page",
    )
    signs = left.multiselect(
        say("standing.signs.col.sign"),
        FROM_PAPERS,
        format_func=lambda s: f"{s} {say(f'standing.sign.{s}')}",
        key="paper_signs",
    )
    ground = right.selectbox(
        say("evidence.sign.ground"),
        list(LegalGround),
        format_func=lambda g: say(f"standing.ground.{g}"),
        key="paper_ground",
    )
    url = st.text_input(
        say("assessment.address"),
        max_chars=300,
        key="paper_url",
    )
    start, end, decided = days
    return NewPaper(
        title=title,
        commissioner=authorities.get(commissioner or "", ""),
        programme=programme or "",
        provider=provider,
        for_whom=for_whom,
        theme=theme or "",
        areas=tuple(areas),
        start=start,
        end=end,
        decided_on=decided,
        value_gbp=value,
        route=route,
        evidence=evidence or "not_stated",
        said_of_need=of_need,
        cited_paper=cited,
        page=page,
        url=url,
        signs=tuple(signs),
        legal_ground="" if ground in (None, LegalGround.NONE_GIVEN) else str(ground),
    )


def _publish(say: Speech, viewer: Viewer, new: NewPaper) -> None:
    today = review_store().today()
    wrong = wrong_with_paper(new, today)
    for code in wrong:
        st.error(plain(say(f"assessment.paper.wrong.{code}")))
    if wrong:
        return
    with st.spinner(say("data.desk.publishing")):
        stopped = publish_paper(viewer, new, today)
    if stopped is not None:
        st.error(say(f"data.desk.trouble_{stopped}"))
        return
    st.session_state[_DONE] = True
    st.rerun()
