"""A closed list is written once and used by name: its members do not stand as text beside it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from enum import StrEnum

import pytest

from clearlink.rules.codes import (
    WALES,
    Basis,
    Reason,
    Result,
    Verdict,
    VerdictReason,
)
from clearlink.rules.gap.gap import GapClass
from clearlink.rules.gap.overlap import OverlapKind
from clearlink.rules.link.confidence import Confidence, Downgrade
from clearlink.rules.need.composite import Robustness
from clearlink.rules.need.spatial import Cluster
from tests.contracts.measures import ROOT, modules

LISTS: tuple[type[StrEnum], ...] = (
    Verdict,
    VerdictReason,
    Result,
    Reason,
    Confidence,
    Downgrade,
    GapClass,
    OverlapKind,
    Cluster,
    Robustness,
)
# "today" alone is also a day, the name of a box and of what changed
MEMBERS = {str(m) for each in LISTS for m in each} | {Basis.AT_DECISION}


@pytest.fixture(scope="module")
def trees() -> dict[str, ast.Module]:
    return {
        str(path.relative_to(ROOT)): ast.parse(path.read_text(encoding="utf-8"))
        for path in modules()
    }


def _typed(tree: ast.Module) -> Iterator[int]:
    """Lines on which a member stands as text, other than where its list is written."""
    own = {
        id(node)
        for each in ast.walk(tree)
        if isinstance(each, ast.ClassDef)
        and any(getattr(b, "id", "") == "StrEnum" for b in each.bases)
        for node in ast.walk(each)
    }
    return (
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and node.value in MEMBERS
        and id(node) not in own
    )


def test_members_are_used_by_name(trees: dict[str, ast.Module]) -> None:
    typed = {name: list(_typed(tree)) for name, tree in trees.items()}
    assert {name: lines for name, lines in typed.items() if lines} == {}


def test_a_member_typed_as_text_is_seen() -> None:
    text = """
class Kind(StrEnum):
    CLEAR = "CLEAR"
shown = row["verdict"] == "CLEAR"
basis: str = "at_decision"
"""
    assert sorted(_typed(ast.parse(text))) == [4, 5]


def test_the_code_of_wales_is_written_once(
    trees: dict[str, ast.Module],
) -> None:
    written = [
        name
        for name, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and node.value == WALES
    ]
    assert written == ["clearlink/rules/codes.py"]
