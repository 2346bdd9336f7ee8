"""A sign-in counts at the act or not at all, and secrets that fail to set sign-in up stop the start."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from clearlink.review.roles import Act, NotPermitted, viewer_from_claims
from clearlink.review.sign_ins import end_sign_in
from tests.meetings import NORTH

PROJECT = Path(__file__).parents[2]
CHECK = (
    "import json, sys\n"
    "from streamlit import config\n"
    "config.get_config_options(options_from_flags={'secrets.files': json.loads(sys.argv[1])}, force_reparse=True)\n"
    "from pages.parts.settings_guard import refuse_weakened_settings\n"
    "refuse_weakened_settings()"
)


def test_a_viewer_that_outlives_its_sign_in_may_nothing() -> None:
    viewer = viewer_from_claims(
        "Carys", "outlived", "chair", (NORTH,), signed_in_at=1.0, ends_at=time.time() - 1
    )
    assert not any(viewer.may(act, NORTH) for act in Act)
    with pytest.raises(NotPermitted):
        viewer.require(Act.DECIDE, NORTH)


def test_signing_out_ends_this_sign_in_and_earlier_ones_but_not_the_next() -> None:
    earlier, ended, later = (
        viewer_from_claims("Carys", "left", "chair", (NORTH,), signed_in_at=at, ends_at=time.time() + 60)
        for at in (1.0, 2.0, 3.0)
    )
    end_sign_in("left", 2.0)
    assert [v.may(Act.DECIDE, NORTH) for v in (earlier, ended, later)] == [False, False, True]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("[auth\n", "TOML that can be read"),
        ('[people."a@example.org"]\nrole = "chair"\n', "both sections"),
        (None, "files that exist"),
        ('[auth]\ncookie_secret = "x"\n[people."a@example.org"]\nrole = "chair"\n', ""),
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
        timeout=60,
        check=False,
    )
    assert (ran.returncode == 0) == (not expected), ran.stderr
    assert expected in ran.stderr
