"""The rules of programmes against their drawn tables, and against the build's statements of the same."""

from __future__ import annotations

import math
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tables import rows

from clearlink import folders
from clearlink.rules.programmes.cascade import Cascade, odd
from clearlink.rules.programmes.funnel import conversion, share_of
from clearlink.rules.programmes.set_aside import set_aside
from clearlink.rules.programmes.spend_and_need import Against, shares_by_group
from clearlink.rules.programmes.unit_cost import spread
from clearlink.rules.settings import settings_from_toml

LAW = settings_from_toml(
    (folders.CATALOGUE / "settings.toml").read_text(encoding="utf-8")
)
BUILD = (
    Path(__file__).parents[2] / "etl" / "build" / "sql" / "build" / "programmes"
)
LA, WALES = "W06000001", "W92000004"
COLUMNS = ("planned_gbp", "outturn_gbp", "capacity", "reached", "in_need")


def number(text: str) -> float | None:
    return float(text) if text else None


def built(
    statement: str, figures: list[tuple[str, str, str, float]]
) -> list[dict[str, object]]:
    """The rows that a statement of the build makes of figures (measure, area, part, value) of one period."""
    with duckdb.connect() as con:
        con.execute("create table setting (name varchar, value double)")
        con.executemany(
            "insert into setting values (?, ?)",
            [
                ("outturn_far", LAW.outturn_far),
                ("disclosure_round_to", LAW.disclosure_round_to),
            ],
        )
        con.execute(
            "create table programme_measure as select 'p_' || role as measure_id, role as cascade, "
            "true as is_additive, "
            "case role when 'reached' then 'p_capacity' end as share_of "
            "from unnest(['planned', 'outturn', 'capacity', 'reached', 'in_need']) as t(role)"
        )
        con.execute(
            "create table return_standing (programme_id varchar, measure_id varchar, area_code varchar, "
            "period varchar, part varchar, value double, marker varchar, is_illustrative boolean, "
            "is_published boolean)"
        )
        con.executemany(
            "insert into return_standing values ('p', ?, ?, '2025-26', ?, ?, null, true, false)",
            figures,
        )
        con.execute(
            "create table area_member (area_code varchar, la_code varchar)"
        )
        con.executemany(
            "insert into area_member values (?, ?)",
            [
                (LA, LA),
                (WALES, LA),
                ("W06000002", "W06000002"),
                (WALES, "W06000002"),
            ],
        )
        con.execute((BUILD / f"{statement}.sql").read_text(encoding="utf-8"))
        table = con.execute(f"from {statement}")
        names = [column[0] for column in table.description or ()]
        return [dict(zip(names, row, strict=True)) for row in table.fetchall()]


@pytest.mark.parametrize("case", rows("programme_cascade_cases"))
def test_what_is_odd_is_as_the_table_draws_it_and_as_the_build_says(
    case: dict[str, str],
) -> None:
    told = {column: number(case[column]) for column in COLUMNS}
    wanted = [code for code in case["odd"].split(";") if code]
    assert [str(code) for code in odd(Cascade(**told), LAW)] == wanted
    figures = [
        (f"p_{c.removesuffix('_gbp')}", LA, "", v)
        for c, v in told.items()
        if v is not None
    ]
    if figures:
        (row,) = built("programme_cascade", figures)
        assert row["odd"] == wanted
        # nothing is mended
        assert {c: row[c] for c in COLUMNS} == told


@pytest.mark.parametrize("case", rows("programme_set_aside_cases"))
def test_the_sum_missing_is_as_the_table_draws_it_and_as_the_build_says(
    case: dict[str, str],
) -> None:
    money, aside = float(case["money_gbp"]), float(case["set_aside_gbp"])
    required = number(case["required_share"])
    answer = set_aside(money, aside, required)
    wanted = (number(case["share"]), number(case["missing_gbp"]))
    assert (answer.share, answer.missing_gbp) == pytest.approx(wanted)
    figures = [
        ("ff_money", LA, "", money),
        ("ff_money_disability", LA, "", aside),
    ]
    figures += (
        [("ff_set_aside_pct", WALES, "", 100 * required)]
        if required is not None
        else []
    )
    (row,) = built("programme_set_aside", figures)
    assert (row["share"], row["missing_gbp"]) == pytest.approx(wanted)


def test_an_authority_with_a_requirement_of_its_own_is_held_to_that() -> None:
    figures = [
        ("ff_money", LA, "", 100.0),
        ("ff_money_disability", LA, "", 10.0),
    ]
    figures += [
        ("ff_set_aside_pct", WALES, "", 10.0),
        ("ff_set_aside_pct", LA, "", 30.0),
    ]
    (row,) = built("programme_set_aside", figures)
    assert row["missing_gbp"] == pytest.approx(20.0)


@pytest.mark.parametrize("case", rows("programme_funnel_cases"))
def test_a_step_beside_wales_is_as_the_table_draws_it(
    case: dict[str, str],
) -> None:
    part, whole = number(case["part"]), number(case["whole"])
    answer = conversion(part, whole, number(case["wales"]))
    assert answer.share == pytest.approx(number(case["share"]))
    assert str(answer.beside) == case["beside"]
    if (
        answer.low is not None
        and answer.high is not None
        and answer.share is not None
    ):
        assert answer.low <= answer.share <= answer.high


def test_the_share_of_a_place_counts_the_authorities_that_told_both_sides() -> (
    None
):
    told = [
        ("p_capacity", LA, "", 100.0),
        ("p_reached", LA, "", 60.0),
        ("p_capacity", "W06000002", "", 900.0),
    ]
    shares = {row["place"]: row for row in built("programme_share", told)}
    assert shares[WALES]["share"] == shares[LA]["share"] == share_of(60, 100)
    assert shares[WALES]["told"] == 1


def test_a_sum_says_how_many_of_how_many_authorities_stand_in_it() -> None:
    told = [
        ("p_reached", LA, "", 60.0),
        ("p_capacity", LA, "", 5.0),
        ("p_capacity", "W06000002", "", 7.0),
    ]
    sums = {
        (r["place"], r["measure_id"]): r
        for r in built("programme_figure", told)
    }
    assert (
        sums[WALES, "p_reached"]["value"],
        sums[WALES, "p_reached"]["told"],
    ) == (
        60.0,
        1,
    )
    assert (
        sums[WALES, "p_capacity"]["value"],
        sums[WALES, "p_capacity"]["members"],
    ) == (12.0, 2)


@pytest.mark.parametrize(
    ("here", "peers", "place"),
    [
        (30.0, [20.0, 21.0, 22.0, 23.0], "above"),
        (10.0, [20.0, 21.0, 22.0, 23.0], "below"),
        (21.5, [20.0, 21.0, 22.0, 23.0], "within"),
        # too few to say
        (30.0, [20.0, 21.0, 22.0], None),
        (None, [20.0, 21.0, 22.0, 23.0], None),
    ],
)
def test_an_hour_stands_below_in_or_above_the_middle_half(
    here: float | None, peers: list[float], place: str | None
) -> None:
    found = spread(here, peers)
    assert found is not None and found.place == place
    assert (
        found.least
        <= found.quarter
        <= found.middle
        <= found.three_quarters
        <= found.most
    )


def test_nobody_to_compare_with_is_no_spread() -> None:
    assert spread(20.0, []) is None


def test_shares_of_money_and_need_are_of_the_groups_that_told_both() -> None:
    shares = {
        s.group: s
        for s in shares_by_group(
            {"a": 50.0, "b": 50.0, "c": 900.0}, {"a": 900.0, "b": 100.0}
        )
    }
    assert (
        shares["c"].against == Against.NOT_KNOWN
        and shares["c"].money_share is None
    )
    assert (shares["a"].money_share, shares["a"].need_share) == (0.5, 0.9)
    assert (
        shares["a"].against == Against.BELOW
        and shares["b"].against == Against.ABOVE
    )
    assert sum(s.money_share or 0 for s in shares.values()) == pytest.approx(1)


def test_money_inside_the_range_of_need_is_neither() -> None:
    shares = shares_by_group({"a": 51.0, "b": 49.0}, {"a": 50.0, "b": 50.0})
    assert {s.against for s in shares} == {Against.WITHIN}


def told_by_score(
    money: float, all_money: float, people: float, everyone: float
) -> str:
    """The slow twin: a share of the money lies outside the range of the share of need where a test of that
    share against the count of people, by its own spread, turns it down; no interval is worked out.
    """
    share, need = money / all_money, people / everyone
    spread = math.sqrt(share * (1 - share) / everyone)
    off = need - share
    if abs(off) <= 1.959963984540054 * spread:
        return "within"
    return "below" if off > 0 else "above"


@given(
    st.dictionaries(
        st.sampled_from("abcdefgh"),
        st.tuples(st.integers(1, 10**6), st.integers(0, 2_000)),
        min_size=2,
    )
)
def test_each_group_stands_as_a_test_of_its_share_would_have_it(
    told: dict[str, tuple[int, int]],
) -> None:
    money = {g: float(m) for g, (m, _) in told.items()}
    people = {g: float(n) for g, (_, n) in told.items()}
    sums = sum(money.values()), sum(people.values())
    if not sums[1]:
        return
    for s in shares_by_group(money, people):
        edges = (s.need_low, s.need_high)
        # on the very edge rounding alone decides
        if any(
            e is not None and abs(e - money[s.group] / sums[0]) < 1e-9
            for e in edges
        ):
            continue
        twin = told_by_score(money[s.group], sums[0], people[s.group], sums[1])
        assert s.against == twin, s
