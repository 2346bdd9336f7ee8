"""A problem of a file, said in English or Cymraeg from its code and its facts (`problems.toml`)."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from clearlink.words import Lang, MissingSentence, knows, say

# Problems of files as such (damaged, too large, misread) keep their sentences with the readers of files.
SOURCE_PROBLEMS: Final = (
    Path(__file__).resolve().parents[2]
    / "data"
    / "catalogue"
    / "source_problems.csv"
)


# before the name of a register that is kept stands the beginning of its hash
_KEPT: Final = re.compile(r"^[0-9a-f]{8}-")


def name_as_given(file: str) -> str:
    """The name of a file as the person knows it who gave it; a register is kept under another."""
    return _KEPT.sub("", file)


@dataclass(frozen=True, slots=True)
class ProblemWords:
    """Where it is, what was found there, what was expected and what to do, as one person reads them."""

    place: str
    found: str
    expected: str
    remedy: str


@cache
def _source_sentences() -> dict[str, dict[str, str]]:
    if not SOURCE_PROBLEMS.exists():
        return {}
    with SOURCE_PROBLEMS.open(encoding="utf-8", newline="") as file:
        return {row["code"]: row for row in csv.DictReader(file)}


def _of_a_source(
    code: str,
    facts: Mapping[str, str],
    lang: Lang,
    place: str,
) -> ProblemWords:
    row = _source_sentences().get(code)
    if row is None:
        raise MissingSentence(f"problem {code} ({lang})")
    found, expected, remedy = (
        row[f"{part}_{lang}"].format(**facts)
        for part in ("found", "expected", "remedy")
    )
    return ProblemWords(place, found, expected, remedy)


def problem_words(
    code: str,
    facts: Iterable[tuple[str, str]],
    lang: Lang,
    place: str = "",
) -> ProblemWords:
    """The sentences of problem `code`; `place` is shown as it stands where the facts name no row.

    Raises MissingSentence for a code without words.
    """
    known = dict(facts)
    if not knows(f"problems.problem.{code}.expected"):
        return _of_a_source(code, known, lang, place)
    told = {
        "row": "",
        "letter": "",
        "column": "",
        "found": "",
        "nearest": "–",
    } | known
    of_no_cell = "row" if known.get("row") else "file"
    where = "cell" if known.get("letter") else of_no_cell
    found_key = f"problems.problem.{code}.found"
    if known.get("withheld") == "yes" and not knows(found_key):
        cell = say(lang, "problems.withheld")
    elif knows(found_key):
        cell = say(lang, found_key, **told)
    else:
        cell = known.get("found") or say(lang, "problems.nothing")
    return ProblemWords(
        place=say(
            lang,
            f"problems.place.{where}",
            **told,
        ),
        found=cell,
        expected=say(
            lang,
            f"problems.problem.{code}.expected",
            **told,
        ),
        remedy=say(
            lang,
            f"problems.problem.{code}.remedy",
            **told,
        ),
    )
