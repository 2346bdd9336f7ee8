"""Every searcher sees what a person's eye sees: letters that cannot be seen, wide forms and letters of
another alphabet that look the same hide nothing from any of them.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from clearlink.rules.as_read import as_read
from clearlink.rules.counts_in_text import without_small_counts
from clearlink.rules.programmes.family_columns import could_be_a_family
from clearlink.rules.spoken import Sign, signs_in
from clearlink.rules.whereabouts import is_addressed, may_give_place_away
from clearlink.warehouse.law import catalogue_law
from etl.records import Severity
from etl.sources.papers.own_indicators import is_of_people
from etl.sources.registers.exchange_entries import names_a_refuge
from etl.sources.registers.register_guards import reads_as_formula
from etl.sources.registers.register_people import (
    is_personal,
    speaks_of_a_person,
    speaks_of_a_person_in,
)
from tests.registers import read, row

_CYRILLIC = str.maketrans("aceopxyABCEHKMOPTX", "асеорхуАВСЕНКМОРТХ")
_GREEK = str.maketrans("oABEHIKMNOPTX", "οΑΒΕΗΙΚΜΝΟΡΤΧ")

_BOLD = {
    **{ord("A") + n: 0x1D400 + n for n in range(26)},
    **{ord("a") + n: 0x1D41A + n for n in range(26)},
}


def _wide(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def _between(sign: str) -> Callable[[str], str]:
    """The sign inside every word, never between words."""
    return lambda text: "".join(c + sign if c.isalnum() else c for c in text)


DISGUISES: dict[str, Callable[[str], str]] = {
    "zero width space": _between("\u200b"),
    "joiner": _between("\u200d"),
    "soft hyphen": _between("\u00ad"),
    "word joiner": _between("\u2060"),
    "invisible times": _between("\u2062"),
    "tag": _between("\U000e0041"),
    "variation": _between("\ufe0f"),
    "grapheme joiner": _between("\u034f"),
    "underlined": _between("\u0332"),
    "wide": _wide,
    "cyrillic": lambda text: text.translate(_CYRILLIC),
    "greek": lambda text: text.translate(_GREEK),
    "no-break": lambda text: text.replace(" ", "\u202f"),
    "ideographic space": lambda text: text.replace(" ", "\u3000"),
    "blank that is a letter": lambda text: text.replace(" ", "\u3164"),
    "bold": lambda text: text.translate(_BOLD),
}
SEARCHERS: dict[str, tuple[Callable[[str], bool], str]] = {
    "postcode": (may_give_place_away, "CF10 1AX"),
    "street": (may_give_place_away, "12 Bont Place"),
    "address of the post": (is_addressed, "12 Bont Place"),
    "street by its name": (is_addressed, "Bont Street"),
    "telephone": (may_give_place_away, "029 2087 2087"),
    "refuge": (names_a_refuge, "a Refuge for women"),
    "safe house": (names_a_refuge, "a safe house"),
    "refuge in what is sent": (
        lambda text: Sign.REFUGE in signs_in(text),
        "a refuge for women",
    ),
    "threat in what is sent": (
        lambda text: Sign.THREAT in signs_in(text),
        "they will kill her",
    ),
    "case in what is sent": (
        lambda text: Sign.CASE_FILE in signs_in(text),
        "case number 1234",
    ),
    "identity": (lambda text: speaks_of_a_person([text]), "NI AB 12 34 56 C"),
    "birth": (lambda text: speaks_of_a_person([text]), "born 12/03/1985"),
    "name and hardship": (
        lambda text: speaks_of_a_person([text]),
        "A bed for Thomas Example",
    ),
    "number": (
        lambda text: speaks_of_a_person_in({"title": text}),
        "call 07700 900123",
    ),
    "e-mail": (
        lambda text: speaks_of_a_person_in({"approver": text}),
        "jane.doe@example.org",
    ),
    "copy": (is_personal, "Thomas Example"),
    "family": (could_be_a_family, "family id"),
    "unit of people": (is_of_people, "people"),
    "count": (
        lambda text: without_small_counts(text, catalogue_law()) != text,
        "7 of 9 people",
    ),
    "count in words": (
        lambda text: without_small_counts(text, catalogue_law()) != text,
        "seven women",
    ),
}


@pytest.mark.parametrize("disguise", DISGUISES)
@pytest.mark.parametrize("searcher", SEARCHERS)
def test_nothing_is_hidden_from_any_searcher(
    searcher: str, disguise: str
) -> None:
    finds, text = SEARCHERS[searcher]
    assert finds(text), "found without any disguise"
    assert finds(DISGUISES[disguise](text)), repr(DISGUISES[disguise](text))


@pytest.mark.parametrize("disguise", DISGUISES)
def test_a_count_is_left_out_however_it_is_written(disguise: str) -> None:
    left = without_small_counts(
        DISGUISES[disguise]("Better for 7 of 9 people"), catalogue_law()
    )
    assert "7" not in as_read(left) and "9" not in as_read(left)


@pytest.mark.parametrize("disguise", DISGUISES)
def test_a_row_about_a_refuge_is_guarded_however_it_is_written(
    disguise: str,
) -> None:
    hidden = DISGUISES[disguise]
    register = read(
        row(
            title=hidden("Refuge support"),
            area_codes="",
            outcomes=hidden("at CF10 1AX"),
        )
    )
    assert register.projects == []
    refused = [p for p in register.problems if p.severity is Severity.REFUSED]
    assert refused and all("1AX" not in as_read(repr(p)) for p in refused)


def test_a_formula_is_one_behind_what_cannot_be_seen() -> None:
    for sign in ("\u200b", "\u2062", "\U000e0041", "\u3164", "\u202f"):
        assert reads_as_formula(sign + "=1+1") and reads_as_formula(
            sign + "＝1+1"
        )


@pytest.mark.parametrize(
    "text",
    [
        "Cefnogaeth i oroeswyr yn Llŷn",
        "Ŵyr, ẃ, ẁ, ẅ, ỳ, ÿ",
        "Grŵp £12k – 2024",
        "plain",
        "5 o’r gloch",
        "",
    ],
)
def test_what_is_plain_reads_as_it_stands(text: str) -> None:
    assert as_read(text) == text
