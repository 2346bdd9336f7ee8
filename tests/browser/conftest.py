from __future__ import annotations

import dataclasses
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from real_boundaries import write_boundaries
from running import CHROMIUM, chromium, served

from tests.patience import PATIENCE_MS

# three lots of tests share two cores: what is waited for comes, if it comes at all, and how fast is the
# bench's question
expect.set_options(timeout=PATIENCE_MS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not Path(CHROMIUM).is_file():
        missing = f"no Chromium at {CHROMIUM}; set CLEARLINK_CHROMIUM"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(
            missing
        )
    with chromium() as started:
        yield started


@pytest.fixture(scope="session")
def boundary_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A CLEARLINK_DATA folder with real boundaries under built/geometry."""
    folder = tmp_path_factory.mktemp("data")
    (folder / "boundaries.json").write_text(
        json.dumps(dataclasses.asdict(write_boundaries(folder)))
    )
    return folder


@pytest.fixture(scope="session")
def demo_url(boundary_folder: Path) -> Iterator[str]:
    with served(Path(__file__).parent / "demo_page.py", boundary_folder) as url:
        yield url
