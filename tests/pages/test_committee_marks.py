"""What the committee and the sign-in add to the other pages: justified exceptions, the brief, the
steward's desk; and the pack by command.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from clearlink import words
from clearlink.command import main
from clearlink.exit_codes import Exit
from clearlink.review.agenda import items, propose
from clearlink.review.codes import Ground, Outcome, Subject, Terms
from clearlink.review.decisions import Resolution, decide
from clearlink.review.meetings import freeze, set_up_meeting
from clearlink.review.roles import NotPermitted, Role, Viewer
from clearlink.review.store import Store, review_store
from clearlink.review.triage import Proposal
from clearlink.warehouse import reader
from pages.desk.load_desk import publish_register, try_register
from tests.entrances import entrance
from tests.meetings import (
    NORTH,
    NOW,
    OFFICER,
    REASON,
    SEATS,
    everybody_comes,
    facts,
)
from tests.patience import PATIENCE_S

PROJECT = Path(__file__).parents[2]


@pytest.fixture
def store(on_sample: Path) -> Iterator[Store]:
    yield review_store()


def page(name: str, lang: str = "en", **query: str) -> AppTest:
    app = AppTest.from_file(str(entrance(name)), default_timeout=PATIENCE_S)
    for key, value in {"lang": lang, **query}.items():
        app.query_params[key] = value
    app.session_state["meeting_local_name"] = "Olwen Officer"
    return app


def said(app: AppTest) -> str:
    assert not app.exception, [e.value for e in app.exception]
    return "\n".join(
        str(e.value)
        for kind in (app.markdown, app.caption, app.info)
        for e in kind
    ).replace("\\", "")


def grant(store: Store, project_id: str) -> None:
    today = store.clock().date()
    meeting = set_up_meeting(
        store,
        OFFICER,
        place=NORTH,
        held_on=today,
        terms=Terms.RCC,
        chair="Carys Chair",
        quorum=2,
        seats=SEATS,
    )
    everybody_comes(store, meeting)
    propose(
        store,
        OFFICER,
        meeting,
        [
            Proposal(
                Subject.PROJECT,
                project_id,
                "A project",
                "verdict",
                {"verdict": "NO_LINK_SHOWN"},
            )
        ],
    )
    item = items(store, OFFICER, meeting.meeting_id)[0]
    freeze(store, OFFICER, meeting, NOW, {item.item_id: facts()})
    item = items(store, OFFICER, meeting.meeting_id)[0]
    why = Resolution(
        Outcome.EXCEPTION,
        REASON,
        exception_until=today + timedelta(days=200),
        ground=Ground.TRANSITION,
        evidence_link="Minute 4",
        second_person="Dewi Deputy",
    )
    decide(store, OFFICER, item, why, after=0)


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_an_exception_stands_beside_the_verdict_and_never_in_its_place(
    store: Store, lang: words.Lang
) -> None:
    project_id = reader.attention(most=8)[0]["project_id"]
    mark, verdict = (
        words.say(lang, "verdict.EXCEPTION.marked"),
        words.say(lang, "verdict.NO_LINK_SHOWN.marked"),
    )
    for query in ({}, {"project": project_id}):
        assert mark not in said(page("projects", lang, **query).run())
    assert mark not in said(page("home", lang).run())
    grant(store, project_id)
    home = said(page("home", lang).run())
    assert home.count(f"{mark} ") == 1 and REASON in home and verdict in home
    record = said(page("projects", lang, project=project_id).run())
    assert mark in record and REASON in record and verdict in record
    listed = page("projects", lang).run()
    assert not listed.exception
    rows = next(
        f.value
        for f in listed.dataframe
        if words.say(lang, "exception.column") in f.value
    )
    marked = rows[rows[words.say(lang, "exception.column")] != ""]
    assert list(marked[words.say(lang, "projects.column.id")]) == [project_id]
    assert list(marked[words.say(lang, "projects.column.verdict")]) == [verdict]


def test_a_record_offers_a_brief_and_loads_no_typesetting_for_it(
    store: Store,
) -> None:
    project_id = reader.projects(NORTH)[0]["project_id"]
    app = page("projects", project=project_id).run()
    assert words.say("en", "pack.brief_download") in [
        b.label for b in app.get("download_button")
    ]
    asked = (
        "import sys, pages.project.record; "
        "print(sorted({'typst', 'matplotlib', 'docx'} & set(sys.modules)))"
    )
    assert (
        subprocess.run(
            [sys.executable, "-c", asked],
            cwd=PROJECT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        == "[]"
    )


def test_the_desk_is_for_a_steward_once_sign_in_is_set_up(store: Store) -> None:
    local = page("data_and_method").run()
    assert words.say("en", "sign_in.desk_for_steward") not in said(
        local
    ) and local.get("file_uploader")
    signed = page("data_and_method")
    signed.secrets["auth"] = {"cookie_secret": "x" * 32}
    signed.run()
    assert words.say("en", "sign_in.desk_for_steward") in said(
        signed
    ) and not signed.get("file_uploader")


@pytest.mark.parametrize("role", [r for r in Role if r is not Role.STEWARD])
def test_the_desk_itself_refuses_whoever_is_no_steward(role: Role) -> None:
    viewer = Viewer("x", role, frozenset({NORTH}), subject="x")
    with pytest.raises(NotPermitted):
        try_register(b"", "a.csv", viewer)
    with pytest.raises(NotPermitted):
        publish_register(b"", "a.csv", viewer)


def test_the_pack_by_command(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert (
        main(
            [
                "pack",
                "--region",
                "Gogledd Cymru",
                "--date",
                "2026-12-07",
                "--out",
                str(out),
                "--lang",
                "cy",
            ]
        )
        == Exit.DONE
    )
    assert capsys.readouterr().out.split() == [
        str(out / f"pecyn-cyfarfod-2026-12-07-cy.{end}")
        for end in ("pdf", "docx", "xlsx")
    ]
    assert (
        main(
            [
                "pack",
                "--region",
                "Cardiff",
                "--date",
                "2026-12-07",
                "--out",
                str(out),
            ]
        )
        == Exit.USAGE
    )
    told = capsys.readouterr().err.splitlines()
    assert [line.split("“")[0] for line in told] == [
        "--region: found ",
        "--region: cafwyd ",
    ], "in both languages"
    assert "North Wales" in told[0] and "Gogledd Cymru" in told[1]
    with pytest.raises(SystemExit) as wrong:
        main(
            [
                "pack",
                "--region",
                NORTH,
                "--date",
                "31/02/2026",
                "--out",
                str(out),
            ]
        )
    assert wrong.value.code == Exit.USAGE
    (tmp_path / "file").write_text("")
    assert (
        main(
            [
                "pack",
                "--region",
                NORTH,
                "--date",
                "2026-12-07",
                "--out",
                str(tmp_path / "file"),
            ]
        )
        == Exit.USAGE
    )


def test_no_pack_before_a_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLEARLINK_DATA", str(tmp_path))
    assert (
        main(
            [
                "pack",
                "--region",
                NORTH,
                "--date",
                "2026-12-07",
                "--out",
                str(tmp_path / "out"),
            ]
        )
        == Exit.SOURCE_UNAVAILABLE
    )


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_an_exception_is_proposed_on_the_record_comes_first_on_the_next_agenda_and_ends_on_the_record(
    store: Store, lang: words.Lang
) -> None:
    project_id = next(
        p["project_id"] for p in reader.projects(NORTH, verdict="NO_LINK_SHOWN")
    )
    app = page("projects", lang, project=project_id).run()
    said(app)
    app.text_area(key=f"propose_{project_id}").set_value("Short.")
    app = app.button(key="propose_save").click().run()
    assert words.say(lang, "meetings.refused.reason_short") in [
        e.value for e in app.error
    ]
    app.selectbox(key="propose_committee").set_value(NORTH)
    app.text_area(key=f"propose_{project_id}").set_value(REASON)
    app = app.button(key="propose_save").click().run()
    assert REASON in said(app) and not [
        b for b in app.button if b.key == "propose_save"
    ]
    meeting = set_up_meeting(
        store,
        OFFICER,
        place=NORTH,
        held_on=store.today(),
        terms=Terms.RCC,
        chair="Carys Chair",
        quorum=2,
        seats=SEATS,
    )
    again = (
        page("meetings", lang, meeting=meeting.meeting_id, stage="prepare")
        .run()
        .button(key="propose_again")
        .click()
        .run()
    )
    first = items(store, OFFICER, meeting.meeting_id)[0]
    assert (first.subject_id, first.why["key"]) == (
        project_id,
        "exception_proposed",
    ) and REASON in said(again)
    grant(store, project_id)
    record = page("projects", lang, project=project_id).run()
    mark = words.say(lang, "verdict.EXCEPTION.marked")
    listed = page("meetings", lang).run()
    assert words.say(lang, "exception.list") in [
        h.value for h in listed.subheader
    ]
    key = next(
        box.key for box in record.text_area if str(box.key).startswith("end_")
    )
    record.text_area(key=key).set_value("The ward plan was withdrawn.")
    record = record.button(key="end_save").click().run()
    assert mark not in said(record) and words.say(lang, "exception.ended") in [
        s.value for s in record.success
    ]
