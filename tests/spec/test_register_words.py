"""Every problem of a register is said in English and in Welsh, from the same facts."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from clearlink.words import LANGUAGES, sentences
from clearlink.words.problems import problem_words

PROBLEMS = tomllib.loads(
    (
        Path(__file__).parents[2] / "clearlink" / "words" / "problems.toml"
    ).read_text("utf-8")
)["problem"]
PLACEHOLDER = re.compile(r"\{(\w+)\}")


@pytest.mark.parametrize("code", PROBLEMS)
def test_a_problem_is_whole_in_both_languages(code: str) -> None:
    parts = PROBLEMS[code]
    assert (
        {"expected", "remedy"}
        <= parts.keys()
        <= {"found", "expected", "remedy"}
    )
    facts = set()
    for part in parts.values():
        assert part.keys() == set(LANGUAGES) and part["en"] != part["cy"]
        named = {
            lang: {
                name.removesuffix("_cy")
                for name in PLACEHOLDER.findall(part[lang])
            }
            for lang in LANGUAGES
        }
        assert named["en"] == named["cy"]
        facts |= {
            name
            for lang in LANGUAGES
            for name in PLACEHOLDER.findall(part[lang])
        }
    for lang in LANGUAGES:
        words = problem_words(code, [(name, name) for name in facts], lang)
        assert (
            words.expected
            and words.remedy
            and "{" not in words.expected + words.remedy
        )


def test_every_code_in_the_readers_has_words() -> None:
    sources = Path(__file__).parents[2] / "etl"
    files = [
        *sources.glob("sources/**/register_*.py"),
        *sources.glob("sources/**/council_*.py"),
        sources / "pipeline" / "register.py",
    ]
    read_likewise = (
        "assessments",
        "partnerships",
        "public_record",
        "papers_read",
    )
    files += [
        next(sources.glob(f"sources/**/{name}.py")) for name in read_likewise
    ]
    text = "".join(file.read_text("utf-8") for file in files)
    used = set(re.findall(r'CellRefused\(\s*"(\w+)"', text))
    used |= set(re.findall(r'(?<![\w.])problem\(\s*"(\w+)"', text))
    used |= set(
        re.findall(
            r'(?:refuse|warn|tell)\([^"()]*(?:"\w+",\s+)?"([a-z]+_[a-z_]+)"',
            text,
        )
    )
    assert len(used) > 20
    columns = {
        "partnership_id",
        "area_code",
        "name_en",
        "name_cy",
        "weight",
        "valid_to",
        "annual_value_gbp",
        "area_codes",
        "users_by_area",
        "priority_id",
        "is_sensitive",
    }
    assert used - columns <= PROBLEMS.keys()
    assert all(
        f"problems.problem.{code}.remedy" in sentences() for code in PROBLEMS
    )
