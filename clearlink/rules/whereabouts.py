"""Whether words could give away where somebody lives, or who they are: asked of sensitive records and of all
that people send us.

Errs towards yes. A needless question costs less than the address of a refuge.
"""

from __future__ import annotations

import re
from typing import Final

from clearlink.rules.as_read import as_read, forms_read

_STREET_WORDS: Final = (
    "street|st|road|rd|lane|avenue|ave|close|drive|terrace|place|crescent|way|court|gardens|square|row|"
    "hill|parade|"
    "grove|walk|mews|rise|villas|buildings|yard"
)
# "CF10 4th floor" and "CF10 5hr wait": in small letters and before what it counts; "CF10 3rd" alone is one
_NO_POSTCODE: Final = (
    r"(?![a-z]{1,2}\d[a-z\d]?\s+(?:"
    r"(?-i:(?:1st|2nd|3rd|[04-9]th)\s+(?:floor|time|year|week|day|bus)"
    r"|\d(?:hr|yr|ft)\s+(?:wait|walk|drive|delay|shift)))\b)"
)
# what is counted, and no house: "3 weeks for a place", "a 10 minute walk"
_COUNTED: Final = (
    r"(?!(?:(?:second|minute|min|hour|hr|day|night|week|month|year|mile|metre|time|famil(?:ie)?|parent|place|"
    r"carer|adult|patient|pupil|tenant|pound|train|buse)s|km|people|children|of|in|and|or|more|less|per)\b"
    r"|(?-i:minute|hour|day|night|week|month|year)\b|mile\s+(?:walk|drive|way)\b)"
)
# words of a sentence that stand in the name of no street
_OF_A_SENTENCE: Final = (
    r"(?!(?:a|an|for|to|is|was|were|are|be|been|has|had|have|there|not|only|my|our|your|their|from|too|than|"
    r"that|they|we|it|with|but|because|every|each|some|any|takes?|waits?|went|came)\b)"
)
_WELSH_STREETS: Final = (
    r"(?:stryd|heol|lôn|rhodfa|clos|teras|rhes|cilgant|rhiw|cwrt|gerddi"
    r"|ffordd(?=[\s,]+\w)(?!(?-i:\s+(?:o|i|arall|wahanol|yn|ymlaen)\b))"
    r"|maes(?=[\s,]+\w)(?!(?-i:\s+(?:parcio|chwarae|gwaith|blaenoriaeth|polisi|allweddol|gwahanol|"
    r"rygbi|yn|o)\b)))"
)
_POSTAL: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # a postcode
        rf"(?<![a-z0-9]){_NO_POSTCODE}"
        r"[a-z]{1,2}\d[a-z\d]?\s*[-.]?\s*\d[abd-hjlnp-uw-z]{2}(?![a-z0-9])",
        # 12 Park Road
        rf"\b\d+[a-z]?,?\s+{_COUNTED}(?:{_OF_A_SENTENCE}[\w’'.-]+\s+){{1,4}}(?:{_STREET_WORDS})\b",
        rf"\b\d+[a-z]?,?\s+{_WELSH_STREETS}\b",
        r"\b(?:flat|unit|apartment|fflat|room)\s+\d++"
        r"(?![.,\d]*\s?%|\s+(?:of\s+(?:the\s+)?\d+|hours?|days?|weeks?|months?|years?)\b)",
        r"\b(?:p\.?\s?o\.?\s?box|blwch\s+post)\b",
    )
)
_WHEREABOUTS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # telephone
        r"(?<![\w])(?:\+|00)44[\s().-]*\d(?:[\s().-]*\d){8,}|(?<![\w-])\(?0\d(?:[\s().-]*\d){8,9}(?!\d)",
        # e-mail; bounded, so a long cell is searched in no time
        r"[^\s@]\s?(?:@|\[at\]|\(at\))\s?[^\s@]{1,250}\.[a-z]{2}",
        r"(?<![\d.])(?:4[89]|5\d|60)\.\d{2,}\s*°?\s*n?[\s,;/|]+[-–−]?\s*\d\.\d{2,}",  # latitude, longitude
        r"^\s*(?:5[1-3]\.\d{3,}|[-–−][2-5]\.\d{3,})\s*$",  # half of a pair, alone in its cell
        r"\d{1,2}\s*°\s*\d{1,2}\s*['′’]",
        # Ordnance Survey grid reference; "so 2024" is a word and a year
        r"\b(?:s[hjmnrst]|(?-i:SO)|so(?=\s?\d{3,5}\s?\d{3}))\s?\d{2,5}\s?\d{2,5}\b",
        r"\b[1-3]\d{5}\s*[,;/ ]\s*[1-4]\d{5}\b",  # easting, northing
        r"(?:///|what3words|w3w\.co)",
        r"(?<![\w/.@-])[^\W\d_]{4,}\.[^\W\d_]{4,}\.[^\W\d_]{4,}(?![\w/@-]|\.\w)",  # three words
        r"\buprn\b|(?<![\d-])\d{11,12}(?!\d)",
    )
)
_DIGIT: Final = re.compile(r"\d")
# Without a number these words are also ordinary English, so a capital is asked for before them.
_NAMED_STREET = re.compile(
    r"\b[A-ZÂÊÎÔÛŴŶ][\w’'-]+\s+(?:Street|Road|Lane|Avenue|Terrace|Crescent)\b|\b(?:Stryd|Heol|Ffordd|"
    r"Lôn|Rhodfa)\s+(?:y\s+|yr\s+)?[A-ZÂÊÎÔÛŴŶ]"
)


def may_give_place_away(text: str) -> bool:
    """Whether `text` looks like a postcode, street address, telephone, e-mail, coordinates, UPRN or
    three-word address.
    """
    return any(_gives_place_away(seen) for seen in forms_read(text))


def _gives_place_away(seen: str) -> bool:
    return any(p.search(seen) for p in (*_POSTAL, *_WHEREABOUTS)) or bool(
        _NAMED_STREET.search(seen)
    )


def is_numbered_address(text: str) -> bool:
    """Whether `text` gives an address of the post that has a number: a postcode, a house, a flat or a box."""
    seen = as_read(text)
    # most texts of a register have no number
    return bool(_DIGIT.search(seen)) and any(
        pattern.search(seen) for pattern in _POSTAL
    )


def is_addressed(text: str) -> bool:
    """Whether `text` gives an address of the post: a postcode, a street with a number or by its name, a
    flat or a box.
    """
    seen = as_read(text)
    return bool(_NAMED_STREET.search(seen)) or is_numbered_address(seen)
