"""Who asks and which build answers are established once in a run of a page, and anew in the next one."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.runtime.secrets import Secrets
from streamlit.testing.v1 import AppTest

from clearlink import folders
from clearlink.warehouse import connection
from pages.meeting import meeting_person
from tests.patience import PATIENCE_S

ASKED_MANY_TIMES = 50


def _screen(times: int) -> None:
    import streamlit as st

    from clearlink.warehouse import reader
    from pages.frame.speech import Speech
    from pages.meeting.meeting_person import person, sign_out

    for _ in range(times):
        reader.place_rows()
        reader.build()
        reader.projects_by_area()
    scope = reader.scope_now()
    st.text(
        "everything"
        if scope.sees_all
        else ", ".join(sorted(scope.protected_places)) or "nothing"
    )
    st.text(str(reader.build_key()[1]))
    st.button("out", on_click=sign_out, args=(person(Speech("en")),), key="out")


@pytest.fixture
def signed_in(
    sample_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[AppTest]:
    monkeypatch.setenv("CLEARLINK_DATA", str(sample_copy))
    app = AppTest.from_function(
        _screen, kwargs={"times": ASKED_MANY_TIMES}, default_timeout=PATIENCE_S
    )
    app.secrets["auth"] = {"cookie_secret": "x" * 32}
    _hold(app, "officer", "RCC_NORTH_WALES")
    _sign_in(app)
    yield app


def _hold(app: AppTest, role: str, *held: str) -> None:
    app.secrets["people"] = {
        "p@example.org": {"role": role, "places": list(held)}
    }


def _sign_in(app: AppTest, lasts_s: float = 3600) -> None:
    now = time.time()
    app.user = {
        "sub": f"sub-{now}",
        "name": "P",
        "email": "p@example.org",
        "email_verified": True,
        "iat": now - 60,
        "exp": now + lasts_s,
        "is_logged_in": True,
    }


def _seen(app: AppTest) -> str:
    app.run()
    assert not app.exception, [e.value for e in app.exception]
    return str(app.text[0].value)


def test_both_are_established_once_however_much_is_asked(
    signed_in: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    found: Counter[str] = Counter()
    for owner, name in (
        (connection, "file_key"),
        (meeting_person, "_viewer_of_claims"),
    ):
        really = getattr(owner, name)

        def counts(
            *given: object, name: str = name, really: object = really
        ) -> object:
            found[name] += 1
            return really(*given)  # type: ignore[operator]

        monkeypatch.setattr(owner, name, counts)
    for run in (1, 2, 3):
        assert _seen(signed_in) != "everything"
        assert found == {"file_key": run, "_viewer_of_claims": run}


def test_without_sign_in_the_disk_is_asked_once_for_secrets(
    on_sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []
    really = Secrets._parse_file_path
    monkeypatch.setattr(
        Secrets,
        "_parse_file_path",
        lambda self, path: looked.append(path) or really(self, path),
    )
    app = AppTest.from_function(
        _screen, kwargs={"times": ASKED_MANY_TIMES}, default_timeout=PATIENCE_S
    )
    assert _seen(app) == "everything"
    first = len(looked)
    assert _seen(app) == "everything"
    assert len(looked) - first <= 6


def test_another_role_counts_from_the_next_run(signed_in: AppTest) -> None:
    before = _seen(signed_in)
    assert before not in ("nothing", "everything")
    _hold(signed_in, "viewer")
    assert _seen(signed_in) == "nothing"
    _hold(signed_in, "officer", "RCC_NORTH_WALES")
    assert _seen(signed_in) == before


def test_a_sign_in_that_has_run_out_counts_no_more_from_the_next_run(
    signed_in: AppTest,
) -> None:
    assert _seen(signed_in) != "nothing"
    _sign_in(signed_in, lasts_s=-1)
    assert _seen(signed_in) == "nothing"


def test_whoever_signs_out_is_gone_in_that_very_run(signed_in: AppTest) -> None:
    assert _seen(signed_in) != "nothing"
    signed_in.button(key="out").click()
    assert _seen(signed_in) == "nothing"


def test_a_new_build_answers_from_the_next_run(signed_in: AppTest) -> None:
    _seen(signed_in)
    first = signed_in.text[1].value
    served = folders.warehouse_file()
    later = served.stat().st_mtime_ns + 5_000_000_000
    os.utime(served, ns=(later, later))
    _seen(signed_in)
    assert signed_in.text[1].value == str(later) != first
