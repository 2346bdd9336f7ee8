"""What became of a contracting process: status counts, releases are merged by id, and what was never
bought is never provision.
"""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from clearlink.rules.codes import TimeState, ValueKind
from clearlink.rules.running import is_money_a_year, time_state
from etl.pipeline.register import read_register
from etl.records import Project, Register
from tests.registers import CARDIFF, directory

DAY = date(2026, 11, 27)
TENDER = {
    "id": "t",
    "title": "Supported accommodation",
    "status": "complete",
    "value": {"amount": 300000, "currency": "GBP"},
    "contractPeriod": {
        "startDate": "2025-04-01T00:00:00Z",
        "endDate": "2028-03-31T00:00:00Z",
    },
    "items": [{"id": "1", "deliveryAddresses": [{"region": "UKL22"}]}],
}


def process(**parts: Any) -> dict[str, Any]:
    plain = {
        "ocid": "ocds-example-1",
        "id": "1",
        "date": "2025-01-10T00:00:00Z",
        "tag": ["award"],
        "buyer": {"id": "b", "name": "Cardiff Council"},
        "tender": TENDER,
    }
    return {**plain, **parts}


def award(
    number: int, status: str | None = "active", amount: float | None = None
) -> dict[str, Any]:
    made: dict[str, Any] = {
        "id": f"A{number}",
        "suppliers": [{"id": f"s{number}", "name": f"Supplier {number}"}],
    }
    if status:
        made["status"] = status
    if amount is not None:
        made["value"] = {"amount": amount, "currency": "GBP"}
    return made


def read(*releases: dict[str, Any]) -> Register:
    return read_register(
        json.dumps({"releases": releases}).encode(),
        "n.json",
        directory=directory(),
    )


def only(*releases: dict[str, Any]) -> Project:
    (project,) = read(*releases).projects
    return project


def state_of(project: Project) -> TimeState:
    return time_state(
        DAY, project.start_date, project.end_date, ValueKind(project.value_kind)
    )


def _packaged(releases: Sequence[dict[str, Any]], way: int) -> bytes:
    """The same releases as a release package, a record package, several packages, or bare releases."""
    shapes: list[Any] = [
        {"releases": releases},
        {"records": [{"ocid": "ocds-example-1", "releases": releases}]},
        [{"releases": [each]} for each in releases],
        list(releases),
    ]
    return json.dumps(shapes[way]).encode()


@pytest.mark.parametrize("seed", range(60))
def test_releases_in_any_order_and_any_package_come_to_one_contract(
    seed: int,
) -> None:
    """Awards spread over releases by id, some changed later, some fallen through: the money and the
    suppliers are those that stand.
    """
    draw = random.Random(seed)
    numbers = range(1, draw.randint(2, 6))
    first = {n: draw.choice(("active", "pending", None)) for n in numbers}
    last = {
        n: draw.choice(
            ("active", "active", "cancelled", "unsuccessful", "pending")
        )
        for n in numbers
    }
    sums = {n: draw.randint(1, 90) * 1000 for n in numbers}
    releases = []
    for at, n in enumerate(numbers):
        releases.append(
            process(
                id=f"1-{at}",
                date=f"2025-02-{at + 1:02}T00:00:00Z",
                awards=[award(n, first[n], sums[n] + 5)],
            )
        )
        releases.append(
            process(
                id=f"1-{at}-b",
                # later in UTC though its clock reads earlier
                date=f"2025-03-{at + 1:02}T00:30:00+01:00",
                tag=["awardUpdate"],
                awards=[
                    {
                        "id": f"A{n}",
                        "status": last[n],
                        "value": {"amount": sums[n]},
                    }
                ],
            )
        )
    draw.shuffle(releases)
    register = read_register(
        _packaged(releases, seed % 4), "n.json", directory=directory()
    )
    (project,) = register.projects
    standing = [n for n in numbers if last[n] == "active"]
    if standing:
        assert project.value_kind == ValueKind.YEARLY
        assert project.annual_value_gbp == round(
            sum(sums[n] for n in standing) / 3, 2
        )
        assert set((project.provider_name or "").split("; ")) == {
            f"Supplier {n}" for n in standing
        }
    elif "pending" in last.values():
        assert (
            project.value_kind == ValueKind.TENDER_NOTICE
            and project.provider_name is None
        )
    else:
        assert (
            project.value_kind == ValueKind.NEVER_BOUGHT
            and project.provider_name is None
        )
        assert "never_bought" in {p.code for p in register.problems}
    assert is_money_a_year(
        ValueKind(project.value_kind), state_of(project)
    ) is bool(standing)


@pytest.mark.parametrize("status", ["cancelled", "unsuccessful", "withdrawn"])
@pytest.mark.parametrize("where", ["tender", "lots", "awards", "contracts"])
def test_what_came_to_nothing_is_listed_apart(status: str, where: str) -> None:
    parts: dict[str, Any] = {
        "tender": {"tender": {**TENDER, "status": status}},
        "lots": {
            "tender": {
                **TENDER,
                "lots": [
                    {"id": "1", "status": status},
                    {"id": "2", "status": status},
                ],
            }
        },
        "awards": {"awards": [award(1, status, 300000)]},
        "contracts": {
            "awards": [award(1, "active", 300000)],
            "contracts": [{"id": "C1", "awardID": "A1", "status": status}],
        },
    }[where]
    register = read(process(**parts))
    (project,) = register.projects
    assert (
        project.value_kind == ValueKind.NEVER_BOUGHT
        and state_of(project) is TimeState.NEVER_BOUGHT
    )
    assert [p.code for p in register.problems] == ["never_bought"]
    assert "nothing was bought" in (
        project.note or ""
    ) and "ni phrynwyd dim" in (project.note or "")


@pytest.mark.parametrize(
    ("tag", "parts", "kind"),
    [
        ("tenderCancellation", {}, ValueKind.NEVER_BOUGHT),
        (
            "awardCancellation",
            {"awards": [award(1, None, 300000)]},
            ValueKind.NEVER_BOUGHT,
        ),
        (
            "planning",
            {"tender": {**TENDER, "status": "planned"}},
            ValueKind.TENDER_NOTICE,
        ),
        (
            "planning",
            {"tender": {**TENDER, "status": "planning"}},
            ValueKind.TENDER_NOTICE,
        ),
        (
            "tender",
            {"tender": {**TENDER, "status": "active"}},
            ValueKind.TENDER_NOTICE,
        ),
        # awarded to nobody so far, and still open
        (
            "tender",
            {
                "tender": {**TENDER, "status": "active"},
                "awards": [award(1, "unsuccessful")],
            },
            ValueKind.TENDER_NOTICE,
        ),
        # a cancelled tender does not undo a contract that was made
        (
            "contract",
            {
                "tender": {**TENDER, "status": "cancelled"},
                "awards": [award(1, "active", 5)],
            },
            ValueKind.YEARLY,
        ),
    ],
)
def test_the_tag_says_what_a_part_does_not(
    tag: str, parts: dict[str, Any], kind: ValueKind
) -> None:
    assert only(process(tag=[tag], **parts)).value_kind == kind


@pytest.mark.parametrize(
    ("parts", "total"),
    [
        ({"awards": [award(1, "active", 0)]}, 300000),
        ({"awards": [award(1, "active", 0.01)]}, 300000),
        (
            {
                "awards": [award(1, "active", 0)],
                "contracts": [
                    {"id": "C", "awardID": "A1", "value": {"amount": 240000}}
                ],
            },
            240000,
        ),
        (
            {
                "awards": [award(1, "active", 240000)],
                "contracts": [
                    {"id": "C", "awardID": "A1", "value": {"amount": 0}}
                ],
            },
            240000,
        ),
        ({"contracts": [{"id": "C", "value": {"amount": 150000}}]}, 150000),
        (
            {
                "awards": [
                    award(1, "active", 90000),
                    award(2, "cancelled", 210000),
                ]
            },
            90000,
        ),
        # one award's contract is worth less than the award said, the other has no contract yet
        (
            {
                "awards": [
                    award(1, "active", 100000),
                    award(2, "active", 60000),
                ],
                "contracts": [
                    {
                        "id": "C",
                        "awardID": "A1",
                        "status": "active",
                        "value": {"amount": 90000},
                    }
                ],
            },
            150000,
        ),
        # of three lots one came to nothing: the value of the whole tender holds it still
        (
            {
                "tender": {
                    **TENDER,
                    "lots": [
                        {"id": "1", "value": {"amount": 100000}},
                        {
                            "id": "2",
                            "status": "unsuccessful",
                            "value": {"amount": 150000},
                        },
                        {
                            "id": "3",
                            "status": "complete",
                            "value": {"amount": 50000},
                        },
                    ],
                },
                "awards": [award(1, "active")],
            },
            150000,
        ),
    ],
)
def test_a_nought_hides_no_sum_and_each_award_counts_once(
    parts: dict[str, Any], total: float
) -> None:
    assert only(process(**parts)).annual_value_gbp == round(total / 3, 2)


@pytest.mark.parametrize("together", [True, False])
@pytest.mark.parametrize("signed", [0, 1, 2])
def test_lots_under_one_identifier_are_all_counted_once(
    together: bool, signed: int
) -> None:
    """Find a Tender gives awards of several lots one identifier; contracts that name it are of all of
    them.
    """
    awards = [
        award(1, "active", 120000),
        {**award(2, "active", 180000), "id": "A1"},
    ]
    contracts = [
        {
            "id": f"C{n}",
            "awardID": "A1",
            "status": "active",
            "value": {"amount": amount},
        }
        for n, amount in ((1, 120000), (2, 180000))
    ][:signed]
    whole = process(awards=awards, contracts=contracts)
    before = process(id="0", date="2025-01-01T00:00:00Z", tag=["tender"])
    project = only(whole) if together else only(before, whole)
    expected = {0: 300000, 1: 120000, 2: 300000}[signed]
    assert (
        project.annual_value_gbp == expected / 3
        and project.provider_name == "Supplier 1; Supplier 2"
    )


@pytest.mark.parametrize(
    ("parts", "kind"),
    [
        # still to be signed, with and without an award that stands
        (
            {
                "contracts": [
                    {"id": "C", "status": "pending", "value": {"amount": 5000}}
                ]
            },
            ValueKind.TENDER_NOTICE,
        ),
        (
            {
                "awards": [award(1, "active", 90000)],
                "contracts": [
                    {
                        "id": "C",
                        "awardID": "A1",
                        "status": "pending",
                        "value": {"amount": 5},
                    }
                ],
            },
            ValueKind.YEARLY,
        ),
        # version 1.2 has a field of its own for how it ended
        (
            {"tender": {**TENDER, "finalStatus": "cancelled"}},
            ValueKind.NEVER_BOUGHT,
        ),
        (
            {
                "awards": [
                    {**award(1, "active", 90000), "finalStatus": "complete"}
                ]
            },
            ValueKind.YEARLY,
        ),
        (
            {
                "awards": [
                    {**award(1, "active", 90000), "finalStatus": "unsuccessful"}
                ]
            },
            ValueKind.NEVER_BOUGHT,
        ),
    ],
)
def test_what_is_not_signed_and_how_it_ended(
    parts: dict[str, Any], kind: ValueKind
) -> None:
    project = only(process(**parts))
    assert project.value_kind == kind
    if kind is ValueKind.YEARLY:
        assert project.annual_value_gbp == 30000.0


def test_a_sum_for_some_of_the_awards_says_so() -> None:
    register = read(
        process(
            tender={**TENDER, "value": None},
            awards=[award(1, "active", 60000), award(2)],
        )
    )
    assert register.projects[0].annual_value_gbp == 20000.0
    assert [p.code for p in register.problems] == ["amount_in_part"]


def test_a_later_null_takes_a_value_away() -> None:
    later = process(
        id="2",
        date="2025-04-01T00:00:00Z",
        tender={"id": "t", "value": {"amount": None}},
    )
    assert only(process(awards=[award(1)]), later).annual_value_gbp is None


def test_parts_without_ids_follow_one_another_and_never_add_up() -> None:
    nameless = {k: v for k, v in award(1, "active", 90000).items() if k != "id"}
    later = process(
        id="2",
        date="2025-04-01T00:00:00Z",
        awards=[nameless | {"value": {"amount": 60000}}],
    )
    assert only(later, process(awards=[nameless])).annual_value_gbp == 20000.0


def test_releases_that_contradict_each_other_leave_the_last_one_and_a_word() -> (
    None
):
    register = read(
        process(awards=[award(1, "active", 90000)]),
        process(id="2", date="2025-05-01T00:00:00Z", awards={"id": "x"}),
    )
    assert [p.code for p in register.problems] == [
        "releases_not_merged"
    ] and len(register.projects) == 1


def test_a_terminated_contract_ends_when_it_was_terminated() -> None:
    parts = {
        "awards": [award(1, "active", 300000)],
        "contracts": [
            {
                "id": "C",
                "awardID": "A1",
                "status": "terminated",
                "period": TENDER["contractPeriod"],
            }
        ],
    }
    register = read(
        process(
            date="2026-02-10T00:00:00Z", tag=["contractTermination"], **parts
        )
    )
    (project,) = register.projects
    assert (
        project.end_date == date(2026, 2, 10)
        and state_of(project) is TimeState.ENDED
    )
    assert [p.code for p in register.problems] == ["contract_terminated"]


@pytest.mark.parametrize("in_lot", [True, False])
def test_a_framework_is_a_ceiling_and_its_call_off_is_money(
    in_lot: bool,
) -> None:
    techniques = {"techniques": {"hasFrameworkAgreement": True}}
    tender = {
        **TENDER,
        **({"lots": [{"id": "1", **techniques}]} if in_lot else techniques),
    }
    framework = process(tender=tender, awards=[award(1, "active", 900000)])
    call_off = process(
        ocid="ocds-example-2",
        tender=tender,
        awards=[award(1, "active", 30000)],
        relatedProcesses=[
            {
                "id": "1",
                "relationship": ["framework"],
                "scheme": "ocid",
                "identifier": "ocds-example-1",
            }
        ],
    )
    above, below = read(framework, call_off).projects
    assert (above.value_kind, below.value_kind) == (
        ValueKind.FRAMEWORK_CEILING,
        ValueKind.YEARLY,
    )
    assert below.annual_value_gbp == 10000.0 and "ocds-example-1" in (
        below.note or ""
    )


def test_route_method_and_reason_come_along() -> None:
    tender = {
        **TENDER,
        "procurementMethod": "direct",
        "procurementMethodDetails": "Award without prior publication",
        "procurementMethodRationale": "Only one supplier holds the building.",
        "procurementMethodRationaleClassifications": [
            {
                "id": "technical",
                "description": "No competition for technical reasons",
            }
        ],
    }
    project = only(
        process(
            tender=tender,
            planning={"rationale": "Named in the support programme strategy."},
        )
    )
    assert project.route_to_award == "Award without prior publication (direct)"
    for words in (
        "Only one supplier",
        "technical reasons",
        "support programme strategy",
    ):
        assert words in (project.note or "")
    bare = only(
        process(
            tender={
                **TENDER,
                "procurementMethod": "open",
                "procurementMethodDetails": "Open procedure",
            }
        )
    )
    assert bare.route_to_award == "Open procedure"


CASES = Path(__file__).resolve().parents[2].parent / "shared" / "cases"


@pytest.mark.skipif(
    not CASES.is_dir(), reason="the cases are not on this machine"
)
@pytest.mark.parametrize(
    ("file", "found"),
    [
        (
            "ocds_award_per_lot.json",
            [(100000.0, "yearly", "Example Care Ltd; Example Homes Ltd")],
        ),
        ("ocds_award_zero.json", [(100000.0, "yearly", "Example Care Ltd")]),
        (
            "ocds_cancelled_award.json",
            [(90000.0, "yearly", "Example Homes Ltd")],
        ),
        (
            "ocds_cancelled_tender.json",
            [
                (100000.0, "never_bought", None),
                (100000.0, "never_bought", None),
                (100000.0, "tender_notice", None),
            ],
        ),
        ("ocds_frame.json", [(100000.0, "framework_ceiling", None)]),
    ],
)
def test_the_cases(
    file: str, found: list[tuple[float, str, str | None]]
) -> None:
    # the tests' own short list of areas knows Cardiff
    data = (
        (CASES / file)
        .read_bytes()
        .replace(b"Gwynedd", b"Cardiff")
        .replace(b"UKL12", b"UKL22")
    )
    projects = read_register(data, file, directory=directory()).projects
    assert [
        (p.annual_value_gbp, p.value_kind, p.provider_name) for p in projects
    ] == found
    assert {p.la_code for p in projects} == {CARDIFF}
