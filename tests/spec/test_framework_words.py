"""Streamlit's own words have Welsh beside them, and are still the words of the version served."""

from __future__ import annotations

import re

import pytest

from clearlink.words import sentences
from pages.server.response_headers import start_script
from tests.framework_scripts import SCRIPTS, said_by_streamlit

PAIRS = {key: entry for key, entry in sentences().items() if key.startswith("framework.")}


@pytest.mark.parametrize("key", sorted(PAIRS))
def test_a_sentence_of_streamlit_stands_in_the_scripts_that_are_served(key: str) -> None:
    english = re.sub(r"\{\w+\}", "10", str(PAIRS[key]["en"]))
    assert said_by_streamlit([english], sorted(SCRIPTS.glob("*.js"))), f"{key}: Streamlit no longer says it"


def test_two_sentences_of_streamlit_never_share_their_welsh() -> None:
    """The pairs are read backwards when a person returns to English."""
    welsh = [entry["cy"] for entry in PAIRS.values()]
    assert len(set(welsh)) == len(welsh)


def test_the_head_of_the_page_holds_every_pair() -> None:
    script = start_script()
    assert all(str(entry["cy"]) in script for entry in PAIRS.values())
    assert "</" not in script
