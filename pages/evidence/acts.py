"""What every button of the desk does around its write: the answer told in words, the verdict before and
after, the way back.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Final

import streamlit as st

from clearlink.report.standing_words import answer_lines
from clearlink.review.codes import SettledState
from clearlink.review.readings import withdraw_reading, withdraw_readings
from clearlink.review.records import PaperReading, Settled, SignSeen
from clearlink.review.roles import Act, Viewer
from clearlink.review.settled import withdraw, withdraw_batch
from clearlink.review.signs_seen import withdraw_sign
from clearlink.review.store import Store
from clearlink.rules.codes import Basis
from clearlink.warehouse import reader
from etl.settling import settle_now
from pages.frame.frame import SETTLED_HERE, plain
from pages.frame.speech import Speech
from pages.frame.state import Kept
from pages.frame.visit.list_page import list_page
from pages.meeting.meeting_place import tell, writing

Standing = Settled | PaperReading | SignSeen
# what an act wrote, as it is taken back: one thing, several, or a batch by its id
Written = Settled | PaperReading | SignSeen | list[PaperReading] | str
_LAST: Final = Kept[Written]("evidence_last")


def act(
    say: Speech,
    store: Store,
    project_id: str,
    what: str,
    write: Callable[[], Written],
) -> bool:
    """Writes, lets it act, and tells what came of it. `what`: the sentence of what was done. Answers whether
    it was written.
    """
    before = _verdict(project_id)
    done = False
    with writing(say):
        _LAST.keep(write())
        done = True
    if done:
        SETTLED_HERE.keep(True)
        settle_now(store, whole=False)
        tell(
            "success",
            plain(what),
            plain(_came_of_it(say, project_id, before)),
        )
    return done


def take_back(
    say: Speech,
    store: Store,
    viewer: Viewer,
) -> None:
    """A button for the last act of this visit, where there is one."""
    last = _LAST.value_or_none()
    if last is None or not st.button(
        say("evidence.take_back"),
        key="evidence_take_back",
        shortcut="u",
    ):
        return
    with writing(say):
        left = _take(store, viewer, last)
        _LAST.forget()
        _tell_taken(say, last, left)
    st.rerun()


def _tell_taken(
    say: Speech,
    last: Written,
    left: int,
) -> None:
    """That it was taken back; or how much of it, where somebody has changed the rest since."""
    if not left or not isinstance(last, list):
        tell("success", say("evidence.taken_back"))
        return
    taken = say(
        "evidence.taken_but_left",
        taken=say.number(len(last) - left),
        left=say.number(left),
    )
    tell("warning", plain(taken))


def take_back_any(
    say: Speech,
    store: Store,
    viewer: Viewer,
    stands: Sequence[Standing],
) -> None:
    """What stands on the records that this person may settle, whoever settled it and when, and a button that
    takes the chosen one back.
    """
    mine = _takeable(viewer, stands)
    if not mine:
        return
    st.subheader(say("evidence.any.title"))
    mine = mine[
        list_page(
            say,
            "evidence_any",
            len(mine),
        )
    ]
    names = {_id(s): _line(say, s) for s in mine}
    picked = st.selectbox(
        say("evidence.any.choose"),
        list(names),
        format_func=names.__getitem__,
        key="evidence_any",
        index=None,
    )
    taken = next(
        (s for s in mine if _id(s) == picked),
        None,
    )
    is_asked = st.button(
        say("evidence.any.take"),
        key="evidence_take_any",
        disabled=taken is None,
    )
    if is_asked and taken:
        with writing(say):
            _take(store, viewer, taken)
            SETTLED_HERE.keep(True)
            tell("success", say("evidence.taken_back"))
        st.rerun()


def _takeable(viewer: Viewer, stands: Sequence[Standing]) -> list[Standing]:
    """What this person may take back, the latest first."""
    owners = reader.project_owners()
    return [
        s
        for s in reversed(stands)
        if _may_take(
            viewer,
            s,
            owners.get(s.project_id, ()),
        )
    ]


def _may_take(
    viewer: Viewer,
    standing: Standing,
    owners: Collection[str],
) -> bool:
    places = (standing.place, standing.la_code, *owners)
    return any(
        place and viewer.may(Act.SETTLE_EVIDENCE, place) for place in places
    )


def _id(standing: Standing) -> str:
    if isinstance(standing, Settled):
        return standing.settled_id
    if isinstance(standing, PaperReading):
        return standing.reading_id
    return standing.sign_id


def _line(say: Speech, standing: Standing) -> str:
    """'IDVA services in Gwent · Theme · Ann Owen, 27 November 2026'."""
    project = reader.project(standing.project_id)
    title = project["title"] if project else standing.project_id
    what = _what(say, standing)
    if isinstance(standing, Settled):
        by = standing.settled_by
        day = standing.settled_on
    elif isinstance(standing, PaperReading):
        by = standing.read_by
        day = standing.read_on
    else:
        by = standing.seen_by
        day = standing.seen_on
    return f"{title} · {what} · {by}, {say.date(day)}"


def _what(say: Speech, standing: Standing) -> str:
    if isinstance(standing, PaperReading):
        return say("evidence.any.reading")
    if isinstance(standing, SignSeen):
        return say("evidence.any.sign")
    field = say(f"evidence.field.{standing.field}")
    if standing.state is SettledState.REJECTED:
        return say("evidence.any.rejected", what=field)
    return field


def _take(
    store: Store,
    viewer: Viewer,
    last: Written,
) -> int:
    """Takes it back; how much of it was left, because somebody has changed it since."""
    owners = reader.project_owners()
    if isinstance(last, list):
        taken = withdraw_readings(
            store,
            viewer,
            last,
            owners,
        )
        return len(last) - len(taken)
    if isinstance(last, str):
        withdraw_batch(
            store,
            viewer,
            last,
            owners,
        )
        return 0
    _take_one(
        store,
        viewer,
        last,
        owners.get(last.project_id, ()),
    )
    return 0


def _take_one(
    store: Store,
    viewer: Viewer,
    last: Standing,
    of_record: Collection[str],
) -> None:
    if isinstance(last, Settled):
        withdraw(
            store,
            viewer,
            last,
            of_record,
        )
    elif isinstance(last, PaperReading):
        withdraw_reading(
            store,
            viewer,
            last,
            of_record,
        )
    else:
        withdraw_sign(
            store,
            viewer,
            last,
            of_record,
        )


def _verdict(project_id: str) -> str | None:
    row = reader.project_verdicts(project_id).get(Basis.AT_DECISION)
    return None if row is None else str(row["verdict"])


def _came_of_it(
    say: Speech,
    project_id: str,
    before: str | None,
) -> str:
    """The verdict before and after; where it stays, what would move it."""
    after = _verdict(project_id)
    told = {
        "before": _named(say, before),
        "after": _named(say, after),
    }
    if after != before:
        return say("evidence.came_of_it", **told)
    row = reader.project_verdicts(project_id).get(Basis.AT_DECISION)
    why = "" if row is None else " ".join(answer_lines(say, row))
    return say("evidence.verdict_stays", **told, why=why).strip()


def _named(say: Speech, verdict: str | None) -> str:
    return say.verdict(verdict) if verdict else "—"
