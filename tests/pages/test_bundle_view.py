"""A bundle of a real meeting is shown again on the screen, in both languages, and a changed one is refused
in words.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from clearlink.report.evidence import item_facts
from clearlink.review.agenda import items, propose
from clearlink.review.bundle import audit_bundle
from clearlink.review.codes import Outcome, Subject
from clearlink.review.decisions import Resolution, decide
from clearlink.review.meetings import freeze
from clearlink.review.triage import Proposal
from clearlink.warehouse import reader
from clearlink.words import LANGUAGES, Lang, say
from tests.meetings import NORTH, NOW, OFFICER, REASON, a_meeting, a_store
from tests.patience import PATIENCE_S

pytestmark = pytest.mark.usefixtures("on_sample")


def _screen(path: str, lang: str) -> None:
    from pathlib import Path

    from pages.frame.speech import Speech
    from pages.meeting.bundle_view import show_bundle

    show_bundle(Speech("cy" if lang == "cy" else "en"), Path(path).read_bytes())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_bundle_is_shown_and_a_cut_one_is_refused(
    tmp_path: Path, lang: Lang
) -> None:
    store = a_store(tmp_path)
    meeting = a_meeting(store)
    shown = reader.projects(NORTH, verdict="NO_LINK_SHOWN")[:2]
    propose(
        store,
        OFFICER,
        meeting,
        [
            Proposal(
                Subject.PROJECT,
                p["project_id"],
                p["title"],
                "verdict",
                {"verdict": p["verdict"]},
            )
            for p in shown
        ],
    )
    meeting = freeze(
        store,
        OFFICER,
        meeting,
        NOW,
        {
            i.item_id: item_facts(i)
            for i in items(store, OFFICER, meeting.meeting_id)
        },
    )
    decide(
        store,
        OFFICER,
        items(store, OFFICER, meeting.meeting_id)[0],
        Resolution(Outcome.STOP, REASON, owner="Ann", due=date(2027, 3, 1)),
        0,
    )
    whole = tmp_path / "bundle.zip"
    whole.write_bytes(audit_bundle(store, OFFICER, meeting.meeting_id))
    app = AppTest.from_function(
        _screen,
        kwargs={"path": str(whole), "lang": lang},
        default_timeout=PATIENCE_S,
    ).run()
    assert not app.exception and len(app.success) == 1
    told = " ".join(m.value for m in app.markdown).replace("\\", "")
    assert shown[0]["title"] in told and REASON in told
    app.selectbox(key="bundle_item").set_value(1).run()
    assert say(lang, "meetings.bundle.undecided") in [
        m.value for m in app.markdown
    ]
    whole.write_bytes(whole.read_bytes()[:-40])
    cut = AppTest.from_function(
        _screen,
        kwargs={"path": str(whole), "lang": lang},
        default_timeout=PATIENCE_S,
    ).run()
    assert [e.value for e in cut.error] == [
        say(lang, "meetings.bundle.damaged")
    ]
