"""The sample, served to the tests of pages."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def on_sample(
    sample_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """The sample is served, and what the pages write goes to a folder of this test's own."""
    monkeypatch.setenv("CLEARLINK_DATA", str(sample_data))
    monkeypatch.setenv(
        "CLEARLINK_REVIEW_URL", f"sqlite:///{tmp_path / 'review.sqlite'}"
    )
    monkeypatch.delenv("CLEARLINK_LANG", raising=False)
    assert os.environ["CLEARLINK_DATA"] == str(sample_data)
    yield sample_data


@pytest.fixture(autouse=True)
def _no_cookies(monkeypatch: pytest.MonkeyPatch) -> None:
    """Streamlit's own test stands in for the browser and says of every cookie that it is there."""
    monkeypatch.setattr("streamlit.runtime.context.ContextProxy.cookies", {})
