"""A place is found by postcode or name in either language; what is close is offered, and a postcode is
kept nowhere.
"""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from clearlink.rules.place_words import (
    MOST_ASKED,
    Asked,
    NamedPlace,
    Outcome,
    Postcodes,
    places_asked,
    search_form,
)

NAMED = (
    NamedPlace("W06000005", "LA", ("Flintshire", "Sir y Fflint")),
    NamedPlace("W06000016", "LA", ("Rhondda Cynon Taf",)),
    NamedPlace("W02000073", "MSOA21", ("Mold", "Yr Wyddgrug"), ("W06000005",)),
    NamedPlace(
        "W02000099", "MSOA21", ("Welshpool", "Y Trallwng"), ("W06000023",)
    ),
    NamedPlace(
        "W02000270",
        "MSOA21",
        ("Pontypridd East & Cilfynydd", "Dwyrain Pontypridd a Chilfynydd"),
    ),
    NamedPlace(
        "W02000272",
        "MSOA21",
        ("Pontypridd West", "Gorllewin Pontypridd"),
        ("W06000016",),
    ),
    NamedPlace(
        "W05001108", "WD24", ("Trallwng",), small=("W01001256", "W01001257")
    ),
    NamedPlace(
        "W01001256", "LSOA21", ("Trallwng 1",), ("W06000016", "W02000270")
    ),
    NamedPlace(
        "W01001257", "LSOA21", ("Trallwng 2",), ("W06000016", "W02000271")
    ),
    NamedPlace(
        "W01000313",
        "LSOA21",
        ("Mold: Broncoed 1", "Yr Wyddgrug 016A"),
        ("W06000005", "W02000073"),
    ),
    NamedPlace(
        "W01001236", "LSOA21", ("Rhondda 3",), ("W06000016", "W02000272")
    ),
)
LIST = {
    "CF37": {
        "CF371AA": "W01001236",
        "CF371AB": "W01001236",
        "CF379ZZ": "W01001256",
    },
    "CF1": {"CF11AA": "W01001236"},
    "SY10": {"SY109AA": "W01000313"},
}
POSTCODES = Postcodes(LIST, {"CF1"}, lambda district: LIST[district])


def ask(text: str) -> Asked:
    return places_asked(text, NAMED, POSTCODES)


@pytest.mark.parametrize(
    "typed", ["CF37 1AA", "cf371aa", " Cf37  1aA ", "CF37-1AA", "CF37.1AA"]
)
def test_a_whole_postcode_finds_its_small_area_however_it_is_written(
    typed: str,
) -> None:
    answered = ask(typed)
    assert (answered.outcome, answered.taken) == (Outcome.POSTCODE, "W01001236")


def test_the_answer_holds_the_district_and_never_the_postcode() -> None:
    for typed in ("CF37 1AA", "CF1 1AA", "CF37 9XX", "SY1 1AA"):
        told = " ".join(str(getattr(ask(typed), f.name)) for f in fields(Asked))
        assert "1AA" not in told and "9XX" not in told


def test_an_ended_postcode_says_where_it_was_and_is_not_taken() -> None:
    answered = ask("CF1 1AA")
    assert (answered.outcome, answered.offers, answered.taken) == (
        Outcome.POSTCODE_ENDED,
        ("W01001236",),
        None,
    )


def test_half_a_postcode_offers_the_places_of_its_district_the_largest_part_first() -> (
    None
):
    for typed in ("CF37", "cf37 1"):
        answered = ask(typed)
        assert answered.outcome is Outcome.POSTCODE_HALF
        assert answered.offers == ("W02000272", "W02000270")


def test_shrewsbury_is_outside_and_a_border_district_may_be() -> None:
    assert ask("SY1 1AA").outcome is Outcome.POSTCODE_ELSEWHERE
    assert ask("SY1").outcome is Outcome.POSTCODE_ELSEWHERE
    assert ask("SY10 7ZZ").outcome is Outcome.POSTCODE_UNKNOWN


def test_without_the_list_nothing_is_said_of_any_postcode() -> None:
    none = Postcodes((), (), lambda _: {})
    assert {
        places_asked(t, NAMED, none).outcome
        for t in ("CF37 1AA", "CF37", "SY1 1AA")
    } == {Outcome.POSTCODES_NOT_HELD}


@pytest.mark.parametrize(
    "typed", ["Yr Wyddgrug", "yr wyddgrug", "Wyddgrug", "Mold", "MOLD", "mold "]
)
def test_a_town_is_found_in_both_languages_with_or_without_its_article(
    typed: str,
) -> None:
    answered = ask(typed)
    assert (answered.outcome, answered.taken) == (Outcome.ONE, "W02000073")


def test_a_name_that_several_places_have_is_answered_with_all_of_them_and_none_is_taken() -> (
    None
):
    answered = ask("Trallwng")
    assert answered.outcome is Outcome.SEVERAL and answered.taken is None
    assert set(answered.offers) == {"W02000099", "W01001256", "W01001257"}
    assert set(ask("Pontypridd").offers) == {"W02000270", "W02000272"}


def test_the_nearest_name_is_offered_and_never_taken() -> None:
    answered = ask("Pontyprid West")
    assert answered.outcome is Outcome.NEAR or answered.offers
    assert answered.taken is None
    assert ask("Flintshir").offers == ("W06000005",)
    assert (
        ask("Wyddgrg").outcome is Outcome.NEAR and ask("Wyddgrg").taken is None
    )


@pytest.mark.parametrize(
    ("typed", "outcome"),
    [
        ("", Outcome.NOTHING_ASKED),
        ("   ", Outcome.NOTHING_ASKED),
        ("🏴", Outcome.NO_LETTERS),
        ("12 345", Outcome.NO_LETTERS),
        ("x" * (MOST_ASKED + 1), Outcome.TOO_LONG),
        ("x" * 10_000, Outcome.TOO_LONG),
        ("Zzyzzx", Outcome.NONE),
        ("🏴 Mold", Outcome.ONE),
    ],
)
def test_what_cannot_be_a_place_is_said_to_be_so(
    typed: str, outcome: Outcome
) -> None:
    assert ask(typed).outcome is outcome


def test_accents_signs_and_light_words_make_no_other_name() -> None:
    assert search_form("Ynys Môn") == search_form("ynys mon")
    assert search_form("Pontypridd East & Cilfynydd") == search_form(
        "pontypridd east and cilfynydd"
    )
    assert search_form("Y") == "y"


def test_where_a_page_shows_wards_a_ward_is_opened_and_not_its_small_areas() -> (
    None
):
    ward, small = "W05001108", {"W01001256", "W01001257"}
    whole = tuple(
        replace(
            p,
            small=(),
            within=(*p.within, ward) if p.area_code in small else p.within,
        )
        for p in NAMED
    )
    for typed in ("Trallwng", "trallwng", "yn Nhrallwng", "Y Trallwng"):
        assert not {ward} & set(places_asked(typed, NAMED, POSTCODES).offers)
        offers = places_asked(typed, whole, POSTCODES).offers
        assert ward in offers and not small & set(offers), typed
    # a small area that is asked for by its own name is still opened
    asked = places_asked("Trallwng 1", whole, POSTCODES)
    assert (asked.outcome, asked.offers) == (Outcome.ONE, ("W01001256",))
