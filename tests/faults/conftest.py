"""A publisher on this machine, for every test that fetches from one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from publisher import Publisher, publishing


@pytest.fixture
def at() -> Iterator[Publisher]:
    with publishing() as publisher:
        yield publisher
