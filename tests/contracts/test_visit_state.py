"""What a visit holds is read and written in one place, by typed keys."""

from __future__ import annotations

import ast

from tests.contracts.measures import ROOT, modules

ONE_PLACE = ROOT / "pages" / "frame" / "state.py"


def _session_lines(text: str) -> list[int]:
    """Lines on which Streamlit's session is named in code."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(text))
        if (isinstance(node, ast.Attribute) and node.attr == "session_state")
        or (isinstance(node, ast.alias) and node.name == "session_state")
    ]


def test_the_session_is_read_and_written_in_one_place() -> None:
    elsewhere = {
        str(path.relative_to(ROOT)): lines
        for path in modules()
        if path != ONE_PLACE
        and (lines := _session_lines(path.read_text(encoding="utf-8")))
    }
    assert elsewhere == {}
    assert _session_lines(ONE_PLACE.read_text(encoding="utf-8"))
