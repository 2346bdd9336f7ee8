"""What may be in words that people send: planted addresses, names, threats and small groups are found;
plain speech is left alone.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from clearlink.rules.spoken import REFUSED, Sign, signs_in

PLANTED = {
    Sign.WHEREABOUTS: (
        "We moved to 14 Station Road last year",
        "come to CF37 1AA and see",
        "ring me on 01443 555 123",
        "mam.jones@example.org",
        "dewch i 3 Heol y Felin",
        "filled.count.soap",
        "Stryd y Bont is dark",
    ),
    Sign.IDENTITY_NUMBER: (
        "my NHS number is 943 476 5919",
        "date of birth 3 May",
        "QQ 12 34 56 C",
        "fy nyddiad geni: dyddiad geni 3 Mai",
    ),
    Sign.CASE_FILE: (
        "Family ID: 20311",
        "see case number 77/12",
        "child ref C4411",
        "rhif: teulu rhif 331",
        "WCCIS 120034",
        "case number FF/2024/123",
        "the letter says FF/2024/123",
        "our ref: TAF-2024-0071",
        "file no. is 24/FF/00123",
        "rhif yr achos yw FF/2024/123",
        "cyfeirnod fy ffeil: SCC/004512",
        "fy nghyfeirnod yw AB1234",
    ),
    Sign.NAME: (
        "Mrs Evans at the school helped",
        "my name is Sian and I need help",
        "fy enw i yw Siân",
        "I told Gareth Pritchard about it",
        "bu Dafydd ap Gwilym yma",
    ),
    Sign.REFUGE: (
        "the refuge is full",
        "we live in a safe house",
        "mae’r lloches yn llawn",
        "she is hiding from him",
    ),
    Sign.THREAT: (
        "I will kill him",
        "somebody should burn it down",
        "mae o’n bygwth fy lladd",
    ),
    Sign.SMALL_GROUP: (
        "we are the only family with twins",
        "there are three children in the unit",
        "ni yw’r unig deulu yma",
        "dau o blant sydd yno",
    ),
}
PLAIN = (
    "The buses stop at six, so nobody can get to the evening class.",
    "There is nothing for young people to do here after school.",
    "Mae’r feithrinfa’n llawn ac mae rhestr aros o flwyddyn.",
    "Families wait a year for a place. That is too long.",
    "Rents have gone up and wages have not.",
    "Nid oes bws gyda’r nos.",
    "I agree with what the figures show: many people here go hungry.",
    "The Act of 2014/15 asked for help 24/7, and/or a nurse by 2024/25.",
    "In case there are 12 more families, open earlier.",
    "The child care offer is 30 hours, the A470 is 2 miles away.",
    "A B C is what my child learned at the group.",
)


@pytest.mark.parametrize(
    ("sign", "text"), [(s, t) for s, texts in PLANTED.items() for t in texts]
)
def test_what_is_planted_is_found(sign: Sign, text: str) -> None:
    assert sign in signs_in(text)
    assert sign in signs_in(f"Hello. {text} Thank you.")


_CYRILLIC = str.maketrans("AaBCcEeHKMOoPpTXxy", "АаВСсЕеНКМОоРрТХху")
_GREEK = str.maketrans("ABEHIKMNOPTXZo", "ΑΒΕΗΙΚΜΝΟΡΤΧΖο")
# to an eye each of these is the text it was made from
DRAWN_OTHERWISE: dict[str, Callable[[str], str]] = {
    "wide": lambda text: "".join(
        chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text
    ),
    "bold": lambda text: "".join(
        chr(0x1D400 + ord(c) - 65) if "A" <= c <= "Z" else c for c in text
    ),
    "cyrillic": lambda text: text.translate(_CYRILLIC),
    "greek": lambda text: text.translate(_GREEK),
    "zero width": "\u200b".join,
    "joiners": "\u2060".join,
    "soft hyphens": lambda text: text.replace("1", "1\u00ad").replace(
        "e", "e\u00ad"
    ),
    "variation": lambda text: "".join(
        c + "\ufe0f" if c.isdigit() else c for c in text
    ),
    "arabic figures": lambda text: "".join(
        chr(0x660 + int(c)) if c.isdigit() else c for c in text
    ),
    "long hyphens": lambda text: text.replace("-", "\u2011"),
}
SPACED = (
    "CF37 1AA",
    "01443555123",
    "FF/2024/123",
    "AB123456C",
    "9434765919",
    "LL23 7ZZ",
)


@pytest.mark.parametrize("way", DRAWN_OTHERWISE)
@pytest.mark.parametrize(
    ("sign", "text"), [(s, t) for s in REFUSED for t in PLANTED[s]]
)
def test_what_is_planted_is_found_however_its_letters_are_drawn(
    sign: Sign, text: str, way: str
) -> None:
    assert sign in signs_in(DRAWN_OTHERWISE[way](text))


@pytest.mark.parametrize(
    "between", [" ", ".", "-", "*", "_", "\u00a0", "\u2009", " -"]
)
@pytest.mark.parametrize("text", SPACED)
def test_a_number_set_apart_is_found(text: str, between: str) -> None:
    apart = between.join(text.replace(" ", ""))
    assert set(signs_in(f"it is {apart} to be sure")) & {*REFUSED}


@pytest.mark.parametrize("text", PLAIN)
def test_plain_speech_is_left_alone(text: str) -> None:
    assert signs_in(text) == ()


def test_a_long_text_is_searched_in_no_time() -> None:
    for piece in ("a", "A ", "1 ", "Ab Cd ", "one of "):
        signs_in((piece * 10_000)[:10_000])
    assert set(REFUSED) < set(Sign)
