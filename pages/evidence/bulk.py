"""How good the proposals are, by theme; and, only where more than nine in ten are right, accepting those of a
theme as one act.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from clearlink.proposals.queue import Waiting
from clearlink.proposals.served import Measured, theme_measures
from clearlink.proposals.themes import record_text
from clearlink.review.codes import SettledField, SettledSource
from clearlink.review.roles import Viewer
from clearlink.review.settled import Value, accept_many
from clearlink.review.store import Store
from clearlink.warehouse import reader
from clearlink.words import numbers
from pages.evidence.acts import act, take_back
from pages.evidence.alike import answer_alike
from pages.frame.choices import theme_names
from pages.frame.frame import plain, table
from pages.frame.speech import Speech


def measures(say: Speech, queue: Sequence[Waiting] | None = None) -> None:
    """How often what is proposed is right, by theme, on records whose theme people had set; with a queue, how
    many wait.
    """
    found, names = theme_measures(), theme_names(say)
    st.caption(
        plain(say("evidence.bulk.help", n=found.records, learnt=found.learnt))
    )
    st.markdown(
        plain(
            say(
                "evidence.bulk.reached",
                n=found.proposed_for,
                total=say.number(found.without_theme),
            )
        )
    )
    columns = (
        "theme",
        "asked",
        "precision",
        "coverage",
        *(("waiting",) if queue is not None else ()),
    )
    waits = [w.proposal.theme_id for w in queue or () if w.proposal]
    table(
        [
            {
                "theme": names[t] if t else say("choices.all_themes"),
                "asked": m.asked,
                "precision": _share(m.precision),
                "coverage": _share(m.coverage),
                "waiting": waits.count(t) if t else len(waits),
            }
            for t, m in sorted(
                found.model.items(),
                key=lambda each: each[0] or "",
            )
        ],
        {c: say(f"evidence.bulk.{c}") for c in columns},
        key="evidence_measures",
    )
    if found.held_out:
        st.markdown(plain(_held_out(say, found)))


def _share(of_one: float | None) -> str:
    return "—" if of_one is None else numbers.pct(of_one)


def _held_out(say: Speech, found: Measured) -> str:
    """How often it was right on the records from which nothing was learnt."""
    whole = found.held_out[None]
    return say(
        "evidence.bulk.held_out",
        n=found.read,
        asked=whole.asked,
        answered=whole.answered,
        right=whole.right,
        proposed=whole.proposed,
        precision=numbers.pct(whole.precision or 0.0),
        coverage=numbers.pct(whole.coverage or 0.0),
    )


def in_bulk(
    say: Speech,
    store: Store,
    viewer: Viewer,
    queue: Sequence[Waiting],
) -> None:
    """One answer for the records of one paper; then the measures of what is proposed, and each theme that
    may be accepted at once with the records it would settle.
    """
    take_back(say, store, viewer)
    answer_alike(say, store, viewer, queue)
    st.subheader(say("evidence.bulk.proposed"))
    measures(say, queue)
    measure = theme_measures()
    for theme in filter(None, measure.model):
        held = [w for w in queue if w.proposal and w.proposal.theme_id == theme]
        if held and measure.in_bulk(theme):
            _one_theme(
                say,
                store,
                viewer,
                theme,
                held,
            )


def _one_theme(
    say: Speech,
    store: Store,
    viewer: Viewer,
    theme: str,
    records: Sequence[Waiting],
) -> None:
    name = theme_names(say)[theme]
    st.markdown(f"**{plain(name)}**")
    _to_read(say, theme, records)
    kept = _without_those_left_out(say, theme, records)
    if not st.button(
        say(
            "evidence.bulk.accept",
            n=len(kept),
            theme=name,
        ),
        key=f"evidence_bulk_{theme}",
        disabled=not viewer.is_named or not kept,
    ):
        return
    done = say(
        "evidence.bulk.accepted",
        n=len(kept),
        theme=name,
    )
    act(
        say,
        store,
        kept[0].project_id,
        done,
        lambda: _accepted(store, viewer, kept),
    )
    st.rerun()


def _to_read(
    say: Speech,
    theme: str,
    records: Sequence[Waiting],
) -> None:
    """The records as a person reads them before they accept: their own words, and those that led there."""
    rows = [
        {
            "title": w.row["title"],
            "own": record_text(w.words),
            "sure": numbers.pct(w.proposal.sure),
            "words": ", ".join(w.proposal.words),
        }
        for w in records
        if w.proposal
    ]
    columns = ("title", "own", "sure", "words")
    table(
        rows,
        {c: say(f"evidence.bulk.{c}") for c in columns},
        key=f"evidence_bulk_rows_{theme}",
        height=300,
        config={"own": st.column_config.TextColumn(width="large")},
    )


def _without_those_left_out(
    say: Speech,
    theme: str,
    records: Sequence[Waiting],
) -> list[Waiting]:
    """The records but for those of which the person says that the theme is not theirs; they wait on."""
    titles = {w.project_id: str(w.row["title"]) for w in records}
    out = st.multiselect(
        say("evidence.bulk.leave_out"),
        list(titles),
        format_func=lambda each: titles.get(each, each),
        key=f"evidence_bulk_without_{theme}",
    )
    return [w for w in records if w.project_id not in out]


def _accepted(
    store: Store,
    viewer: Viewer,
    records: Sequence[Waiting],
) -> str:
    """Accepts what is proposed for each as one act; answers the batch."""
    values = [
        (
            reader.record_to_settle(w.project_id),
            Value(
                SettledField.THEME,
                w.proposal.theme_id,
                source=SettledSource.PROPOSAL,
                detail={
                    "words": list(w.proposal.words),
                    "sure": round(w.proposal.sure, 3),
                },
            ),
            None,
        )
        for w in records
        if w.proposal
    ]
    return accept_many(store, viewer, values)[0]
