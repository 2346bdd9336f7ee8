"""A meeting prepared, run and followed on the pages themselves, in both languages, over the sample."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from clearlink import words
from clearlink.report.evidence import provider_of
from clearlink.review.agenda import items
from clearlink.review.codes import ActionState, MeetingState, Outcome
from clearlink.review.decisions import decisions, latest
from clearlink.review.exceptions import exceptions
from clearlink.review.follow import actions
from clearlink.review.meetings import meetings, members, record_presence
from clearlink.review.roles import Act, local_viewer
from clearlink.review.statements import recorded_statements
from clearlink.review.store import Store, review_store
from tests.entrances import entrance
from tests.patience import PATIENCE_S

LOCAL = local_viewer("Olwen Officer")


@pytest.fixture
def store(
    sample_copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Store]:
    monkeypatch.setenv("CLEARLINK_DATA", str(sample_copy))
    monkeypatch.setenv(
        "CLEARLINK_REVIEW_URL", f"sqlite:///{tmp_path / 'review.sqlite'}"
    )
    store = review_store()
    # the day of the meetings set up here has come
    store.clock = lambda: datetime(2026, 12, 7, 10, tzinfo=UTC)
    yield store
    shutil.rmtree(tmp_path, ignore_errors=True)


def page(
    name: str, lang: str, who: str = "Olwen Officer", **query: str
) -> AppTest:
    app = AppTest.from_file(str(entrance(name)), default_timeout=PATIENCE_S)
    app.query_params["lang"] = lang
    for key, value in query.items():
        app.query_params[key] = value
    # as the browser keeps it (response_headers.py); a session of a test has no cookies
    app.session_state["meeting_local_name"] = who
    return ran(app.run())


def ran(app: AppTest) -> AppTest:
    assert not app.exception, [e.value for e in app.exception]
    return app


def text_of(app: AppTest) -> str:
    return "\n".join(
        str(e.value)
        for kind in (
            app.markdown,
            app.caption,
            app.error,
            app.warning,
            app.success,
            app.info,
        )
        for e in kind
    )


def a_meeting_on_the_page(lang: str) -> AppTest:
    app = page("meetings", lang)
    app.text_input(key="meeting_local_name_box").set_value("Olwen Officer")
    app.text_input(key="set_up_date").set_value("07/12/2026")
    app.text_input(key="set_up_chair").set_value("Carys")
    app.number_input(key="set_up_quorum").set_value(2)
    app.text_area(key="set_up_members").set_value(
        "Carys; Conwy\nDewi; Gwynedd\nEleri; Wrexham Council (in-house)\n"
        "Ffion; Iechyd Cyhoeddus; ymgynghorydd"
    )
    return ran(app.button(key="set_up_save").click().run())


@pytest.mark.parametrize("lang", ["en", "cy"])
def test_a_meeting_from_preparing_to_closing(store: Store, lang: str) -> None:
    app = a_meeting_on_the_page(lang)
    meeting = meetings(store, LOCAL)[0]
    assert (meeting.held_on, meeting.quorum, meeting.state) == (
        date(2026, 12, 7),
        2,
        MeetingState.PREPARING,
    )
    listed = items(store, LOCAL, meeting.meeting_id)
    assert len(listed) == 20
    # the second item first, the first one dropped, a matter added
    app = ran(app.button(key=f"up_{listed[1].item_id}").click().run())
    app = ran(app.button(key=f"drop_{listed[0].item_id}").click().run())
    app.text_input(key="add_matter_0").set_value("Winter plan")
    app = ran(app.button(key="add_item").click().run())
    listed = items(store, LOCAL, meeting.meeting_id)
    assert len(listed) == 20 and listed[-1].title == "Winter plan"
    app = ran(app.button(key="freeze").click().run())
    assert meetings(store, LOCAL)[0].state is MeetingState.FROZEN
    app = page("meetings", lang, meeting=meeting.meeting_id, stage="run")
    assert words.say(lang, "meetings.run.item", n=1, of=20) in text_of(app)
    # a shared link may ask how the item stands now: said to be no evidence of the meeting
    build = words.say(lang, "meetings.run.is_now", date="").split(",")[0][:12]
    assert build not in text_of(app)
    now = page(
        "meetings", lang, meeting=meeting.meeting_id, stage="run", as_at="now"
    )
    assert build in text_of(now)
    # nobody is here until somebody says so
    _decide(app, listed[0].item_id, Outcome.STOP, reason="too short")
    assert words.say(lang, "meetings.refused.quorum_lost") in text_of(app)
    assert words.say(lang, "meetings.refused.reason_short") in text_of(app)
    _all_come(app)
    app.text_area(key=f"reason_{listed[0].item_id}_0").set_value(
        "The members heard that nobody uses it."
    )
    app.text_input(key=f"owner_{listed[0].item_id}_0").set_value(
        "Head of service"
    )
    app.text_input(key=f"due_{listed[0].item_id}_0").set_value("31/03/2027")
    app = ran(app.button(key=f"save_{listed[0].item_id}_0").click().run())
    taken = decisions(store, LOCAL, meeting.meeting_id)
    assert [(d.outcome, d.owner, d.decided_by) for d in taken] == [
        (Outcome.STOP, "Head of service", "Olwen Officer")
    ]
    assert words.say(lang, "meetings.decide.replace") in [
        b.label for b in app.button
    ]
    app = ran(app.button(key="next_item").click().run())
    assert words.say(lang, "meetings.run.item", n=2, of=20) in text_of(app)
    app = page("meetings", lang, meeting=meeting.meeting_id, stage="after")
    said = text_of(app).replace("\\", "")
    assert (
        "The members heard that nobody uses it." in said
        and taken[0].decision_id in said
        and taken[0].snapshot_id in said
    )
    assert [a.state for a in actions(store, LOCAL)] == [ActionState.OPEN]
    app = ran(app.button(key="close_meeting").click().run())
    assert words.say(lang, "meetings.refused.undecided_left") in text_of(app)
    assert all(f"{n}. " in text_of(app) for n in range(2, 21))
    app.checkbox(key="leave_undecided").check()
    app = ran(app.button(key="close_meeting").click().run())
    assert meetings(store, LOCAL)[0].state is MeetingState.CLOSED
    assert store.check().is_intact


def _all_come(app: AppTest) -> None:
    for key in [
        box.key for box in app.checkbox if str(box.key).startswith("present_")
    ]:
        ran(app.checkbox(key=key).check().run())


def _decide(app: AppTest, item_id: str, outcome: Outcome, reason: str) -> None:
    app.radio(key=f"outcome_{item_id}_0").set_value(outcome)
    app.text_area(key=f"reason_{item_id}_0").set_value(reason)
    ran(app.run())
    ran(app.button(key=f"save_{item_id}_0").click().run())


@pytest.mark.parametrize("lang", ["en", "cy"])
def test_an_exception_needs_a_second_person_and_lasts_a_year(
    store: Store, lang: str
) -> None:
    a_meeting_on_the_page(lang)
    meeting = meetings(store, LOCAL)[0]
    app = page("meetings", lang, meeting=meeting.meeting_id, stage="prepare")
    ran(app.button(key="freeze").click().run())
    item = next(
        i
        for i in items(store, LOCAL, meeting.meeting_id)
        if i.why.get("verdict") == "NO_LINK_SHOWN" and i.position > 1
    )
    app = page(
        "meetings",
        lang,
        meeting=meeting.meeting_id,
        stage="run",
        item=str(item.position),
    )
    _all_come(app)
    _decide(
        app,
        item.item_id,
        Outcome.EXCEPTION,
        "The refuge cannot name its areas in public.",
    )
    assert words.say(lang, "meetings.refused.second_missing") in text_of(app)
    app.selectbox(key=f"ground_{item.item_id}_0").select_index(0)
    app.text_input(key=f"link_{item.item_id}_0").set_value("Minute 4")
    app.selectbox(key=f"second_{item.item_id}_0").select("Dewi")
    ran(app.run())
    app = ran(app.button(key=f"save_{item.item_id}_0").click().run())
    assert (
        latest(decisions(store, LOCAL, meeting.meeting_id))[
            item.item_id
        ].outcome
        is Outcome.EXCEPTION
    )
    assert exceptions(store, LOCAL, date(2027, 12, 7))[
        item.subject_id
    ].until == date(2027, 12, 7)


@pytest.mark.parametrize("lang", ["en", "cy"])
def test_every_closer_look_opens(store: Store, lang: str) -> None:
    a_meeting_on_the_page(lang)
    meeting = meetings(store, LOCAL)[0]
    ran(
        page("meetings", lang, meeting=meeting.meeting_id)
        .button(key="freeze")
        .click()
        .run()
    )
    for number, item in enumerate(
        items(store, LOCAL, meeting.meeting_id)[:6], 1
    ):
        app = page(
            "meetings",
            lang,
            meeting=meeting.meeting_id,
            stage="run",
            item=str(number),
        )
        if item.subject == "project":
            for closer in ("why", "other", "said", "asked"):
                app.button_group(key=f"closer_{item.item_id}").set_value(closer)
                ran(app.run())
    ran(app.button(key=f"ask_send_{item.subject_id}").click().run())


@pytest.mark.parametrize("lang", ["en", "cy"])
def test_a_statement_is_recorded_and_answered(store: Store, lang: str) -> None:
    app = page("voices", lang, place="RCC_NORTH_WALES")
    app.text_input(key="voice_who_0").set_value("Mam i ddau")
    app.text_area(key="voice_text_0").set_value("Nid oes bws.")
    app = ran(app.button(key="voice_save").click().run())
    said = recorded_statements(store)[0]
    assert (said.text, said.place) == ("Nid oes bws.", "RCC_NORTH_WALES")
    app = ran(
        app.selectbox(key="answer_voice").set_value(said.statement_id).run()
    )
    key = f"{said.statement_id}_{said.version}"
    app.text_input(key=f"answer_text_{key}").set_value("Mae bws eto.")
    app = ran(app.button(key="answer_voice_save").click().run())
    assert "Mae bws eto" in text_of(app).replace("\\", "")


@pytest.mark.parametrize(
    "query",
    [
        {"meeting": "M-nothing"},
        {"meeting": "'; drop table meeting"},
        {"stage": "elsewhere", "item": "-3"},
    ],
)
def test_a_strange_link_is_answered_in_words(
    store: Store, query: dict[str, str]
) -> None:
    app = page("meetings", "en", **query)
    assert ("meeting" in query) is (
        words.say("en", "meetings.not_found") in text_of(app)
    )


def test_a_statement_of_the_build_is_answered_and_the_area_says_so(
    store: Store,
) -> None:
    app = page("voices", "en", place="RCC_NORTH_WALES")
    chosen = str(app.selectbox(key="answer_voice").set_value("ST-001").value)
    app = ran(app.run())
    app.text_input(key=f"answer_text_{chosen}_0").set_value(
        "A bus runs on Tuesdays."
    )
    app = ran(app.button(key="answer_voice_save").click().run())
    assert "A bus runs on Tuesdays" in text_of(app).replace("\\", "")
    assert "A bus runs on Tuesdays" in text_of(
        page("area", "en", area="W06000001")
    ).replace("\\", "")


def test_those_who_asked_check_themselves_against_the_participation_standards(
    store: Store,
) -> None:
    app = page("voices", "cy", place="RCC_NORTH_WALES")
    app = ran(app.button(key="participation_save").click().run())
    assert words.say("cy", "meetings.refused.standards_missing") in text_of(app)
    standards = [r for r in app.radio if str(r.key).startswith("standard_")]
    assert len(standards) == 7
    for box in standards:
        box.set_value(
            box.options[0]
            if box.key.startswith("standard_respect")
            else "partly"
        )
    app = ran(app.button(key="participation_save").click().run())
    told = next(
        f.value
        for f in app.dataframe
        if words.say("cy", "voices.participation.column") in f.value
    )
    assert any(
        "o 7" in cell
        for cell in told[words.say("cy", "voices.participation.column")]
    )
    # an assessment is checked as an engagement is
    asked = [
        r for r in app.radio if str(r.key).startswith("assessment_standard_")
    ]
    assert len(asked) == 7
    for box in asked:
        box.set_value("partly")
    app = ran(app.button(key="participation_save_assessment").click().run())
    assert words.say(
        "cy", "voices.participation.assessment_cell", yes=0, partly=7
    ) in [
        cell
        for f in app.dataframe
        if words.say("cy", "voices.participation.checked_by") in f.value
        for cell in f.value[words.say("cy", "voices.participation.column")]
    ]


@pytest.mark.parametrize("lang", ["en", "cy"])
def test_a_decision_asks_for_a_name_where_it_is_taken_and_keeps_it(
    store: Store, lang: str
) -> None:
    app = a_meeting_on_the_page(lang)
    meeting = meetings(store, LOCAL)[0]
    ran(app.button(key="freeze").click().run())
    with store.writing(LOCAL, Act.RECORD_MEMBERS) as write:
        write.connection.exec_driver_sql("delete from recorder")
    app = page("meetings", lang, "", meeting=meeting.meeting_id, stage="run")
    ran(
        app.checkbox(
            key=next(
                b.key for b in app.checkbox if str(b.key).startswith("present_")
            )
        )
        .check()
        .run()
    )
    assert words.say(lang, "meetings.refused.name_missing") in text_of(app)
    for member in members(store, LOCAL, meeting.meeting_id):
        record_presence(store, LOCAL, meeting, member, True)
    item = items(store, LOCAL, meeting.meeting_id)[0]
    _decide(
        app, item.item_id, Outcome.CONFIRM, "The members heard that it is used."
    )
    assert words.say(lang, "meetings.refused.name_missing") in text_of(app)
    assert (
        app.text_area(key=f"reason_{item.item_id}_0").value
        == "The members heard that it is used."
    )
    ran(app.text_input(key="meeting_local_name_box").set_value("Mair").run())
    ran(app.button(key=f"save_{item.item_id}_0").click().run())
    again = page(
        "meetings", lang, "", meeting=meeting.meeting_id, stage="run", item="2"
    )
    assert words.say(
        lang, "meetings.decide.recorded_as", name="Mair"
    ) in text_of(again).replace("\\", "")
    assert [
        d.decided_by for d in decisions(store, LOCAL, meeting.meeting_id)
    ] == ["Mair"]


@pytest.mark.parametrize("lang", ["en", "cy"])
def test_a_meeting_is_rehearsed_until_its_day_or_the_chairs_reason(
    store: Store, lang: str
) -> None:
    app = a_meeting_on_the_page(lang)
    meeting = meetings(store, LOCAL)[0]
    ran(app.button(key="freeze").click().run())
    store.clock = lambda: datetime(2026, 11, 27, 10, tzinfo=UTC)
    app = page("meetings", lang, meeting=meeting.meeting_id, stage="run")
    item = items(store, LOCAL, meeting.meeting_id)[0]
    rehearsal = words.say(lang, "meetings.day.rehearsal", day="{}").split("{}")[
        0
    ]
    assert rehearsal in text_of(app) and not [
        r for r in app.radio if str(r.key).startswith("outcome_")
    ]
    closing = page("meetings", lang, meeting=meeting.meeting_id, stage="after")
    assert not [b for b in closing.button if b.key == "close_meeting"]
    app.text_area(key=f"early_{meeting.meeting_id}").set_value(
        "The tender closes before the meeting."
    )
    app = ran(app.button(key="decide_early").click().run())
    _all_come(app)
    _decide(
        app, item.item_id, Outcome.CONFIRM, "The members heard that it is used."
    )
    assert len(decisions(store, LOCAL, meeting.meeting_id)) == 1
    after = page("meetings", lang, meeting=meeting.meeting_id, stage="after")
    assert "The tender closes before the meeting." in text_of(after).replace(
        "\\", ""
    )


@pytest.mark.parametrize("lang", ["en", "cy"])
def test_former_committees_are_offered_only_when_asked(
    store: Store, lang: str
) -> None:
    app = page("meetings", lang)
    to_2019 = words.say(lang, "choices.place_RCC", name="").strip()
    assert not [
        o for o in app.selectbox(key="set_up_place").options if to_2019 in o
    ]
    app = ran(app.checkbox(key="set_up_former").check().run())
    assert (
        len(
            [
                o
                for o in app.selectbox(key="set_up_place").options
                if to_2019 in o
            ]
        )
        == 6
    )


@pytest.mark.parametrize("lang", ["en", "cy"])
def test_an_item_shows_where_the_need_is_and_interests_give_no_false_all_clear(
    store: Store, lang: str
) -> None:
    app = page("meetings", lang)
    app.text_input(key="set_up_chair").set_value("Carys")
    app.number_input(key="set_up_quorum").set_value(1)
    app.text_area(key="set_up_members").set_value(
        "Carys; Cyngor Bwrdeistref Sirol Wrecsam\nDewi"
    )
    app = ran(app.button(key="set_up_save").click().run())
    meeting = meetings(store, LOCAL)[0]
    listed = items(store, LOCAL, meeting.meeting_id)
    assert words.say(
        lang, "meetings.interests.organisation_unknown", names="Dewi"
    ) in text_of(app).replace("\\", "")
    assert words.say(lang, "meetings.interests.none_found") not in text_of(app)
    at_wrexham = [
        i for i in listed if "Wrexham Council" in ((provider_of(i))[1] or "")
    ]
    carys = members(store, LOCAL, meeting.meeting_id)[0]
    declared = {
        str(b.key) for b in app.button if str(b.key).startswith("declare_")
    }
    assert (
        at_wrexham
        and {f"declare_{i.item_id}_{carys.member_id}" for i in at_wrexham}
        <= declared
    )
    ran(app.button(key="freeze").click().run())
    number = next(n for n, i in enumerate(listed, 1) if i.subject == "project")
    app = page(
        "meetings",
        lang,
        meeting=meeting.meeting_id,
        stage="run",
        item=str(number),
    )
    (drawn,) = app.get("image")
    assert drawn.proto.imgs[0].alt and drawn.proto.imgs[0].alt in text_of(
        app
    ).replace("\\", "")
