"""The project test, as a committee would check it: the whole truth table, and what must be true of it."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tables import rows

from clearlink.rules.codes import Criterion, Result, Verdict, VerdictReason
from clearlink.rules.link.link import verdict, what_would_change

TABLE = rows("link_verdict_truth_table")
C1 = C3 = (
    Result.MET,
    Result.PARTLY,
    Result.NOT_MET,
    Result.NO_EVIDENCE,
    Result.REQUESTED_NOT_SUPPLIED,
)
C2 = tuple(Result)
C4 = (Result.MET, Result.PARTLY, Result.NOT_MET, Result.NO_EVIDENCE)
EVERY = list(itertools.product(C1, C2, C3, C4))
KNOWN = (Result.NOT_MET, Result.PARTLY, Result.MET)
ORDER = {Verdict.NO_LINK_SHOWN: 0, Verdict.PARTIAL: 1, Verdict.CLEAR: 2}
combination = st.tuples(
    st.sampled_from(C1),
    st.sampled_from(C2),
    st.sampled_from(C3),
    st.sampled_from(C4),
)


def test_the_whole_truth_table_700_of_700() -> None:
    wrong = []
    for row in TABLE:
        criteria = [
            Result(row[c])
            for c in ("c1_theme", "c2_area", "c3_priority", "c4_currency")
        ]
        if verdict(*criteria) != (
            Verdict(row["verdict"]),
            VerdictReason(row["reason"]),
        ):
            wrong.append(row)
    assert len(TABLE) == 700
    assert not wrong


def test_the_table_holds_every_combination_once() -> None:
    listed = [
        tuple(
            row[c]
            for c in ("c1_theme", "c2_area", "c3_priority", "c4_currency")
        )
        for row in TABLE
    ]
    assert sorted(listed) == sorted(
        tuple(map(str, combination)) for combination in EVERY
    )


@pytest.mark.parametrize(
    ("said", "combinations"),
    [
        ("CLEAR", 4),
        ("PARTIAL", 244),
        ("NO_LINK_SHOWN", 176),
        ("CANNOT_ASSESS", 276),
    ],
)
def test_how_many_combinations_have_each_verdict(
    said: str, combinations: int
) -> None:
    assert sum(verdict(*c)[0] == said for c in EVERY) == combinations


def test_a_blank_theme_or_priority_never_becomes_no_link_shown() -> None:
    for c in EVERY:
        if Result.NO_EVIDENCE in (c[0], c[2]):
            assert verdict(*c)[0] is not Verdict.NO_LINK_SHOWN


def test_a_clear_link_always_has_an_assessed_priority() -> None:
    assert all(
        c[2] is Result.MET for c in EVERY if verdict(*c)[0] is Verdict.CLEAR
    )


def test_improving_one_criterion_never_worsens_the_verdict_all_neighbour_pairs() -> (
    None
):
    pairs = 0
    for c in EVERY:
        for place in range(4):
            if c[place] not in KNOWN[:-1]:
                continue
            better = (
                *c[:place],
                KNOWN[KNOWN.index(c[place]) + 1],
                *c[place + 1 :],
            )
            before, after = verdict(*c)[0], verdict(*better)[0]
            pairs += 1
            if before in ORDER and after in ORDER:
                assert ORDER[after] >= ORDER[before], (c, better)
            # Cannot assess stands outside the order, but nobody with a link falls back into it by doing
            # better.
            if before in (Verdict.PARTIAL, Verdict.CLEAR):
                assert after in ORDER, (c, better)
    assert pairs == 280 + 200 + 280 + 350


@given(combination)
def test_what_would_change_raises_the_verdict_and_needs_the_least(
    c: tuple[Result, Result, Result, Result],
) -> None:
    now = verdict(*c)[0]
    for change in what_would_change(*c):
        place = list(Criterion).index(change.criterion)
        assert verdict(*(*c[:place], change.needed, *c[place + 1 :])) == (
            change.verdict,
            change.reason,
        )
        assert ORDER[change.verdict] > ORDER.get(now, 0)
        assert change.needed is not Result.NOT_MET
        for less in KNOWN[1 : KNOWN.index(change.needed)]:
            if c[place] not in KNOWN or KNOWN.index(less) > KNOWN.index(
                c[place]
            ):
                assert (
                    verdict(*(*c[:place], less, *c[place + 1 :]))[0]
                    is not change.verdict
                )


@pytest.mark.parametrize(
    ("c1", "c2", "c3", "c4", "told"),
    [
        # A clear link cannot be raised.
        ("MET", "MET", "MET", "MET", []),
        # Old evidence behind a cited priority: newer evidence would make it clear.
        ("MET", "MET", "MET", "NOT_MET", [("c4", "PARTLY", "CLEAR")]),
        # Owner confirms no assessment, need about average: either raised need or a cited priority would do.
        (
            "MET",
            "PARTLY",
            "NOT_MET",
            "MET",
            [("c2", "MET", "PARTIAL"), ("c3", "PARTLY", "PARTIAL")],
        ),
        # A whole-authority service is not told to change its area.
        (
            "MET",
            "NOT_APPLICABLE",
            "NO_EVIDENCE",
            "MET",
            [("c3", "MET", "CLEAR"), ("c3", "PARTLY", "PARTIAL")],
        ),
        # No theme recorded, and no priority: naming a theme alone settles nothing, so nothing single is
        # listed.
        ("NO_EVIDENCE", "PARTLY", "NO_EVIDENCE", "MET", []),
        # No theme recorded, but a priority is cited: naming the theme is enough.
        (
            "NO_EVIDENCE",
            "MET",
            "MET",
            "MET",
            [("c1", "MET", "CLEAR"), ("c1", "PARTLY", "PARTIAL")],
        ),
    ],
)
def test_what_the_link_panel_says_would_change_it(
    c1: str, c2: str, c3: str, c4: str, told: list[tuple[str, str, str]]
) -> None:
    changes = what_would_change(Result(c1), Result(c2), Result(c3), Result(c4))
    assert [(ch.criterion, ch.needed, ch.verdict) for ch in changes] == told
