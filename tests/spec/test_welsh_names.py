"""A place is found as Welsh sentences write it, with its land behind it, and in wide letters; by the box on
screen, in an exchange file and in a register alike.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from itertools import product

import pytest

from clearlink.rules.place_words import (
    NamedPlace,
    Outcome,
    Postcodes,
    places_asked,
)
from clearlink.rules.welsh_names import radicals, without_land
from etl.directory import CATALOGUE, Directory, folded
from etl.records import Area
from etl.sources.registers.place_finder import PlaceFinder
from etl.sources.registers.place_ladder import place_meant

# code, English, Welsh, behind "yn", behind "i" or "o", behind "a"
AUTHORITIES = (
    (
        "W06000015",
        "Cardiff",
        "Caerdydd",
        "yng Nghaerdydd",
        "Gaerdydd",
        "Chaerdydd",
    ),
    (
        "W06000022",
        "Newport",
        "Casnewydd",
        "yng Nghasnewydd",
        "Gasnewydd",
        "Chasnewydd",
    ),
    (
        "W06000018",
        "Caerphilly",
        "Caerffili",
        "yng Nghaerffili",
        "Gaerffili",
        "Chaerffili",
    ),
    (
        "W06000008",
        "Ceredigion",
        "Ceredigion",
        "yng Ngheredigion",
        "Geredigion",
        "Cheredigion",
    ),
    ("W06000003", "Conwy", "Conwy", "yng Nghonwy", "Gonwy", "Chonwy"),
    ("W06000002", "Gwynedd", "Gwynedd", "yng Ngwynedd", "Wynedd", "Gwynedd"),
    ("W06000023", "Powys", "Powys", "ym Mhowys", "Bowys", "Phowys"),
    ("W06000020", "Torfaen", "Torfaen", "yn Nhorfaen", "Dorfaen", "Thorfaen"),
    (
        "W06000014",
        "Vale of Glamorgan",
        "Bro Morgannwg",
        "ym Mro Morgannwg",
        "Fro Morgannwg",
        "Bro Morgannwg",
    ),
    (
        "W06000019",
        "Blaenau Gwent",
        "Blaenau Gwent",
        "ym Mlaenau Gwent",
        "Flaenau Gwent",
        "Blaenau Gwent",
    ),
    (
        "W06000024",
        "Merthyr Tydfil",
        "Merthyr Tudful",
        "ym Merthyr Tudful",
        "Ferthyr Tudful",
        "Merthyr Tudful",
    ),
    (
        "W06000001",
        "Isle of Anglesey",
        "Ynys Môn",
        "yn Sir Fôn",
        "Ynys Môn",
        "Sir Fôn",
    ),
)
CASES = [
    (code, written)
    for code, english, welsh, within, soft, spirant in AUTHORITIES
    for written in (
        within,
        f"i {soft}",
        f"o {soft}",
        f"a {spirant}",
        f"{english}, Wales",
        f"{welsh}, Cymru",
    )
]
LANDS = (", Wales", ", Cymru", ", UK", ", South Wales", ", Wales, UK")


@pytest.fixture(scope="module")
def known() -> Directory:
    areas = [Area("W92000004", "WALES", "Wales", "Cymru")]
    areas += [
        Area(code, "LA", english, welsh)
        for code, english, welsh, *_ in AUTHORITIES
    ]
    return Directory.from_catalogue(areas)


NAMED = tuple(
    NamedPlace(code, "LA", (english, welsh))
    for code, english, welsh, *_ in AUTHORITIES
)
DISTRICTS = {"CF37": {"CF371AA": "W06000015"}}
LIST = Postcodes(DISTRICTS, (), lambda district: DISTRICTS.get(district, {}))


def wide(text: str) -> str:
    return "".join(
        chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else "\u3000" if c == " " else c
        for c in text
    )


HANDS: list[Callable[[str], str]] = [str, str.upper, wide]


@pytest.mark.parametrize(("case", "hand"), [*product(CASES, HANDS)])
def test_the_box_on_screen_finds_it(
    case: tuple[str, str], hand: Callable[[str], str]
) -> None:
    code, written = case
    answer = places_asked(hand(written), NAMED, LIST)
    assert (answer.outcome, answer.taken) == (Outcome.ONE, code)


@pytest.mark.parametrize(("code", "written"), CASES)
def test_a_grant_and_a_register_find_it(
    known: Directory, code: str, written: str
) -> None:
    place = PlaceFinder(known).name(written)
    assert place is not None and place.codes == (code,)
    assert place_meant(written, known, None).codes == (code,)


@pytest.mark.parametrize(("authority", "land"), [*product(AUTHORITIES, LANDS)])
def test_the_land_behind_a_name_is_no_part_of_it(
    authority: tuple[str, ...], land: str
) -> None:
    assert folded(
        without_land(without_land(f"{authority[1]}{land}"))
    ) == folded(authority[1])


@pytest.mark.parametrize(
    "land",
    ["Wales", "South Wales", "New South Wales", "Cymru", "UK", "Gogledd Cymru"],
)
def test_a_land_alone_is_itself(land: str) -> None:
    assert without_land(land) == land


@pytest.mark.parametrize(
    "typed",
    [
        "ＣＦ３７ １ＡＡ",
        "ＣＦ３７１ＡＡ",
        "CF37\u200b 1AA",
        "СF37 1АА",
        "CF３７ 1AA",
    ],
)
def test_a_postcode_in_other_letters_is_one(typed: str) -> None:
    answer = places_asked(typed, NAMED, LIST)
    assert (answer.outcome, answer.taken) == (Outcome.POSTCODE, "W06000015")


def test_no_place_elsewhere_becomes_an_authority(known: Directory) -> None:
    with (CATALOGUE / "places_elsewhere.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        elsewhere = [row["name_en"] for row in csv.DictReader(file)]
    assert len(elsewhere) > 50
    assert [name for name in elsewhere if known.authority(name)] == []
    assert "tenby" in radicals("denby") and known.authority("Denby") is None
