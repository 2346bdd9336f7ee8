"""Streamlit's own words have Welsh beside them, and are still the words of the version served."""

from __future__ import annotations

import re

import pytest

from clearlink.words import sentences
from pages.server.response_headers import start_script
from tests.framework_scripts import SCRIPTS, said_by_streamlit

PAIRS = {
    key: entry
    for key, entry in sentences().items()
    if key.startswith("framework.")
}


@pytest.mark.parametrize("key", sorted(PAIRS))
def test_a_sentence_of_streamlit_stands_in_the_scripts_that_are_served(
    key: str,
) -> None:
    english = re.sub(r"\{\w+\}", "10", str(PAIRS[key]["en"]))
    assert said_by_streamlit([english], sorted(SCRIPTS.glob("*.js"))), (
        f"{key}: Streamlit no longer says it"
    )


def refusals_of_the_uploader() -> list[str]:
    """What the box for files may say of a file that it does not take, with 10 for what varies."""
    said: set[str] = set()
    for script in SCRIPTS.glob("*.js"):
        for choices in re.findall(
            r"switch\(\w+\)\{case`file-[^}]+?default:return`[^`]*`",
            _closed(script.read_text("utf-8")),
        ):
            said |= set(re.findall(r"return`([^`]+)`", choices))
    return sorted(said)


def _closed(source: str) -> str:
    """A script whose gaps hold no marks of code."""
    return re.sub(r"\$\{(?:[^{}`]|`[^`]*`)*\}", "10", source)


def test_every_reason_of_the_uploader_has_its_welsh() -> None:
    """Of a file that is too large it said “File must be 10.0MB or smaller.” on a Welsh page."""
    reasons = refusals_of_the_uploader()
    assert len(reasons) >= 4
    ours = [
        re.sub(r"\{\w+\}", "10", str(entry["en"])) for entry in PAIRS.values()
    ]
    assert [reason for reason in reasons if reason not in ours] == []


def test_two_sentences_of_streamlit_never_share_their_welsh() -> None:
    """The pairs are read backwards when a person returns to English."""
    welsh = [entry["cy"] for entry in PAIRS.values()]
    assert len(set(welsh)) == len(welsh)


def test_the_head_of_the_page_holds_every_pair() -> None:
    script = start_script()
    assert all(str(entry["cy"]) in script for entry in PAIRS.values())
    assert "</" not in script
