"""After the meeting: minutes, actions, what changed since, and what can be carried away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from clearlink.report.evidence import item_facts
from clearlink.report.minutes_text import (
    minutes_document,
    public_summary,
    spoken,
    standard,
)
from clearlink.report.pack import PackFile, pack_files
from clearlink.report.page_foot import footer, notice
from clearlink.report.pdf import pdf_bytes
from clearlink.report.word import docx_bytes
from clearlink.review.agenda import evidence, interests, items, withheld_items
from clearlink.review.bundle import audit_bundle
from clearlink.review.changes import Change, changes_since
from clearlink.review.codes import ActionState, MeetingState, Subject
from clearlink.review.decisions import decisions, latest, secondings
from clearlink.review.follow import actions
from clearlink.review.meetings import early_start, members
from clearlink.review.minutes import Passage, passages, reword, wordings
from clearlink.review.records import Decision, Item, Meeting
from clearlink.review.roles import Act, Viewer
from clearlink.review.store import Store
from clearlink.warehouse import reader
from clearlink.warehouse.records import ALL_RECORDS
from clearlink.words import numbers
from pages.frame.choices import (
    current_choices,
    records_box,
    select,
    year_options,
)
from pages.frame.frame import finding, plain
from pages.frame.speech import Speech
from pages.frame.state import Kept
from pages.meeting.meeting_actions import action_tracker
from pages.meeting.meeting_day import close_form
from pages.meeting.meeting_place import writing
from pages.meeting.meeting_words import voice

PARTS = ("minutes", "actions", "changed", "carry")


def after(
    say: Speech,
    store: Store,
    viewer: Viewer,
    meeting: Meeting,
) -> None:
    """What came of a meeting."""
    listed = items(store, viewer, meeting.meeting_id)
    taken = decisions(store, viewer, meeting.meeting_id)
    todo = actions(store, viewer, meeting_id=meeting.meeting_id)
    finding(
        say(
            "meetings.finding_after",
            decided=len(latest(taken)),
            n=len(listed),
            open=sum(a.state is ActionState.OPEN for a in todo),
        )
    )
    if left_out := withheld_items(store, viewer, meeting.meeting_id):
        st.caption(plain(say("meetings.after.withheld", n=left_out)))
    drafted = _drafted_minutes(store, viewer, meeting, listed, taken)
    minutes, tracker, changed, carry = st.tabs(
        [say(f"meetings.after.{p}") for p in PARTS]
    )
    with minutes:
        _minutes(say, store, viewer, meeting, drafted)
    with tracker:
        if todo:
            action_tracker(say, store, viewer, todo)
        else:
            st.info(say("meetings.after.no_actions"))
    with changed:
        _changed(say, store, viewer, listed)
    with carry:
        _carry(say, store, viewer, meeting, drafted)
    if meeting.state is MeetingState.FROZEN and viewer.may(
        Act.CLOSE_MEETING, meeting.place
    ):
        close_form(
            say,
            store,
            viewer,
            meeting,
            listed,
            latest(taken),
        )


def _drafted_minutes(
    store: Store,
    viewer: Viewer,
    meeting: Meeting,
    listed: list[Item],
    taken: list[Decision],
) -> list[Passage]:
    """The passages of the minutes, in order, before anybody words them."""
    return passages(
        meeting,
        members(store, viewer, meeting.meeting_id),
        listed,
        taken,
        secondings(store, viewer, meeting.meeting_id),
        interests(store, viewer, meeting.meeting_id),
        early_start(store, viewer, meeting.meeting_id),
    )


def _minutes(
    say: Speech,
    store: Store,
    viewer: Viewer,
    meeting: Meeting,
    drafted: list[Passage],
) -> None:
    speak, kept = (
        voice(say),
        wordings(
            store,
            viewer,
            meeting.meeting_id,
            say.lang,
        ),
    )
    for passage in drafted:
        text = spoken(speak, passage, kept)
        st.markdown(
            f"**{plain(text)}**" if passage.key == "item" else plain(text)
        )
        if passage.decision_id and passage.key.startswith("decided"):
            st.caption(
                plain(
                    say(
                        "meetings.after.trace",
                        decision=passage.decision_id,
                        snapshot=passage.snapshot_id or "—",
                    )
                )
            )
    if viewer.may(Act.WORD_MINUTES, meeting.place):
        with st.expander(say("meetings.after.reword")):
            _reword_form(say, store, viewer, meeting, drafted, kept)


def _reword_form(
    say: Speech,
    store: Store,
    viewer: Viewer,
    meeting: Meeting,
    drafted: list[Passage],
    kept: Mapping[str, tuple[str, int]],
) -> None:
    """One passage of the minutes in words of one's own. `kept`: wordings by passage, with their versions."""
    speak = voice(say)
    st.caption(say("meetings.after.reword_lead"))
    at = st.selectbox(
        say("meetings.after.passage"),
        range(len(drafted)),
        format_func=lambda n: spoken(
            speak,
            drafted[n],
            kept,
        )[:90],
        key="reword_passage",
    )
    passage = drafted[at]
    text, version = kept.get(
        passage.name,
        (standard(speak, passage), None),
    )
    new = st.text_area(
        say("meetings.after.wording"),
        value=text,
        key=f"reword_{passage.name}_{say.lang}_{version}",
        height=90,
    )
    if st.button(
        say("meetings.after.save_wording"),
        key="reword_save",
    ):
        with writing(say):
            reword(
                store,
                viewer,
                meeting,
                passage,
                say.lang,
                standard(speak, passage),
                new,
                version,
            )
        st.rerun()


def _changed(
    say: Speech,
    store: Store,
    viewer: Viewer,
    listed: list[Item],
) -> None:
    is_changed = False
    for item in listed:
        if item.subject is not Subject.PROJECT or item.evidence_id is None:
            continue
        for change in changes_since(
            evidence(store, viewer, item),
            item_facts(item) or None,
        ):
            is_changed = True
            st.markdown("- " + plain(_change(say, item, change)))
    if not is_changed:
        st.success(say("meetings.after.unchanged"))


def _change(
    say: Speech,
    item: Item,
    change: Change,
) -> str:
    def said(value: Any) -> str:
        if value is None:
            return "—"
        if change.name in ("verdict", "today"):
            return say(f"verdict.{value}.name")
        if change.name == "reason":
            return say(f"verdict.reason.{value}")
        if change.name == "annual_value_gbp":
            return numbers.gbp(value)
        return (
            voice(say).date(value) if change.name == "end_date" else str(value)
        )

    if change.name == "gone":
        return say(
            "meetings.change.gone",
            title=item.titles[say.lang],
        )
    return say(
        f"meetings.change.{change.name}",
        title=item.titles[say.lang],
        before=said(change.before),
        now=said(change.now),
    )


def _carry(
    say: Speech,
    store: Store,
    viewer: Viewer,
    meeting: Meeting,
    drafted: list[Passage],
) -> None:
    _minutes_files(say, store, viewer, meeting, drafted)
    pack_button(say, store, viewer, meeting)
    if viewer.may(Act.READ_AUDIT, meeting.place):
        _audit_files(say, store, viewer, meeting)


def _minutes_files(
    say: Speech,
    store: Store,
    viewer: Viewer,
    meeting: Meeting,
    drafted: list[Passage],
) -> None:
    """The minutes and the public summary, made when their button is pressed."""
    day = meeting.held_on.isoformat()

    def minutes() -> Any:
        return _minutes_as_worded(say, store, viewer, meeting, drafted)

    with st.container(horizontal=True):
        name = f"{say('pack.file_minutes')}-{day}"
        st.download_button(
            say("meetings.after.minutes_pdf"),
            data=lambda: pdf_bytes(
                minutes(),
                store.clock(),
            ),
            file_name=f"{name}.pdf",
            mime="application/pdf",
            on_click="ignore",
            key="minutes_pdf",
        )
        st.download_button(
            say("meetings.after.minutes_docx"),
            data=lambda: docx_bytes(
                minutes(),
                store.clock(),
            ),
            file_name=f"{name}.docx",
            on_click="ignore",
            key="minutes_docx",
        )
        st.download_button(
            say("meetings.after.summary_pdf"),
            data=lambda: _summary_pdf(say, store, viewer, meeting),
            file_name=f"{say('pack.file_summary')}-{day}.pdf",
            mime="application/pdf",
            on_click="ignore",
            key="summary_pdf",
        )


def _minutes_as_worded(
    say: Speech,
    store: Store,
    viewer: Viewer,
    meeting: Meeting,
    drafted: list[Passage],
) -> Any:
    speak = voice(say)
    return minutes_document(
        speak,
        meeting,
        drafted,
        wordings(
            store,
            viewer,
            meeting.meeting_id,
            say.lang,
        ),
        footer(speak, meeting),
        notice(speak),
        store.head(),
    )


def _summary_pdf(
    say: Speech,
    store: Store,
    viewer: Viewer,
    meeting: Meeting,
) -> bytes:
    speak = voice(say)
    document = public_summary(
        speak,
        meeting,
        items(store, viewer, meeting.meeting_id),
        decisions(store, viewer, meeting.meeting_id),
        actions(store, viewer, meeting_id=meeting.meeting_id),
        footer(speak, meeting),
        notice(speak),
    )
    return pdf_bytes(document, store.clock())


def _audit_files(
    say: Speech,
    store: Store,
    viewer: Viewer,
    meeting: Meeting,
) -> None:
    """The audit bundle, and whether the chain of the records is whole."""
    st.download_button(
        say("meetings.after.bundle"),
        data=lambda: audit_bundle(store, viewer, meeting.meeting_id),
        file_name=f"clear-link-{meeting.meeting_id}.zip",
        mime="application/zip",
        on_click="ignore",
        key="bundle",
    )
    check = store.check()
    if check.is_intact:
        st.caption(say("meetings.after.chain_intact", n=check.lines))
        return
    faults = ", ".join(f"{kind} {where}" for kind, where in check.faults[:8])
    st.error(plain(say("meetings.after.chain_broken", faults=faults)))


def _make_pack(
    say: Speech,
    store: Store,
    viewer: Viewer,
    meeting: Meeting,
) -> list[PackFile]:
    """The files of the pack; a bar shows how far they are."""
    bar = st.progress(0.0)

    def show_progress(n: int, of: int) -> None:
        bar.progress(
            n / of,
            text=say("meetings.after.pack_progress", n=n, of=of),
        )

    files = pack_files(
        meeting.place,
        meeting.held_on,
        meeting,
        (say.lang,),
        show_progress,
        store=store,
        viewer=viewer,
    )
    bar.empty()
    return files


def pack_button(
    say: Speech,
    store: Store,
    viewer: Viewer,
    meeting: Meeting,
) -> None:
    """Makes the pack with progress, then offers its files."""
    chosen = current_choices()
    year, records = chosen.year, chosen.records or ALL_RECORDS
    pack = Kept[list[PackFile]](
        f"pack_{meeting.meeting_id}_{say.lang}_{year}_{records}"
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        select(
            say,
            "year",
            year_options(say),
            help=say("choices.year_help"),
        )
        records_box(say, records)
        is_asked = st.button(
            say("meetings.after.pack"),
            key=f"make_{pack.key}",
        )
    if is_asked:
        with reader.money_of(year), reader.records_of(records):
            pack.keep(_make_pack(say, store, viewer, meeting))
    with st.container(horizontal=True):
        for file in pack.value_or([]):
            st.download_button(
                say("meetings.after.pack_download", name=file.name),
                data=file.content,
                file_name=file.name,
                on_click="ignore",
                key=f"download_{file.name}",
            )
