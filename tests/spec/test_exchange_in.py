"""Exchange formats in: places, dates, amounts, and everything that a publisher gets wrong."""

from __future__ import annotations

import csv
import gzip
import io
import json
from dataclasses import replace
from datetime import date
from typing import Any

import openpyxl
import pytest

from etl.directory import Directory
from etl.pipeline.register import read_register, read_register_set
from etl.records import FieldState, Register, Severity, SourceProblem
from etl.sources.registers.exchange_formats import exchange_format
from etl.sources.registers.exchange_json import day_at
from tests.registers import CARDIFF, RCT, csv_of, directory, row


def known() -> Directory:
    return replace(
        directory(), postcodes={"CF101AA": "W01001943", "CF401LD": "W01001274"}
    )


def grant(**changes: Any) -> dict[str, Any]:
    plain = {
        "id": "360G-fund-1",
        "title": "Young carers",
        "description": "Support",
        "currency": "GBP",
        "amountAwarded": 30000,
        "awardDate": "2024-01-10",
        "plannedDates": [{"startDate": "2024-04-01", "endDate": "2027-03-31"}],
        "recipientOrganization": [
            {"id": "GB-CHC-1", "name": "Carers", "postalCode": "CF10 1AA"}
        ],
        "fundingOrganization": [{"id": "GB-CHC-2", "name": "A Fund"}],
    }
    return {**plain, **changes}


def grants(*listed: dict[str, Any]) -> Register:
    return read_register(
        json.dumps({"grants": listed}).encode(),
        "grants.json",
        directory=known(),
    )


def codes(register: Register) -> list[str]:
    return [p.code for p in register.problems]


def test_a_grant_is_a_project_of_its_funder() -> None:
    (project,) = grants(grant()).projects
    assert (
        project.project_id,
        project.commissioner,
        project.la_code,
        project.region_code,
    ) == (
        "360G-fund-1",
        "A Fund",
        None,
        None,
    )
    assert (project.start_date, project.end_date, project.decision_date) == (
        date(2024, 4, 1),
        date(2027, 3, 31),
        date(2024, 1, 10),
    )
    # an office is no place of benefit: it is kept beside the grant and places nothing
    assert (
        project.annual_value_gbp,
        project.area_codes,
        project.recipient_area,
        project.areas_state,
        project.source_ref,
    ) == (10000.0, (), CARDIFF, FieldState.BLANK, "grants.json, grants[0]")


def test_the_place_of_benefit_comes_before_the_office() -> None:
    (project,) = grants(
        grant(
            beneficiaryLocation=[{"geoCode": "W01001274", "name": "Tylorstown"}]
        )
    ).projects
    assert (project.area_codes, project.delivery_model) == (
        ("W01001274",),
        None,
    ) and "recipient" not in (project.note or "")


def test_a_grant_that_benefits_england_is_not_welsh_because_its_office_is() -> (
    None
):
    register = grants(
        grant(beneficiaryLocation=[{"geoCode": "E06000001"}]), grant(id="2")
    )
    assert [p.project_id for p in register.projects] == [
        "2"
    ] and "entries_outside_wales" in codes(register)


@pytest.mark.parametrize(
    ("location", "areas"),
    [
        ({"name": "Wales/Cardiff"}, (CARDIFF,)),
        ({"name": "Caerdydd"}, (CARDIFF,)),
        ({"name": "Wales/Rhondda, Cynon, Taff"}, (RCT,)),
        ({"name": "Wales"}, ("W92000004",)),
        ({"name": "Gwent"}, ("RPB_GWENT",)),
        ({"geoCode": "Unitary Authorities", "geoCodeType": RCT}, (RCT,)),
        ({"name": "UK"}, ()),
    ],
)
def test_places_by_name_and_by_code(
    location: dict[str, str], areas: tuple[str, ...]
) -> None:
    (project,) = grants(grant(beneficiaryLocation=[location])).projects
    assert project.area_codes == areas


def test_an_unknown_code_is_said_and_left_out() -> None:
    register = grants(
        grant(
            beneficiaryLocation=[
                {"geoCode": "W05009999", "name": "Wales/Castle"}
            ]
        )
    )
    assert register.projects[
        0
    ].area_codes == () and "location_not_found" in codes(register)


def test_without_the_postcode_list_nothing_is_guessed() -> None:
    register = read_register(
        json.dumps({"grants": [grant()]}).encode(),
        "g.json",
        directory=directory(),
    )
    # CF is of Wales, whoever keeps the list; which authority it is in nobody can say without
    (project,) = register.projects
    assert (project.area_codes, project.recipient_area) == (
        (),
        None,
    ) and "no_postcode_lookup" in codes(register)


@pytest.mark.parametrize("amount", [0, 0.01, None])
def test_no_amount_is_never_nothing(amount: float | None) -> None:
    register = grants(grant(amountAwarded=amount))
    assert register.projects[
        0
    ].annual_value_gbp is None and "amount_not_given" in codes(register)


def test_euros_are_not_pounds() -> None:
    register = grants(grant(currency="EUR"))
    assert register.projects[
        0
    ].annual_value_gbp is None and "currency_not_pounds" in codes(register)


def test_six_months_of_money_is_not_stretched_to_a_year() -> None:
    (project,) = grants(
        grant(plannedDates=[{"startDate": "2024-04-01", "duration": 6}])
    ).projects
    assert project.annual_value_gbp == 30000.0


def test_an_award_without_dates_has_no_value_a_year() -> None:
    register = grants(grant(plannedDates=[]))
    assert register.projects[
        0
    ].annual_value_gbp is None and "length_not_known" in codes(register)


def test_a_timestamp_before_midnight_in_summer_is_the_next_day_here() -> None:
    assert (
        day_at("2013-08-27T23:00:00Z") == "2013-08-28"
        and day_at("2013-08-28T00:00:00+00:00") == "2013-08-28"
    )
    assert (
        day_at("2020-05-05T00:00:00.000Z") == "2020-05-05"
        and day_at("31/03/2024") == "31/03/2024"
    )


def test_impossible_dates_negative_amounts_and_formulas_are_refused_where_they_stand() -> (
    None
):
    register = grants(
        grant(awardDate="2024-02-30"),
        grant(id="2", amountAwarded=-5),
        grant(id="3", title="=1+1"),
    )
    assert not register.projects
    assert [
        (p.row, p.code)
        for p in register.problems
        if p.severity is Severity.REFUSED
    ] == [
        (1, "date_impossible"),
        (2, "amount_negative"),
        (3, "formula"),
    ]


def test_identifiers_that_differ_in_capitals_are_two_and_the_same_one_twice_is_none() -> (
    None
):
    assert len(grants(grant(id="aB"), grant(id="ab")).projects) == 2
    register = grants(grant(), grant(title="Another"))
    assert not register.projects and codes(register).count("duplicate_id") == 2
    assert len(grants(grant(), grant()).projects) == 1


def test_a_refuge_is_not_placed_and_its_description_is_not_kept() -> None:
    register = grants(
        grant(description="Runs the refuge at 12 Park Road, CF10 1AA")
    )
    (project,) = register.projects
    assert project.is_sensitive and project.area_codes == ()
    assert "Park Road" not in str(project) and "Park Road" not in " ".join(
        map(str, register.problems)
    )


FLAT = [
    "Identifier",
    "Title",
    "Description",
    "Currency",
    "Amount Awarded",
    "Award Date",
    "Planned Dates:0:Start Date",
    "Planned Dates:0:End Date",
    "Recipient Org:0:Identifier",
    "Recipient Org:0:Name",
    "Recipient Org:0:Postal Code",
    "Funding Org:0:Identifier",
    "Funding Org:0:Name",
    "Beneficiary Location:0:Geographic Code",
    "Grant manager",
]
LINE = [
    "360G-fund-1",
    "Young carers",
    "Support",
    "GBP",
    "30,000",
    "10/01/2024",
    "01/04/2024",
    "31/03/2027",
    "GB-CHC-1",
    "Carers",
    "CF10 1AA",
    "GB-CHC-2",
    "A Fund",
    RCT,
    "Somebody",
]


def test_a_flattened_file_reads_as_the_json_does() -> None:
    out = io.StringIO()
    csv.writer(out).writerows([FLAT, LINE])
    made = openpyxl.Workbook()
    made.active.append(FLAT)
    made.active.append([*LINE[:4], 30000, date(2024, 1, 10), *LINE[6:]])
    book = io.BytesIO()
    made.save(book)
    for data, name in (
        (out.getvalue().encode(), "g.csv"),
        (book.getvalue(), "g.xlsx"),
    ):
        assert exchange_format(data, name) == "360giving"
        (project,) = read_register(data, name, directory=known()).projects
        assert (
            project.annual_value_gbp,
            project.decision_date,
            project.area_codes,
            project.provider_name,
        ) == (10000.0, date(2024, 1, 10), (RCT,), "Carers")
        assert "Somebody" not in str(project)


def notice(**tender: Any) -> dict[str, Any]:
    return {
        "ocid": "ocds-x-1",
        "id": "1",
        "date": "2025-02-01T00:00:00Z",
        "tag": ["tender"],
        "initiationType": "tender",
        "parties": [
            {
                "id": "b",
                "name": "Cardiff Council",
                "roles": ["buyer"],
                "address": {"postalCode": "CF10 1AA"},
                "contactPoint": {"name": "A. Officer", "email": "a@b.cymru"},
            }
        ],
        "buyer": {"id": "b", "name": "Cardiff Council"},
        "tender": {
            "id": "t",
            "title": "Floating support",
            "value": {"amount": 90000, "currency": "GBP"},
            "contractPeriod": {"durationInDays": 1080},
            "items": [{"id": "1", "deliveryAddresses": [{"region": "UKL22"}]}],
            **tender,
        },
    }


def notices(*listed: dict[str, Any]) -> Register:
    return read_register(
        json.dumps({"version": "1.1", "releases": listed}).encode(),
        "n.json",
        directory=known(),
    )


def test_a_notice_is_a_project_of_its_buyer() -> None:
    register = notices(notice())
    (project,) = register.projects
    assert (project.la_code, project.area_codes, project.annual_value_gbp) == (
        CARDIFF,
        (CARDIFF,),
        30000.0,
    )
    assert "Officer" not in str(register) and "a@b.cymru" not in str(register)


def test_a_record_package_is_compiled_and_the_later_release_counts() -> None:
    later = {**notice(), "date": "2025-06-01T00:00:00Z", "tag": ["award"]}
    later["awards"] = [
        {
            "id": "a",
            "status": "active",
            "date": "2025-05-01T00:00:00Z",
            "value": {"amount": 60000, "currency": "GBP"},
            "suppliers": [{"id": "s", "name": "Tai Taf"}],
            "contractPeriod": {
                "startDate": "2025-04-01T00:00:00Z",
                "endDate": "2027-03-31T00:00:00Z",
            },
        }
    ]
    package = {
        "version": "1.1",
        "records": [{"ocid": "ocds-x-1", "releases": [later, notice()]}],
    }
    (project,) = read_register(
        json.dumps(package).encode(), "r.json", directory=known()
    ).projects
    assert (
        project.provider_name,
        project.annual_value_gbp,
        project.decision_date,
    ) == (
        "Tai Taf",
        30000.0,
        date(2025, 5, 1),
    )


@pytest.mark.parametrize(
    ("title", "loaded"),
    [
        ("Test Natasha", False),
        ("TEST NOTICE please ignore", False),
        ("Testing of drinking water", True),
        ("Road test centre", True),
    ],
)
def test_a_test_notice_is_not_a_project(title: str, loaded: bool) -> None:
    assert bool(notices(notice(title=title)).projects) is loaded


def test_a_body_with_an_office_in_cardiff_is_not_cardiff() -> None:
    elsewhere = notice(
        items=[{"id": "1", "deliveryAddresses": [{"region": "UKL15"}]}]
    )
    register = notices(
        {
            **elsewhere,
            "buyer": {"id": "b", "name": "University of Wales, Cardiff"},
        }
    )
    assert register.projects[0].la_code is None and register.projects[
        0
    ].area_codes == (
        RCT,
        "W06000024",
    )


def test_a_needs_assessment_among_the_planning_documents_is_pointed_out() -> (
    None
):
    register = notices(
        {
            **notice(),
            "planning": {
                "documents": [
                    {
                        "id": "1",
                        "documentType": "needsAssessment",
                        "title": "Population assessment 2022",
                    }
                ]
            },
        }
    )
    assert "planning_document" in codes(register)


def test_a_framework_is_a_ceiling() -> None:
    register = notices(notice(techniques={"hasFrameworkAgreement": True}))
    assert "framework_ceiling" in codes(register) and "framework" in (
        register.projects[0].note or ""
    )


def test_a_service_says_who_funds_it_and_where() -> None:
    service = {
        "id": "s1",
        "name": "Counselling",
        "status": "active",
        "organization": {
            "id": "o",
            "name": "Mind",
            "description": "x",
            "organization_identifiers": [
                {
                    "id": "i",
                    "identifier_scheme": "GB-CHC",
                    "identifier_type": "charity",
                    "identifier": "7",
                }
            ],
        },
        "funding": [{"id": "f", "source": "Cyngor Caerdydd"}],
        "service_areas": [{"id": "a", "name": "Rhondda Cynon Taf"}],
    }
    unfunded = {
        "id": "s2",
        "name": "Lunch club",
        "status": "defunct",
        "service_at_locations": [
            {
                "id": "l",
                "location": {
                    "id": "p",
                    "location_type": "physical",
                    "addresses": [{"postal_code": "CF10 1AA"}],
                },
            }
        ],
    }
    register = read_register(
        json.dumps({"contents": [service, unfunded]}).encode(),
        "o.json",
        directory=known(),
    )
    one, two = register.projects
    assert (one.la_code, one.area_codes, one.provider_org_id) == (
        CARDIFF,
        (RCT,),
        "GB-CHC-7",
    )
    assert (
        two.la_code,
        two.area_codes,
        two.recipient_area,
        two.commissioner,
    ) == (
        None,
        (),
        CARDIFF,
        "Not stated / Heb ei nodi",
    )
    assert {
        "commissioner_not_stated",
        "entry_not_active",
        "placed_by_recipient",
    } <= set(codes(register))


@pytest.mark.parametrize(
    "data",
    [
        b'{"grants": 3}',
        b'{"grants": []}',
        b'{"releases": []}',
        b"[1",
        b'{"grants": [NaN]}',
        b'{"services": [{"id": 1}]}',
    ],
)
@pytest.mark.parametrize("format", ["360giving", "ocds", "openreferral"])
def test_a_file_that_is_none_of_them_is_refused_whole(
    data: bytes, format: str
) -> None:
    with pytest.raises(SourceProblem):
        read_register(data, "x.json", format, directory=known())


def test_packed_files_and_files_that_belong_together_are_read() -> None:
    packed = gzip.compress(
        json.dumps({"grants": [grant(), grant(id="P-1")]}).encode()
    )
    registers = read_register_set(
        [(packed, "g.json.gz"), (csv_of([row()]), "register.csv")], known()
    )
    assert [[p.project_id for p in r.projects] for r in registers] == [
        ["P-1"],
        ["360G-fund-1"],
    ]
    assert "project_in_other_file" in codes(registers[1])


def test_a_register_in_table_form_is_never_taken_for_a_standard() -> None:
    assert (
        exchange_format(
            csv_of([row(title="Award for Wardens")]), "register.csv"
        )
        is None
    )
