"""Which record should a person settle next, and what does its paper say?"""

from __future__ import annotations

from typing import Final

import streamlit as st

from clearlink.proposals.queue import waiting
from clearlink.review.readings import readings
from clearlink.review.roles import Act
from clearlink.review.settled import settled
from clearlink.review.signs_seen import signs_seen
from clearlink.review.store import review_store
from clearlink.rules.link.open_answers import Settling
from clearlink.warehouse import reader
from pages.evidence.acts import Standing, take_back_any
from pages.evidence.bulk import in_bulk
from pages.evidence.one_record import one_record
from pages.evidence.owners import ask_owners
from pages.evidence.paper_read import paper_read
from pages.evidence.paper_tells import a_figure, a_sign
from pages.evidence.take_away import take_away
from pages.frame.choices import choices_row
from pages.frame.frame import finding, open_page, source_line
from pages.meeting.meeting_person import person, person_line
from pages.meeting.meeting_place import told

KINDS: Final = ("all", "one", "second", "proposed", "paper")

say = open_page("evidence.title", shows_money=False)
chosen = choices_row(say, ("place", "records"))
store, viewer = review_store(), person(say)
if not viewer.may(Act.SETTLE_EVIDENCE):
    st.info(say("evidence.for_whom"))
    person_line(say, viewer)
    source_line(say, say("evidence.source"))
    st.stop()
stands = settled(
    store,
    viewer,
    {r["project_id"] for r in reader.projects()},
)
queue = waiting(viewer, chosen.place, stands)
finding(
    say(
        "evidence.finding",
        n=len(queue),
        place=say.in_place(chosen.place),
        sure=sum(w.settling == Settling(1, True) for w in queue),
        may=sum(w.settling == Settling(1, False) for w in queue),
        proposed=sum(w.proposal is not None for w in queue),
    )
)
person_line(say, viewer)
if not viewer.is_named:
    st.info(say("evidence.name_first"))
told()
one, many, owners, away = st.tabs(
    [say(f"evidence.tab.{name}") for name in ("one", "many", "owners", "away")],
    key="evidence_tabs",
    on_change="rerun",
)
if one.open:
    with one:
        # buttons and no radio: while a box has the focus, the keys of the desk are letters typed into it
        shown = st.segmented_control(
            say("evidence.show"),
            KINDS,
            format_func=lambda s: say(f"evidence.show_{s}"),
            default="all",
            required=True,
            key="evidence_show",
        )
        record = one_record(
            say,
            store,
            viewer,
            [w for w in queue if w.is_for(shown)],
            stands,
        )
        if record is not None and "theme" not in record.missing:
            paper_read(say, store, viewer, record)
        if record is not None:
            # only what is open is drawn: a form costs the browser a dozen messages
            figure, sign = (
                st.expander(
                    say(f"evidence.{name}.title"),
                    key=f"evidence_{name}_open",
                    on_change="rerun",
                )
                for name in ("figure", "sign")
            )
            if figure.open:
                with figure:
                    a_figure(say, store, viewer, record)
            if sign.open:
                with sign:
                    a_sign(say, store, viewer, record)
if many.open:
    with many:
        in_bulk(say, store, viewer, queue)
if owners.open:
    with owners:
        ask_owners(say, store, viewer, queue)
if away.open:
    with away:
        take_away(say, stands)
        ids = {r["project_id"] for r in reader.projects()}
        every: list[Standing] = [*stands]
        every += readings(store, viewer, ids)
        every += signs_seen(store, viewer, ids)
        take_back_any(say, store, viewer, every)
source_line(say, say("evidence.source"))
