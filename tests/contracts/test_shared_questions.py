"""What several questions ask alike stands once, in `warehouse/sql/both`, and is asked by its name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from clearlink.warehouse.asking import queries

# a subquery of fewer signs is read faster than a name is looked up
LONG = 90
MOST = 2


def _subqueries(text: str) -> Iterator[str]:
    """What stands in brackets and selects, without comments and layout."""
    plain = re.sub(r"\s+", " ", re.sub(r"--.*", "", text))
    opened: list[int] = []
    for at, sign in enumerate(plain):
        if sign == "(":
            opened.append(at + 1)
        elif sign == ")" and opened:
            inner = plain[opened.pop() : at].strip()
            if "select" in inner and len(inner) >= LONG:
                yield inner


def test_no_subquery_stands_in_three_questions() -> None:
    asked_by: dict[str, set[str]] = defaultdict(set)
    for name, path in queries().items():
        for inner in _subqueries(path.read_text(encoding="utf-8")):
            asked_by[inner].add(name)
    assert asked_by
    assert {
        inner: sorted(names)
        for inner, names in asked_by.items()
        if len(names) > MOST
    } == {}


def test_a_theme_is_asked_for_by_name() -> None:
    text = re.compile(r"\$theme is null\s+or exists")
    assert [
        name
        for name, path in queries().items()
        if text.search(path.read_text(encoding="utf-8"))
    ] == []
