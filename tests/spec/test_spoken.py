"""What may be in words that people send: planted addresses, names, threats and small groups are found;
plain speech is left alone.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from random import Random

import pytest

from clearlink.review.kept_text import kept_texts
from clearlink.review.said_back import signs_of
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


_DISTRICTS = ("CF10", "CF37", "SA1", "LL57", "NP20", "SY23", "LD1", "CH5")
_ORDINALS = ("1st", "2nd", "3rd", "4th", "7th", "10th")
_BEFORE = ("We live by", "Rydym yn byw ger", "come to", "")


def _postcodes() -> list[str]:
    draw = Random(16)
    inward = ["1ST", "2ND", "3RD", "4TH", "5HR", "9FT"] + [
        f"{draw.randint(0, 9)}{''.join(draw.choices('ABDEFGHJLNPQRSTUWXYZ', k=2))}"
        for _ in range(14)
    ]
    both = [(d, i) for d in _DISTRICTS for i in inward]
    return [
        *(f"{d} {i}" for d, i in both),
        *(f"{d}{i}" for d, i in both),
        *(f"{d}{i}".lower() for d, i in both),
        *(f"{d} {i}".lower() for d, i in both),
    ]


def _numbers_of_one_person() -> list[str]:
    draw = Random(16)
    told = []
    for _ in range(40):
        a, b, c = (draw.randint(100, 999) for _ in range(3))
        d = draw.randint(0, 9)
        told += [
            f"NHS {a} {b} {c}{d}",
            f"my NHS number is {a}{b}{c}{d}",
            f"fy rhif GIG: {a}-{b}-{c}{d}",
            f"NHS number ending {c}{d}",
            f"rhif GIG {a}.{b}.{c}{d}",
            f"{draw.choice('ABCEHJ')}{draw.choice('ABCEHJ')} {a % 90 + 10} "
            f"{b % 90 + 10} {c % 90 + 10} {draw.choice('ABCD')}",
            f"national insurance number AB{a % 90 + 10}",
            f"01443 {a}{b}",
            f"029 20{a % 90 + 10} {b}1",
            f"07{a}{b}{c % 90 + 10}",
            f"+44 7{a} {b} {c}",
            f"FF/20{a % 90 + 10}/{b}",
            f"TAF/2024/{a % 12 + 1:02}",
            f"case number {a}",
            f"our ref is sw {b}{d}",
        ]
    return told


def test_every_postcode_and_number_of_one_person_is_held() -> None:
    """As they are written by hand: none of them may be taken for an ordinary word."""
    planted = [*_postcodes(), *_numbers_of_one_person()]
    assert len(planted) > 1000
    let_through = [
        text
        for text, before in zip(planted, _BEFORE * len(planted), strict=False)
        if not {*REFUSED} & {*signs_in(f"{before} {text} now")}
    ]
    assert let_through == []


def test_a_postcode_that_reads_like_a_count_is_a_postcode() -> None:
    """Written in part in small letters, and no noun after it that would be counted."""
    inward = ("1st", "2nd", "3rd", "4th", "1hr", "2yr", "5ft")
    planted = [
        *(f"{d} {last}" for d, last in product(_DISTRICTS, inward)),
        *(f"{d} {last}".lower() for d, last in product(_DISTRICTS, inward)),
        "sa1 2hr Old School House",
        "sa1 2hr wall end",
        "sa1 5yr Plan A",
        "cf10 4th Stop",
        "cf10 4th Floor House",
        "cf10 3rd visit",
        "room 3 of the old vicarage",
        "flat 2 of Mill House",
    ]
    let_through = [
        text
        for text in planted
        if not {*REFUSED} & {*signs_of(f"She lives at {text}, by the church")}
    ]
    assert let_through == []
    assert not {*REFUSED} & {*signs_of("room 2 of 5 was free")}


def _ordinary() -> list[str]:
    health = product(
        ("NHS", "GIG", "the NHS", "y GIG"),
        ("111", "119", "2024-25", "2024/25", "24/7", "in 2024", "yn 2024"),
        ("", " is slow", " option 2", " yn araf"),
    )
    years = product(
        ("WG", "RCT", "HSG", "EU", "CCG", "Paris"),
        ("/2024", "/2024-25", "/2024/25", "/2014-2020", " 2015"),
    )
    waits = product(
        ("3 weeks", "6 months", "2 hours", "10 minutes", "1 year"),
        ("for a place", "is a long way", "to get to court", "without a drive"),
    )
    return [
        *(f"{a} {b}{c}" for a, b, c in health),
        *(f"{a}{b}" for a, b in years),
        *(f"{d} {o} floor" for d, o in product(_DISTRICTS, _ORDINALS)),
        *(f"{d} {o} floor".lower() for d, o in product(_DISTRICTS, _ORDINALS)),
        *(f"{d} {n}km away" for d, n in product(_DISTRICTS, range(1, 10))),
        *(f"We waited {a} {b}" for a, b in waits),
        "National Insurance went up by 1.25%",
        "Yswiriant Gwladol 2024",
        "born on time",
        "Children born on or after 1 April 2024 can join",
        "they ask for your date of birth on every form",
        "Children aged 3 born after 31 August wait",
        "So 2024 was worse",
        "a 10 minute walk, then a 20 minute drive",
        "1 in 4 had no place",
        "It takes 2 buses and a walk",
        "By car to M4 and back",
        "the form is at llyw.cymru",
        "mae 2 ffordd o wneud hyn",
        "10 maes chwarae",
        "our ref was lost in 2023",
        "a record number of 500 families",
        "our no. 1 priority",
        "rents rose by a flat 2%",
    ]


def test_the_words_of_every_day_are_taken_on_the_form() -> None:
    """What the form of My area refused: a helpline, a year, a floor, a wait."""
    texts = _ordinary()
    refused = [t for t in texts if {*REFUSED} & {*signs_of(t)}]
    assert refused == []
    for text in texts:
        kept_texts("said_back_text", {"text": text})
