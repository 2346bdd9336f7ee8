"""Every refusal that the readers can utter has its sentences in both languages, with the same facts in
them.
"""

from __future__ import annotations

import ast
import string
from pathlib import Path

import pytest

from etl.files.refusal import problem, sentences
from etl.sources.areas.area_codes import fault_of_code

ETL = Path(__file__).resolve().parents[2] / "etl"
FILES = [
    *ETL.glob("files/*.py"),
    *ETL.glob("sources/**/*.py"),
    *ETL.glob("fetch/**/*.py"),
    ETL / "build" / "geometry.py",
]
UTTER = {
    "FileRefused": 0,
    "refuse": 0,
    "note": 0,
    "warn": 0,
    "_fault": 0,
    "_problem": 2,
    "_said": 1,
}


def _uttered() -> set[str]:
    codes = set()
    for path in FILES:
        if path.name.startswith(
            (
                "register",
                "assessments",
                "council",
                "engagements",
                "money",
                "own_indicators",
                "partnerships",
                "public_record",
                "papers_read",
                "plans",
                "programme_returns",
                "funding_lines",
            )
        ):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = (
                node.func.attr
                if isinstance(node.func, ast.Attribute)
                else getattr(node.func, "id", "")
            )
            if name in UTTER and len(node.args) > UTTER[name]:
                first = node.args[UTTER[name]]
                if isinstance(first, ast.JoinedStr):
                    # a code that is put together ("too_many_rows"): its whole forms are named in the test
                    continue
                codes |= {
                    each.value
                    for each in ast.walk(first)
                    if isinstance(each, ast.Constant)
                    and isinstance(each.value, str)
                }
    return codes


def test_every_refusal_has_its_sentences() -> None:
    assert len(_uttered()) > 40
    assert {
        f"too_many_{what}"
        for what in ("rows", "columns", "cells", "characters")
    } <= set(sentences("en"))
    assert _uttered() - set(sentences("en")) == set()


@pytest.mark.parametrize("code", sentences("en"))
def test_both_languages_say_the_same_facts(code: str) -> None:
    english, welsh = sentences("en")[code], sentences("cy")[code]
    facts = [
        {
            name
            for part in (said.found, said.expected, said.remedy)
            for _, name, _, _ in string.Formatter().parse(part)
            if name
        }
        for said in (english, welsh)
    ]
    assert facts[0] == facts[1]
    assert all((welsh.found, welsh.expected, welsh.remedy))


@pytest.mark.parametrize(
    ("code", "area_type", "expected"),
    [
        ("W06000007", "LA", "area_code_retired"),
        ("E06000001", "LA", "area_code_foreign"),
        ("W01000001", "LSOA21", "area_code_other_kind"),
        ("W92000004", "LA", "area_code_other_kind"),
        ("W11000023", "LA", "area_code_other_kind"),
        ("W06000099", "LA", "area_code_unknown"),
        ("w06000001", "LA", "area_code_malformed"),
    ],
)
def test_what_is_wrong_with_a_code_is_said(
    code: str, area_type: str, expected: str
) -> None:
    fault = fault_of_code(code, area_type)
    assert fault is not None
    assert fault[0] == expected
    assert code in problem("s", "f", fault[0], "row 2", **fault[1]).found
