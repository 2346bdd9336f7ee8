"""“Ask the owner”: one letter to one owner for all their records, in both languages, with the day of reply;
and the replies.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import streamlit as st

from clearlink.proposals.queue import Waiting
from clearlink.report.owner_letter import (
    Asked,
    OwnerLetter,
    letter_docx,
    letter_text,
)
from clearlink.review.codes import Field
from clearlink.review.requests import ask_owner, requests
from clearlink.review.roles import Act, Viewer
from clearlink.review.store import Store
from clearlink.warehouse import reader
from clearlink.warehouse.law import law_in_force
from clearlink.words import LANGUAGES
from etl.settling import settle_now
from pages.frame.frame import plain
from pages.frame.speech import Speech
from pages.frame.visit.list_page import list_page
from pages.meeting.meeting_place import tell, writing
from pages.meeting.meeting_requests import one_request

ASKED_FOR = {
    "theme": Field.THEME,
    "place": Field.AREAS,
    "priority": Field.PRIORITY,
}


def ask_owners(
    say: Speech,
    store: Store,
    viewer: Viewer,
    queue: Sequence[Waiting],
) -> None:
    """The owners with what waits for them, the letter, and what they have replied."""
    if not viewer.may(Act.ASK_FOR_EVIDENCE):
        st.info(say("evidence.owner.for_whom"))
        return
    waiting = {
        (r.project_id, r.field)
        for r in requests(store, viewer)
        if r.answer is None
    }
    by_owner: dict[str, list[Waiting]] = {}
    for w in queue:
        if _asked(w, waiting) is not None:
            by_owner.setdefault(
                str(w.row["commissioner"]),
                [],
            ).append(w)
    st.caption(
        plain(say("evidence.owner.help", n=law_in_force().evidence_wait_days))
    )
    if by_owner:
        _letter(
            say,
            store,
            viewer,
            by_owner,
            waiting,
        )
    _replies(say, store, viewer)


def _asked(w: Waiting, waiting: set[tuple[str, Field]]) -> Asked | None:
    """What is still to be asked of a record; None where every question waits for its answer."""
    fields = tuple(
        ASKED_FOR[what]
        for what in w.missing
        if (w.project_id, ASKED_FOR[what]) not in waiting
    )
    return (
        Asked(
            w.project_id,
            w.row["title"],
            fields,
            w.words["url"],
        )
        if fields
        else None
    )


def _letter(
    say: Speech,
    store: Store,
    viewer: Viewer,
    by_owner: dict[str, list[Waiting]],
    waiting: set[tuple[str, Field]],
) -> None:
    owner, records = _whom_to_ask(say, by_owner, waiting)
    if not records:
        return
    today = store.today()
    letter = OwnerLetter(
        owner,
        viewer.name,
        records,
        today,
        today + timedelta(days=law_in_force().evidence_wait_days),
    )
    for lang, column in zip(
        LANGUAGES,
        st.columns(2),
        strict=True,
    ):
        column.text_area(
            say(f"evidence.owner.mail_{lang}"),
            letter_text(lang, letter),
            height=320,
            key=f"owner_mail_{lang}_{owner}_{len(records)}",
        )
    _send_letter(
        say,
        store,
        viewer,
        letter,
    )


def _whom_to_ask(
    say: Speech,
    by_owner: dict[str, list[Waiting]],
    waiting: set[tuple[str, Field]],
) -> tuple[str, list[Asked]]:
    """The owner who is asked, and of which of the records; those who own most stand first."""
    owners = sorted(
        by_owner,
        key=lambda o: (-len(by_owner[o]), o),
    )
    owner = st.selectbox(
        say("evidence.owner.whom"),
        owners,
        format_func=lambda o: say(
            "evidence.owner.option",
            owner=o,
            n=len(by_owner[o]),
        ),
        key="owner_whom",
    )
    theirs = by_owner[owner]
    listed = theirs[
        list_page(
            say,
            f"owner_{owner}",
            len(theirs),
        )
    ]
    titles = {w.project_id: w.row["title"] for w in listed}
    chosen = st.multiselect(
        say("evidence.owner.records"),
        list(titles),
        list(titles),
        format_func=titles.__getitem__,
        key=f"owner_records_{owner}",
    )
    records = [
        a
        for w in listed
        if w.project_id in chosen and (a := _asked(w, waiting))
    ]
    return owner, records


def _send_letter(
    say: Speech,
    store: Store,
    viewer: Viewer,
    letter: OwnerLetter,
) -> None:
    """The letter as a Word file, and the button that records it as sent."""
    with st.container(horizontal=True):
        st.download_button(
            say("evidence.owner.word"),
            data=lambda: letter_docx(
                letter,
                store.clock(),
                say.lang,
            ),
            file_name=f"{say('letter.file')}-{store.today():%Y-%m-%d}.docx",
            key="download_owner_letter",
        )
        if st.button(
            say("evidence.owner.sent"),
            key="owner_sent",
            disabled=not viewer.is_named,
        ):
            _record(
                say,
                store,
                viewer,
                letter,
            )
            st.rerun()


def _record(
    say: Speech,
    store: Store,
    viewer: Viewer,
    letter: OwnerLetter,
) -> None:
    with writing(say):
        asked = ask_owner(
            store,
            viewer,
            records=[
                (reader.record_to_settle(a.project_id), field)
                for a in letter.records
                for field in a.fields
            ],
            asked_of=letter.owner,
            question=say(
                "letter.what",
                n=len(letter.records),
                date=say.date(letter.reply_by),
            ),
        )
        tell(
            "success",
            say(
                "evidence.owner.recorded",
                n=len(asked),
                date=say.date(letter.reply_by),
            ),
        )


def _replies(
    say: Speech,
    store: Store,
    viewer: Viewer,
) -> None:
    """Every question that waits or was answered, by record, with the form for the answer."""
    shown = {r["project_id"]: r["title"] for r in reader.projects()}
    asked = [r for r in requests(store, viewer) if r.project_id in shown]
    if not asked:
        return
    st.subheader(say("evidence.owner.replies"))
    # the ones without an answer first: they are what is to be done
    for request in sorted(
        asked,
        key=lambda r: (
            r.answer is not None,
            r.due_on,
            r.request_id,
        ),
    ):
        st.markdown(f"**{plain(shown[request.project_id])}**")
        one_request(
            say,
            store,
            viewer,
            request,
            store.today(),
        )
    # a reply with document and page takes the place of a paper that two people found silent
    settle_now(store, whole=False)
