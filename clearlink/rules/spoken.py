"""What may be in words that somebody sends us and must not go further: who a person is, where they are, a
threat, a group too small.

`refused` kinds are never kept at all. The others are held: the words are kept unread until a person has
looked at them. Everything sent is unread until a person reads it, whatever is found here; this only says
where to look twice.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from clearlink.rules.as_read import forms_read
from clearlink.rules.whereabouts import may_give_place_away


class Sign(StrEnum):
    """What was found in the words."""

    WHEREABOUTS = "whereabouts"
    IDENTITY_NUMBER = "identity_number"
    CASE_FILE = "case_file"
    NAME = "name"
    REFUGE = "refuge"
    THREAT = "threat"
    SMALL_GROUP = "small_group"


# an address, a number that names one person, or a page of a family's file has no place here at all
REFUSED: Final = (Sign.WHEREABOUTS, Sign.IDENTITY_NUMBER, Sign.CASE_FILE)
# these cannot be made public as they stand, even by a person who has read them
NEVER_AS_IT_STANDS: Final = (*REFUSED, Sign.REFUGE, Sign.THREAT)
_BY_GRAVITY: Final = (*NEVER_AS_IT_STANDS, Sign.NAME, Sign.SMALL_GROUP)

# "my NHS number", "rhif GIG": what follows is one person's; NHS 111 and GIG 2024-25 are everybody's
_HEALTH: Final = r"(?:nhs|gig)"
_INSURANCE: Final = r"(?:nino|ni|national\s+insurance|yswiriant\s+gwladol)"
_NUMBER: Final = r"(?:no\.?|number|rhif)"
_IDENTITY: Final = re.compile(
    r"\b[a-z]{2}\s?\d{2}\s?\d{2}\s?\d{2}\s?[a-d]\b"  # national insurance
    r"|\b\d{3}[ -]?\d{3}[ -]?\d{4}\b"  # NHS
    r"|\b(?:d\.?o\.?b\.?|date of birth|dyddiad geni|born on|ganwyd ar)"
    r"(?!\s+(?:or|neu)\b|\s+ôl\b)\b.{0,25}?\d"
    rf"|\b(?:{_HEALTH}\s*{_NUMBER}|rhif\s+(?:y\s+)?{_HEALTH})(?!\w)\D{{0,20}}(?:\d[\s.-]?){{4}}"
    rf"|\b{_HEALTH}\b.{{0,12}}?(?<!\d)(?:\d{{7}}|\d{{3}}[\s.-]?\d{{3}}[\s.-]?\d{{2}})"
    rf"|\b(?:{_INSURANCE}\s*{_NUMBER}|rhif\s+{_INSURANCE}|nino)(?!\w).{{0,12}}\d"
    rf"|\b{_INSURANCE}\b\W{{0,4}}[a-z]{{2}}\s?\d",
    re.IGNORECASE,
)
_OF_A_FILE: Final = (
    r"(?:case|family|child(?:['’]?s)?|client|file|record|referral|court|crime|teulu|[dt]eulu|achos|ffeil|"
    r"[pbm]h?lentyn|cleient|gleient|atgyfeirio|llys)"
)
_A_NUMBER: Final = r"(?:id|ref(?:erence)?|no\.?|number|num|rhif|cyf(?:eirnod)?|gyfeirnod|nghyfeirnod)"
# what a number of a file looks like once a word says that it is one. Pieces set apart by spaces are letters
# of an office or hold a figure: "our ref was lost in 2023" gives no number, nor do one or two figures alone
_PIECE: Final = (
    r"(?:\w{1,6}[/.-]{1,3}|(?-i:[A-Z]{1,6})\s|\w{0,5}\d\w{0,5}\s"
    r"|(?!(?:of|in|by|at|to|on|for|from|o|yn|i|and|a|is|was|over|just)\b)[a-z]{1,4}\s(?=\d))"
)
_IS: Final = (
    r"\s*(?:(?:is|was|are|yw|ydy|oedd)\b)?[\s:#=.-]{0,4}"
    r"(?!\d{1,2}(?!\d|[/.-]?\w|[ ]\d)|\d{1,3}(?:,\d{3})+)"
    rf"{_PIECE}{{0,2}}\w*\d"
)
# the years of a programme, "WG/2024", "HSG/2024-25", "EU/2014-2020", and no number of a file: 2024/12 is one
_YEAR_AND_NEXT: Final = "|".join(
    rf"{year}\s?[/–-]\s?(?:{str(year + 1)[:2]})?{str(year + 1)[2:]}"
    for year in range(1990, 2060)
)
_YEARS: Final = (
    rf"(?:{_YEAR_AND_NEXT}|(?:19|20)\d\d(?:\s?[–-]\s?(?:19|20)\d\d)?)"
    r"(?!\s?[/\\–-]?\s?\d|[/\\]?\w)"
)
_CASE: Final = re.compile(
    rf"\b{_OF_A_FILE}\s*{_A_NUMBER}(?!\w){_IS}"
    rf"|\b{_A_NUMBER}\s+(?:y\s+|yr\s+|fy\s+|ein\s+|eich\s+)?{_OF_A_FILE}\b{_IS}"
    rf"|\b(?:my|our|your|fy|ein|eich)\s+{_A_NUMBER}(?!\w){_IS}"
    r"|\b(?:paris|wccis|capita one)\s*(?:(?:id|no|number)\s*[:#]?\s*\d|[:#]?\s*"
    rf"(?!{_YEARS})\d{{3}})"
    # the number alone, as offices write them: FF/2024/123, 24/FF/00123, SCC/004512
    rf"|(?<![\w/])[a-z]{{1,5}}\s?[/\\]\s?(?!{_YEARS})(?:19|20)?\d{{2}}\s?[/\\-]\s?\d{{2,7}}\b"
    r"|(?<![\w/])(?:19|20)?\d{2}\s?[/\\]\s?[a-z]{1,5}\s?[/\\-]\s?\d{2,7}\b"
    rf"|(?<![\w/])[a-z]{{2,5}}\s?[/\\]\s?(?!{_YEARS})\d{{4,8}}\b",
    re.IGNORECASE,
)
_TITLED: Final = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Cllr|Councillor|Cyng|Sister|Auntie|Uncle|Anti|Wncl|"
    r"Yncl)\.?\s+[A-ZÂÊÎÔÛŴŶ]"
    r"|(?i:\b(?:my name is|i am called|is called|named|fy enw i(?: yw)?|o’r enw|o'r enw|enw'r|"
    r"enw’r)\b)\s+[A-ZÂÊÎÔÛŴŶ]"
    r"|\b[A-ZÂÊÎÔÛŴŶ][\w’'-]+\s+(?:ap|ab|ferch)\s+[A-ZÂÊÎÔÛŴŶ]"
)
# two capitals in a row, not at the beginning of a sentence: perhaps a person, perhaps a place
_TWO_CAPITALS: Final = re.compile(
    r"(?<=[a-zâêîôûŵŷ,;:] )[A-ZÂÊÎÔÛŴŶ][a-zâêîôûŵŷ’'-]+\s+[A-ZÂÊÎÔÛŴŶ][a-zâêîôûŵŷ’'-]+"
)
_REFUGE: Final = re.compile(
    r"\b(?:refuges?|safe\s?-?houses?|hiding from|in hiding|hostel for women|lloches(?:au|i)?|noddfa|"
    r"t[ŷy] diogel|"
    r"tai diogel|cuddio rhag|women[’']s aid|cymorth i fenywod)\b",
    re.IGNORECASE,
)
_THREAT: Final = re.compile(
    r"\b(?:kill|stab|shoot|burn (?:it|them|him|her|down)|bomb|blow up|beat (?:him|her|them) up|i know where|"
    r"lladd|trywanu|saethu|llosgi|bygwth|bom|gwn i ble|curo (?:ef|fe|hi|nhw))\b",
    re.IGNORECASE,
)
_SMALL: Final = re.compile(
    r"\b(?:the only (?:one|family|person|child|boy|girl|mother|father|couple|house)|one of (?:two|three|"
    r"four|five|only)|"
    r"(?:two|three|four|five|six|seven|eight|nine|[1-9]) (?:of us|families|children|people|women|men|"
    r"boys|girls|pupils)|"
    r"y?r unig (?:un|deulu|berson|blentyn|fachgen|ferch|fam|dad|gwpl|d[ŷy])|"
    r"(?:dau|dwy|tri|tair|pedwar|pedair|pum|chwe|saith|wyth|naw|[1-9]) (?:ohonom|theulu|teulu|o blant|"
    r"o bobl|plentyn|berson))\b",
    re.IGNORECASE,
)


def signs_in(text: str) -> tuple[Sign, ...]:
    """Everything that the words may hold, in the order of how grave it is, however its letters are drawn."""
    signs = {sign for seen in forms_read(text) for sign in _signs_in(seen)}
    return tuple(sign for sign in _BY_GRAVITY if sign in signs)


def _signs_in(text: str) -> list[Sign]:
    holds = {
        Sign.WHEREABOUTS: may_give_place_away(text),
        Sign.IDENTITY_NUMBER: bool(_IDENTITY.search(text)),
        Sign.CASE_FILE: bool(_CASE.search(text)),
        Sign.REFUGE: bool(_REFUGE.search(text)),
        Sign.THREAT: bool(_THREAT.search(text)),
        Sign.NAME: bool(_TITLED.search(text) or _TWO_CAPITALS.search(text)),
        Sign.SMALL_GROUP: bool(_SMALL.search(text)),
    }
    return [sign for sign, is_there in holds.items() if is_there]
