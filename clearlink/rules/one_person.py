"""Whether a text leads to one person: an identity number, a birth date, a telephone number, an e-mail
address, or a title and a name with an address of the post.

It stands in no register and in no text that the record of a meeting keeps: both go further, and the record
stays for ever.
"""

from __future__ import annotations

import re
from typing import Final

from clearlink.rules.as_read import as_read, forms_read
from clearlink.rules.whereabouts import is_addressed

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
        r"\b(?:aged?|oed)\s+\d{1,3}\b.{0,30}\b(?:born|ganed)\b",
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
_TITLED: Final = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Master)\.?\s+[A-ZÂÊÎÔÛŴŶ]")


def is_of_one_person(text: str) -> bool:
    """Whether a text gives an identity number, a birth date, a telephone number or an e-mail address."""
    seen = as_read(text)
    if has_e_mail(seen):
        return True
    # most texts have no figure, and no number of a person is without
    if not _DIGIT.search(seen):
        return False
    return any(
        p.search(form) for form in forms_read(seen) for p in (*_IDENTITY, _TELEPHONE)
    )


def has_e_mail(text: str) -> bool:
    """Whether a text holds an e-mail address."""
    seen = as_read(text)
    return "@" in seen and bool(_E_MAIL.search(seen))


def gives_a_person_away(text: str) -> bool:
    """The same, or a title and a name in a text that gives an address of the post."""
    seen = as_read(text)
    return is_of_one_person(seen) or (bool(_TITLED.search(seen)) and is_addressed(seen))
