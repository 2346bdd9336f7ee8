"""The committee's three numbers in large type, with their ranges and the sentence each stands for."""

from __future__ import annotations

import streamlit as st

from clearlink.rules.plain_text import sentence_start
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Rows
from clearlink.words import numbers
from pages.fairness.fairness_view import FairnessView, range_basis
from pages.frame.frame import plain
from pages.frame.speech import Speech
from pages.gaps.gap_picture import unvalued_line


def pounds_of_ten(share: float) -> str:
    """0.3985 → '£3.99'."""
    return f"£{10 * share:.2f}"


def tenths(share: float) -> str:
    """0.396 → '4.0': people of every ten."""
    return f"{10 * share:.1f}"


def fairness_finding(say: Speech, view: FairnessView) -> str:
    """The sentence the page opens with."""
    place = say.in_place(view.region)
    start = sentence_start(place)
    reached, of_need = (
        view.value("share_to_neediest_fifth"),
        view.value("need_share_of_neediest_fifth"),
    )
    if reached is None or of_need is None:
        return say(
            "fairness.finding_none"
            if reader.fairness(reader.WALES) or reader.grant_fairness()
            else "fairness.finding_not_computed",
            place=start,
            theme=say.theme(view.theme),
            year=say.year(),
        )
    text = say(
        "fairness.finding",
        place=start,
        theme=say.theme(view.theme),
        pounds=pounds_of_ten(reached),
        people=tenths(of_need),
    )
    return text + (
        " " + say("fairness.finding_depends") if view.depends else ""
    )


def three_numbers(say: Speech, view: FairnessView) -> None:
    """Three framed numbers side by side."""
    first, second, third = st.columns(3, gap="medium")
    with (
        first,
        st.container(border=True, key="number_neediest", height="stretch"),
    ):
        _reaching_the_neediest(say, view)
    with second, st.container(border=True, key="number_move", height="stretch"):
        _to_move(say, view)
    with third, st.container(border=True, key="number_each", height="stretch"):
        _for_each_person(say, view)


def _reaching_the_neediest(say: Speech, view: FairnessView) -> None:
    """Of every ten pounds, how many reach the neediest fifth of areas."""
    reached = view.value("share_to_neediest_fifth") or 0.0
    span = tuple(pounds_of_ten(x) for x in view.span("share_to_neediest_fifth"))
    value = say("fairness.number.neediest_value", pounds=pounds_of_ten(reached))
    _number(say, "neediest", value, span)
    people = tenths(view.value("need_share_of_neediest_fifth") or 0.0)
    st.caption(plain(say("fairness.number.neediest_says", people=people)))


def _to_move(say: Speech, view: FairnessView) -> None:
    """How much money would move for money to follow need, in all and between authorities."""
    names = ("money_to_move_gbp", "hoover", "spend_gbp")
    moved, share, total = (view.value(name) or 0.0 for name in names)
    span = tuple(say.money(x) for x in view.span("money_to_move_gbp"))
    _number(
        say,
        "move",
        say.money(moved),
        span,
    )
    between = view.value("money_between_authorities_gbp") or 0.0
    words = say(
        "fairness.number.move_says",
        share=numbers.pct(share),
        total=say.money(total),
        between=say.money(between),
    )
    st.caption(plain(words))


def _for_each_person(say: Speech, view: FairnessView) -> None:
    """Pounds for each person in need, with the authorities of the least and the most."""
    whole = f"£{view.value('spend_per_person_in_need') or 0.0:,.2f}"
    place = say.place(view.region)
    st.metric(
        say("fairness.number.each"),
        whole,
    )
    told = _authorities_told(view)
    if len(told) < 2:
        one = say("fairness.number.each_says_one", region=place, whole=whole)
        st.caption(plain(one))
        return
    least, most = told[0], told[-1]
    low, high = (f"£{r['gbp_per_person_in_need']:,.2f}" for r in (least, most))
    st.caption(plain(say("fairness.number.each_range", low=low, high=high)))
    words = say(
        "fairness.number.each_says",
        most=say.place(most["la_code"]),
        most_each=high,
        least=say.place(least["la_code"]),
        least_each=low,
        region=place,
        whole=whole,
    )
    st.caption(plain(words))


def _authorities_told(view: FairnessView) -> Rows:
    """Authorities whose pounds for each person in need can be told, from the least to the most.

    An authority some of whose records tell no money has an unknown sum, not the least; it is at least what is
    stated, so it can be the most.
    """
    unknown = {r["la_code"] for r in reader.unvalued(view.theme, view.region)}
    known = sorted(
        (
            r
            for r in view.authorities()
            if r["gbp_per_person_in_need"] is not None
        ),
        key=lambda r: r["gbp_per_person_in_need"],
    )
    return [r for r in known if r["la_code"] not in unknown or r is known[-1]]


def _number(
    say: Speech,
    name: str,
    value: str,
    span: tuple[str, ...],
) -> None:
    st.metric(
        say(f"fairness.number.{name}"),
        value,
    )
    st.caption(
        plain(
            say(
                "fairness.number.range",
                low=span[0],
                high=span[1],
            )
        )
    )


def what_changed(say: Speech, view: FairnessView) -> None:
    """What the other definition of need would have said, and what is in none of the numbers."""
    if words := _other_definition(say, view):
        st.markdown(plain(words))
    lines = [
        *_small_areas_only(say, view),
        _range_note(say, view),
        say("fairness.benchmark"),
        *_beside_the_numbers(say, view),
    ]
    with st.expander(say("fairness.how_far")):
        st.caption("  \n".join(plain(line) for line in lines))
    unvalued_line(say, view.theme, view.region)


def _other_definition(say: Speech, view: FairnessView) -> str:
    """The two numbers under both definitions of need; empty where the other gives none."""
    other = view.other_definition
    reached = view.value("share_to_neediest_fifth", other)
    moved = view.value("money_to_move_gbp", other)
    if reached is None or moved is None:
        return ""
    words = say(
        "fairness.changed",
        other=say(f"fairness.definition_of.{other}"),
        other_pounds=pounds_of_ten(reached),
        other_move=say.money(moved),
        pounds=pounds_of_ten(view.value("share_to_neediest_fifth") or 0.0),
        move=say.money(view.value("money_to_move_gbp") or 0.0),
    )
    return (
        f"{words} {say('fairness.finding_depends')}" if view.depends else words
    )


def _range_note(say: Speech, view: FairnessView) -> str:
    basis = range_basis(view.theme, view.region)
    note = say("fairness.range_note")
    if basis == "counted":
        return note
    return f"{note} {say(f'fairness.range_note_{basis}')}"


def _small_areas_only(say: Speech, view: FairnessView) -> list[str]:
    """What would move of the money that is placed in small areas; nothing where none is."""
    small = view.value("money_to_move_gbp", "lead", "small_areas_only")
    spent = view.value("spend_gbp", "lead", "small_areas_only")
    if small is None or not spent:
        return []
    words = say(
        "fairness.small_areas_only",
        spent=say.money(spent),
        move=say.money(small),
        share=numbers.pct(small / spent),
    )
    return [words]


def _beside_the_numbers(say: Speech, view: FairnessView) -> list[str]:
    """The money that is in none of the numbers; nothing where all of it is in them."""
    buckets = reader.money_buckets(view.theme, view.region)
    if not buckets:
        return []
    parts = [
        say(
            f"gaps.bucket.{b['bucket']}",
            money=say.money(b["gbp"]),
        )
        for b in buckets
    ]
    words = say(
        "fairness.buckets",
        year=buckets[0]["financial_year"],
        parts=numbers.join(say.lang, parts),
    )
    return [words]
