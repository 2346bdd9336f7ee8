"""Whether a text leads to one person: an identity number, a birth date, a telephone number, an e-mail
address, or a title and a name with an address of the post.

It stands in no register and in no text that the record of a meeting keeps: both go further, and the record
stays for ever.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from clearlink.rules.as_read import as_read, forms_read
from clearlink.rules.whereabouts import is_addressed, is_numbered_address

_DAY: Final = (
    r"\d{1,2}(?:st|nd|rd|th|af|ain|fed|eg)?"
    r"[\s./-]{1,2}(?:\d{1,2}|[^\W\d_]{3,10})[\s./-]{1,2}\d{2,4}"
)
_IDENTITY: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # a National Insurance number: letters that are in use (or QQ, as in examples), six digits, one of
        # four
        r"(?<![A-Z0-9])(?!BG|GB|KN|NK|NT|TN|ZZ)(?:QQ|"
        r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z])[\s-]?\d{2}[\s-]?\d{2}[\s-]?\d{2}[\s-]?[A-D](?![A-Z0-9])",
        r"\b(?:nhs|gig)\s*(?:no|number|rhif)\b\D{0,5}\d{3}[\s-]?\d{3}[\s-]?\d{4}\b",
        rf"\b(?:d\.?\s?o\.?\s?b\.?|date\s+of\s+birth|born|dyddiad\s+geni|ganed|ganwyd|"
        rf"d\.\s?g\.)(?:\s+(?:on|ar))?\W{{0,4}}{_DAY}",
        r"\b(?:aged?|oed)\s+\d{1,3}\b.{0,30}\b(?:born|ganed)\b"
        r"(?!\s+(?:(?:on\s+or\s+)?(?:after|before|since)|ar\s+ôl|cyn|ers)\b)",
    )
)
# how one person is reached
_TELEPHONE: Final = re.compile(
    r"(?<![\d+£.,])(?:(?:\+|00)44[\s(]*0?[)\s]*|\(?0)"
    r"[1237](?:\d{1,3}[)\s.-]{1,2}\d{3,4}[\s.-]?\d{3,4}|\d{8,9})(?![\d-])",
    re.ASCII,
)
_DIGIT: Final = re.compile(r"\d")
# one sign before the @ is enough: a run of any length would be searched again from each of its letters
_E_MAIL: Final = re.compile(r"[\w.+-]@[\w-]+(?:\.[\w-]+)+", re.ASCII)
# where a name ends: a mark, the word that leads from a person to the place, a number or a postcode
_NAME_ENDS: Final = re.compile(
    r"[,;:()|/\n]|(?<=[a-zâêîôûŵŷ])\.\s|\s[–—-]\s|\s(?:at|of|from|yn|o)\s+(?=\d)|(?=\b\d)"
    r"|(?=\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b)"
)
_CAPITALS: Final = "A-ZÀ-ÖØ-ÞĀĒĪŌŪŴŶŠŽŁŃŚŹŻČĆĘĄÓ"
_RUN: Final = re.compile(
    rf"(?:(?<=\s)|^)[{_CAPITALS}](?:[^\W\d_]|[’'-])+"
    rf"(?:\s+(?:(?:ap|ab|ferch|verch)\s+)?[{_CAPITALS}](?:(?:[^\W\d_]|[’'-])+|\.?))*$"
)
_PARTICLES: Final = frozenset({"ap", "ab", "ferch", "verch"})
# what may stand between a person and the numbered part of an address: a house and a town, or a street
_SOON: Final = re.compile(r"(?:[^,;()|\n]*[,;()|\n]?){1,4}")
_TITLED: Final = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Master)\.?\s+[A-ZÂÊÎÔÛŴŶ]")


@dataclass(frozen=True, slots=True)
class NameWords:
    """What tells a name from other words that begin with capitals; all folded as `folded_word` folds.

    `known`: words of the trade and of places. `never`: words of the names of bodies, buildings, streets and
    houses. `surname_too`, `given_too`: words that are a surname or a given name as well, beside a word that
    is none of these.
    """

    known: frozenset[str]
    never: frozenset[str]
    surname_too: frozenset[str]
    given_too: frozenset[str]


def is_of_one_person(text: str) -> bool:
    """Whether a text gives an identity number, a birth date, a telephone number or an e-mail address."""
    seen = as_read(text)
    if has_e_mail(seen):
        return True
    # most texts have no figure, and no number of a person is without
    if not _DIGIT.search(seen):
        return False
    return any(
        p.search(form)
        for form in forms_read(seen)
        for p in (*_IDENTITY, _TELEPHONE)
    )


def has_e_mail(text: str) -> bool:
    """Whether a text holds an e-mail address."""
    seen = as_read(text)
    return "@" in seen and bool(_E_MAIL.search(seen))


def gives_a_person_away(text: str) -> bool:
    """The same, or a title and a name in a text that gives an address of the post."""
    seen = as_read(text)
    return is_of_one_person(seen) or (
        bool(_TITLED.search(seen)) and is_addressed(seen)
    )


def names_somebody_at_an_address(text: str, words: NameWords) -> bool:
    """Whether two or three words that are written as a name stand beside an address with a number.

    A name of a list needs no such care; this is for the names that no list has.
    """
    seen = as_read(text)
    if not is_numbered_address(seen):
        return False
    return any(_is_like_a_name(run, words) for run in _beside_an_address(seen))


def folded_word(word: str) -> str:
    """A word without case, accents and what stands behind its apostrophe."""
    plain = unicodedata.normalize(
        "NFKD",
        word.casefold().replace("’", "'"),
    )
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return letters.partition("'")[0].rstrip(".") or letters


def _beside_an_address(seen: str) -> Iterator[list[str]]:
    """The capitalised words of each run that ends shortly before an address with a number, and of one that
    is all that follows it.
    """
    begun, mark = 0, ""
    for end in _NAME_ENDS.finditer(seen):
        soon = _SOON.match(
            seen,
            end.start(),
        )
        if soon and is_numbered_address(soon[0]):
            yield _run_of(seen[begun : end.start()])
        begun, mark = end.end(), end[0].strip()
    if mark and mark not in ",;/" and is_numbered_address(seen[:begun]):
        yield _run_of(seen[begun:])


def _run_of(part: str) -> list[str]:
    run = _RUN.search(part.strip())
    return [w for w in run[0].split() if w not in _PARTICLES] if run else []


def _is_like_a_name(run: list[str], words: NameWords) -> bool:
    # capitals beside small letters are the letters of a body: Calan DVS
    shouted = {word.isupper() for word in run if len(word.rstrip(".")) > 1}
    if len(run) not in (2, 3) or len(shouted) > 1:
        return False
    *before, last = (folded_word(word) for word in run)
    if not words.never.isdisjoint(before):
        return False
    named = all(
        word in words.given_too or word not in words.known for word in before
    )
    if last not in words.never | words.known:
        return named
    if last in words.surname_too - words.never:
        # both words may be of every day, and no title is two of these: Mark Young
        return named
    return last in words.surname_too and words.known.isdisjoint(before)
