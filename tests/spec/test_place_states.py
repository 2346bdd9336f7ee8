"""In Wales, elsewhere, or not recognised: three answers that are never mixed up, whatever the form in
which a place is written.
"""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from etl.directory import CATALOGUE, Directory, folded
from etl.pipeline.register import read_register
from etl.records import Area, Project, Register, Severity
from etl.sources.registers.exchange_places import (
    WALES,
    Place,
    Reach,
    place_of_codes,
    place_of_nuts,
)
from etl.sources.registers.place_finder import PlaceFinder, coordinates

GWYNEDD, CARDIFF = "W06000002", "W06000015"
POSTCODES = {
    "LL551SH": "W01000001",
    "LL551AA": "W01000001",
    "CF101AA": "W01001943",
    "SY156AA": "W01000002",
}


@cache
def _rows(name: str) -> tuple[dict[str, str], ...]:
    with (CATALOGUE / name).open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def whole(with_postcodes: bool = True) -> Directory:
    """Wales and its 22 authorities, with a few postcodes of three of them."""
    named = [
        row for row in _rows("places.csv") if row["area_code"].startswith("W")
    ]
    areas = [
        Area(
            r["area_code"],
            "LA" if r["area_code"] != WALES else "WALES",
            r["name_en"],
            r["name_cy"],
        )
        for r in named
    ]
    areas += [
        Area(code, "LSOA21", code, None, la)
        for code, la in (
            ("W01000001", GWYNEDD),
            ("W01001943", CARDIFF),
            ("W01000002", "W06000023"),
        )
    ]
    directory = Directory.from_catalogue(areas)
    return (
        replace(directory, postcodes=POSTCODES) if with_postcodes else directory
    )


AUTHORITIES = [
    row for row in _rows("places.csv") if row["area_code"].startswith("W06")
]
FORMS = (
    "{}",
    "{}, Wales",
    "Wales/{}",
    "Cymru > {}",
    "{} | Cymru",
    "{} Unitary Authority",
    "{} UA",
    "{} County Borough",
    "County of {}",
    "{} CBC",
    "Bwrdeistref Sirol {}",
    "{}, The",
    "  {}  ",
)


@pytest.mark.parametrize(
    "authority", AUTHORITIES, ids=lambda row: row["name_en"]
)
def test_an_authority_in_every_form_and_both_languages(
    authority: dict[str, str],
) -> None:
    finder = PlaceFinder(whole())
    for name in (authority["name_en"], authority["name_cy"]):
        for form in FORMS:
            for text in (
                form.format(name),
                form.format(name).upper(),
                form.format(folded(name)),
            ):
                place = finder.name(text)
                assert place is not None and place.codes == (
                    authority["area_code"],
                ), text


def test_every_town_is_in_its_authority_and_one_of_many_is_not_recognised_alone() -> (
    None
):
    finder = PlaceFinder(whole())
    names = {row["area_code"]: row["name_en"] for row in AUTHORITIES}
    towns = _rows("town_names.csv")
    assert len(towns) > 300
    for town in towns:
        for name in (town["name_en"], town["name_cy"]):
            within = finder.name(f"{name}, {names[town['la_code']]}")
            assert within is not None and within.codes == (town["la_code"],), (
                name
            )
            alone = finder.name(name)
            assert alone is not None
            if finder.directory.authority(name):
                continue  # Newport is a city and a town of Pembrokeshire
            expected = (
                Reach.NOT_RECOGNISED
                if town["also_elsewhere"]
                else Reach.IN_WALES
            )
            assert alone.reach is expected and alone.likely == (
                town["la_code"],
            ), name


def test_no_name_is_on_both_lists() -> None:
    sure = {
        folded(r[n])
        for r in _rows("town_names.csv")
        if not r["also_elsewhere"]
        for n in ("name_en", "name_cy")
    }
    away = {
        folded(r[n])
        for r in _rows("places_elsewhere.csv")
        for n in ("name_en", "name_cy")
        if r[n]
    }
    authorities = {
        folded(r[n]) for r in AUTHORITIES for n in ("name_en", "name_cy")
    }
    assert not sure & away and not authorities & away


@pytest.mark.parametrize(
    ("text", "reach", "codes"),
    [
        ("Newport, Pembrokeshire", Reach.IN_WALES, ("W06000009",)),
        ("Newport, Shropshire", Reach.ELSEWHERE, ()),
        ("Bangor, Northern Ireland", Reach.ELSEWHERE, ()),
        ("Bangor", Reach.NOT_RECOGNISED, ()),
        ("Wales/Bangor", Reach.IN_WALES, (GWYNEDD,)),
        ("Bangor and around", Reach.NOT_RECOGNISED, ()),
        (
            "Cardiff, Newport and Swansea",
            Reach.IN_WALES,
            (CARDIFF, "W06000022", "W06000011"),
        ),
        ("Gwynedd a Môn", Reach.IN_WALES, (GWYNEDD, "W06000001")),
        ("Cardiff and Bristol", Reach.IN_WALES, (CARDIFF,)),
        ("Rhondda, Cynon, Taff", Reach.IN_WALES, ("W06000016",)),
        ("Neath & Port Talbot", Reach.IN_WALES, ("W06000012",)),
        ("Wales", Reach.IN_WALES, (WALES,)),
        ("Wales/Castle", Reach.IN_WALES, ()),
        ("South Wales valleys", Reach.IN_WALES, ()),
        ("Wales/More than one Welsh region", Reach.IN_WALES, (WALES,)),
        ("New South Wales", Reach.ELSEWHERE, ()),
        ("England and Wales", Reach.WIDER, ()),
        ("United Kingdom", Reach.WIDER, ()),
        ("Hackney", Reach.ELSEWHERE, ()),
        ("Chile", Reach.ELSEWHERE, ()),
        ("Yr Alban", Reach.ELSEWHERE, ()),
        ("Peckham Rye", Reach.NOT_RECOGNISED, ()),
    ],
)
def test_names(text: str, reach: Reach, codes: tuple[str, ...]) -> None:
    place = PlaceFinder(whole()).name(text)
    assert place is not None and (place.reach, place.codes) == (reach, codes)


@pytest.mark.parametrize(
    ("postcode", "reach", "codes"),
    [
        ("LL55 1SH", Reach.IN_WALES, (GWYNEDD,)),
        ("ll551sh", Reach.IN_WALES, (GWYNEDD,)),
        # ended, or mistyped: its district is in Wales whole, and all we know of it is in Gwynedd
        ("LL55 9ZZ", Reach.IN_WALES, (GWYNEDD,)),
        ("LL55 1SO", Reach.IN_WALES, (GWYNEDD,)),
        ("LL17 OJD", Reach.IN_WALES, ()),
        ("SA61 1AA", Reach.IN_WALES, ()),
        ("CH7 1AA", Reach.IN_WALES, ()),
        ("SY15 6AA", Reach.IN_WALES, ("W06000023",)),
        ("SY15 6ZZ", Reach.NOT_RECOGNISED, ()),
        ("CH5 1AA", Reach.NOT_RECOGNISED, ()),
        ("HR5 3AA", Reach.NOT_RECOGNISED, ()),
        ("NP16 5AA", Reach.NOT_RECOGNISED, ()),
        ("SY1 1AA", Reach.ELSEWHERE, ()),
        ("CH2 1AA", Reach.ELSEWHERE, ()),
        ("TA1 4DY", Reach.ELSEWHERE, ()),
        ("EH1 1AA", Reach.ELSEWHERE, ()),
        ("BT1 1AA", Reach.ELSEWHERE, ()),
        ("JE2 3AB", Reach.ELSEWHERE, ()),
    ],
)
def test_postcodes(postcode: str, reach: Reach, codes: tuple[str, ...]) -> None:
    place = PlaceFinder(whole()).postcode(postcode)
    assert place is not None and (place.reach, place.codes) == (reach, codes)


@pytest.mark.parametrize("text", ["", "tbc", "ZZ1 1AA", "12345", "CF10"])
def test_what_is_no_postcode_says_nothing(text: str) -> None:
    assert PlaceFinder(whole()).postcode(text) is None


@pytest.mark.parametrize(
    ("code", "reach", "codes"),
    [
        (GWYNEDD, Reach.IN_WALES, (GWYNEDD,)),
        (
            "http://statistics.data.gov.uk/id/statistical-geography/W06000002",
            Reach.IN_WALES,
            (GWYNEDD,),
        ),
        # codes that others took over: Powys and Merthyr Tydfil of 2009, and those of authorities before 2011
        ("W06000007", Reach.IN_WALES, ("W06000023",)),
        ("W06000017", Reach.IN_WALES, ("W06000024",)),
        ("00NC", Reach.IN_WALES, (GWYNEDD,)),
        ("00PT", Reach.IN_WALES, (CARDIFF,)),
        # a ward of another year, a community: in Wales, and no area of ours
        ("W05000079", Reach.IN_WALES, ()),
        ("W04000123", Reach.IN_WALES, ()),
        ("E06000001", Reach.ELSEWHERE, ()),
        ("S12000036", Reach.ELSEWHERE, ()),
        ("N09000003", Reach.ELSEWHERE, ()),
        ("00AB", Reach.ELSEWHERE, ()),
        ("K02000001", Reach.WIDER, ()),
    ],
)
def test_codes(code: str, reach: Reach, codes: tuple[str, ...]) -> None:
    place = place_of_codes([code], whole())
    assert place is not None and (place.reach, place.codes, place.unknown) == (
        reach,
        codes,
        reach is Reach.IN_WALES and not codes,
    )


@pytest.mark.parametrize(
    ("codes", "reach"),
    [
        (["UKL12"], Reach.IN_WALES),
        (["TLL12"], Reach.IN_WALES),
        (["UKL99"], Reach.IN_WALES),
        (["UKM"], Reach.ELSEWHERE),
        (["TLC31"], Reach.ELSEWHERE),
        (["UK"], Reach.WIDER),
    ],
)
def test_regions_of_the_united_kingdom(codes: list[str], reach: Reach) -> None:
    place = place_of_nuts(codes)
    assert place is not None and place.reach is reach


def test_no_region_is_no_place() -> None:
    assert place_of_nuts(["Gwynedd", ""]) is None


@pytest.mark.parametrize(
    ("point", "reach"),
    [
        ((53.14, -4.27), Reach.IN_WALES),
        ((51.9, -5.2), Reach.IN_WALES),
        ((53.48, -2.24), Reach.ELSEWHERE),
        ((55.9, -3.2), Reach.ELSEWHERE),
        ((53.41, -2.98), Reach.NOT_RECOGNISED),
        ((51.48, -3.18), Reach.NOT_RECOGNISED),
    ],
)
def test_points(point: tuple[float, float], reach: Reach) -> None:
    found = coordinates(*point)
    assert found is not None and found.reach is reach


def test_a_country_that_is_the_state_says_nothing() -> None:
    finder = PlaceFinder(whole())
    assert [
        finder.country(text) for text in ("GB", "UK", "United Kingdom", "")
    ] == [None] * 4
    for text in ("GB-WLS", "Wales", "Cymru", "wls"):
        assert finder.country(text) == Place(
            Reach.IN_WALES, (WALES,), how="country"
        )  # type: ignore[arg-type]
    for text in ("GB-ENG", "Scotland", "CL", "Chile", "IE", "Lloegr"):
        found = finder.country(text)
        assert found is not None and found.reach is Reach.ELSEWHERE


# --- the same statement in each standard ends in the same state
# -------------------------------------------------

IN, OUT, HELD = "in", "out", "held"


def _read(value: Any, directory: Directory) -> Register:
    return read_register(
        json.dumps(value).encode(), "f.json", directory=directory
    )


def _grant(
    postcode: str = "", name: str = "", country: str = "", town: str = ""
) -> dict[str, Any]:
    recipient = {
        "id": "GB-CHC-1",
        "name": "A Trust",
        "postalCode": postcode,
        "addressLocality": town,
    }
    grant = {
        "id": "360G-x-1",
        "title": "Youth club",
        "currency": "GBP",
        "amountAwarded": 30000,
        "awardDate": "2024-03-01",
        "plannedDates": [{"startDate": "2024-04-01", "endDate": "2027-03-31"}],
        "recipientOrganization": [
            {
                k: v
                for k, v in {**recipient, "addressCountry": country}.items()
                if v
            }
        ],
        "fundingOrganization": [{"id": "GB-CHC-2", "name": "A Fund"}],
    }
    return {
        "grants": [
            {
                **grant,
                **({"beneficiaryLocation": [{"name": name}]} if name else {}),
            }
        ]
    }


def _notice(
    postcode: str = "", name: str = "", country: str = "", town: str = ""
) -> dict[str, Any]:
    address = {
        k: v
        for k, v in {
            "postalCode": postcode,
            "locality": town,
            "countryName": country,
        }.items()
        if v
    }
    delivery = [{"region": name}] if name else []
    tender = {
        "title": "Youth club",
        "items": [{"id": "1", "deliveryAddresses": delivery}],
    }
    party = {
        "id": "b",
        "name": "A Body",
        "roles": ["buyer"],
        "address": address,
    }
    return {
        "releases": [
            {
                "ocid": "ocds-1",
                "buyer": {"id": "b", "name": "A Body"},
                "parties": [party],
                "tender": tender,
            }
        ]
    }


def _service(
    postcode: str = "", name: str = "", country: str = "", town: str = ""
) -> dict[str, Any]:
    address = {
        k: v
        for k, v in {
            "postal_code": postcode,
            "city": town,
            "country": country,
        }.items()
        if v
    }
    service = {
        "id": "s",
        "name": "Youth club",
        "status": "active",
        "organization": {"id": "o", "name": "A Body"},
    }
    served = {"service_areas": [{"id": "a", "name": name}]} if name else {}
    at = (
        {
            "service_at_locations": [
                {"id": "l", "location": {"id": "x", "addresses": [address]}}
            ]
        }
        if address
        else {}
    )
    return {"contents": [{**service, **served, **at}]}


STATEMENTS = [
    ({"postcode": "LL55 1SH"}, IN),
    ({"postcode": "LL55 9ZZ"}, IN),
    ({"postcode": "SY15 6ZZ"}, HELD),
    ({"postcode": "SY15 6ZZ", "country": "Wales"}, IN),
    ({"postcode": "SY15 6ZZ", "country": "England"}, OUT),
    ({"postcode": "TA1 4DY"}, OUT),
    ({"town": "Caernarfon"}, IN),
    ({"town": "Caernarfon", "country": "GB"}, IN),
    ({"town": "Bangor"}, HELD),
    ({"town": "Bangor", "country": "Cymru"}, IN),
    ({"town": "Bangor", "country": "Northern Ireland"}, OUT),
    ({"country": "Chile"}, OUT),
    ({"country": "United Kingdom"}, HELD),
    ({"country": "GB-WLS"}, IN),
    ({}, HELD),
    ({"name": "Gwynedd"}, IN),
    ({"name": "Powys, Wales"}, IN),
    ({"name": "Caernarfon, Gwynedd"}, IN),
    ({"name": "Llŷn"}, IN),
    ({"name": "Hackney"}, OUT),
    ({"name": "Bangor"}, HELD),
    ({"name": "Bangor", "postcode": "LL55 1SH"}, IN),
    ({"name": "Peckham Rye"}, HELD),
    ({"name": "Hackney", "postcode": "LL55 1SH"}, OUT),
]


@pytest.mark.parametrize(
    "standard",
    [_grant, _notice, _service],
    ids=["360giving", "ocds", "openreferral"],
)
@pytest.mark.parametrize(
    ("stated", "state"),
    STATEMENTS,
    ids=[json.dumps(s, ensure_ascii=False) for s, _ in STATEMENTS],
)
def test_one_statement_has_one_state_in_every_standard(
    standard: Any, stated: dict[str, str], state: str
) -> None:
    register = _read(standard(**stated), whole())
    codes = [p.code for p in register.problems]
    found = (
        IN
        if register.projects
        else HELD
        if "place_not_recognised" in codes
        else OUT
    )
    assert found == state
    assert ("entries_outside_wales" in codes) is (state == OUT)
    refused = [
        p.code for p in register.problems if p.severity is Severity.REFUSED
    ]
    assert refused == (["place_not_recognised"] if state == HELD else [])


def test_a_name_unknown_beside_an_office_elsewhere_is_counted_and_named() -> (
    None
):
    register = _read(_grant(name="Peckham Rye", postcode="TA1 4DY"), whole())
    (told,) = [
        p
        for p in register.problems
        if p.code == "places_not_recognised_elsewhere"
    ]
    assert not register.projects and "Peckham Rye" in told.found


def test_a_refuge_is_held_without_its_town() -> None:
    grants = _grant(town="Whitchurch", postcode="SY13 1NT")
    grants["grants"][0]["title"] = "Women’s refuge"
    register = _read(grants, whole())
    assert [
        p.code for p in register.problems if p.severity is Severity.REFUSED
    ] == ["place_not_recognised"]
    assert "Whitchurch" not in str(register.problems) and "SY13" not in str(
        register.problems
    )


CASES = Path(__file__).resolve().parents[2].parent / "shared" / "cases"


def _case(name: str) -> tuple[list[Project], list[str]]:
    register = read_register(
        (CASES / name).read_bytes(), name, directory=whole()
    )
    return register.projects, [p.code for p in register.problems]


@pytest.mark.skipif(
    not CASES.is_dir(), reason="the cases are not on this machine"
)
def test_the_cases() -> None:
    projects, codes = _case("g360_postcode_terminated.json")
    assert [p.area_codes or p.recipient_area for p in projects] == [
        GWYNEDD,
        GWYNEDD,
        *[(GWYNEDD,)] * 3,
        None,
    ]
    assert (
        "entries_outside_wales" not in codes
        and "place_not_recognised" not in codes
    )
    assert _case("ocds_elsewhere_without_region.json") == (
        [],
        ["entries_outside_wales"],
    )
    (delivered,), _ = _case("ocds_postcode_delivery.json")
    assert delivered.area_codes == (GWYNEDD,)
    assert _case("oruk_no_place.json") == ([], ["entries_outside_wales"])
    (drawn,), codes = _case("oruk_geojson_extent.json")
    assert drawn.area_codes == () and "location_not_found" in codes
