"""A sum whose currency nothing states is read as pounds and said, or left out where the file holds other
currencies; in every standard and every form of file.
"""

from __future__ import annotations

import csv
import io
import json
from itertools import product
from typing import Any

import pytest

from etl.pipeline.register import read_register
from etl.records import Register
from tests.registers import CARDIFF, directory

UNSAID: list[Any] = [None, "", " ", "\u00a0", "absent"]
DATES = {"startDate": "2024-04-01", "endDate": "2027-03-31"}
HEADINGS = {
    "id": "Identifier",
    "title": "Title",
    "currency": "Currency",
    "amountAwarded": "Amount Awarded",
    "start": "Planned Dates:Start Date",
    "end": "Planned Dates:End Date",
    "recipient": "Recipient Org:Name",
    "funder": "Funding Org:Name",
    "place": "Beneficiary Location:Geographic Code",
}


def grant(number: int, currency: Any, amount: float = 30000) -> dict[str, Any]:
    made: dict[str, Any] = {
        "id": f"360G-x-{number}",
        "title": f"Youth club {number}",
        "currency": currency,
        "amountAwarded": amount,
        "plannedDates": [DATES],
        "recipientOrganization": [{"id": "GB-CHC-1", "name": "A Body"}],
        "fundingOrganization": [{"id": "GB-CHC-9", "name": "A Fund"}],
        "beneficiaryLocation": [{"geoCode": CARDIFF}],
    }
    if currency == "absent":
        del made["currency"]
    return made


def as_json(grants: list[dict[str, Any]]) -> tuple[bytes, str]:
    return json.dumps({"grants": grants}).encode(), "g.json"


def as_csv(grants: list[dict[str, Any]]) -> tuple[bytes, str]:
    out = io.StringIO()
    writer = csv.writer(out)
    with_currency = any(g.get("currency", "absent") != "absent" for g in grants)
    names = {
        k: v for k, v in HEADINGS.items() if with_currency or k != "currency"
    }
    writer.writerow(names.values())
    for g in grants:
        flat = {
            **g,
            "start": DATES["startDate"],
            "end": DATES["endDate"],
            "recipient": "A Body",
        }
        flat |= {"funder": "A Fund", "place": CARDIFF}
        writer.writerow(flat.get(name) or "" for name in names)
    return out.getvalue().encode(), "g.csv"


def release(
    number: int, currency: Any, amount: float = 30000, where: str = "tender"
) -> dict[str, Any]:
    value = {"amount": amount} | (
        {} if currency == "absent" else {"currency": currency}
    )
    tender: dict[str, Any] = {
        "title": f"Supported accommodation {number}",
        "status": "complete",
        "contractPeriod": {
            "startDate": "2024-04-01T00:00:00Z",
            "endDate": "2027-03-31T00:00:00Z",
        },
        "items": [{"id": "1", "deliveryAddresses": [{"region": "UKL22"}]}],
    }
    made: dict[str, Any] = {
        "ocid": f"ocds-example-{number}",
        "id": "1",
        "date": "2025-01-10T00:00:00Z",
        "tag": ["award"],
        "buyer": {"id": "b", "name": "Cardiff Council"},
        "tender": tender,
    }
    if where == "tender":
        tender["value"] = value
    else:
        made[where] = [{"id": "A1", "status": "active", "value": value}]
    return made


def as_ocds(releases: list[dict[str, Any]]) -> tuple[bytes, str]:
    return json.dumps({"releases": releases}).encode(), "n.json"


def read(data: bytes, file: str) -> Register:
    return read_register(data, file, directory=directory())


def told(register: Register, code: str) -> int:
    return sum(p.code == code for p in register.problems)


FORMS = [
    *((as_json, grant, {}), (as_csv, grant, {})),
    *(
        (as_ocds, release, {"where": where})
        for where in ("tender", "awards", "contracts")
    ),
]


@pytest.mark.parametrize(
    ("form", "unsaid", "how_many"), [*product(FORMS, UNSAID, (1, 3))]
)
def test_a_sum_without_a_currency_is_read_as_pounds_and_said(
    form: Any, unsaid: Any, how_many: int
) -> None:
    packed, entry, more = form
    register = read(
        *packed([entry(n, unsaid, **more) for n in range(how_many)])
    )
    assert [p.annual_value_gbp for p in register.projects] == [
        10000.0
    ] * how_many
    assert told(register, "currency_unsaid") == how_many


@pytest.mark.parametrize(
    ("form", "unsaid", "other"), [*product(FORMS, UNSAID, ("EUR", "usd"))]
)
def test_among_other_currencies_it_is_left_out_and_said(
    form: Any, unsaid: Any, other: str
) -> None:
    packed, entry, more = form
    register = read(
        *packed(
            [
                entry(1, unsaid, **more),
                entry(2, other, **more),
                entry(3, "GBP", **more),
            ]
        )
    )
    by_id = {p.project_id[-1]: p.annual_value_gbp for p in register.projects}
    assert by_id == {"1": None, "2": None, "3": 10000.0}
    assert (
        told(register, "currency_unsaid_among_others")
        == told(register, "currency_not_pounds")
        == 1
    )


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "written", ["GBP", "gbp", "£", "Pounds sterling", "GBP "]
)
def test_pounds_that_are_said_are_no_news(form: Any, written: str) -> None:
    packed, entry, more = form
    register = read(*packed([entry(1, written, **more)]))
    assert register.projects[0].annual_value_gbp == 10000.0
    assert not {"currency_unsaid", "currency_not_pounds"} & {
        p.code for p in register.problems
    }


def test_one_award_of_two_without_a_currency_is_said() -> None:
    made = release(1, "GBP", where="awards")
    made["awards"].append(
        {"id": "A2", "status": "active", "value": {"amount": 60000}}
    )
    register = read(*as_ocds([made]))
    assert (
        register.projects[0].annual_value_gbp == 30000.0
        and told(register, "currency_unsaid") == 1
    )
