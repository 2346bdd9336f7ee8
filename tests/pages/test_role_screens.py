"""Every kind of person on every screen, without a browser: what each is offered and what each is told, as the
matrix says.

A sign-in here is the claims that Streamlit would hand over. The sign-in itself, forged and ended ones are
walked in Chromium (tests/browser/test_roles.py); each write of the store by each role stands in
tests/spec/test_review_roles.py.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from clearlink.report.evidence import item_facts
from clearlink.review.agenda import declare_interest, items, propose
from clearlink.review.codes import (
    Field,
    Ground,
    Outcome,
    Stance,
    Subject,
    Terms,
)
from clearlink.review.decisions import Resolution, decide
from clearlink.review.meetings import freeze, members, set_up_meeting
from clearlink.review.records import Meeting
from clearlink.review.requests import ask
from clearlink.review.roles import MATRIX, Act, Role, Viewer
from clearlink.review.statements import record_statement
from clearlink.review.store import Store, review_store
from clearlink.review.triage import Proposal
from clearlink.rules.link.two_questions import is_held
from clearlink.warehouse import reader
from clearlink.words import say
from pages.frame.shell_words import PAGES
from tests.entrances import entrance
from tests.meetings import (
    HELD_ON,
    NORTH,
    NOW,
    OFFICER,
    REASON,
    SEATS,
    a_meeting,
    close_as_it_stands,
    everybody_comes,
)
from tests.patience import PATIENCE_S

GWENT, CONWY = "RCC_GWENT", "W06000003"
# a refuge of the sample, known to its region alone
REFUGE = "RCC_NORTH_WALES-2018-002"


@dataclass(frozen=True)
class Person:
    """What the installation's list says of somebody, and what is true of their sign-in."""

    role: str | None = None
    places: tuple[str, ...] = ()
    is_signed_in: bool = True
    is_verified: bool = True
    lasts_s: float = 3600

    def may(self, act: Act, *places: str) -> bool:
        """What the matrix says, read here a second time. A register is loaded for all places alike."""
        counts = (
            self.is_signed_in
            and self.is_verified
            and self.lasts_s > 0
            and self.role in set(Role)
        )
        return (
            counts
            and act in MATRIX[Role(str(self.role))]
            and (act is Act.LOAD_REGISTER or bool({*places} & {*self.places}))
        )


PEOPLE = {
    "viewer": Person("viewer", (NORTH,)),
    "commissioner": Person("commissioner", (CONWY,)),
    "commissioner of the region": Person("commissioner", (NORTH,)),
    "officer": Person("officer", (NORTH,)),
    "chair": Person("chair", (NORTH,)),
    "steward": Person("steward", (NORTH,)),
    "chair of another region": Person("chair", (GWENT,)),
    "nobody": Person(is_signed_in=False),
    "stranger": Person(),
    "unknown role": Person("administrator", (NORTH,)),
    "unverified": Person("chair", (NORTH,), is_verified=False),
    "run out": Person("chair", (NORTH,), lasts_s=-1),
}
everybody = pytest.mark.parametrize("who", PEOPLE)


@dataclass(frozen=True)
class Committee:
    """Meetings of North Wales in every state, one elsewhere, and a project of Conwy that was asked about."""

    store: Store
    preparing: Meeting
    frozen: Meeting
    closed: Meeting
    elsewhere: Meeting
    project_id: str
    granted_id: str
    granting: Meeting
    refuge: str


@pytest.fixture(scope="module")
def committee(
    sample_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Committee]:
    with pytest.MonkeyPatch.context() as settings:
        settings.setenv("CLEARLINK_DATA", str(sample_data))
        settings.setenv(
            "CLEARLINK_REVIEW_URL",
            f"sqlite:///{tmp_path_factory.mktemp('roles') / 'review.sqlite'}",
        )
        settings.delenv("CLEARLINK_LANG", raising=False)
        store = review_store()
        conwy = next(
            p
            for p in reader.projects(NORTH, verdict="NO_LINK_SHOWN")
            if p["la_code"] == CONWY
        )
        refuge = next(
            p for p in reader.projects(NORTH) if p["project_id"] == REFUGE
        )
        preparing = a_meeting(store)
        propose(store, OFFICER, preparing, [_about(conwy), _about(refuge)])
        first = items(store, OFFICER, preparing.meeting_id)[0]
        declare_interest(
            store,
            OFFICER,
            preparing,
            first,
            members(store, OFFICER, preparing.meeting_id)[0],
            "chair of the trust",
        )
        frozen, closed, elsewhere = (
            _frozen(store, place, conwy, refuge)
            for place in (NORTH, NORTH, GWENT)
        )
        close_as_it_stands(store, closed)
        ask(
            store,
            OFFICER,
            place=NORTH,
            la_code=CONWY,
            project_id=conwy["project_id"],
            field=Field.PRIORITY,
            asked_of="Conwy",
            question="Which assessment names this need?",
        )
        record_statement(
            store,
            OFFICER,
            place=NORTH,
            area_code=CONWY,
            said_on=HELD_ON,
            who="A parent",
            method="letter",
            text="No bus.",
            stance=Stance.SUPPORTS,
        )
        granted = next(
            p
            for p in reader.projects(NORTH, verdict="CANNOT_ASSESS")
            if p["la_code"] == CONWY
        )
        yield Committee(
            store,
            preparing,
            frozen,
            closed,
            elsewhere,
            conwy["project_id"],
            granted["project_id"],
            _granting(store, granted),
            refuge["title"],
        )


def _about(project: reader.Row) -> Proposal:
    return Proposal(
        Subject.PROJECT,
        project["project_id"],
        project["title"],
        "verdict",
        {"verdict": project["verdict"]},
    )


def _frozen(
    store: Store, place: str, conwy: reader.Row, refuge: reader.Row
) -> Meeting:
    """Frozen with two items; the first moved out of No link shown by somebody whom a second person has yet to
    join.
    """
    held = a_meeting(store, place=place)
    propose(store, OFFICER, held, [_about(conwy), _about(refuge)])
    held = freeze(
        store,
        OFFICER,
        held,
        NOW,
        {
            i.item_id: item_facts(i)
            for i in items(store, OFFICER, held.meeting_id)
        },
    )
    first, second = items(store, OFFICER, held.meeting_id)
    by_other = Viewer(
        "Other Officer", Role.OFFICER, frozenset({place}), subject="other"
    )
    decide(
        store,
        by_other,
        first,
        Resolution(
            Outcome.CHANGE,
            REASON,
            owner="Ann",
            due=date(2027, 3, 1),
            finding="PARTIAL",
            ground=Ground.NEW_EVIDENCE,
            evidence_link="Minute 4",
        ),
        after=0,
    )
    decide(
        store,
        OFFICER,
        second,
        Resolution(Outcome.CONFIRM, f"{REASON} {refuge['title']}"),
        after=0,
    )
    return held


def _granting(store: Store, project: reader.Row) -> Meeting:
    """A closed meeting of today that granted the project an exception."""
    held = set_up_meeting(
        store,
        OFFICER,
        place=NORTH,
        held_on=store.today(),
        terms=Terms.RCC,
        chair="Carys Chair",
        quorum=2,
        seats=SEATS,
    )
    everybody_comes(store, held)
    propose(store, OFFICER, held, [_about(project)])
    held = freeze(
        store,
        OFFICER,
        held,
        NOW,
        {
            i.item_id: item_facts(i)
            for i in items(store, OFFICER, held.meeting_id)
        },
    )
    why = Resolution(
        Outcome.EXCEPTION,
        REASON,
        ground=Ground.TRANSITION,
        evidence_link="Minute 4",
    )
    decide(
        store, OFFICER, items(store, OFFICER, held.meeting_id)[0], why, after=0
    )
    return close_as_it_stands(store, held)


def opened(page: str, who: str, **query: str) -> AppTest:
    """A page as this person gets it, sign-in being set up."""
    app = AppTest.from_file(str(entrance(page)), default_timeout=PATIENCE_S)
    person, email = PEOPLE[who], "person@example.org"
    app.secrets["auth"] = {"cookie_secret": "x" * 32}
    app.secrets["people"] = (
        {email: {"role": person.role, "places": list(person.places)}}
        if person.role
        else {}
    )
    now = time.time()
    claims = {
        "sub": f"sub-{who}",
        "name": who,
        "email": email,
        "email_verified": person.is_verified,
        "iat": now - 60,
        "exp": now + person.lasts_s,
        "is_logged_in": True,
    }
    app.user = claims if person.is_signed_in else {"is_logged_in": False}
    for key, value in {"lang": "en", **query}.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception, [e.value for e in app.exception]
    return app


def told(app: AppTest) -> str:
    """Every text of a page: sentences, the cells of its tables, the options of its boxes, the alternatives of
    its pictures.
    """
    said = [
        str(e.value)
        for kind in (
            "title",
            "header",
            "subheader",
            "markdown",
            "caption",
            "info",
            "warning",
            "success",
            "error",
        )
        for e in getattr(app, kind)
    ]
    said += [frame.value.to_csv() for frame in app.dataframe]
    said += [str(option) for box in app.selectbox for option in box.options]
    return "\n".join(said).replace("\\", "")


# what a button, box or file box of the pages is for, by the start of its key; anything that is not listed
# here or below fails the test
FOR: dict[str, Act] = {
    "set_up_save": Act.SET_UP_MEETING,
    "present_": Act.RECORD_MEMBERS,
    "interest_save": Act.DECLARE_INTEREST,
    "take_back_": Act.DECLARE_INTEREST,
    "declare_": Act.DECLARE_INTEREST,
    "up_": Act.ARRANGE_AGENDA,
    "down_": Act.ARRANGE_AGENDA,
    "drop_": Act.ARRANGE_AGENDA,
    "keep_": Act.ARRANGE_AGENDA,
    "add_item": Act.ARRANGE_AGENDA,
    "propose_again": Act.ARRANGE_AGENDA,
    "propose_save": Act.PROPOSE_EXCEPTION,
    "end_save": Act.END_EXCEPTION,
    "freeze": Act.FREEZE_EVIDENCE,
    "save_": Act.DECIDE,
    "agree_": Act.SECOND_A_DECISION,
    "ask_send_": Act.ASK_FOR_EVIDENCE,
    "answer_save_": Act.ANSWER_REQUEST,
    "reword_save": Act.WORD_MINUTES,
    "follow_save": Act.FOLLOW_ACTION,
    "close_meeting": Act.CLOSE_MEETING,
    "bundle": Act.READ_AUDIT,
    "participation_save": Act.CHECK_PARTICIPATION,
    "voice_save": Act.RECORD_STATEMENT,
    "withdraw_for": Act.RECORD_STATEMENT,
    "sent_show_": Act.RECORD_STATEMENT,
    "sent_hide_": Act.RECORD_STATEMENT,
    "answer_voice_save": Act.RESPOND_TO_STATEMENT,
    "register_upload_": Act.LOAD_REGISTER,
    "FormSubmitter:add_assessment": Act.LOAD_REGISTER,
    "FormSubmitter:add_paper": Act.LOAD_REGISTER,
    "evidence_accept": Act.SETTLE_EVIDENCE,
    "evidence_change": Act.SETTLE_EVIDENCE,
    "evidence_reject": Act.SETTLE_EVIDENCE,
    "evidence_silent": Act.SETTLE_EVIDENCE,
    "evidence_confirm": Act.SETTLE_EVIDENCE,
    "evidence_bulk_": Act.SETTLE_EVIDENCE,
    "evidence_cite": Act.SETTLE_EVIDENCE,
    "evidence_alike_settle": Act.SETTLE_EVIDENCE,
    "evidence_figure": Act.SETTLE_EVIDENCE,
    "evidence_sign": Act.SETTLE_EVIDENCE,
    "owner_sent": Act.ASK_FOR_EVIDENCE,
}
WRITES_NOTHING = (
    "all_meetings",
    "open_",
    "previous_item",
    "next_item",
    "evidence_next",
    "evidence_leave",
    "meeting_sign_",
    "corner_sign_",
    "back_to_list",
    "clear_choices",
    "table_now",
    "make_pack_",
    "minutes_",
    "summary_",
    "download_",
    "csv_",
    "xlsx_",
    "fair_if_reset",
    "verdict_if_reset",
    "what_if_reset",
    "brief",
    "area_brief",
    "bundle_file",
    "to_mend",
    # an empty template of a programme's returns
    "template_",
    # what everybody may do without signing in: print their page, send something to be read, take it back by
    # its number
    "my_area_print",
    "FormSubmitter:say_back_form",
    "say_back_withdraw",
)


def offered(app: AppTest) -> set[Act]:
    """The acts that a page offers. A box that is switched off offers nothing."""
    keys = {str(b.key) for b in app.button if b.key}
    keys |= {
        str(box.key)
        for box in app.checkbox
        if str(box.key).startswith("present_") and not box.disabled
    }
    keys |= {
        str(d.key)
        for kind in ("download_button", "file_uploader")
        for d in app.get(kind)
        if getattr(d, "key", None)
    }
    unknown = {
        key for key in keys if not key.startswith((*FOR, *WRITES_NOTHING))
    }
    assert not unknown, (
        f"of these buttons nobody has said who may press them: {unknown}"
    )
    return {
        FOR[max((start for start in FOR if key.startswith(start)), key=len)]
        for key in keys
        if key.startswith(tuple(FOR)) and not key.startswith("bundle_file")
    }


def expected(who: str, acts: set[Act], *places: str) -> set[Act]:
    return {act for act in acts if PEOPLE[who].may(act, *places)}


@everybody
@pytest.mark.parametrize(
    "page",
    [
        p
        for p in PAGES
        if p not in ("meetings", "voices", "evidence_desk", "data_and_method")
    ],
)
def test_a_page_that_is_read_offers_no_act(
    committee: Committee, who: str, page: str
) -> None:
    query = {"area": CONWY} if page in ("area", "my_area") else {}
    app = opened(page, who, place=NORTH, **query)
    assert [t.value for t in app.title]
    assert offered(app) == set()
    if not PEOPLE[who].may(Act.READ_PROTECTED, NORTH):
        assert committee.refuge not in told(app)


@everybody
def test_the_evidence_desk_is_for_those_who_settle(
    committee: Committee, who: str
) -> None:
    app = opened("evidence_desk", who, place=NORTH)
    assert [t.value for t in app.title]
    own = {
        place
        for r in reader.projects(NORTH, verdict="CANNOT_ASSESS")
        for place in reader.project_owners().get(r["project_id"], ())
        if not is_held(r, "theme") or not is_held(r, "priority")
    }
    person = PEOPLE[who]
    if not person.may(Act.SETTLE_EVIDENCE, *person.places):
        assert offered(app) == set()
        assert say("en", "evidence.for_whom") in told(app)
    elif person.may(Act.SETTLE_EVIDENCE, *own):
        assert offered(app) == {Act.SETTLE_EVIDENCE}
    else:  # a record is settled by those who act for its authority or for a region that it lies in
        assert offered(app) == set()
        assert say("en", "evidence.nothing_waits") in told(app)


@everybody
def test_a_protected_project_is_told_to_those_who_act_for_it(
    committee: Committee, who: str
) -> None:
    may = PEOPLE[who].may(Act.READ_PROTECTED, NORTH)
    assert (
        committee.refuge in told(opened("projects", who, place=NORTH))
    ) is may
    record = told(opened("projects", who, project=REFUGE))
    assert (committee.refuge in record) is may


@everybody
def test_the_record_of_a_project(committee: Committee, who: str) -> None:
    """Conwy's project, asked about, with an exception in force; and another of Conwy, with none."""
    person = PEOPLE[who]
    assert offered(
        opened("projects", who, project=committee.project_id)
    ) == expected(
        who, {Act.ASK_FOR_EVIDENCE, Act.PROPOSE_EXCEPTION}, NORTH, CONWY
    )
    granted = opened("projects", who, project=committee.granted_id)
    # an exception belongs to the committee that granted it, not to the authority
    assert offered(granted) == expected(
        who, {Act.ASK_FOR_EVIDENCE}, NORTH, CONWY
    ) | expected(who, {Act.END_EXCEPTION}, NORTH)
    assert say("en", "verdict.EXCEPTION.marked") in told(granted)
    proposed = say("en", "exception.propose_lead")
    assert (
        proposed in told(opened("projects", who, project=committee.project_id))
    ) is person.may(Act.PROPOSE_EXCEPTION, NORTH, CONWY)


@everybody
def test_the_list_of_meetings(committee: Committee, who: str) -> None:
    person, app = PEOPLE[who], opened("meetings", who)
    regions = [p for p in (NORTH, GWENT) if person.may(Act.SET_UP_MEETING, p)]
    # the open actions of the meetings they may see, which are North Wales’s for those who may follow one up
    assert offered(app) == (
        {Act.SET_UP_MEETING} if regions else set()
    ) | expected(who, {Act.FOLLOW_ACTION}, NORTH, GWENT)
    shown = {b.key for b in app.button if str(b.key).startswith("open_")}
    open_to = {
        m.meeting_id
        for m in (committee.preparing, committee.frozen, committee.elsewhere)
        if person.may(Act.READ_EMBARGOED, m.place)
    }
    assert shown == {
        f"open_{m}"
        for m in open_to
        | {committee.closed.meeting_id, committee.granting.meeting_id}
    }


@everybody
def test_a_meeting_that_is_prepared(committee: Committee, who: str) -> None:
    app = opened(
        "meetings", who, meeting=committee.preparing.meeting_id, stage="prepare"
    )
    sees = PEOPLE[who].may(Act.READ_EMBARGOED, NORTH)
    assert (say("en", "meetings.not_found") not in told(app)) is sees
    acts = (
        {
            Act.RECORD_MEMBERS,
            Act.DECLARE_INTEREST,
            Act.ARRANGE_AGENDA,
            Act.FREEZE_EVIDENCE,
        }
        if sees
        else {Act.SET_UP_MEETING, Act.FOLLOW_ACTION}
    )
    assert offered(app) == (
        expected(who, acts, NORTH)
        if sees
        else expected(who, acts, NORTH, GWENT)
    )


@everybody
def test_a_meeting_that_is_run(committee: Committee, who: str) -> None:
    if not PEOPLE[who].may(Act.READ_EMBARGOED, NORTH):
        assert say("en", "meetings.not_found") in told(
            opened(
                "meetings",
                who,
                meeting=committee.frozen.meeting_id,
                stage="run",
            )
        )
        return
    app = opened(
        "meetings", who, meeting=committee.frozen.meeting_id, stage="run"
    )
    assert offered(app) == expected(
        who, {Act.DECIDE, Act.SECOND_A_DECISION, Act.RECORD_MEMBERS}, NORTH
    )
    closer = next(
        g for g in app.get("button_group") if str(g.key).startswith("closer_")
    )
    asked = closer.set_value("asked").run()
    assert not asked.exception
    acts = {
        Act.DECIDE,
        Act.SECOND_A_DECISION,
        Act.RECORD_MEMBERS,
        Act.ASK_FOR_EVIDENCE,
        Act.ANSWER_REQUEST,
    }
    assert offered(asked) == expected(who, acts, NORTH)


@everybody
def test_after_a_meeting(committee: Committee, who: str) -> None:
    frozen = opened(
        "meetings", who, meeting=committee.frozen.meeting_id, stage="after"
    )
    sees = PEOPLE[who].may(Act.READ_EMBARGOED, NORTH)
    assert (say("en", "meetings.not_found") not in told(frozen)) is sees
    acts = {
        Act.WORD_MINUTES,
        Act.FOLLOW_ACTION,
        Act.CLOSE_MEETING,
        Act.READ_AUDIT,
    }
    if sees:
        assert offered(frozen) == expected(who, acts, NORTH)
    # a closed meeting is public, but for what is protected in it
    closed = opened(
        "meetings", who, meeting=committee.closed.meeting_id, stage="after"
    )
    assert say("en", "meetings.not_found") not in told(closed)
    assert offered(closed) == expected(who, acts - {Act.CLOSE_MEETING}, NORTH)
    assert (committee.refuge in told(closed)) is PEOPLE[who].may(
        Act.READ_PROTECTED, NORTH
    )
    elsewhere = told(
        opened(
            "meetings",
            who,
            meeting=committee.elsewhere.meeting_id,
            stage="after",
        )
    )
    assert (say("en", "meetings.not_found") not in elsewhere) is PEOPLE[
        who
    ].may(Act.READ_EMBARGOED, GWENT)


@everybody
@pytest.mark.parametrize("place", [NORTH, CONWY])
def test_voices(committee: Committee, who: str, place: str) -> None:
    app = opened("voices", who, place=place)
    assert "No bus." in told(app), "a statement names nobody and is public"
    # a statement about Conwy is answered and withdrawn by those who act for Conwy, wherever it is read
    acts = {
        Act.RESPOND_TO_STATEMENT,
        Act.CHECK_PARTICIPATION,
        Act.RECORD_STATEMENT,
    }
    assert offered(app) == expected(who, acts, NORTH, CONWY)


@everybody
def test_the_desk(committee: Committee, who: str) -> None:
    app = opened("data_and_method", who)
    assert offered(app) == expected(who, {Act.LOAD_REGISTER})
    assert (say("en", "sign_in.desk_for_steward") in told(app)) is not PEOPLE[
        who
    ].may(Act.LOAD_REGISTER)


@everybody
def test_the_corner_says_who_is_here(committee: Committee, who: str) -> None:
    app, person = opened(PAGES[0], who), PEOPLE[who]
    is_here = person.is_signed_in and person.lasts_s > 0
    assert (
        bool([b for b in app.button if b.key == "corner_sign_out"]) is is_here
    )
    assert (
        bool([b for b in app.button if b.key == "corner_sign_in"])
        is not is_here
    )
