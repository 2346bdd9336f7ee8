"""Counts of people in free text: "7 of 9 families" tells as much as a table that would be withheld (method
C).

A count stands beside a word for people, in figures or as a word, in either language; with "of" a second
number gives the others away.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from clearlink.rules.as_read import as_read
from clearlink.rules.settings import Settings

LEFT_OUT: Final = "…"
_WORDS: Final = {
    word: number
    for number, words in enumerate(
        (
            "two dau dwy ddau ddwy",
            "three tri tair dri dair",
            "four pedwar pedair bedwar bedair",
            "five pump pum bump bum",
            "six chwech chwe",
            "seven saith",
            "eight wyth",
            "nine naw",
            "ten deg ddeg",
            "eleven",
            "twelve deuddeg ddeuddeg",
        ),
        2,
    )
    for word in words.split()
}
# in English only the plural: "two parent group" counts no parents
_PEOPLE: Final = (
    "people|persons|individuals|women|men|girls|boys|children|pupils|learners|students|parents|mothers|"
    "fathers|families|"
    "households|clients|users|residents|tenants|victims|survivors|carers|patients|participants|adults|"
    "adolescents|teenagers|babies|"
    "refugees|offenders|beneficiaries|"
    "[pb]obl|[pbf]erson(?:au)?|unigol(?:yn|ion)|[mf]enyw(?:od)?|dd?yn(?:ion)?|[mf]erch(?:ed)?|"
    "[bf]achgen|[bf]echgyn|"
    "(?:pl|bl|phl)(?:ant|entyn)|(?:t|d|th)eulu(?:oedd)?|aelwyd(?:ydd)?|rh?iant|rh?ieni|g?ofalw(?:r|yr)|"
    "dd?efnydd(?:iwr|wyr)|"
    "(?:c|g|ch)leient(?:iaid)?|(?:p|b|ph)reswyl(?:ydd|wyr)|dd?isgybl(?:ion)?|(?:c|g|ch)l(?:af|eifion)|"
    "g?oroesw(?:r|yr)|dd?ioddefw(?:r|yr)|"
    "(?:t|d|th)enant(?:iaid)?|(?:m|f)yfyrw(?:r|yr)|oedol(?:yn|ion)"
)
_NUMBER: Final = rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d+|{'|'.join(_WORDS)})"
_OF: Final = r"\s*(?:/|\bout of\b|\bof\b|\ballan o\b|\bo['’]r\b|\bo\b)\s*(?:(?:the|all|y|yr)\s+)?"
_COUNTED: Final = re.compile(
    rf"(?<![\w.,£$€%/–-])(?P<count>{_NUMBER})(?:{_OF}(?P<whole>{_NUMBER}))?"
    r"\s+(?:o\s+)?(?:[^\W\d][\w’'-]*\s+){0,2}?"
    rf"(?:{_PEOPLE})(?![\w’'-])",
    re.IGNORECASE,
)
# a number that orders or measures, and counts nobody: "Phase 2 families", "aged 4 children"
_ORDERS: Final = re.compile(
    r"\b(?:phase|stage|year|age[ds]?|under|over|below|above|level|cohort|cam|cyfnod|blwyddyn|oed|dan|"
    r"dros)\s+$",
    re.IGNORECASE,
)


def counts_of_people(text: str) -> Iterator[tuple[int, int, list[int]]]:
    """Where a text counts people: the numbers' first and last place, and the counts it tells, those left
    over by "of" too.
    """
    for found in _COUNTED.finditer(text):
        if _ORDERS.search(text[: found.start()][-20:]):
            continue
        count = _value(found["count"])
        whole = found["whole"] and _value(found["whole"])
        left = [whole - count] if whole and whole >= count else []
        yield (
            found.start("count"),
            found.end("whole" if found["whole"] else "count"),
            [count, *left],
        )


def without_small_counts(text: str, settings: Settings) -> str:
    """The text with every count of people left out that a table would not show, or from which another
    follows that it would not.
    """
    left = _cut(text, settings.disclosure_below)
    seen = as_read(left)
    # what was written so that a search passes over it is kept as it reads, and searched once more
    return (
        left
        if seen == left
        or (cut := _cut(seen, settings.disclosure_below)) == seen
        else cut
    )


def _cut(text: str, below: int) -> str:
    out, at = [], 0
    for first, last, counts in counts_of_people(text):
        if min(counts) < below:
            out += [
                text[at:first],
                LEFT_OUT,
            ]
            at = last
    return "".join(
        [
            *out,
            text[at:],
        ]
    )


def _value(text: str) -> int:
    digits = text.replace(",", "")
    return int(digits) if digits.isdigit() else _WORDS[text.lower()]
