"""What may be in words that people send: planted addresses, names, threats and small groups are found;
plain speech is left alone.
"""

from __future__ import annotations

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
    Sign.THREAT: ("I will kill him", "somebody should burn it down", "mae o’n bygwth fy lladd"),
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
)


@pytest.mark.parametrize(("sign", "text"), [(s, t) for s, texts in PLANTED.items() for t in texts])
def test_what_is_planted_is_found(sign: Sign, text: str) -> None:
    assert sign in signs_in(text)
    assert sign in signs_in(f"Hello. {text} Thank you.")


@pytest.mark.parametrize("text", PLAIN)
def test_plain_speech_is_left_alone(text: str) -> None:
    assert signs_in(text) == ()


def test_a_long_text_is_searched_in_no_time() -> None:
    for piece in ("a", "A ", "1 ", "Ab Cd ", "one of "):
        signs_in((piece * 10_000)[:10_000])
    assert set(REFUSED) < set(Sign)
