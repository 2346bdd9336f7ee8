"""A served problem, said in the language of the page."""

from __future__ import annotations

import json

from clearlink.warehouse.reader import Row
from clearlink.words import MissingSentence
from clearlink.words.problems import problem_words as said
from pages.frame.speech import Speech


def problem_words(say: Speech, problem: Row) -> dict[str, str]:
    """Found, expected and what to do. A problem without a code is shown as it was written."""
    if problem["code"]:
        try:
            words = said(
                problem["code"],
                json.loads(problem["facts"] or "{}").items(),
                say.lang,
                problem["place"],
            )
            return {
                "place": words.place,
                "found": words.found,
                "expected": words.expected,
                "remedy": words.remedy,
            }
        except MissingSentence:
            pass
    return {
        "found": problem["found"],
        "expected": problem["expected"],
        "remedy": problem["remedy"],
    }
