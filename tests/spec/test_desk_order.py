"""In which order the desk asks: what one answer settles comes first, and what is not known is not nothing."""

from __future__ import annotations

from typing import Any

from clearlink.proposals.queue import Waiting, in_order


def waits(
    project_id: str, *, gbp: float | None, people: float, **of: str
) -> Waiting:
    results = {
        "c1": "MET",
        "c2": "PARTLY",
        "c3": "NO_EVIDENCE",
        "c4": "NO_EVIDENCE",
    }
    row: dict[str, Any] = {
        "project_id": project_id,
        "annual_value_gbp": gbp,
        "value_kind": "yearly",
        **results,
        **of,
    }
    return Waiting(row, {"people": people}, ("priority",), None)


def test_one_answer_away_comes_before_any_money_of_what_waits_for_more() -> (
    None
):
    rich = waits(
        "rich", gbp=9e6, people=9e6, c1="NO_EVIDENCE", c2="NO_EVIDENCE"
    )
    may = waits("may", gbp=9e5, people=9e5, c2="NO_EVIDENCE")
    sure = waits("sure", gbp=None, people=0)
    assert [w.project_id for w in in_order([rich, may, sure])] == [
        "sure",
        "may",
        "rich",
    ]


def test_money_and_people_that_nobody_recorded_count_as_the_middle_and_not_as_nothing() -> (
    None
):
    known = [
        waits(name, gbp=gbp, people=1e4)
        for name, gbp in (("a", 9e5), ("b", 5e4), ("c", 100.0))
    ]
    unknown = waits("unknown", gbp=None, people=1.1e4)
    nobody = waits("nobody", gbp=6e4, people=0)
    assert [w.project_id for w in in_order([unknown, *known, nobody])] == [
        "a",
        "nobody",
        "unknown",
        "b",
        "c",
    ]


def test_a_total_over_all_years_is_no_money_a_year() -> None:
    ceiling = waits("ceiling", gbp=9e9, people=1e4)
    ceiling.row["value_kind"] = "framework_ceiling"
    yearly = waits("yearly", gbp=1e5, people=1e4)
    least = waits("least", gbp=1e3, people=1e4)
    first, *_ = in_order([ceiling, yearly, least])
    assert first.project_id == "yearly"
