"""A sign-in counts at the act or not at all, and secrets that fail to set sign-in up stop the start."""

from __future__ import annotations

import json
import math
import subprocess
import sys
import time
from pathlib import Path

import pytest

from clearlink import words
from clearlink.review import sign_ins
from clearlink.review.meetings import keep_recorder
from clearlink.review.roles import Act, NotPermitted, viewer_from_claims
from clearlink.review.sign_ins import end_sign_in
from pages.frame.speech import Speech
from pages.meeting import meeting_person
from tests.meetings import NORTH, a_frozen_meeting, a_store
from tests.patience import PATIENCE_S

PROJECT = Path(__file__).parents[2]
CHECK = (
    "import json, sys\n"
    "from streamlit import config\n"
    "config.get_config_options(options_from_flags={'secrets.files': json.loads(sys.argv[1])}, "
    "force_reparse=True)\n"
    "from pages.server.settings_guard import refuse_weakened_settings\n"
    "refuse_weakened_settings()"
)


def test_a_viewer_that_outlives_its_sign_in_may_nothing() -> None:
    viewer = viewer_from_claims(
        "Carys",
        "outlived",
        "chair",
        (NORTH,),
        signed_in_at=1.0,
        ends_at=time.time() - 1,
    )
    assert not any(viewer.may(act, NORTH) for act in Act)
    with pytest.raises(NotPermitted):
        viewer.require(Act.DECIDE, NORTH)


def test_signing_out_ends_this_sign_in_and_earlier_ones_but_not_the_next() -> (
    None
):
    earlier, ended, later = (
        viewer_from_claims(
            "Carys",
            "left",
            "chair",
            (NORTH,),
            signed_in_at=at,
            ends_at=time.time() + 60,
        )
        for at in (1.0, 2.0, 3.0)
    )
    end_sign_in("left", 2.0)
    assert [v.may(Act.DECIDE, NORTH) for v in (earlier, ended, later)] == [
        False,
        False,
        True,
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("[auth\n", "TOML that can be read"),
        ('[people."a@example.org"]\nrole = "chair"\n', "both sections"),
        (None, "files that exist"),
        (
            '[auth]\ncookie_secret = "x"\n[people."a@example.org"]\nrole = "chair"\n',
            "",
        ),
    ],
)
def test_secrets_that_fail_to_set_sign_in_up_are_refused(
    tmp_path: Path, content: str | None, expected: str
) -> None:
    file = tmp_path / "secrets.toml"
    if content is not None:
        file.write_text(content)
    ran = subprocess.run(
        [sys.executable, "-c", CHECK, json.dumps([str(file)])],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    assert (ran.returncode == 0) == (not expected), ran.stderr
    assert expected in ran.stderr


def test_a_sign_out_is_known_to_another_process_and_after_a_restart(
    tmp_path: Path,
) -> None:
    store = a_store(tmp_path)
    chair = viewer_from_claims(
        "Carys",
        "gone",
        "chair",
        (NORTH,),
        signed_in_at=5.0,
        ends_at=time.time() + 60,
    )
    sign_ins.keep_in(store)
    held = a_frozen_meeting(store, chair)
    end_sign_in("gone", 5.0)
    lines = store.check().lines
    sign_ins._ended.clear()  # as a process that has just begun
    sign_ins.keep_in(a_store(tmp_path))
    assert not chair.may(Act.DECIDE, NORTH)
    # and one that asked a moment ago is asked again at the write itself
    other = viewer_from_claims(
        "Carys",
        "later",
        "chair",
        (NORTH,),
        signed_in_at=5.0,
        ends_at=time.time() + 60,
    )
    assert other.may(Act.DECIDE, NORTH)
    store.keep_ended_sign_in(sign_ins.person_key("later"), 5.0, time.time())
    with pytest.raises(NotPermitted):
        keep_recorder(store, other, held)
    assert store.check().lines == lines and store.check().is_intact
    store.keep_ended_sign_in("new", 5.0, time.time() + 2 * sign_ins.LONGEST_S)
    assert set(store.ended_sign_ins()) == {"new"}, (
        "nobody is remembered for longer than a sign-in lasts"
    )
    sign_ins._keepers.clear()


@pytest.mark.parametrize(
    ("began", "ends", "is_believed"),
    [
        (-60, 3600, True),
        (60, 3600, True),
        (600, 3600, False),
        (-60, -1, False),
        (-60, sign_ins.LONGEST_S - 1, True),
        (-60, sign_ins.LONGEST_S + 60, False),
        (-60, 10**12, False),
        (None, 60, False),
        (-60, None, False),
        (-60, math.inf, False),
        (-60, math.nan, False),
    ],
)
def test_what_a_sign_in_says_of_its_time(
    began: float | None, ends: float | None, is_believed: bool
) -> None:
    now = 1_800_000_000.0
    given = [None if t is None else now + t for t in (began, ends)]
    assert sign_ins.counts(*given, now) is is_believed
    assert not sign_ins.counts(True, now + 5, now) and not sign_ins.counts(
        str(now), now + 5, now
    )


PEOPLE = {
    "a@example.org": {"role": "chair"},
    "oid:7f": {"role": "officer"},
    "group:rcc": {"role": "steward"},
}


@pytest.mark.parametrize(
    ("claims", "trust", "role", "sentence"),
    [
        (
            {"email": "A@example.org", "email_verified": True},
            None,
            "chair",
            None,
        ),
        (
            {"email": "a@example.org", "email_verified": "true"},
            None,
            None,
            "not_verified",
        ),
        (
            {"email": "a@example.org", "email_verified": "false"},
            None,
            None,
            "not_verified",
        ),
        (
            {"email": "a@example.org", "email_verified": 1},
            None,
            None,
            "not_verified",
        ),
        (
            {"email": "a@example.org", "email_verified": False},
            None,
            None,
            "not_verified",
        ),
        ({"email": "a@example.org"}, None, None, "not_said"),
        (
            {"email": "b@example.org", "email_verified": True},
            None,
            None,
            "not_listed",
        ),
        ({"email": "a@example.org", "oid": "7F"}, ["oid"], "officer", None),
        ({"email": "a@example.org", "oid": "7f"}, None, None, "not_said"),
        (
            {"email": "a@example.org", "groups": ["x", "rcc"]},
            ["groups"],
            "steward",
            None,
        ),
        (
            {"email": "a@example.org", "groups": "rcc"},
            ["groups"],
            None,
            "not_listed",
        ),
        ({}, None, None, None),
    ],
)
def test_only_claims_that_are_trusted_name_a_person_and_the_others_get_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
    claims: dict[str, object],
    trust: list[str] | None,
    role: str | None,
    sentence: str | None,
) -> None:
    secrets = {"people": PEOPLE, "identity": {"trust": trust} if trust else {}}
    monkeypatch.setattr(
        meeting_person, "_secrets", lambda section: secrets[section]
    )
    monkeypatch.setattr(meeting_person, "_claims", lambda: claims)
    assert meeting_person._held(claims).get("role") == role
    for lang in words.LANGUAGES:
        said = meeting_person.no_rights_because(Speech(lang))
        assert said == (
            words.say(lang, f"meetings.identity.{sentence}")
            if sentence
            else None
        )
