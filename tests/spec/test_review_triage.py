"""What goes on the agenda, and why."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from clearlink.review.triage import (
    VERDICT_WEIGHT,
    Proposal,
    agenda,
    proposed_projects,
    proposed_reviews,
    weight,
)


def row(
    project_id: str,
    verdict: str,
    severity: float | None,
    people: float | None,
    gbp: float | None,
) -> dict[str, object]:
    return {
        "project_id": project_id,
        "title": project_id,
        "verdict": verdict,
        "reason": "V-NL1",
        "severity": severity,
        "people": people,
        "year_gbp": gbp,
        "money_year": "2026-27",
    }


def test_the_drawn_table() -> None:
    """verdict × severity × √(1+people) × √(1+£000)"""
    assert weight("NO_LINK_SHOWN", 1.5, 99, 99_000) == 4 * 1.5 * 10 * 10
    assert weight("CANNOT_ASSESS", None, 99, 99_000) == 2 * 1 * 10 * 10
    assert weight("PARTIAL", 9.0, 0, 0) == 1 * 2.0 * 1 * 1
    assert weight("NO_LINK_SHOWN", 0.1, 0, 0) == 4 * 0.5
    assert weight("CLEAR", 2.0, 1e6, 1e6) == 0


def test_each_proposal_says_why() -> None:
    rows = [
        row("A", "NO_LINK_SHOWN", 1.4, 500, 90_000),
        row("B", "NO_LINK_SHOWN", 0.9, 500, 90_000),
        row("C", "CANNOT_ASSESS", None, None, 90_000),
        row("D", "CANNOT_ASSESS", None, None, None),
        row("E", "CLEAR", 1.4, 500, 90_000),
        row("F", "NO_LINK_SHOWN", None, 40, None),
    ]
    assert [(p.subject_id, p.why) for p in proposed_projects(rows)] == [
        ("A", "people_and_money_severe"),
        ("B", "people_and_money"),
        ("C", "money"),
        ("D", "verdict"),
        ("F", "people"),
    ]


def test_what_is_not_known_counts_as_the_middle_of_what_is() -> None:
    rows = [
        row("A", "NO_LINK_SHOWN", 1.0, 100, 50_000),
        row("B", "NO_LINK_SHOWN", 1.0, None, None),
        row("C", "NO_LINK_SHOWN", 1.0, 300, 70_000),
        row("D", "NO_LINK_SHOWN", 1.0, 200, 60_000),
    ]
    weights = {p.subject_id: p.weight for p in proposed_projects(rows)}
    assert weights["A"] < weights["B"] == weights["D"] < weights["C"]


def test_priorities_come_by_turns() -> None:
    projects = [
        row(f"P{n}", "NO_LINK_SHOWN", 1.0, 100 - n, 1000) for n in range(9)
    ]
    priorities = [
        {
            "priority_id": f"Q{n}",
            "statement": "s",
            "statement_cy": None,
            "theme_id": "carers",
            "title": "t",
            "valid_to": None,
        }
        for n in range(3)
    ]
    assert [p.subject_id for p in agenda(projects, priorities, most=11)] == [
        "P0",
        "P1",
        "P2",
        "P3",
        "Q0",
        "P4",
        "P5",
        "P6",
        "P7",
        "Q1",
        "P8",
    ]


def test_reviews_that_are_due_come_by_turns_and_a_project_stands_once() -> None:
    projects = [
        row(f"P{n}", "NO_LINK_SHOWN", 1.0, 100 - n, 1000) for n in range(6)
    ]
    due = [
        {"project_id": p, "title": p, "last_review": last, "due": day}
        for p, last, day in (
            ("R2", None, date(2026, 9, 1)),
            ("P5", date(2024, 1, 1), date(2026, 1, 1)),
            ("P0", None, date(2026, 2, 1)),
            ("LATER", None, date(2026, 12, 2)),
        )
    ]
    listed = agenda(projects, (), proposed_reviews(due, by=date(2026, 12, 1)))
    assert [(p.subject_id, p.why == "review_due") for p in listed] == [
        ("P0", False),
        ("P1", False),
        ("P2", False),
        ("P3", False),
        ("P5", True),
        ("P4", False),
        ("R2", True),
    ]


@given(
    st.sampled_from(sorted(VERDICT_WEIGHT)),
    st.one_of(st.none(), st.floats(0, 20)),
    st.floats(0, 1e6),
    st.floats(0, 1e8),
    st.floats(0, 1e5),
)
def test_more_people_or_money_never_lowers_the_weight(
    verdict: str, severity: float | None, people: float, gbp: float, more: float
) -> None:
    now = weight(verdict, severity, people, gbp)
    assert weight(verdict, severity, people + more, gbp) >= now
    assert weight(verdict, severity, people, gbp + more) >= now
    assert weight("NO_LINK_SHOWN", severity, people, gbp) >= now


@given(
    st.lists(
        st.tuples(st.integers(0, 30), st.sampled_from(sorted(VERDICT_WEIGHT))),
        unique_by=lambda t: t[0],
        max_size=12,
    ),
    st.randoms(),
)
def test_the_order_of_the_rows_does_not_matter(
    ids: list[tuple[int, str]], mixed: object
) -> None:
    rows = [row(f"P{n:02d}", v, 1.0, 10.0, 10.0) for n, v in ids]
    other = list(rows)
    mixed.shuffle(other)  # type: ignore[attr-defined]
    assert agenda(rows) == agenda(other)


def test_waived_or_rolled_on_with_no_link_shown_comes_up_and_a_sign_alone_does_not() -> (
    None
):
    plain = {
        "title": "T",
        "reason": "V-NL1",
        "severity": None,
        "people": 99,
        "year_gbp": 99_000.0,
        "money_year": "2026-27",
    }

    def proposed(verdict: str, *signs: str) -> Proposal:
        (found,) = proposed_projects(
            [
                plain
                | {"project_id": "P", "verdict": verdict, "signs": list(signs)}
            ]
        )
        return found

    unsigned, rolled_on = (
        proposed("NO_LINK_SHOWN"),
        proposed("NO_LINK_SHOWN", "S2"),
    )
    assert (rolled_on.why, rolled_on.weight) == (
        "rolled_on",
        1.5 * unsigned.weight,
    )
    assert proposed("NO_LINK_SHOWN", "S7") == unsigned
    assert proposed("PARTIAL", "S3") == proposed("PARTIAL")
