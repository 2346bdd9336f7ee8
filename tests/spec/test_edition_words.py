"""The name of an edition is read in the language of the page: its months, and what stands beside."""

from __future__ import annotations

import re
import tomllib

import pytest

from clearlink import folders
from clearlink.report.voice import Voice

CATALOGUE = tomllib.loads(
    (folders.CATALOGUE / "sources.toml").read_text(encoding="utf-8")
)
EDITIONS = sorted(set(re.findall(r"'edition': '([^']+)'", str(CATALOGUE))))


@pytest.mark.parametrize(
    ("edition", "welsh"),
    [
        ("June 2026", "Mehefin 2026"),
        ("March to May 2020", "Mawrth – Mai 2020"),
        ("Census 2021", "Cyfrifiad 2021"),
        ("illustrative 2019", "darluniadol 2019"),
        ("2022-23, recovered", "2022-23, wedi’i adennill"),
        ("2025", "2025"),
        (None, "—"),
    ],
)
def test_an_edition_in_welsh(edition: str | None, welsh: str) -> None:
    assert Voice("cy").edition(edition) == welsh
    assert Voice("en").edition(edition) == (edition or "—")


@pytest.mark.parametrize("edition", EDITIONS)
def test_no_edition_of_the_catalogue_keeps_an_english_word(
    edition: str,
) -> None:
    english = re.findall(r"[A-Za-z]{2,}", edition)
    kept = set(re.findall(r"[A-Za-z]{2,}", Voice("cy").edition(edition)))
    assert not kept & set(english)
