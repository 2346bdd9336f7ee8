"""The evidence desk, from an empty review store to a changed verdict: a theme accepted, changed, rejected; a
paper silent to two readers.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from clearlink import folders
from clearlink.proposals.fields import candidates, field_proposals
from clearlink.proposals.queue import Waiting, waiting
from clearlink.report.standing_words import answer_lines
from clearlink.review.codes import SettledField, SettledSource, SettledState
from clearlink.review.readings import confirm_silent, readings
from clearlink.review.requests import requests
from clearlink.review.roles import local_viewer
from clearlink.review.settled import Value, accept, settled
from clearlink.review.store import review_store
from clearlink.warehouse import reader
from clearlink.warehouse.settled_file import settled_file
from clearlink.words import LANGUAGES, Lang, say
from pages.evidence.alike import SILENT, alike, box_key
from pages.evidence.question import questions
from pages.frame.speech import Speech
from tests.entrances import entrance
from tests.patience import PATIENCE_S

ANN = local_viewer("Ann Owen")


@pytest.fixture
def desk(
    sample_copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[AppTest]:
    monkeypatch.setenv("CLEARLINK_DATA", str(sample_copy))
    monkeypatch.setenv(
        "CLEARLINK_REVIEW_URL", f"sqlite:///{tmp_path / 'review.sqlite'}"
    )
    monkeypatch.delenv("CLEARLINK_LANG", raising=False)
    settled_file(folders.warehouse_file()).unlink(missing_ok=True)
    app = AppTest.from_file(
        str(entrance("evidence_desk")), default_timeout=PATIENCE_S
    )
    app.query_params["lang"] = "en"
    yield app
    settled_file(folders.warehouse_file()).unlink(missing_ok=True)


def named(app: AppTest) -> AppTest:
    app.run()
    app.text_input(key="meeting_local_name_box").set_value("Ann Owen")
    return fine(app.run())


def fine(app: AppTest) -> AppTest:
    assert not app.exception, [e.value for e in app.exception]
    return app


def press(app: AppTest, key: str) -> AppTest:
    return fine(app.button(key=key).click().run())


def queue() -> list[Waiting]:
    store = review_store()
    return waiting(
        ANN,
        reader.WALES,
        settled(store, ANN, {r["project_id"] for r in reader.projects()}),
    )


def come_to(app: AppTest, project_id: str) -> AppTest:
    """Passes over what stands before the record."""
    app.session_state["evidence_passed"] = {
        w.project_id for w in queue() if w.project_id != project_id
    }
    return fine(app.run())


def said(app: AppTest) -> str:
    shown = [*app.success, *app.error, *app.warning, *app.info, *app.markdown]
    return "\n".join(str(e.value) for e in shown).replace("\\", "")


def theme_of(project_id: str) -> list[str]:
    return [t["theme_id"] for t in reader.project_themes(project_id)]


def test_nothing_is_settled_without_a_name(desk: AppTest) -> None:
    fine(desk.run())
    assert say("en", "evidence.name_first") in said(desk)
    proposed = next(w for w in queue() if w.proposal)
    come_to(desk, proposed.project_id)
    assert [
        desk.button(key=f"evidence_{k}").disabled
        for k in ("accept", "change", "reject")
    ] == [True] * 3


def test_the_queue_begins_with_the_most_that_an_answer_would_settle(
    desk: AppTest,
) -> None:
    named(desk)
    found = queue()
    waits = [(w.settling.least, not w.settling.is_sure) for w in found]
    assert waits == sorted(waits) and waits[0] == (1, False)
    assert desk.subheader[0].value.replace("\\", "") == found[0].row["title"]
    press(desk, "evidence_next")
    assert desk.subheader[0].value.replace("\\", "") == found[1].row["title"]


def test_a_proposal_accepted_is_the_records_theme_and_can_be_taken_back(
    desk: AppTest,
) -> None:
    named(desk)
    w = next(w for w in queue() if w.proposal)
    assert w.proposal is not None
    come_to(desk, w.project_id)
    assert theme_of(w.project_id) == []
    press(desk, "evidence_accept")
    assert theme_of(w.project_id) == [w.proposal.theme_id]
    (kept,) = settled(review_store(), ANN, {w.project_id})
    assert (kept.source, kept.settled_by, kept.detail["words"]) == (
        SettledSource.PROPOSAL,
        "Ann Owen",
        list(w.proposal.words),
    )
    press(desk, "evidence_take_back")
    assert theme_of(w.project_id) == []


def test_another_theme_is_the_persons_own_and_a_rejected_one_never_comes_again(
    desk: AppTest,
) -> None:
    named(desk)
    first, second = [w for w in queue() if w.proposal][:2]
    come_to(desk, first.project_id)
    desk.selectbox(key=f"evidence_theme_{first.project_id}").set_value("carers")
    press(desk, "evidence_change")
    assert theme_of(first.project_id) == ["carers"]
    come_to(desk, second.project_id)
    press(desk, "evidence_reject")
    assert theme_of(second.project_id) == []
    states = {
        s.project_id: (s.state, s.source)
        for s in settled(
            review_store(), ANN, {first.project_id, second.project_id}
        )
    }
    assert states == {
        first.project_id: (SettledState.ACCEPTED, SettledSource.PERSON),
        second.project_id: (SettledState.REJECTED, SettledSource.PROPOSAL),
    }
    assert (
        next(w for w in queue() if w.project_id == second.project_id).proposal
        is None
    )


def test_from_an_empty_store_to_a_changed_verdict_by_two_readers(
    desk: AppTest,
) -> None:
    """R006 of the public record: a theme and a whole authority, nothing cited."""
    named(desk)
    come_to(desk, "R006")
    assert (
        reader.project_verdicts("R006")["at_decision"]["verdict"]
        == "CANNOT_ASSESS"
    )
    press(desk, "evidence_silent")
    assert say("en", "meetings.refused.document_missing") in said(desk)
    desk.text_input(key="evidence_document_R006").set_value("Cabinet report 7")
    desk.text_input(key="evidence_url_R006").set_value(
        "https://democracy.bridgend.gov.uk/7"
    )
    desk.text_input(key="evidence_day_R006").set_value("01/03/2021")
    desk.number_input(key="evidence_pages_R006").set_value(12)
    press(desk, "evidence_silent")
    assert "second reader" in said(desk)
    assert (
        reader.project_verdicts("R006")["at_decision"]["verdict"]
        == "CANNOT_ASSESS"
    )
    come_to(desk, "R006")
    desk.text_input(key="evidence_second_R006").set_value("ann owen")
    press(desk, "evidence_confirm")
    assert say("en", "meetings.refused.reader_same") in said(desk)
    desk.text_input(key="evidence_second_R006").set_value("Ben Rees")
    press(desk, "evidence_confirm")
    assert (
        reader.project_verdicts("R006")["at_decision"]["verdict"]
        == "NO_LINK_SHOWN"
    )
    assert say("en", "verdict.NO_LINK_SHOWN.marked") in said(desk)


def test_many_at_once_are_offered_only_where_the_measure_allows(
    desk: AppTest,
) -> None:
    from clearlink.proposals.served import theme_measures

    named(desk)
    desk.session_state["evidence_tabs"] = say("en", "evidence.tab.many")
    fine(desk.run())
    measure = theme_measures()
    allowed = {t for t in measure.model if t and measure.in_bulk(t)}
    held = {w.proposal.theme_id for w in queue() if w.proposal}
    offered = {
        str(b.key).removeprefix("evidence_bulk_")
        for b in desk.button
        if str(b.key).startswith("evidence_bulk_")
    }
    assert offered == allowed & held
    assert held - allowed
    one_left_out(desk, min(offered))
    for theme in offered:
        ids = [
            w.project_id
            for w in queue()
            if w.proposal and w.proposal.theme_id == theme
        ]
        press(desk, f"evidence_bulk_{theme}")
        assert {p: theme_of(p) for p in ids} == {p: [theme] for p in ids}
        press(desk, "evidence_take_back")
        assert {p: theme_of(p) for p in ids} == {p: [] for p in ids}
    assert offered, "the sample has a theme that may be accepted at once"


def waits_for(theme: str) -> list[str]:
    return [
        w.project_id
        for w in queue()
        if w.proposal and w.proposal.theme_id == theme
    ]


def one_left_out(desk: AppTest, theme: str) -> None:
    """What a reader takes out of the list is not counted and not accepted with the others."""
    out, *others = waits_for(theme)
    box = desk.multiselect(key=f"evidence_bulk_without_{theme}")
    fine(box.set_value([out]).run())
    button = desk.button(key=f"evidence_bulk_{theme}")
    assert button.disabled == (not others)
    if others:
        press(desk, f"evidence_bulk_{theme}")
        assert theme_of(out) == []
        assert {p: theme_of(p) for p in others} == {p: [theme] for p in others}
        press(desk, "evidence_take_back")
    else:
        fine(box.set_value([]).run())
        assert not desk.button(key=f"evidence_bulk_{theme}").disabled


def test_after_the_theme_the_next_question_of_the_same_record_is_asked_and_a_candidate_cited(
    desk: AppTest,
) -> None:
    """R006 serves Bridgend, whose strategies are on record: a candidate is offered and needs its paper."""
    named(desk)
    come_to(desk, "R006")
    offered = candidates(
        next(w.words for w in queue() if w.project_id == "R006"),
        "housing_homelessness",
    )
    assert (
        next(c.row["priority_id"] for c in offered)
        == desk.radio(key="evidence_priority_R006").value
    )
    assert offered and not any(c.row["is_illustrative"] for c in offered), (
        "a real record is offered no example"
    )
    press(desk, "evidence_cite")
    assert say("en", "meetings.refused.document_missing") in said(desk)
    desk.text_input(key="evidence_cite_document_R006").set_value(
        "Cabinet report 7"
    )
    press(desk, "evidence_cite")
    assert (
        reader.project_verdicts("R006")["at_decision"]["verdict"] == "PARTIAL"
    )
    (kept,) = settled(review_store(), ANN, {"R006"})
    assert (kept.field, kept.source, kept.document) == (
        "priority",
        SettledSource.PROPOSAL,
        "Cabinet report 7",
    )


def test_a_record_stays_until_the_person_goes_on_and_a_question_can_be_left(
    desk: AppTest,
) -> None:
    named(desk)
    w = next(w for w in queue() if w.proposal and w.settling.least > 1)
    come_to(desk, w.project_id)
    desk.session_state["evidence_passed"] = set()
    desk.session_state["evidence_open"] = w.project_id
    press(desk, "evidence_accept")
    assert desk.subheader[0].value.replace("\\", "") == w.row["title"]
    before = said(desk)
    if any(b.key == "evidence_leave" for b in desk.button):
        press(desk, "evidence_leave")
        assert said(desk) != before
    assert desk.subheader[0].value.replace("\\", "") == w.row["title"]


def test_a_figure_and_a_sign_are_recorded_with_their_paper_and_bad_ones_refused(
    desk: AppTest,
) -> None:
    named(desk)
    come_to(desk, "R006")
    for name in ("figure", "sign"):
        desk.session_state[f"evidence_{name}_open"] = True
    fine(desk.run())
    press(desk, "evidence_figure")
    assert say("en", "meetings.refused.figure_missing") in said(desk)
    for box, text in (
        ("document", "Cabinet report 7"),
        ("value", "412 households"),
        ("area", "Bridgend"),
    ):
        desk.text_input(key=f"figure_{box}_R006").set_value(text)
    for day, refused in (
        ("01/11/2030", "day_after_today"),
        ("31/31/2020", "date_wrong"),
    ):
        desk.text_input(key="figure_day_R006").set_value(day)
        press(desk, "evidence_figure")
        assert say("en", f"meetings.refused.{refused}") in said(desk)
    desk.text_input(key="figure_day_R006").set_value("01/11/2020")
    press(desk, "evidence_figure")
    assert (
        reader.project_verdicts("R006")["at_decision"]["verdict"] == "PARTIAL"
    )
    come_to(desk, "R005")
    desk.text_input(key="sign_document_R005").set_value("Cabinet report 9")
    desk.text_input(key="sign_day_R005").set_value("01/03/2021")
    press(desk, "evidence_sign")
    assert say("en", "meetings.refused.said_too_short") in said(desk)
    desk.text_input(key="sign_said_R005").set_value(
        "Paid for two months past its end."
    )
    press(desk, "evidence_sign")
    assert "S1" in {s["sign"] for s in reader.project_signs("R005")}


def test_an_owner_is_asked_once_for_all_their_records_and_the_reply_recorded(
    desk: AppTest,
) -> None:
    named(desk)
    desk.session_state["evidence_tabs"] = say("en", "evidence.tab.owners")
    fine(desk.run())
    owner = desk.selectbox(key="owner_whom").value
    ids = set(desk.multiselect(key=f"owner_records_{owner}").value)
    assert ids == {
        w.project_id for w in queue() if w.row["commissioner"] == owner
    }
    mails = [
        t.value for t in desk.text_area if str(t.key).startswith("owner_mail_")
    ]
    assert len(mails) == 2 and mails[0] != mails[1]
    press(desk, "owner_sent")
    asked = requests(review_store(), ANN)
    assert {r.project_id for r in asked} == ids
    fine(desk.run())
    assert owner not in desk.selectbox(key="owner_whom").options
    assert any(str(b.key).startswith("answer_save_") for b in desk.button)


def test_a_kind_of_work_can_be_chosen(desk: AppTest) -> None:
    named(desk)
    desk.session_state["evidence_show"] = "proposed"
    fine(desk.run())
    first = next(w for w in queue() if w.proposal)
    assert desk.subheader[0].value.replace("\\", "") == first.row["title"]
    press(desk, "evidence_accept")
    assert theme_of(first.project_id)
    desk.session_state["evidence_show"] = "paper"
    fine(desk.run())
    assert not [
        s for s in desk.selectbox if str(s.key).startswith("evidence_theme_")
    ]


def test_anything_that_stands_can_be_taken_back_whoever_settled_it(
    desk: AppTest,
) -> None:
    proposed = next(w for w in queue() if w.proposal)
    store = review_store()
    ben = local_viewer("Ben Rees")
    kept = accept(
        store,
        ben,
        reader.project(proposed.project_id),
        Value(SettledField.THEME, "isolation"),
    )
    named(desk)
    desk.session_state["evidence_tabs"] = say("en", "evidence.tab.away")
    fine(desk.run())
    box = desk.selectbox(key="evidence_any")
    assert any("Ben Rees" in option for option in box.options)
    fine(box.set_value(kept.settled_id).run())
    press(desk, "evidence_take_any")
    assert settled(store, ANN, {proposed.project_id}) == []
    assert say("en", "evidence.taken_back") in said(desk)


def test_where_a_record_serves_is_asked_for_though_its_words_name_no_place(
    desk: AppTest,
) -> None:
    named(desk)
    w = next(
        w
        for w in queue()
        if "place" in w.missing
        and not w.words["is_sensitive"]
        and not field_proposals(w.words)
    )
    come_to(desk, w.project_id)
    if "theme" in w.missing:
        press(desk, "evidence_leave")
    assert say("en", "evidence.no_place") in said(desk)
    desk.multiselect(key=f"evidence_areas_{w.project_id}").set_value(
        ["W06000016"]
    )
    press(desk, "evidence_change")
    (kept,) = settled(review_store(), ANN, {w.project_id})
    assert (kept.field, kept.value) == (SettledField.AREAS, "W06000016")
    assert "place" not in next(
        (x.missing for x in queue() if x.project_id == w.project_id), ()
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_desk_says_what_each_answer_leads_to_and_why_a_verdict_stays(
    desk: AppTest, lang: Lang
) -> None:
    desk.query_params["lang"] = lang
    named(desk)
    come_to(desk, "R006")
    row = reader.project_verdicts("R006")["at_decision"]
    lines = answer_lines(Speech(lang), row)
    assert len(lines) == 2
    assert all(line in said(desk) for line in lines)
    w = next(w for w in queue() if w.proposal and w.settling.least > 1)
    come_to(desk, w.project_id)
    press(desk, "evidence_accept")
    after = reader.project_verdicts(w.project_id)["at_decision"]
    assert after["verdict"] == "CANNOT_ASSESS"
    assert answer_lines(Speech(lang), after)[0] in said(desk)


def test_a_link_from_its_own_page_opens_a_record_at_the_desk(
    desk: AppTest,
) -> None:
    w = queue()[3]
    desk.query_params["project"] = w.project_id
    named(desk)
    assert desk.subheader[0].value.replace("\\", "") == w.row["title"]
    press(desk, "evidence_next")
    assert desk.subheader[0].value.replace("\\", "") != w.row["title"]


def test_what_settles_a_verdict_is_asked_before_what_settles_nothing(
    desk: AppTest,
) -> None:
    """The desk asked first whom the Flying Start records are for, which moves no verdict."""
    fine(desk.run())
    settling = {SettledField.THEME, SettledField.AREAS, SettledField.PRIORITY}
    mixed = 0
    for record in queue():
        fields = [q.field for q in questions(record, set())]
        is_settling = [field in settling for field in fields]
        assert is_settling == sorted(is_settling, reverse=True), fields
        assert len(fields) == len(set(fields))
        mixed += len(set(is_settling)) == 2
    assert mixed > 5


def many_at_once(desk: AppTest) -> dict[str, list[Waiting]]:
    """The groups of records that wait for the same answer, on the desk's part for many."""
    named(desk)
    desk.session_state["evidence_tabs"] = say("en", "evidence.tab.many")
    fine(desk.run())
    return alike(queue())


def test_one_paper_answers_all_its_records_as_one_act(desk: AppTest) -> None:
    """Fifty Flying Start lines that one council paper decided were asked for one by one."""
    key, held = next(iter(many_at_once(desk).items()))
    assert len(held) > 10
    fine(desk.selectbox(key="evidence_alike").set_value(key).run())
    out, *kept = [w.project_id for w in held]
    fine(desk.multiselect(key=box_key("without", key)).set_value([out]).run())
    # nothing acts until the person has said what the paper says, and named it whole
    press(desk, box_key("settle", key))
    assert say("en", "evidence.alike.say_what") in said(desk)
    desk.radio(key=box_key("answer", key)).set_value(SILENT)
    for box, text in (
        ("document", "Cabinet report"),
        ("url", "https://a.example/p"),
        ("day", "01/03/2015"),
    ):
        desk.text_input(key=box_key(box, key)).set_value(text)
    press(desk, box_key("settle", key))
    assert silent_ones() == set()
    desk.number_input(key=box_key("pages", key)).set_value(12)
    press(desk, box_key("settle", key))
    assert silent_ones() == set(kept)
    confirmed = a_second_reader_confirms(kept[3])
    press(desk, "evidence_take_back")
    assert silent_ones() == {confirmed}
    told = say(
        "en", "evidence.taken_but_left", taken=str(len(kept) - 1), left="1"
    )
    assert told in said(desk)
    assert "evidence_take_back" not in {b.key for b in desk.button}


def a_second_reader_confirms(project_id: str) -> str:
    """Ben confirms, elsewhere and meanwhile, that the paper of the record is silent."""
    store = review_store()
    (reading,) = readings(store, ANN, {project_id})
    confirm_silent(
        store,
        local_viewer("Ben Rees"),
        reader.record_to_settle(project_id),
        reading,
        asked_of="The council",
        question="Which need?",
    )
    return project_id


def test_what_is_typed_for_one_group_never_stands_for_another(
    desk: AppTest,
) -> None:
    """The paper, day and answer of the group chosen first stood in the boxes of the next."""
    first, second = list(many_at_once(desk))[:2]
    typed = "01/03/2015"
    fine(desk.selectbox(key="evidence_alike").set_value(first).run())
    own = answered(desk)
    for box in [*desk.text_input]:
        if "alike" in str(box.key):
            box.set_value(typed)
    desk.radio[-1].set_value(SILENT)
    # not yet whole: nothing is written, and what was typed stays
    settle = next(b for b in desk.button if "alike_settle" in str(b.key))
    fine(settle.click().run())
    assert answered(desk).count(typed) == 4 and SILENT in answered(desk)
    fine(desk.selectbox(key="evidence_alike").set_value(second).run())
    assert not {typed, SILENT} & {*answered(desk)}
    fine(desk.selectbox(key="evidence_alike").set_value(first).run())
    assert answered(desk) == own


def answered(desk: AppTest) -> list[str | None]:
    """What the boxes of the one answer for a group hold, whatever their keys."""
    return [
        box.value
        for box in (*desk.text_input, *desk.radio)
        if "alike" in str(box.key)
    ]


def silent_ones() -> set[str]:
    """Records of which a paper was read and found silent."""
    ids = {r["project_id"] for r in reader.projects()}
    return {r.project_id for r in readings(review_store(), ANN, ids)}
