"""Every page that reads is drawn on a data folder that cannot be written, in both languages, and what
cannot be saved says so.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from clearlink import words
from pages.frame.shell_words import PAGE_TITLES

PROJECT = Path(__file__).parents[2]
READ_ONLY = 'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" && exec "$2" -c "$3" "$1"'
VISITS = """
import json
from functools import cache
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest
from clearlink.review.saving import NotSaved
from clearlink.review.store import review_store
from clearlink.warehouse.scope import everything, reading_as
from pages.frame.shell_words import PAGE_TITLES
from tests.entrances import entrance
from tests.meetings import a_meeting
told = {}
# as in conftest.py: nothing is installed between two pages
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)
with reading_as(everything()):
    for name in PAGE_TITLES:
        for lang in ("en", "cy"):
            app = AppTest.from_file(str(entrance(name)), default_timeout=120)
            app.query_params["lang"] = lang
            app.run()
            drawn = len(app.title) + len(app.header) + len(app.markdown)
            told[f"{name} {lang}"] = [[e.message for e in app.exception], [e.value for e in app.error], drawn]
try:
    a_meeting(review_store())
    told["saved"] = "saved"
except NotSaved as refused:
    told["saved"] = refused.kind
print(json.dumps(told))
"""


def _may_mount() -> bool:
    return (
        subprocess.run(
            ["unshare", "-m", "true"], capture_output=True, check=False
        ).returncode
        == 0
    )


@pytest.mark.skipif(
    not _may_mount(),
    reason="makes a folder read-only by mounting it so, which only root can",
)
def test_every_page_is_read_and_nothing_claims_to_be_saved(
    sample_copy: Path,
) -> None:
    environment = {
        name: text
        for name, text in os.environ.items()
        if name != "CLEARLINK_REVIEW_URL"
    }
    said = subprocess.run(
        [
            "unshare",
            "-m",
            "sh",
            "-c",
            READ_ONLY,
            "sh",
            str(sample_copy),
            sys.executable,
            VISITS,
        ],
        cwd=PROJECT,
        env={
            **environment,
            "PYTHONPATH": str(PROJECT),
            "CLEARLINK_DATA": str(sample_copy),
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=400,
    )
    assert said.returncode == 0, said.stderr[-3000:]
    told = json.loads(said.stdout.splitlines()[-1])
    assert told.pop("saved") == "read_only"
    assert set(told) == {
        f"{name} {lang}" for name in PAGE_TITLES for lang in words.LANGUAGES
    }
    # the one page that writes says that it cannot, and is read all the same
    notices = {
        f"{name} {lang}": [words.say(lang, "meetings.record.read_only")]
        if name == "meetings"
        else []
        for name in PAGE_TITLES
        for lang in words.LANGUAGES
    }
    assert {
        at: found
        for at, found in told.items()
        if found[0] or found[1] != notices[at] or found[2] < 2
    } == {}
