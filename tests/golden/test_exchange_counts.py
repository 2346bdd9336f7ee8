"""The publishers' real files in exchange formats, read whole: counts typed from the files by hand."""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from etl.directory import Directory
from etl.pipeline.register import read_register
from etl.records import Area, AreaLink, FieldState, Register, Severity
from etl.sources.figures.money import (
    read_allocations,
    read_flying_start_expansion,
)
from etl.sources.registers.procurement_scope import rule_of, scope_rules

pytestmark = pytest.mark.mirror
LLOYDS = "360giving-lloyds-bank-foundation-2010-2015.json.gz"
DULVERTON = "360giving-dulverton-trust.json.gz"
COVID = "360giving-covid19-may2020-welsh-subset.json"
SELL2WALES = "sell2wales-ocds-2025-02-contract-notices.json"


@pytest.fixture(scope="module")
def known(mirror: Path) -> Directory:
    """Every authority, small area and postcode of Wales."""
    lookups = mirror / "lookups"
    areas = [Area("W92000004", "WALES", "Wales", "Cymru")]
    with (lookups / "lad24_lhb_rcc_rpb_nuts_wales.csv").open(
        encoding="utf-8"
    ) as file:
        areas += [
            Area(r["LAD24CD"], "LA", r["LAD24NM"], r["LAD24NMW"])
            for r in csv.DictReader(file)
        ]
    with (lookups / "lsoa21_msoa21_wd24_lad24_lhb_rcc_ruc_wales.csv").open(
        encoding="utf-8"
    ) as file:
        areas += [
            Area(r["LSOA21CD"], "LSOA21", r["LSOA21NM"], None, r["LAD24CD"])
            for r in csv.DictReader(file)
        ]
    with gzip.open(
        lookups / "postcode_to_lsoa21_wales.csv.gz", "rt", encoding="utf-8"
    ) as file:
        links = [
            AreaLink(r["pcd_nospace"], r["LSOA21CD"], "POSTCODE_LSOA21")
            for r in csv.DictReader(file)
        ]
    return Directory.from_catalogue(areas, links)


def read(mirror: Path, known: Directory, name: str) -> Register:
    return read_register(mirror / "commissioned" / name, name, directory=known)


def test_lloyds_bank_foundation(mirror: Path, known: Directory) -> None:
    register = read(mirror, known, LLOYDS)
    assert (register.rows_read, len(register.projects)) == (4116, 373)
    # all 22 authorities, and never closer than an authority: these are offices
    # the recipient's office is in one of the 22 authorities; no grant says where people benefit, so none is
    # placed
    assert (
        len({p.recipient_area for p in register.projects if not p.is_sensitive})
        == 22
    )
    assert {(p.area_codes, p.delivery_model) for p in register.projects} == {
        ((), None)
    }
    assert {p.areas_state for p in register.projects if not p.is_sensitive} == {
        FieldState.BLANK
    }
    told = {p.code: p.found for p in register.problems}
    assert told["entries_outside_wales"].endswith("3,735") and told[
        "placed_by_recipient"
    ].endswith("373")
    # LD6 1DR is on no list, and all of its district is in Powys
    assert "postcode_not_found" not in told
    grant = next(
        p for p in register.projects if p.project_id == "360G-LBFEW-112016"
    )
    assert (grant.commissioner, grant.la_code, grant.decision_date) == (
        "Lloyds Bank Foundation for England and Wales",
        None,
        date(2015, 2, 4),
    )
    assert (grant.start_date, grant.end_date, grant.annual_value_gbp) == (
        date(2015, 3, 1),
        date(2018, 2, 28),
        24123.33,
    )
    assert grant.note is not None and grant.note.startswith(
        "place of benefit not recorded"
    )
    # offices along the border whose postcodes no list holds, and two that are misspelled: nobody knows, so
    # somebody is asked
    held = [p for p in register.problems if p.severity is Severity.REFUSED]
    assert {p.code for p in held} == {"place_not_recognised"} and len(held) == 8
    assert 373 + 3735 + 8 == 4116


def test_a_refuge_among_the_grants_has_no_place(
    mirror: Path, known: Directory
) -> None:
    secret = [p for p in read(mirror, known, LLOYDS).projects if p.is_sensitive]
    assert len(secret) == 1 and secret[0].area_codes == ()


def test_dulverton_trust(mirror: Path, known: Directory) -> None:
    register = read(mirror, known, DULVERTON)
    assert (register.rows_read, len(register.projects)) == (1860, 69)
    told = {p.code: p.found for p in register.problems}
    assert told["descriptions_empty_of_meaning"].endswith("1,860")
    first = register.projects[0]
    # 12/05/2005 in the file, day first
    assert (first.project_id, first.decision_date, first.annual_value_gbp) == (
        "360G-dulverton-006D000000MJrBq",
        date(2005, 5, 12),
        21000.0,
    )


def test_covid_tracker(mirror: Path, known: Directory) -> None:
    register = read(mirror, known, COVID)
    assert (register.rows_read, len(register.projects)) == (22, 22)
    places = Counter(";".join(p.area_codes) for p in register.projects)
    assert places == {
        "W92000004": 11,
        "W06000023": 4,
        "W06000022": 2,
        "W06000015": 2,
        "W06000016": 1,
        "W06000011": 1,
        "": 1,
    }
    # "Wales/Rhondda, Cynon, Taff" and a code standing in the type's field are both understood
    by_id = {p.project_id: p.area_codes for p in register.projects}
    assert by_id["360G-EFF-20-0863"] == ("W06000016",) and by_id[
        "360G-tudortrust-93558"
    ] == ("W06000022",)
    assert Counter(p.code for p in register.problems) == {
        "length_not_known": 1,
        "location_too_wide": 1,
    }


def test_sell2wales(mirror: Path, known: Directory) -> None:
    register = read(mirror, known, SELL2WALES)
    # 90 notices: one a test, 17 for goods, 13 for works, 51 services of other kinds
    assert (register.rows_read, len(register.projects)) == (90, 8)
    counts = Counter(p.code for p in register.problems)
    assert (
        counts["test_notice"],
        counts["advertised_twice"],
        counts["notices_out_of_scope"],
    ) == (1, 1, 3)
    left_out = sorted(
        int(dict(p.facts)["count"])
        for p in register.problems
        if p.code == "notices_out_of_scope"
    )
    assert left_out == [13, 17, 51] and sum(left_out) + 1 + 8 == 90
    by_id = {p.project_id: p for p in register.projects}
    assert sum(p.la_code is not None for p in register.projects) == 5
    childcare = by_id["ocds-kuma6s-148111"]
    assert (
        childcare.commissioner,
        childcare.area_codes,
        childcare.la_code,
    ) == (
        "Ceredigion",
        ("W06000008",),
        "W06000008",
    )
    # NPT buys for itself in UKL17, and for Swansea in UKL18
    assert by_id["ocds-kuma6s-139455"].area_codes == ("W06000011", "W06000012")


@pytest.mark.parametrize(
    ("tender", "is_in_scope"),
    [
        (
            {
                "title": "Asphalt",
                "mainProcurementCategory": "goods",
                "classification": {"scheme": "CPV", "id": "85310000"},
            },
            False,
        ),
        (
            {
                "title": "Gofal",
                "mainProcurementCategory": "services",
                "classification": {"scheme": "CPV", "id": "85312110"},
            },
            True,
        ),
        (
            {
                "title": "Darparu cymorth tai yn Llŷn",
                "mainProcurementCategory": "services",
                "classification": {"scheme": "CPV", "id": "98000000"},
            },
            True,
        ),
        (
            {
                "title": "Bus service",
                "mainProcurementCategory": "services",
                "classification": {"scheme": "CPV", "id": "60112000"},
            },
            False,
        ),
        (
            {
                "title": "Dechrau’n Deg: chwarae",
                "mainProcurementCategory": "services",
            },
            True,
        ),
        ({"title": "A service that states no class"}, None),
    ],
)
def test_the_scope_of_notices_is_a_rule_in_the_catalogue(
    tender: dict[str, object], is_in_scope: bool | None
) -> None:
    rule = rule_of({"tender": tender})
    assert (None if rule is None else rule.is_in_scope) is is_in_scope
    assert all(r.reason_en and r.reason_cy for r in scope_rules())


def test_no_officer_is_carried_from_a_notice(
    mirror: Path, known: Directory
) -> None:
    register = read(mirror, known, SELL2WALES)
    assert not any(
        "@" in str(project) or "[removed]" in str(project)
        for project in register.projects
    )


def test_flying_start_expansion(mirror: Path, known: Directory) -> None:
    path = (
        mirror
        / "commissioned"
        / "flying_start_expansion_allocation_2011-15_by_la.csv"
    )
    sums, problems = read_flying_start_expansion(
        path.read_bytes(),
        path.name,
        known,
        "https://business.senedd.wales/documents/s5011/",
    )
    assert (len(sums), problems) == (22, [])
    assert sum(s.amount_gbp for s in sums) == 14_572 * 2_100
    assert all(s.basis.startswith("implied, not published") for s in sums)


@pytest.mark.parametrize(
    ("grant", "programme"),
    [
        ("Communities First", "communities_first"),
        ("Cymunedau yn Gyntaf", "communities_first"),
        ("Communities First Legacy Fund", "legacy_fund"),
        ("communities first, other", None),
        ("SUPPORTING PEOPLE PROGRAMME GRANT", "supporting_people"),
        ("Grant Cymorth Tai", "housing_support_grant"),
        ("Flying Start + Families First (CCG)", "ccg"),
        ("Some fund", None),
    ],
)
def test_a_grant_is_of_the_programme_that_the_catalogue_names(
    grant: str, programme: str | None, known: Directory
) -> None:
    """“Communities First, other” was money of Communities First, because its name begins so."""
    table = (
        "la_code,grant,year,amount_gbp,basis,source_url\n"
        f'W06000016,"{grant}",2015-16,1000,exact,https://example.org/x\n'
    )
    (one,), problems = read_allocations(table.encode(), "sums.csv", known)
    assert one.programme_id == programme
    told = [(p.code, p.row) for p in problems]
    assert told == ([] if programme else [("grant_unmatched", 2)])


def test_allocations_of_the_sample(known: Directory) -> None:
    path = Path(__file__).parents[2] / "data" / "sample" / "allocations.csv"
    sums, problems = read_allocations(path.read_bytes(), path.name, known)
    assert (len(sums), problems) == (37, [])
    assert (
        next(
            s.amount_gbp
            for s in sums
            if s.la_code == "W06000001" and s.grant_name == "Communities First"
        )
        == 662_200
    )
