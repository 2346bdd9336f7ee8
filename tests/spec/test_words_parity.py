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
FORMS = {"en": {"one", "other"}, "cy": {"zero", "one", "two", "few", "many", "other"}}
# A form for one count may say its number in words; a form for nought has nothing to name.
NUMBER_IN_WORDS = {"one", "two"}
# Codes and names that are the same in both languages.
# names, and words that are written alike in both languages
SAME_TEXT = {"SHA-256", "Excel", "Grant", "Grant £", "T"}

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


@pytest.mark.parametrize("key", sorted(sentences()))
def test_a_sentence_is_whole_in_both_languages(key: str) -> None:
    for lang in LANGUAGES:
        texts = _texts(key, lang)
        assert texts, f"{key}: nothing in {lang}"
        assert all(text.strip() for _, text in texts), (
            f"{key}: an empty {lang} sentence"
        )
        forms = {form for form, _ in texts} - {""}
        assert not forms or "other" in forms, f"{key}: {lang} has no form “other”"
        assert forms <= FORMS[lang], (
            f"{key}: {lang} has forms its plural does not know: {forms - FORMS[lang]}"
        )


@pytest.mark.parametrize("key", sorted(sentences()))
def test_a_sentence_holds_the_same_facts_in_both_languages(key: str) -> None:
    texts = [
        (lang, form, text) for lang in LANGUAGES for form, text in _texts(key, lang)
    ]
    whole = set().union(*(_facts(text) for _, _, text in texts))
    for lang, form, text in texts:
        missing = whole - _facts(text)
        if form in NUMBER_IN_WORDS:
            missing -= {"n"}
        assert not missing or form == "zero", (
            f"{key}: {lang} {form} leaves out {sorted(missing)}"
        )


@pytest.mark.parametrize("key", sorted(sentences()))
def test_no_welsh_sentence_is_the_english_one(key: str) -> None:
    english = {_words_of(text) for _, text in _texts(key, "en")}
    for _, text in _texts(key, "cy"):
        said = _words_of(text)
        letters = re.sub(r"[\W\d_]", "", said)
        assert said not in english or not letters or text in SAME_TEXT, (
            f"{key}: not translated"
        )


def _keys(codes: Iterable[StrEnum], *patterns: str) -> Iterator[str]:
    return (pattern.format(code.value) for code in codes for pattern in patterns)


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
