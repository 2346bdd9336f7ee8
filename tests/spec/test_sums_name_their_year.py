"""A sum of money names its financial year: "this year" is another one on paper and after March."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from clearlink import words

LOOSE = {
    "en": re.compile(r"\bthis year\b|£ a year", re.I),
    "cy": re.compile(r"\beleni\b|£ y flwyddyn", re.I),
}


def said() -> Iterator[tuple[str, str, str]]:
    """Every sentence and plural form: key, language, text."""
    for key, entry in words.sentences().items():
        for lang in words.LANGUAGES:
            forms = entry[lang]
            for text in [forms] if isinstance(forms, str) else forms.values():
                yield key, lang, text


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_no_sentence_says_this_year(lang: words.Lang) -> None:
    assert [
        key
        for key, of, text in said()
        if of == lang and LOOSE[lang].search(text)
    ] == []
