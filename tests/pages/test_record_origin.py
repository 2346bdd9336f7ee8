"""A record says where it comes from, and never that a loaded register is a published paper."""

from __future__ import annotations

import pytest

from clearlink.words import LANGUAGES, Lang, sentences
from pages.project.record import origin_of


@pytest.mark.parametrize(
    ("is_illustrative", "from_register", "origin"),
    [
        (True, True, "illustrative"),
        (True, False, "illustrative"),
        (False, True, "loaded"),
        (False, False, "published"),
    ],
)
def test_a_record_says_where_it_comes_from(
    is_illustrative: bool, from_register: bool, origin: str
) -> None:
    project = {
        "is_illustrative": is_illustrative,
        "from_register": from_register,
    }
    assert origin_of(project) == origin


@pytest.mark.parametrize("lang", LANGUAGES)
def test_only_what_was_published_is_said_to_be(lang: Lang) -> None:
    said = {
        origin: sentences()[f"record.{origin}"][lang]
        for origin in ("illustrative", "loaded", "published")
    }
    assert len(set(said.values())) == 3
    assert "publish" not in str(said["loaded"])
    assert "gyhoedd" not in str(said["loaded"])
