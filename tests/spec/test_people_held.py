"""A person is not a project, in any source: a name beside a hardship, a birth date, an identity number or
a refuge's address is held.
"""

from __future__ import annotations

import io
import json
import random
from itertools import cycle
from typing import Any

import openpyxl
import pytest

from clearlink.words.vocabulary import name_words
from etl.pipeline.register import read_register, refused_entries_of
from etl.records import Register, Severity, SourceProblem
from etl.sources.registers.register_people import (
    is_personal,
    speaks_of_a_person,
)
from tests.registers import COLUMNS, csv_of, directory, row, workbook_of

NAMES = (
    "Jane Example",
    "Siân Enghraifft",
    "Mohammed Esiampl",
    "Mrs Example",
    "Rhys ap Enghraifft",
    "Emma-Louise Example",
)
HARDSHIPS = (
    "Washing machine for {} after leaving hospital",
    "Hardship grant to {}",
    "{}: bed and bedding, homeless since May",
    "Funeral costs, {}",
    "Peiriant golchi i {} ar ôl profedigaeth",
    "Dyledion {}",
    "School uniform for the children of {}",
    "{} was diagnosed with cancer",
    "Support for {}, fleeing an abusive partner",
)
IDENTITIES = (
    "Young carer, NI AB 12 34 56 C",
    "QQ123456C",
    "NHS number 943 476 5919",
    "Respite, born 12/03/1985",
    "Respite, DOB: 3 March 1985",
    "Seibiant, dyddiad geni 03.04.1990",
    "Seibiant, ganed 3 Mawrth 1985",
)
BODIES = (
    "Emily Davies Trust: debt advice",
    "Jane Hodge Foundation bereavement service",
    "Ann Craft Trust, abuse training",
    "Sarah Lloyd House, homeless families",
    "Homeless support, David Street hostel",
    "Debt advice for young people",
    "Hardship Fund",
    "Mary Jones",
    "Cancer support for Rhondda Valleys",
    "Teenage Cancer Trust",
    "Refuge and community support, Cardiff",
    "Furniture recycling, Merthyr Tydfil",
    "Grant 2024-25 AB1234",
    "Framework HS20242526A",
)


@pytest.mark.parametrize("hardship", HARDSHIPS)
@pytest.mark.parametrize("name", NAMES)
def test_a_name_beside_a_hardship(name: str, hardship: str) -> None:
    assert speaks_of_a_person([hardship.format(name)])
    # in two texts of one row, too
    assert speaks_of_a_person([name, hardship.format("a person")])


@pytest.mark.parametrize("text", IDENTITIES)
def test_a_number_or_a_birth_date_alone_is_enough(text: str) -> None:
    assert speaks_of_a_person([text])


@pytest.mark.parametrize("text", BODIES)
def test_bodies_buildings_and_services_are_no_people(text: str) -> None:
    assert not speaks_of_a_person([text])


def test_a_body_named_after_somebody_is_known_by_its_own_name() -> None:
    assert not speaks_of_a_person(
        ["Megan Example bereavement counselling"],
        ["Megan Example Counselling CIC"],
    )


def _template(text: str, column: str) -> tuple[bytes, str]:
    columns = [*COLUMNS, *({column} - {*COLUMNS})]
    return csv_of(
        [row(**{column: text}), row(project_id="P-2")], columns
    ), "r.csv"


def _grants(text: str, field: str) -> tuple[bytes, str]:
    plain: dict[str, Any] = {
        "id": "360G-1",
        "title": "Grant",
        "currency": "GBP",
        "amountAwarded": 300,
        "awardDate": "2024-03-01",
        "plannedDates": [{"startDate": "2024-04-01", "endDate": "2025-03-31"}],
        "recipientOrganization": [{"id": "GB-CHC-1", "name": "A Body"}],
        "fundingOrganization": [{"id": "GB-CHC-2", "name": "A Fund"}],
        "beneficiaryLocation": [{"name": "Cardiff"}],
    }
    return json.dumps(
        {"grants": [{**plain, field: text}, {**plain, "id": "360G-2"}]}
    ).encode(), "g.json"


def _services(text: str, field: str) -> tuple[bytes, str]:
    plain = {
        "id": "1",
        "name": "Service",
        "status": "active",
        "service_areas": [{"name": "Cardiff"}],
    }
    return json.dumps(
        {"contents": [{**plain, field: text}, {**plain, "id": "2"}]}
    ).encode(), "s.json"


def _notices(text: str, field: str) -> tuple[bytes, str]:
    tender = {
        "title": "Service",
        "items": [{"deliveryAddresses": [{"region": "UKL22"}]}],
    }
    plain = {
        "ocid": "ocds-1",
        "buyer": {"name": "Cardiff Council"},
        "tender": tender,
    }
    told = {**plain, "tender": {**tender, field: text}}
    return json.dumps(
        {"releases": [told, {**plain, "ocid": "ocds-2"}]}
    ).encode(), "n.json"


SOURCES = [
    (_template, "title"),
    (_template, "outcomes"),
    (_template, "engagement_change"),
    (_grants, "title"),
    (_grants, "description"),
    (_services, "name"),
    (_services, "description"),
    (_notices, "title"),
    (_notices, "procurementMethodRationale"),
]


@pytest.mark.parametrize(("source", "field"), SOURCES)
def test_it_is_held_in_every_source_and_repeated_nowhere(
    source: Any, field: str
) -> None:
    draw = random.Random(field)
    texts = [
        draw.choice(HARDSHIPS).format("Jane Example") for _ in range(3)
    ] + ["Jane, born 12/03/1985, QQ123456C"]
    for text in texts:
        data, name = source(text, field)
        register = read_register(data, name, directory=directory())
        assert [
            p.code for p in register.problems if p.severity is Severity.REFUSED
        ] == ["person_named"]
        assert len(register.projects) == 1
        assert not _repeats(register, "Jane", "1985", "QQ123456C")
        back, _ = refused_entries_of(register, data, name)
        assert (
            b"Jane" not in back
            and b"1985" not in back
            and b"QQ123456C" not in back
        )


def _repeats(register: Register, *secrets: str) -> bool:
    said = "\n".join(str(p) + str(p.facts) for p in register.problems) + str(
        register.projects
    )
    return any(secret in said for secret in secrets)


@pytest.mark.parametrize(
    "address",
    ["12 Park Road", "CF10 1AA", "Fflat 3, Heol y Bont", "51.4816, -3.1791"],
)
@pytest.mark.parametrize(
    ("source", "field"),
    [(_template, "title"), (_grants, "title"), (_services, "name")],
)
def test_the_address_of_a_refuge_is_held(
    source: Any, field: str, address: str
) -> None:
    data, name = source(f"Women’s refuge, {address}", field)
    register = read_register(data, name, directory=directory())
    assert {
        p.code for p in register.problems if p.severity is Severity.REFUSED
    } == {"whereabouts"}
    assert len(register.projects) == 1 and not _repeats(register, address)


@pytest.mark.parametrize(
    "column", ["approver", "recorded_by", "engagement_with"]
)
def test_officers_stand_under_their_own_names(column: str) -> None:
    data, name = _template("Jane Example", column)
    register = read_register(
        data.replace(b"Parenting groups", b"Homeless support"),
        name,
        directory=directory(),
    )
    assert "person_named" not in [p.code for p in register.problems]


CONTACTS = [
    "07700 900123",
    "07700900123",
    "+442070800480",
    "+44 7700 900 123",
    "(029) 2018 0500",
    "jane.doe@example.org",
    "j@x.co.uk",
]


@pytest.mark.parametrize("contact", CONTACTS)
@pytest.mark.parametrize(
    "column",
    ["title", "engagement_with", "approver", "recorded_by", "outcomes"],
)
def test_how_a_person_is_reached_is_held_and_not_repeated(
    column: str, contact: str
) -> None:
    data, name = _template(f"Jane Example, {contact}", column)
    register = read_register(
        data.replace(b"Parenting groups", b"Homeless support"),
        name,
        directory=directory(),
    )
    assert "person_named" in [p.code for p in register.problems]
    assert not _repeats(register, contact)


@pytest.mark.parametrize(
    "text",
    [
        "£84,500 a year",
        "2024-04-01",
        "Phase 2 of 2024-2027",
        "Ref 0123/45",
        "360 places",
        "016110-2026",
    ],
)
def test_sums_days_and_references_are_no_telephone(text: str) -> None:
    data, name = _template(f"Support {text}", "title")
    assert "person_named" not in [
        p.code
        for p in read_register(data, name, directory=directory()).problems
    ]


ADDRESSES = [
    "12 High Street, CF37 1AA",
    "CF37 1AA",
    "7a Heol y Bont",
    "Fflat 3, Plas Mawr",
    "Heol Fawr, Pontypridd",
    "High Street",
    "PO Box 14",
]
PEOPLE = [
    "Mrs Mair Jones, {}",
    "Siân Enghraifft ({})",
    "{}: Mohammed Esiampl",
    "Home visit to Rhys ap Enghraifft, {}",
]
NOT_FREE = (
    "project_id provider_org_id start end annual_value_gbp area_codes users_by_area priority_id source_url "
    "commissioner source_ref"
)
FREE = [column for column in COLUMNS if column not in NOT_FREE.split()]


@pytest.mark.parametrize("column", FREE)
def test_a_name_with_an_address_is_held_in_every_column(column: str) -> None:
    draw = random.Random(column)
    for _ in range(6):
        address = draw.choice(ADDRESSES)
        data, name = _template(draw.choice(PEOPLE).format(address), column)
        register = read_register(data, name, directory=directory())
        assert "person_named" in [p.code for p in register.problems], column
        assert len(register.projects) == 1
        assert not _repeats(
            register, "Mair", "Siân", "Mohammed", "Rhys ap", address
        )
        back, _ = refused_entries_of(register, data, name)
        assert not any(
            word in back.decode()
            for word in ("Mair", "Siân", "Mohammed", "Rhys ap", address)
        )


@pytest.mark.parametrize(
    "column", ["approver", "recorded_by", "sighted_by", "engagement_with"]
)
@pytest.mark.parametrize("address", ADDRESSES)
def test_nobody_who_decided_or_was_heard_needs_an_address(
    column: str, address: str
) -> None:
    data, name = _template(f"Blodeuwedd Unheardof, {address}", column)
    register = read_register(data, name, directory=directory())
    assert "person_named" in [
        p.code for p in register.problems
    ] and not _repeats(register, address)


@pytest.mark.parametrize("identity", IDENTITIES[:1] + IDENTITIES[2:])
@pytest.mark.parametrize(
    "column",
    ["approver", "recorded_by", "sighted_by", "provider_name", "quotation"],
)
def test_an_identity_is_held_where_names_belong_too(
    column: str, identity: str
) -> None:
    data, name = _template(identity, column)
    register = read_register(data, name, directory=directory())
    assert "person_named" in [
        p.code for p in register.problems
    ] and not _repeats(register, identity)


@pytest.mark.parametrize(
    "column", ["source_ref", "project_id", "provider_org_id", "source_url"]
)
def test_an_e_mail_address_stands_in_no_column(column: str) -> None:
    data, name = _template("https://x.wales/jane.doe@example.org", column)
    register = read_register(data, name, directory=directory())
    assert "person_named" in [
        p.code for p in register.problems
    ] and not _repeats(register, "jane.doe")


@pytest.mark.parametrize(
    "contact", [*CONTACTS, "Mrs Example, 12 High Street", "born 12/03/1985"]
)
@pytest.mark.parametrize(
    ("source", "field"), [(s, f) for s, f in SOURCES if f == "description"]
)
def test_what_is_kept_beside_an_entry_is_read_as_well(
    source: Any, field: str, contact: str
) -> None:
    data, name = source(f"Ask {contact}", field)
    register = read_register(data, name, directory=directory())
    assert [
        p.code for p in register.problems if p.severity is Severity.REFUSED
    ] == ["person_named"]
    assert len(register.projects) == 1 and not _repeats(register, contact)


# nobody's list of given names has these, and some of them are words as well
UNLISTED = [
    "Nkechi Okafor",
    "Blodeuwedd Unheardof",
    "Xiu Brown",
    "Mark Okonkwo",
    "Tirion ap Gwilym",
    "Ifeoma J. Okafor",
    "Dŵynwen Prothero",
]
WITH_A_NUMBER = [
    "{}, 12 High Street, CF37 1AA",
    "{} 12 High Street",
    "{} (CF37 1AA)",
    "{} CF37 1AA",
    "Home visit to {} at 12 Park Road",
    "12 High Street: {}",
    "{}, Pontypridd, CF37 1AA",
    "{}, Fflat 3, Plas Mawr",
    "{}, Bryn Awel, Heol Fawr, CF37 1AA",
    "Adaptations for {}, Tŷ Gwyn, Aberdare, CF44 7AA",
    "Cymorth i {}, 12 Stryd Fawr",
]


@pytest.mark.parametrize("address", WITH_A_NUMBER)
def test_a_name_that_no_list_has_is_held_beside_an_address(
    address: str,
) -> None:
    passed = [
        name for name in UNLISTED if not is_personal(address.format(name))
    ]
    assert passed == []


def test_a_name_of_two_words_of_every_day_is_held_and_a_building_is_not() -> (
    None
):
    words = name_words()
    named = [
        f"{given} {surname}".title()
        for given in sorted(words.given_too - words.never)
        for surname in sorted(words.surname_too - words.never)
    ]
    assert "Mark Young" in named and len(named) > 2_000
    # every pair once, the forms of an address in turn
    held = zip(named, cycle(WITH_A_NUMBER), strict=False)
    assert [n for n, at in held if not is_personal(at.format(n))] == []
    built = [
        f"{given} {building}".title()
        for given in sorted(words.given_too & words.known)
        for building in sorted(words.surname_too & words.never)
    ]
    assert "Grace Church" in built
    stand = zip(built, cycle(WITH_A_NUMBER), strict=False)
    assert [n for n, at in stand if is_personal(at.format(n))] == []


@pytest.mark.parametrize("column", ["title", "outcomes", "provider_name"])
def test_a_row_with_such_a_name_is_held_and_not_repeated(column: str) -> None:
    data, name = _template("Nkechi Okafor, 12 High Street, CF37 1AA", column)
    register = read_register(data, name, directory=directory())
    assert "person_named" in [p.code for p in register.problems]
    assert len(register.projects) == 1 and not _repeats(
        register, "Nkechi", "CF37"
    )


NO_PEOPLE = [
    "Parenting Groups",
    "Splott Library",
    "Ystrad Mynach",
    "Citizens Advice",
    "Salvation Army",
    "Medrwn Môn",
    "Calan DVS",
    "Grand Pavilion",
    "Urdd Gobaith Cymru",
    "Cowbridge Road East",
    "Methodist Church",
    "Guildhall Chambers",
    "Plant a Theuluoedd",
]


@pytest.mark.parametrize("address", WITH_A_NUMBER)
def test_a_body_a_place_and_a_service_may_have_an_address(address: str) -> None:
    held = [name for name in NO_PEOPLE if is_personal(address.format(name))]
    assert held == []


@pytest.mark.parametrize(
    "text",
    [
        "Emily Davies House, 12 High Street, CF37 1AA",
        "Tom Jones Avenue play area",
        "David Street hostel, 12 David Street, CF10 1AA",
        "Family hub, 12 High Street, CF37 1AA",
        "Canolfan Mair Prys, Heol y Bont",
        "Jane Example",
        "Sarah Lloyd Trust (CF37 1AA)",
        "Cabinet, County Hall, 12 March 2024",
    ],
)
@pytest.mark.parametrize("column", ["title", "outcomes", "provider_name"])
def test_places_and_bodies_have_addresses(text: str, column: str) -> None:
    data, name = _template(text, column)
    assert "person_named" not in [
        p.code
        for p in read_register(data, name, directory=directory()).problems
    ]


@pytest.mark.parametrize(
    "name", ["Mair Jones.csv", "Mrs_Example_2024.csv", "QQ123456C.csv"]
)
def test_the_name_of_a_file_names_nobody(name: str) -> None:
    data, _ = _template("Parenting groups", "title")
    register = read_register(data, name, directory=directory())
    assert all(
        project.source_ref.startswith("register, row")
        for project in register.projects
    )


SECRETS = [
    "Jane Example 07700 900123",
    "Mair Jones",
    "Mrs Example, 12 High Street",
    "jane.doe@example.org",
    "CF37 1AA",
]


@pytest.mark.parametrize("secret", SECRETS)
def test_no_heading_and_no_sheet_is_named_that_names_a_person(
    secret: str,
) -> None:
    unused = csv_of([{**row(), secret: "x"}], [*COLUMNS, secret])
    twice = csv_of([{**row(), secret: "x"}], [*COLUMNS[:3], secret])
    kept = workbook_of([row()])
    book = openpyxl.load_workbook(io.BytesIO(kept))
    book["Notes"].title = secret[:30]
    out = io.BytesIO()
    book.save(out)
    for data, name in (
        (unused, "r.csv"),
        (twice, "r.csv"),
        (out.getvalue(), "r.xlsx"),
    ):
        try:
            told = repr(
                read_register(data, name, directory=directory()).problems
            )
        except SourceProblem as refused:
            told = str(refused) + repr(refused.problems)
        assert told != "[]" and secret not in told
