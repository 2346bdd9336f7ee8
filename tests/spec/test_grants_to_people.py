"""A grant to a person is no project: counted, and neither the name nor the hardship goes any further."""

from __future__ import annotations

import csv
import io
import json
import random
from typing import Any

import openpyxl
import pytest

from etl.pipeline.register import read_register
from etl.records import Register
from tests.registers import directory

NAME, REASON = "Jane Example", "Washing machine after leaving hospital"
TO_ONE: dict[str, Any] = {
    "id": "360G-example-1",
    "title": f"Hardship grant to {NAME}",
    "description": REASON,
    "currency": "GBP",
    "amountAwarded": 300,
    "awardDate": "2024-03-01",
    "fundingOrganization": [
        {"id": "GB-CHC-9999999", "name": "Example Foundation"}
    ],
    "beneficiaryLocation": [{"geoCode": "W06000015", "geoCodeType": "UA"}],
}
SAID = {
    "named": {
        "recipientIndividual": {"id": "360G-example-ind-1", "name": NAME}
    },
    "without a name": {"recipientIndividual": {"id": "360G-example-ind-1"}},
    "by its reason": {
        "toIndividualsDetails": {
            "primaryGrantReason": "GTIR110",
            "grantPurpose": ["GTIP020"],
        }
    },
    "both": {
        "recipientIndividual": {"name": NAME},
        "toIndividualsDetails": {"primaryGrantReason": "GTIR110"},
    },
}
TO_A_BODY = TO_ONE | {
    "id": "360G-example-2",
    "title": "A youth club",
    "description": "Two evenings a week",
    "recipientOrganization": [{"id": "GB-CHC-1", "name": "Clwb Ieuenctid"}],
    "plannedDates": [{"startDate": "2024-04-01", "endDate": "2026-03-31"}],
}
COLUMNS = {
    "titles": (
        "Identifier",
        "Title",
        "Description",
        "Amount Awarded",
        "Currency",
        "Award Date",
        "Funding Org:Identifier",
        "Funding Org:Name",
        "Beneficiary Location:0:Geographic Code",
        "Recipient Ind:Identifier",
        "Recipient Ind:Name",
        "To Individuals Details:Primary Grant Reason",
    ),
    "paths": (
        "id",
        "title",
        "description",
        "amountAwarded",
        "currency",
        "awardDate",
        "fundingOrganization/0/id",
        "fundingOrganization/0/name",
        "beneficiaryLocation/0/geoCode",
        "recipientIndividual/id",
        "recipientIndividual/name",
        "toIndividualsDetails/primaryGrantReason",
    ),
}
ROW = (
    "360G-example-1",
    f"Hardship grant to {NAME}",
    REASON,
    "300",
    "GBP",
    "2024-03-01",
    "GB-CHC-9999999",
    "Example Foundation",
    "W06000015",
)
ENDS = {
    "named": ("i-1", NAME, ""),
    "by its reason": ("", "", "GTIR110"),
    "both": ("i-1", NAME, "GTIR110"),
}


def nothing_of_a_person(register: Register, count: int) -> None:
    assert (
        NAME not in repr(register)
        and "Washing" not in repr(register)
        and "GTIR" not in repr(register)
    )
    told = [p for p in register.problems if p.code == "grants_to_people"]
    assert [dict(p.facts)["count"] for p in told] == [str(count)]


@pytest.mark.parametrize("said", SAID)
@pytest.mark.parametrize("beside", [0, 1, 3])
@pytest.mark.parametrize("bare", [False, True])
def test_in_json(said: str, beside: int, bare: bool) -> None:
    bodies = [TO_A_BODY | {"id": f"360G-example-b{n}"} for n in range(beside)]
    grants = [
        TO_ONE | SAID[said],
        *bodies,
        TO_ONE | SAID[said] | {"id": "360G-example-9"},
    ]
    data = json.dumps(grants if bare else {"grants": grants}).encode()
    register = read_register(data, "grants.json", directory=directory())
    assert len(register.projects) == beside
    nothing_of_a_person(register, 2)


@pytest.mark.parametrize("spelled", COLUMNS)
@pytest.mark.parametrize("ends", ENDS)
@pytest.mark.parametrize("order", range(5))
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_in_a_flat_file(spelled: str, ends: str, order: int, kind: str) -> None:
    columns = COLUMNS[spelled]
    cells = [*ROW, *ENDS[ends]]
    at = random.Random(order).sample(range(len(columns)), len(columns))
    rows = [[columns[n] for n in at], [cells[n] for n in at]]
    if kind == "csv":
        out = io.StringIO()
        csv.writer(out).writerows(rows)
        data = out.getvalue().encode()
    else:
        book = openpyxl.Workbook()
        for cells_of_row in rows:
            book.active.append(cells_of_row)
        held = io.BytesIO()
        book.save(held)
        data = held.getvalue()
    register = read_register(data, f"grants.{kind}", directory=directory())
    assert register.projects == []
    nothing_of_a_person(register, 1)


@pytest.mark.parametrize(
    ("recipient", "is_person"),
    [
        (
            {
                "id": "360G-x-1",
                "name": "Awards to eight individuals through a fund",
            },
            True,
        ),
        ({"id": "360G-x-1", "name": "Individual"}, True),
        ({"id": "360G-x-1", "name": "Unigolion"}, True),
        ({"id": "360G-x-1", "name": "Anonymous"}, True),
        ({"name": "Name withheld"}, True),
        ({"id": "GB-CHC-1", "name": "Support for Individuals"}, False),
        ({"id": "360G-x-1", "name": "Clwb Ieuenctid"}, False),
    ],
)
def test_a_recipient_that_is_nobodys_body_is_people(
    recipient: dict[str, str], is_person: bool
) -> None:
    grant = {**TO_A_BODY, "recipientOrganization": [recipient]}
    register = read_register(
        json.dumps({"grants": [grant]}).encode(),
        "g.json",
        directory=directory(),
    )
    assert bool(register.projects) is not is_person
    assert (
        "grants_to_people" in [p.code for p in register.problems]
    ) is is_person
