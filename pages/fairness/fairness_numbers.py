"""The committee's three numbers in large type, with their ranges and the sentence each stands for."""

from __future__ import annotations

import streamlit as st

from clearlink.warehouse import reader
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
    start = place[:1].upper() + place[1:]
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
    return text + (" " + say("fairness.finding_depends") if view.depends else "")


def three_numbers(say: Speech, view: FairnessView) -> None:
    """Three framed numbers side by side."""
    first, second, third = st.columns(3, gap="medium")
    with first, st.container(border=True, key="number_neediest", height="stretch"):
        reached = view.value("share_to_neediest_fifth") or 0.0
        _number(
            say,
            "neediest",
            say("fairness.number.neediest_value", pounds=pounds_of_ten(reached)),
            tuple(pounds_of_ten(x) for x in view.span("share_to_neediest_fifth")),
        )
        st.caption(
            plain(
                say(
                    "fairness.number.neediest_says",
                    people=tenths(view.value("need_share_of_neediest_fifth") or 0.0),
                )
            )
        )
    with second, st.container(border=True, key="number_move", height="stretch"):
        moved, share, total = (
            view.value(m) or 0.0 for m in ("money_to_move_gbp", "hoover", "spend_gbp")
        )
        _number(
            say,
            "move",
            say.money(moved),
            tuple(say.money(x) for x in view.span("money_to_move_gbp")),
        )
        between = say.money(view.value("money_between_authorities_gbp") or 0.0)
        st.caption(
            plain(
                say(
                    "fairness.number.move_says",
                    share=numbers.pct(share),
                    total=say.money(total),
                    between=between,
                )
            )
        )
    with third, st.container(border=True, key="number_each", height="stretch"):
        whole = view.value("spend_per_person_in_need") or 0.0
        # an authority some of whose records tell no money has an unknown sum, not the least; it is at
        # least what is stated, so it can be the most
        unknown = {r["la_code"] for r in reader.unvalued(view.theme, view.region)}
        known = sorted(
            (r for r in view.authorities() if r["gbp_per_person_in_need"] is not None),
            key=lambda r: r["gbp_per_person_in_need"],
        )
        each = [r for r in known if r["la_code"] not in unknown or r is known[-1]]
        low, high = (f"£{each[at]['gbp_per_person_in_need']:,.2f}" for at in (0, -1))
        st.metric(say("fairness.number.each"), f"£{whole:,.2f}")
        if len(each) > 1:
            st.caption(plain(say("fairness.number.each_range", low=low, high=high)))
        words = {"region": say.place(view.region), "whole": f"£{whole:,.2f}"}
        if len(each) > 1:
            st.caption(
                plain(
                    say(
                        "fairness.number.each_says",
                        most=say.place(each[-1]["la_code"]),
                        most_each=high,
                        least=say.place(each[0]["la_code"]),
                        least_each=low,
                        **words,
                    )
                )
            )
        else:
            st.caption(plain(say("fairness.number.each_says_one", **words)))


def _number(say: Speech, name: str, value: str, span: tuple[str, ...]) -> None:
    st.metric(say(f"fairness.number.{name}"), value)
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
    other = view.other_definition
    reached, moved = (
        view.value("share_to_neediest_fifth", other),
        view.value("money_to_move_gbp", other),
    )
    if reached is not None and moved is not None:
        here = {
            "pounds": pounds_of_ten(view.value("share_to_neediest_fifth") or 0.0),
            "move": say.money(view.value("money_to_move_gbp") or 0.0),
        }
        text = say(
            "fairness.changed",
            other=say(f"fairness.definition_of.{other}"),
            other_pounds=pounds_of_ten(reached),
            other_move=say.money(moved),
            **here,
        )
        st.markdown(
            plain(
                text + (" " + say("fairness.finding_depends") if view.depends else "")
            )
        )
    basis = range_basis(view.theme, view.region)
    note = () if basis == "counted" else (say(f"fairness.range_note_{basis}"),)
    lines = [" ".join((say("fairness.range_note"), *note)), say("fairness.benchmark")]
    small, spent = (
        view.value("money_to_move_gbp", "lead", "small_areas_only"),
        view.value("spend_gbp", "lead", "small_areas_only"),
    )
    if small is not None and spent:
        lines.insert(
            0,
            say(
                "fairness.small_areas_only",
                spent=say.money(spent),
                move=say.money(small),
                share=numbers.pct(small / spent),
            ),
        )
    buckets = reader.money_buckets(view.theme, view.region)
    if buckets:
        parts = [
            say(f"gaps.bucket.{b['bucket']}", money=say.money(b["gbp"]))
            for b in buckets
        ]
        lines.append(
            say(
                "fairness.buckets",
                year=buckets[0]["financial_year"],
                parts=numbers.join(say.lang, parts),
            )
        )
    with st.expander(say("fairness.how_far")):
        st.caption("  \n".join(plain(line) for line in lines))
    unvalued_line(say, view.theme, view.region)
