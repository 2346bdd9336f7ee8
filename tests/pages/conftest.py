"""The sample, served to the tests of pages."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from streamlit.components.v2 import manifest_scanner


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


@pytest.fixture(scope="session", autouse=True)
def _components_are_looked_for_once() -> Iterator[None]:
    """Streamlit's own test reads what every installed package says of itself for each page that it opens: a
    third of the time of a small page. Nothing is installed meanwhile.
    """
    with pytest.MonkeyPatch.context() as patch:
        once = cache(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", once)
        yield
