"""What the public sends is unread until a person reads it, never in the log, and nowhere once it is
withdrawn.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from clearlink import folders
from clearlink.review import said_back as back
from clearlink.review.codes import Response, Stance
from clearlink.review.records import Statement
from clearlink.review.refusals import Refused
from clearlink.review.roles import NotPermitted, Role, Viewer, local_viewer
from clearlink.review.statements import (
    record_statement,
    recorded_statements,
    withdraw_statement,
    withdrawn_statements,
)
from clearlink.review.store import NotFound, Store
from clearlink.warehouse.withdrawn import withdrawn_ids
from tests.spec.test_spoken import PLANTED

LA, AREA = "W06000016", "W01001236"
WORDS = "The buses stop at six, so nobody can get to the evening class."
OFFICER = Viewer(
    name="Officer", role=Role.OFFICER, places=frozenset({LA}), subject="o"
)
ELSEWHERE = Viewer(
    name="Other",
    role=Role.OFFICER,
    places=frozenset({"W06000001"}),
    subject="p",
)


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setenv("CLEARLINK_DATA", str(tmp_path))
    clock = [datetime(2026, 11, 27, 9, tzinfo=UTC)]

    def now() -> datetime:
        clock[0] += timedelta(seconds=1)
        return clock[0]

    return Store(f"sqlite:///{tmp_path / 'review.sqlite'}", now)


def send(store: Store, text: str = WORDS, area: str = AREA) -> str:
    return back.say_back(
        store,
        area_code=area,
        la_code=LA,
        text=text,
        stance=Stance.DISPUTES,
        band="young",
        lang="en",
    )


def everything_on_disk(folder: Path) -> bytes:
    return b"".join(
        p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()
    )


def test_a_sending_is_unread_and_on_no_page_until_a_person_reads_it(
    store: Store,
) -> None:
    send(store)
    assert back.shown_back(store, {AREA, LA}) == []
    (waiting,) = back.sent_to_read(store, OFFICER, {LA})
    assert waiting.text == WORDS
    assert back.sent_to_read(store, ELSEWHERE, {LA}) == [], (
        "another authority's officer reads nothing"
    )
    back.read_it(store, OFFICER, waiting, show=True)
    assert [s.text for s in back.shown_back(store, {AREA})] == [WORDS]
    with pytest.raises(NotPermitted):
        back.read_it(store, ELSEWHERE, waiting, show=True)
    assert store.check().is_intact


def test_the_number_tells_what_came_of_it_and_takes_it_away(
    store: Store, tmp_path: Path
) -> None:
    number = send(store)
    assert (
        back.looked_up(store, number.lower().replace("-", " ")).state
        == "unread"
    )
    (waiting,) = back.sent_to_read(store, OFFICER, {LA})
    shown = back.read_it(store, OFFICER, waiting, show=True)
    back.answer_said_back(
        store, OFFICER, shown, Response.DID, "A bus at eight from January."
    )
    assert back.looked_up(store, number).response is Response.DID
    with pytest.raises(NotFound):
        back.looked_up(store, "AAAA-AAAA-AAAA")
    back.withdraw_by_number(store, number)
    assert back.shown_back(store, {AREA}) == []
    assert back.looked_up(store, number).state == "withdrawn"
    assert WORDS.encode() not in everything_on_disk(tmp_path)
    assert number.encode() not in everything_on_disk(tmp_path)
    assert store.check().is_intact


def test_what_is_not_shown_leaves_no_words_behind(
    store: Store, tmp_path: Path
) -> None:
    send(store)
    (waiting,) = back.sent_to_read(store, OFFICER, {LA})
    back.read_it(store, OFFICER, waiting, show=False)
    assert WORDS.encode() not in everything_on_disk(tmp_path)


@pytest.mark.parametrize("text", [t for s in back.REFUSED for t in PLANTED[s]])
def test_an_address_a_number_or_a_file_of_a_family_is_refused_and_kept_nowhere(
    store: Store, tmp_path: Path, text: str
) -> None:
    with pytest.raises(Refused):
        send(store, f"Please help. {text}")
    assert text.encode() not in everything_on_disk(tmp_path)
    assert back.unread_count(store, {LA})[0] == 0


@pytest.mark.parametrize(
    "text",
    [t for s, ts in PLANTED.items() if s not in back.REFUSED for t in ts],
)
def test_a_name_a_refuge_a_threat_or_a_small_group_is_held(
    store: Store, text: str
) -> None:
    send(store, text)
    (waiting,) = back.sent_to_read(store, OFFICER, {LA})
    assert waiting.signs
    with pytest.raises(Refused):
        back.read_it(store, OFFICER, waiting, show=True)
    if any(s in back.NEVER_AS_IT_STANDS for s in waiting.signs):
        with pytest.raises(Refused):
            back.read_it(store, OFFICER, waiting, show=True, is_checked=True)
    back.read_it(
        store,
        OFFICER,
        waiting,
        show=True,
        own_words="Somebody asks for more help here.",
    )
    assert [s.text for s in back.shown_back(store, {AREA})] == [
        "Somebody asks for more help here."
    ]


def test_ten_thousand_letters_the_same_again_and_a_flood_are_told_apart(
    store: Store,
) -> None:
    with pytest.raises(Refused, match="said_back_long"):
        send(store, "word " * 2_000)
    with pytest.raises(Refused, match="said_back_empty"):
        send(store, " 　 ")
    send(store)
    for _ in range(100):
        with pytest.raises(Refused, match="said_back_again"):
            send(store, WORDS.upper())
    for n in range(back.MOST_AN_HOUR - 1):
        send(store, f"There are not enough buses, part {n}")
    with pytest.raises(Refused, match="said_back_too_many"):
        send(store, "One more thing to say")
    assert back.unread_count(store, {LA})[0] == back.MOST_AN_HOUR


def test_a_recorded_statement_is_sealed_in_the_log_and_withdrawn_for_good(
    store: Store, tmp_path: Path
) -> None:
    clerk = local_viewer("Clerk")
    said: Statement = record_statement(
        store,
        clerk,
        place=LA,
        area_code=LA,
        said_on=date(2026, 11, 20),
        who="parent of two",
        method="meeting",
        text=WORDS,
        stance=Stance.SUPPORTS,
    )
    assert recorded_statements(store) == [said]
    assert store.check().is_intact
    withdraw_statement(
        store, clerk, statement_id=said.statement_id, place=LA, area_code=LA
    )
    assert recorded_statements(store) == []
    assert (
        withdrawn_statements(store)
        == {said.statement_id}
        == withdrawn_ids(folders.warehouse_file())
    )
    assert WORDS.encode() not in everything_on_disk(tmp_path)
    assert b"parent of two" not in everything_on_disk(tmp_path)
    assert store.check().is_intact
    with pytest.raises(Refused, match="withdrawn_already"):
        withdraw_statement(
            store, clerk, statement_id=said.statement_id, place=LA, area_code=LA
        )
    with pytest.raises(NotPermitted):
        withdraw_statement(
            store, ELSEWHERE, statement_id="S1", place=LA, area_code=LA
        )


@pytest.mark.parametrize(
    "text",
    [
        "Ask me on facebook.com/jane.smith",
        "message @janesmith about it",
        "write to jane (at) example dot com",
        "write to jane [at] example.com",
        "jane at example dot cymru",
        "we live by cf 37 1aa",
        "ll11 2bw has no bus",
        "my son, born 12 March 2015, waits",
        "ganwyd fy mab ar 12 Mawrth 2015",
        "his car is AB12 CDE",
        "the plate was ab12cde",
        "fan AB12CDE sydd yno",
        "ＡＢ１２ＣＤＥ",
        "＠jobloggs said so",
        "see youtube.com/@jo",
        "t.me/jobloggs",
        "jo.bloggs at gmail.com",
        "she was born April 3, 2015",
        "her birthday is the 3rd of April 2015",
        "ganwyd hi ar y 3ydd o Ebrill 2015",
        "fy mhen-blwydd oedd 3 Mawrth 2015",
    ],
)
def test_what_a_phone_brings_that_leads_to_a_person_is_refused(
    store: Store, tmp_path: Path, text: str
) -> None:
    with pytest.raises(Refused, match="said_back_whereabouts"):
        send(store, text)
    assert text.encode() not in everything_on_disk(tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        "The 12 March meeting was too late",
        "We waited from 9 to 5 at the clinic",
        "Meet us at 3pm @ the hall",
        "The X40 is never on time in 2026",
        "Roedd y sesiwn ar 12 Mawrth yn dda",
        "The course was called AB1",
        "In CF10 NHS dentists are full",
        "In FY24 WAS the money spent",
        "Children born after 31 August 2021 cannot join",
        "Plant a ganwyd ar ôl 1 Ebrill 2024 sy’n gymwys",
        "=1+1 is what the form made of my words",
        "<b>Buses</b> please",
    ],
)
def test_plain_words_with_numbers_are_taken(store: Store, text: str) -> None:
    send(store, text)
    (waiting,) = back.sent_to_read(store, OFFICER, {LA})
    assert waiting.text == text


@pytest.mark.parametrize(
    "text",
    [
        "fe wna i ei ladd e",
        "wna i losgi’r lle",
        "Mi wna i dy frifo di",
        "Mi wna’ i frifo fo",
        "wnaf i losgi’r lle",
        "byddaf yn ei losgi",
        "dw i’n mynd i ladd o",
    ],
)
def test_a_threat_in_welsh_is_held_and_never_shown(
    store: Store, text: str
) -> None:
    send(store, text)
    (waiting,) = back.sent_to_read(store, OFFICER, {LA})
    assert back.Sign.THREAT in waiting.signs
    for is_checked in (False, True):
        with pytest.raises(Refused, match="never_as_it_stands"):
            back.read_it(
                store, OFFICER, waiting, show=True, is_checked=is_checked
            )


def test_what_a_reader_writes_instead_is_looked_at_too(store: Store) -> None:
    send(store)
    (waiting,) = back.sent_to_read(store, OFFICER, {LA})
    with pytest.raises(Refused, match="never_as_it_stands"):
        back.read_it(
            store,
            OFFICER,
            waiting,
            show=True,
            own_words="ask @jobloggs about it",
            is_checked=True,
        )


@pytest.mark.parametrize(
    "dress", ["{}!!!", "{} 💥", "“{}”", "- {} -", "{}\u200b"]
)
def test_the_same_words_in_another_dress_are_the_same(
    store: Store, dress: str
) -> None:
    send(store)
    with pytest.raises(Refused, match="said_back_again"):
        send(store, dress.format(WORDS))


@pytest.mark.parametrize(
    "text", ["💥" * 500, "!!!", "12345", "\u200b\u200b", "—"]
)
def test_what_holds_no_word_is_nothing_said(store: Store, text: str) -> None:
    with pytest.raises(Refused):
        send(store, text)
