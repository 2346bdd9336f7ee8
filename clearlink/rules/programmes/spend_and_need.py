"""Housing support: does each client group's share of the money go with its share of the people in need?

Acts itself on the rows that a page reads. Twin: tests/spec/test_programme_rules.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from clearlink.rules.need.intervals import wilson


class Against(StrEnum):
    """The share of money beside the range of the share of need."""

    BELOW = "below"
    WITHIN = "within"
    ABOVE = "above"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True)
class GroupShare:
    """Shares 0 to 1; None where money or need of the group was not told. The range is what chance in the
    count of people does to the share of need.
    """

    group: str
    money_share: float | None
    need_share: float | None
    need_low: float | None
    need_high: float | None
    against: Against


def shares_by_group(
    money_gbp: Mapping[str, float],
    people: Mapping[str, float],
) -> list[GroupShare]:
    """Every group that has money or people, those with most people first.

    The shares are of the groups that told both, so that the two add up over the same groups; a group that
    told one alone is listed and compared with nothing.
    """
    both = money_gbp.keys() & people.keys()
    all_money = sum(money_gbp[g] for g in both)
    all_people = sum(people[g] for g in both)
    rows = [
        _share(
            g,
            g in both,
            money_gbp,
            people,
            all_money,
            all_people,
        )
        for g in money_gbp.keys() | people
    ]
    return sorted(
        rows,
        key=lambda r: (
            -(people.get(r.group) or 0),
            r.group,
        ),
    )


def _share(
    group: str,
    is_both: bool,
    money_gbp: Mapping[str, float],
    people: Mapping[str, float],
    all_money: float,
    all_people: float,
) -> GroupShare:
    if not is_both or not all_money or not all_people:
        return GroupShare(
            group,
            None,
            None,
            None,
            None,
            Against.NOT_KNOWN,
        )
    money = money_gbp[group] / all_money
    low, high = wilson(people[group], all_people)
    against = Against.BELOW if money < low else Against.WITHIN
    return GroupShare(
        group,
        money,
        people[group] / all_people,
        low,
        high,
        Against.ABOVE if money > high else against,
    )
