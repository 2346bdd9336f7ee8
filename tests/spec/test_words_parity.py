"""English and Cymraeg are equals: every sentence stands whole in both, with the same facts in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum

import pytest

from clearlink.rules.codes import Reason, Result, Verdict, VerdictReason
from clearlink.rules.link.confidence import Confidence, Downgrade
from clearlink.words import LANGUAGES, sentences

PLACEHOLDER = re.compile(r"\{(\w+)\}")
FORMS = {
    "en": {"zero", "one", "other"},
    "cy": {"zero", "one", "two", "few", "many", "other"},
}
# A form for one count may say its number in words; a form for nought has nothing to name.
NUMBER_IN_WORDS = {"one", "two"}
# Codes and names that are the same in both languages.
# names, and words that are written alike in both languages
SAME_TEXT = {"SHA-256", "Excel", "Grant", "Grant £", "T"}

ROOMS = sorted({key.partition(".")[0] for key in sentences()})
Forms = list[tuple[str, str]]


def _texts(key: str, lang: str) -> Forms:
    entry = sentences()[key].get(lang)
    return (
        [("", entry)]
        if isinstance(entry, str)
        else list(entry.items())
        if isinstance(entry, dict)
        else []
    )


def _facts(text: str) -> set[str]:
    """Names of the facts in a sentence; a Welsh sentence may take the Welsh name of one (`theme_cy`)."""
    return {name.removesuffix("_cy") for name in PLACEHOLDER.findall(text)}


def _words_of(text: str) -> str:
    return "".join(PLACEHOLDER.sub("", text).split())


def _keys_of(room: str) -> list[str]:
    return [key for key in sentences() if key.partition(".")[0] == room]


def _not_whole(key: str) -> Iterator[str]:
    for lang in LANGUAGES:
        texts = _texts(key, lang)
        if not texts:
            yield f"{key}: nothing in {lang}"
        if not all(text.strip() for _, text in texts):
            yield f"{key}: an empty {lang} sentence"
        forms = {form for form, _ in texts} - {""}
        if forms and "other" not in forms:
            yield f"{key}: {lang} has no form “other”"
        if not forms <= FORMS[lang]:
            unknown = sorted(forms - FORMS[lang])
            yield f"{key}: {lang} has forms its plural does not know: {unknown}"


def _facts_left_out(key: str) -> Iterator[str]:
    texts = [
        (lang, form, text)
        for lang in LANGUAGES
        for form, text in _texts(key, lang)
    ]
    whole = set().union(*(_facts(text) for _, _, text in texts))
    for lang, form, text in texts:
        missing = whole - _facts(text)
        if form in NUMBER_IN_WORDS:
            missing -= {"n"}
        if missing and form != "zero":
            yield f"{key}: {lang} {form} leaves out {sorted(missing)}"


def _not_translated(key: str) -> Iterator[str]:
    english = {_words_of(text) for _, text in _texts(key, "en")}
    for _, text in _texts(key, "cy"):
        said = _words_of(text)
        letters = re.sub(r"[\W\d_]", "", said)
        if said in english and letters and text not in SAME_TEXT:
            yield f"{key}: not translated"


# a file of sentences is one test, which lists every sentence of it that falls short
@pytest.mark.parametrize("room", ROOMS)
def test_every_sentence_is_whole_in_both_languages(room: str) -> None:
    assert _keys_of(room)
    assert [each for key in _keys_of(room) for each in _not_whole(key)] == []


@pytest.mark.parametrize("room", ROOMS)
def test_every_sentence_holds_the_same_facts_in_both_languages(
    room: str,
) -> None:
    assert [
        each for key in _keys_of(room) for each in _facts_left_out(key)
    ] == []


@pytest.mark.parametrize("room", ROOMS)
def test_no_welsh_sentence_is_the_english_one(room: str) -> None:
    assert [
        each for key in _keys_of(room) for each in _not_translated(key)
    ] == []


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ({"en": "One"}, "nothing in cy"),
        ({"en": "One", "cy": " "}, "an empty cy sentence"),
        ({"en": "One", "cy": {"one": "Un"}}, "no form “other”"),
        (
            {"en": {"few": "One", "other": "A"}, "cy": "Un"},
            "plural does not know",
        ),
        ({"en": "{n} of {of}", "cy": "{n} o"}, "leaves out ['of']"),
        ({"en": "Same", "cy": "Same"}, "not translated"),
    ],
)
def test_what_falls_short_is_noticed(
    entry: dict[str, object], told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sentences(), "room.key", entry)
    short = (_not_whole, _facts_left_out, _not_translated)
    assert any(told in each for ask in short for each in ask("room.key"))


def _keys(codes: Iterable[StrEnum], *patterns: str) -> Iterator[str]:
    return (
        pattern.format(code.value) for code in codes for pattern in patterns
    )


def test_every_code_of_the_rules_has_a_sentence() -> None:
    needed = [
        *_keys(Reason, "criterion.{}"),
        *_keys(Result, "criterion.result.{}"),
        *_keys(VerdictReason, "verdict.reason.{}", "verdict.sentence.{}"),
        *_keys(Verdict, "verdict.{}.name", "verdict.{}.marked"),
        *_keys(Confidence, "verdict.confidence.{}"),
        *_keys(Downgrade, "verdict.downgrade.{}"),
    ]
    assert [key for key in needed if key not in sentences()] == []
