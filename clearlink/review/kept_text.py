"""The texts of a row as the store keeps them, or the refusal that says in words what is wrong with them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from clearlink.review.refusals import Refused
from clearlink.review.roles import Viewer
from clearlink.review.tables import (
    BUILT_DOCUMENTS,
    IN_WORDS,
    LONGEST,
    LONGEST_TEXT,
    TYPED_DOCUMENTS,
)
from clearlink.rules.one_person import (
    gives_a_person_away,
    names_somebody_at_an_address,
)
from clearlink.rules.plain_text import kept_form, text_fault
from clearlink.words.vocabulary import name_words

LONGEST_NAME: Final = 120


def kept_texts(table: str, row: Mapping[str, Any]) -> dict[str, str]:
    """The texts among a row's values in the form that is kept. Raises Refused for the first that the rule
    does not allow.
    """
    texts = {}
    for column, value in row.items():
        if not isinstance(value, str) or (table, column) in BUILT_DOCUMENTS:
            continue
        longest = LONGEST.get(
            (table, column),
            LONGEST_TEXT,
        )
        if (table, column) in TYPED_DOCUMENTS:
            for text in _texts_of(json.loads(value)):
                _hold(text, longest)
            continue
        texts[column] = kept_form(value)
        _hold(texts[column], longest)
        # what people say in words is printed, exported and kept for ever
        if column in IN_WORDS and _leads_to_a_person(texts[column]):
            raise Refused("text_person")
    return texts


def _leads_to_a_person(text: str) -> bool:
    return gives_a_person_away(text) or names_somebody_at_an_address(
        text, name_words()
    )


def name_fit_for_record(viewer: Viewer) -> None:
    """Every line of the record says who wrote it. Raises Refused where the person has given no name, or
    none that can be kept.
    """
    if not (viewer.is_named and viewer.name.strip()):
        raise Refused("name_missing")
    _hold(viewer.name, LONGEST_NAME)


def _hold(text: str, longest: int) -> None:
    fault = text_fault(text, longest)
    if fault is None:
        return
    facts: dict[str, dict[str, object]] = {
        "long": {
            "length": f"{fault.length:,}",
            "longest": f"{fault.longest:,}",
        },
        "control": {"sign": fault.sign, "near": fault.near},
        "invisible": {},
    }
    raise Refused(
        f"text_{fault.code}",
        facts=facts[fault.code],
    )


def _texts_of(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield kept_form(value)
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts_of(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts_of(each)
