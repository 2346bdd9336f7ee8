"""A sign-in that ends in the middle of a meeting loses no words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from pages.meeting import meeting_drafts

REASON = "The members heard that nobody uses it."


@pytest.fixture(autouse=True)
def _no_drafts() -> Iterator[None]:
    meeting_drafts._drafts.clear()
    yield
    meeting_drafts._drafts.clear()


def _screen() -> None:
    import streamlit as st

    from pages.meeting.meeting_drafts import keep_drafts, put_back_draft

    subject = st.query_params.get("subject", "")
    if keep_drafts(subject) and not subject:
        st.info("kept")
    if subject:
        form = f"N-1_{st.query_params.get('after', '0')}"
        put_back_draft(subject, form)
        st.text_area("reason", key=f"reason_{form}")
    st.button("save")


def visit(subject: str, after: str = "0") -> AppTest:
    app = AppTest.from_function(_screen)
    app.query_params["subject"], app.query_params["after"] = subject, after
    return app.run()


def test_what_was_typed_stands_in_the_form_after_signing_in_again() -> None:
    app = visit("carys")
    app.text_area[0].set_value(REASON)
    app.query_params["subject"] = (
        ""  # the sign-in ends, and the person presses save
    )
    app.button[0].click().run()
    assert [i.value for i in app.info] == ["kept"] and not app.text_area
    assert visit("carys").text_area[0].value == REASON
    assert visit("dewi").text_area[0].value == "", "nobody else is shown it"
    assert not visit("").info, "a stranger is told nothing of them"


def test_a_saved_decision_leaves_no_draft_and_what_is_typed_now_stands() -> (
    None
):
    app = visit("carys")
    app.text_area[0].set_value(REASON).run()
    app.text_area[0].set_value("Another reason, typed in this visit.").run()
    assert app.text_area[0].value == "Another reason, typed in this visit."
    assert visit("carys", after="1").text_area[0].value == ""
    assert visit("carys", after="0").text_area[0].value == ""


def test_drafts_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meeting_drafts, "MOST", 2)
    for who in ("a", "b", "c"):
        app = visit(who)
        app.text_area[0].set_value(REASON).run()
    assert [person for person, _ in meeting_drafts._drafts] == ["b", "c"]
    monkeypatch.setattr(meeting_drafts, "KEPT_S", -1)
    assert visit("c").text_area[0].value == ""
