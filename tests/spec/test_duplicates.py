"""One thing, twice: possible duplicates are found whatever their order and wording, shown with both
sources, and counted once.
"""

from __future__ import annotations

import itertools
import json
import random
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from clearlink.rules.codes import ValueKind
from clearlink.rules.duplicates import (
    DuplicateKind,
    DuplicateState,
    Told,
    duplicates,
    facts_alike,
)
from etl.pipeline.kept_registers import plan
from etl.pipeline.one_thing_twice import duplicates_with, told_of
from etl.pipeline.register import read_register
from tests.registers import CARDIFF, RCT, directory

OWN = Told(
    "HSG-9",
    "Floating support service, Rhondda",
    RCT,
    "Example Care Ltd",
    date(2024, 4, 1),
    date(2027, 3, 31),
    100000.0,
    ValueKind.YEARLY,
    "register.csv",
)
NOTICE = replace(
    OWN, project_id="ocds-1", source="notices.json", is_register=False
)


def _worded(draw: random.Random, told: Told) -> Told:
    """The same contract as another register would write it: never all of it alike to the letter."""
    title = draw.choice(
        [
            told.title,
            told.title.upper(),
            "Rhondda: floating support service",
            told.title + " (HSG)",
            f" {told.title}. ",
        ]
    )
    supplier = draw.choice(
        [
            "Example Care Ltd",
            "EXAMPLE CARE LIMITED",
            "Example Care",
            "The Example Care Group; Another Body Ltd",
            None,
        ]
    )
    shift = timedelta(days=draw.randint(-20, 20))
    money = (
        draw.choice([100000.0, 98500.0, 103999.99, 99999.995])
        if supplier
        else 100000.0
    )
    assert told.start and told.end
    return replace(
        told,
        title=title,
        supplier=supplier,
        start=told.start + shift,
        end=told.end + shift,
        yearly_gbp=money,
    )


@pytest.mark.parametrize("seed", range(60))
def test_the_same_contract_is_found_however_it_is_written(seed: int) -> None:
    draw = random.Random(seed)
    others = [
        replace(
            OWN,
            project_id=f"X{n}",
            title=f"Another service {n}",
            supplier=f"Supplier {n}",
            yearly_gbp=5000.0 * n,
        )
        for n in range(1, 30)
    ]
    listed = [OWN, _worded(draw, NOTICE), *others]
    draw.shuffle(listed)
    (found,) = duplicates(listed)
    assert {found.project_a, found.project_b} == {"HSG-9", "ocds-1"}
    # the council's own register counts, the notice does not, whichever came first
    assert (
        found.not_counted == "ocds-1"
        and found.kind is DuplicateKind.SAME_CONTRACT
    )
    assert {"buyer", "days"} <= set(found.alike)


@pytest.mark.parametrize(
    "change",
    [
        {"buyer": CARDIFF},
        {"supplier": "Somebody Else Cyf"},
        {"yearly_gbp": 60000.0},
        {"start": date(2027, 4, 1), "end": date(2030, 3, 31)},
        {"title": "Floating support service, Rhondda, lot 2"},
        {"title": "Mediation for families", "yearly_gbp": 101000.0},
        {"supplier": None, "yearly_gbp": None},
        {"kind": ValueKind.NEVER_BOUGHT},
        # in one file the same supplier holds lots that differ by their titles alone
        {"title": "Mediation for families", "source": "register.csv"},
    ],
)
def test_what_differs_is_not_the_same(change: dict[str, object]) -> None:
    assert duplicates([OWN, replace(NOTICE, **change)]) == []  # type: ignore[arg-type]


def test_a_tender_and_its_award_under_two_identifiers_are_one_question() -> (
    None
):
    """Find a Tender publishes some tenders and awards of one procurement under different identifiers."""
    sought = replace(
        NOTICE, project_id="ocds-t", kind=ValueKind.TENDER_NOTICE, supplier=None
    )
    (found,) = duplicates([sought, NOTICE])
    assert (
        found.kind is DuplicateKind.SAME_CONTRACT and found.not_counted is None
    )


def test_of_three_sources_one_counts() -> None:
    third = replace(
        OWN, project_id="grant-1", source="grants.json", is_register=False
    )
    found = duplicates([third, NOTICE, OWN])
    assert sorted(d.not_counted or "" for d in found) == ["grant-1", "ocds-1"]


def test_a_record_without_money_never_takes_the_place_of_one_with_it() -> None:
    for blank in (
        replace(OWN, yearly_gbp=None),
        replace(OWN, kind=ValueKind.FRAMEWORK_CEILING),
    ):
        (found,) = duplicates([blank, NOTICE])
        assert found.not_counted is None


def test_what_people_said_stands() -> None:
    pair = frozenset(("HSG-9", "ocds-1"))
    (same,) = duplicates([OWN, NOTICE], {pair: True})
    (apart,) = duplicates([OWN, NOTICE], {pair: False})
    assert (same.state, same.not_counted) == (DuplicateState.SAME, "ocds-1")
    assert (apart.state, apart.not_counted) == (DuplicateState.DIFFERENT, None)


def test_alike_is_the_same_from_either_side() -> None:
    draw = random.Random(7)
    for _ in range(60):
        one, other = _worded(draw, OWN), _worded(draw, NOTICE)
        assert facts_alike(one, other) == facts_alike(other, one)


POT = Told(
    "pot",
    "Fund",
    "A Fund",
    "Example Trust",
    date(2024, 4, 1),
    date(2027, 3, 31),
    100000.0,
    ValueKind.YEARLY,
    "g",
    passes_on=True,
)


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_what_is_granted_on_is_counted_in_the_pot(
    order: tuple[int, ...],
) -> None:
    onward = Told(
        "on",
        "Youth club",
        "Example Trust",
        "A Club",
        date(2024, 9, 1),
        date(2025, 8, 31),
        20000.0,
        ValueKind.YEARLY,
        "h",
    )
    later = replace(
        onward,
        project_id="late",
        start=date(2028, 1, 1),
        end=date(2028, 12, 31),
    )
    listed = [POT, onward, later]
    (found,) = duplicates(listed[at] for at in order)
    assert (found.kind, found.not_counted) == (DuplicateKind.ONWARD_GRANT, "on")
    assert duplicates([replace(POT, passes_on=False), onward]) == []


def test_a_framework_and_its_call_off_are_shown_and_counted_once() -> None:
    above = replace(
        NOTICE,
        project_id="ocds-f",
        kind=ValueKind.FRAMEWORK_CEILING,
        title="Framework",
        supplier=None,
    )
    below = replace(
        NOTICE,
        project_id="ocds-c",
        title="Call-off",
        yearly_gbp=7000.0,
        called_off_from="ocds-f",
    )
    (found,) = duplicates([above, below])
    assert (found.kind, found.not_counted) == (DuplicateKind.CALL_OFF, None)


def test_twenty_thousand_records_are_compared_in_no_time() -> None:
    draw = random.Random(1)
    many = [
        replace(
            OWN,
            project_id=f"P{n}",
            buyer=f"W060000{n % 22:02}",
            title=f"Service {n}",
            supplier=f"Supplier {draw.randrange(900)}",
            yearly_gbp=float(draw.randrange(1000, 900000)),
        )
        for n in range(5000)
    ]
    assert len(duplicates(many)) < 50


CASES = Path(__file__).resolve().parents[2].parent / "shared" / "cases"


@pytest.mark.skipif(
    not CASES.is_dir(), reason="the cases are not on this machine"
)
def test_the_cases() -> None:
    names = ("same_contract_register.csv", "same_contract_ocds.json")
    ours, theirs = (
        read_register(
            (CASES / n).read_bytes(), n, directory=directory()
        ).projects
        for n in names
    )
    (told,) = duplicates_with([*ours, *theirs], [])
    assert (
        told.code == "possible_same_contract"
        and dict(told.facts)["not_counted"] == "ocds-example-77"
    )
    assert all(name in told.found for name in names)
    data = (
        (CASES / "g360_regrant.json")
        .read_bytes()
        .replace(b"W06000002", CARDIFF.encode())
    )
    grants = read_register(
        data, "g360_regrant.json", directory=directory()
    ).projects
    (onward,) = duplicates(map(told_of, grants))
    assert (onward.kind, onward.not_counted) == (
        DuplicateKind.ONWARD_GRANT,
        "360G-example-2",
    )


@pytest.mark.skipif(
    not CASES.is_dir(), reason="the cases are not on this machine"
)
def test_a_notice_is_no_edition_of_a_register_and_is_asked_about_when_it_is_loaded(
    data_dir: Path,
) -> None:
    register, notices = (
        CASES / n
        for n in ("same_contract_register.csv", "same_contract_ocds.json")
    )
    known = directory()
    (data_dir / "registers").mkdir()
    (data_dir / "registers" / "1-register.csv").write_bytes(
        register.read_bytes()
    )
    read = read_register(notices, notices.name, directory=known)
    twice = plan(read, known).register.problems
    planned = plan(read, known)
    assert twice == planned.register.problems == read.problems == []
    assert planned.kept == [] and len(planned.register.projects) == 1
    edition = register.read_bytes().replace(b"100000", b"110000")
    again = plan(read_register(edition, register.name, directory=known), known)
    assert [k.repeated for k in again.kept] == [1]


def test_a_sensitive_record_is_named_by_its_reference() -> None:
    refuge = {
        "ocid": "ocds-9",
        "buyer": {"name": "Cardiff Council"},
        "tender": {
            "title": "Women’s refuge, Splott",
            "value": {"amount": 1000},
            "contractPeriod": {
                "startDate": "2024-04-01",
                "endDate": "2025-03-31",
            },
        },
        "awards": [
            {"id": "a", "status": "active", "suppliers": [{"name": "A"}]}
        ],
    }
    files = [
        json.dumps({"releases": [{**refuge, "ocid": f"ocds-{n}"}]}).encode()
        for n in (8, 9)
    ]
    projects = [
        p
        for n, f in enumerate(files)
        for p in read_register(f, f"n{n}.json", directory=directory()).projects
    ]
    (told,) = duplicates_with(projects, [])
    assert "Splott" not in str(told) and "ocds-8" in told.found


@pytest.mark.parametrize("change", ["title", "areas"])
def test_what_one_file_tells_apart_is_two(change: str) -> None:
    """A council that lists one service in two places means two: no money of it may leave a sum unasked."""
    here = replace(OWN, areas=frozenset({"W01001274"}))
    there = replace(here, project_id="HSG-10")
    assert duplicates([here, there])[0].not_counted
    other = {
        "title": "Floating support service, Rhondda north",
        "areas": frozenset({"W01001275"}),
    }
    apart = replace(there, **{change: other[change]})
    assert duplicates([here, apart]) == []
    # another register words its title and names its places in its own way
    assert duplicates([here, replace(apart, source="other.csv")])
