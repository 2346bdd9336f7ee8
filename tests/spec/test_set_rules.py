"""The drawn tables of the rules on the set as a whole, on who is paid, on assessments, and on who was
followed.
"""

from __future__ import annotations

from datetime import date

import pytest

from clearlink.rules.assessment_quality import (
    Answer,
    answered,
    covered,
    data_age,
)
from clearlink.rules.coherent import (
    Left,
    Pathway,
    Runs,
    Square,
    cliff_edges,
    empty_square,
    left_by,
    pathway,
    quarters,
    running_in,
)
from clearlink.rules.followed import (
    Followed,
    Owed,
    followed,
    highest_level,
    owed_state,
)
from clearlink.rules.sectors import (
    Concentration,
    class_of_the_whole,
    concentration,
    concentration_class,
    size_of,
)

U, T, I = "universal", "targeted", "intensive"  # noqa: E741
DAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("tiers", "path"),
    [
        ([], Pathway.NOTHING),
        ([None, None], Pathway.TIER_UNSAID),
        # the one without a tier may be of any level
        ([T, T, None], Pathway.TIER_UNSAID),
        ([U, T, None], Pathway.TIER_UNSAID),
        ([T, T], Pathway.ONE_TIER),
        ([U, T, I, None], Pathway.WHOLE),
        ([U, T], Pathway.PART),
        ([U, T, I, I], Pathway.WHOLE),
    ],
)
def test_a_pathway_needs_more_than_one_level(
    tiers: list[str | None], path: Pathway
) -> None:
    assert pathway(tiers) is path


@pytest.mark.parametrize(
    ("is_assessed", "is_known", "tiers", "square"),
    [
        (True, True, [], Square.HOLE),
        (True, True, [U, T], Square.HOLE),
        (False, True, [], Square.NOT_ASSESSED),
        # nobody loaded what would say that there is none
        (True, False, [], Square.NOT_KNOWN),
        (False, False, [U], Square.NOT_KNOWN),
        # a record without its tier may be the one that is missed
        (True, True, [U, None], Square.NOT_KNOWN),
    ],
)
def test_nothing_on_record_is_a_hole_only_where_registers_are_loaded(
    is_assessed: bool,
    is_known: bool,
    tiers: list[str | None],
    square: Square,
) -> None:
    assert empty_square(is_assessed, is_known, tiers) is square


@pytest.mark.parametrize(
    ("counts", "edges"),
    [
        ([4, 4, 2, 2], (2,)),
        ([4, 3, 2, 1], (3,)),
        ([2, 0, 0, 3], (1,)),
        ([1, 0], ()),
        ([5, 3], ()),
        ([0, 5, 9], ()),
        ([], ()),
    ],
)
def test_a_cliff_edge_is_half_or_more_gone_in_a_quarter(
    counts: list[int], edges: tuple[int, ...]
) -> None:
    assert cliff_edges(counts) == edges


def test_quarters_begin_in_january_april_july_and_october() -> None:
    assert quarters(DAY, 3) == (
        date(2026, 10, 1),
        date(2027, 1, 1),
        date(2027, 4, 1),
    )


@pytest.mark.parametrize(
    ("start", "end", "runs"),
    [
        (date(2026, 4, 1), date(2027, 1, 1), 1),
        (date(2026, 4, 1), date(2026, 12, 31), 0),
        (date(2027, 1, 2), None, 0),
        (None, None, 1),
    ],
)
def test_what_runs_on_the_first_day_of_a_quarter(
    start: date | None, end: date | None, runs: int
) -> None:
    assert running_in([Runs(start, end)], date(2027, 1, 1)) == runs


@pytest.mark.parametrize(
    ("tier", "others", "left"),
    [
        (T, [], Left.NOTHING),
        (None, [T], Left.TIER_UNSAID),
        (T, [None, None], Left.TIER_UNSAID),
        (T, [None, T], Left.SAME_TIER),
        (T, [U, I], Left.OTHER_TIER),
    ],
)
def test_what_is_left_when_something_ends(
    tier: str | None, others: list[str | None], left: Left
) -> None:
    assert left_by(tier, others) is left
    # what has no dates may go on: only where nothing else does, nobody knows
    unsure = Left.NOT_KNOWN if left is Left.NOTHING else left
    assert left_by(tier, others, undated=1) is unsure


@pytest.mark.parametrize(
    ("paid", "answer"),
    [
        ({}, Concentration(None, None, None, None, 0)),
        ({None: 100.0}, Concentration(None, None, None, 0.0, 0)),
        ({"A": 100.0}, Concentration(10_000.0, 1.0, 1.0, 1.0, 1)),
        (
            {"A": 50.0, "B": 50.0, None: 100.0},
            Concentration(5_000.0, 1.0, 0.5, 0.5, 2),
        ),
        (
            dict.fromkeys("ABCDEFGHIJ", 10.0),
            Concentration(1_000.0, 0.5, 0.1, 1.0, 10),
        ),
        ({"A": 100.0, "B": 0.0}, Concentration(10_000.0, 1.0, 1.0, 1.0, 1)),
    ],
)
def test_concentration_is_of_the_money_whose_provider_is_named(
    paid: dict[str | None, float], answer: Concentration
) -> None:
    told = concentration(paid)
    assert (told.providers, told.named_share) == (
        answer.providers,
        answer.named_share,
    )
    assert told.hhi == pytest.approx(
        answer.hhi
    ) and told.top_share == pytest.approx(answer.top_share)
    assert told.largest_share == pytest.approx(answer.largest_share)


@pytest.mark.parametrize(
    ("hhi", "level"),
    [
        (999.9, "low"),
        (1_000.0, "moderate"),
        (1_999.9, "moderate"),
        (2_000.0, "high"),
    ],
)
def test_classes_of_concentration(hhi: float, level: str) -> None:
    assert concentration_class(hhi) == level


@pytest.mark.parametrize(
    ("named", "unnamed", "level"),
    [
        ([100.0], 0.0, "high"),
        ([10.0] * 10, 0.0, "moderate"),
        ([1.0] * 100, 0.0, "low"),
        # five known providers with a fifth of the money say nothing of the rest
        ([30.0, 29.0, 19.0, 15.0, 7.0], 426.0, None),
        # whoever has the last pound, most is with one
        ([80.0], 20.0, "high"),
        ([50.0, 50.0], 100.0, None),
        ([1.0] * 100, 5.0, "low"),
        ([1.0] * 100, 100.0, None),
    ],
)
def test_the_whole_has_a_class_only_where_every_name_would_give_it(
    named: list[float], unnamed: float, level: str | None
) -> None:
    paid: dict[str | None, float] = {
        str(at): gbp for at, gbp in enumerate(named)
    }
    told = concentration({**paid, None: unnamed})
    assert told.hhi is not None and told.largest_share and told.named_share
    assert (
        class_of_the_whole(told.hhi, told.largest_share, told.named_share)
        == level
    )
    # the two ends, by naming the rest
    largest = max(paid, key=lambda who: paid[who])
    spread = {f"rest {at}": unnamed / 10_000 for at in range(10_000)}
    ends = {
        concentration_class(concentration(full).hhi or 0.0)
        for full in (
            {**paid, **spread},
            {**paid, largest: paid[largest] + unnamed},
        )
    }
    assert (level is None) is (len(ends) == 2)


@pytest.mark.parametrize(
    ("gbp", "size"),
    [
        (None, None),
        (0.0, "under_25k"),
        (24_999.0, "under_25k"),
        (25_000.0, "25k_100k"),
        (100_000.0, "100k_1m"),
        (1_000_000.0, "1m_up"),
    ],
)
def test_sizes_of_a_contract(gbp: float | None, size: str | None) -> None:
    assert size_of(gbp) == size


@pytest.mark.parametrize(
    ("held", "answer"),
    [
        (0, Answer.NOT_KNOWN),
        (1, Answer.PARTLY),
        (2, Answer.PARTLY),
        (3, Answer.YES),
    ],
)
def test_what_is_held_shows_what_is_there_and_never_that_it_is_missing(
    held: int, answer: Answer
) -> None:
    assert covered(held, 3) is answer


@pytest.mark.parametrize(
    ("until", "published", "answer"),
    [
        (date(2021, 12, 31), date(2022, 5, 5), Answer.YES),
        (date(2018, 5, 5), date(2022, 5, 5), Answer.PARTLY),
        (date(2016, 5, 5), date(2022, 5, 5), Answer.NO),
        (None, date(2022, 5, 5), Answer.NOT_KNOWN),
        (date(2021, 12, 31), None, Answer.NOT_KNOWN),
    ],
)
def test_how_old_the_data_was(
    until: date | None, published: date | None, answer: Answer
) -> None:
    assert data_age(until, published, 36, 60) is answer


def test_a_reader_goes_before_what_is_worked_out() -> None:
    assert answered("no", Answer.YES) is Answer.NO
    assert answered(None, Answer.PARTLY) is Answer.PARTLY


@pytest.mark.parametrize(
    ("decided", "heard", "answer"),
    [
        (DAY, [], Followed.NONE),
        (DAY, [(date(2026, 1, 1), True)], Followed.FOLLOWED),
        (DAY, [(DAY, True)], Followed.FOLLOWED),
        (
            DAY,
            [(date(2026, 1, 1), False), (date(2026, 12, 1), True)],
            Followed.HEARD,
        ),
        (DAY, [(date(2026, 12, 1), True)], Followed.AFTER),
        (None, [(date(2026, 1, 1), True)], Followed.NO_DAY),
        (DAY, [(None, True)], Followed.NO_DAY),
    ],
)
def test_whether_a_decision_followed_what_people_said(
    decided: date | None,
    heard: list[tuple[date | None, bool]],
    answer: Followed,
) -> None:
    assert followed(decided, heard) is answer


def test_the_most_say_that_people_had() -> None:
    assert (
        highest_level([None, "asked", "designed_with", "told"])
        == "designed_with"
    )
    assert highest_level([None]) is None


@pytest.mark.parametrize(
    ("due", "changed", "state"),
    [
        (date(2026, 11, 22), None, Owed.OVERDUE),
        (DAY, None, Owed.DUE),
        (None, None, Owed.NO_DAY),
        (date(2020, 1, 1), "a second bus", Owed.ANSWERED),
    ],
)
def test_how_an_answer_that_is_owed_stands(
    due: date | None, changed: str | None, state: Owed
) -> None:
    assert owed_state(DAY, due, changed) is state
