"""Which answers would settle a verdict: by the law itself, for every combination of the truth table."""

from __future__ import annotations

from itertools import product

import pytest

from clearlink.rules.codes import Criterion, Result, Verdict
from clearlink.rules.link.link import verdict
from clearlink.rules.link.open_answers import (
    Settling,
    blanks,
    leads_to,
    settling,
)

BLANK, MET, PARTLY, NOT_MET = (
    Result.NO_EVIDENCE,
    Result.MET,
    Result.PARTLY,
    Result.NOT_MET,
)
WHOLE, NO_FIGURE, ASKED = (
    Result.NOT_APPLICABLE,
    Result.NOT_ASSESSABLE,
    Result.REQUESTED_NOT_SUPPLIED,
)


@pytest.mark.parametrize(
    ("c1", "c2", "least", "is_sure"),
    [
        # whatever its paper says of a priority settles it
        (MET, PARTLY, 1, True),
        (MET, NOT_MET, 1, True),
        (MET, WHOLE, 1, True),
        (MET, ASKED, 1, True),
        # a priority would, and a silent paper would not; a place in clear need would
        (MET, BLANK, 1, False),
        (MET, NO_FIGURE, 1, False),
        # its theme may show its areas to be in clear need
        (BLANK, NO_FIGURE, 1, False),
        (BLANK, WHOLE, 2, True),
        (BLANK, BLANK, 2, False),
    ],
)
def test_how_many_answers_a_record_with_no_priority_waits_for(
    c1: Result, c2: Result, least: int, is_sure: bool
) -> None:
    assert settling(c1, c2, BLANK, BLANK) == Settling(least, is_sure)


def test_on_every_combination_fewer_answers_never_settle_and_the_sure_ones_always_do() -> (
    None
):
    for now in product(
        (MET, PARTLY, NOT_MET, BLANK, ASKED),
        Result,
        Result,
        (MET, NOT_MET, BLANK),
    ):
        told = settling(*now)
        given = verdict(*now)[0] is not Verdict.CANNOT_ASSESS
        assert (told.least == 0) == given, now
        one_at_a_time = {c: leads_to(now, c) for c in blanks(now)}
        settled = [
            after is not Verdict.CANNOT_ASSESS
            for reached in one_at_a_time.values()
            for after in reached.values()
        ]
        if not given:
            assert any(settled) == (told.least == 1), now
        if told == Settling(1, True):
            assert any(
                Verdict.CANNOT_ASSESS not in reached.values()
                for reached in one_at_a_time.values()
            ), now


def test_what_one_answer_leads_to() -> None:
    now = (MET, PARTLY, BLANK, BLANK)
    assert leads_to(now, Criterion.C3) == {
        MET: Verdict.PARTIAL,
        PARTLY: Verdict.PARTIAL,
        NOT_MET: Verdict.NO_LINK_SHOWN,
    }
