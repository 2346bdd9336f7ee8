"""Which authorities are above and below their share of need, and what each has for a person in need."""

from __future__ import annotations

from typing import Any

import streamlit as st

from clearlink.figures.each_bars import each_bars, each_funnel
from clearlink.figures.share_bars import share_bars
from clearlink.warehouse import reader
from pages.fairness.fairness_view import FairnessView, range_basis
from pages.frame.pictures import show_picture
from pages.frame.speech import Speech


def authority_rows(say: Speech, view: FairnessView) -> list[dict[str, Any]]:
    """Authorities as both pictures and their tables show them."""
    too_low = {r["la_code"] for r in reader.unvalued(view.theme, view.region)}
    return [
        {
            "la": say(
                "fairness.each.too_low",
                la=say.place(r["la_code"]),
            )
            if r["la_code"] in too_low
            else say.place(r["la_code"]),
            "people": round(r["people_in_need"]),
            "population": round(r["population"]),
            "spend": round(r["spend_gbp"], 2),
            "each": r["gbp_per_person_in_need"],
            "gap": r["gap_gbp"],
        }
        for r in view.authorities()
    ]


def _labels(say: Speech) -> dict[str, str]:
    year = say.year()
    return {
        name: say(f"fairness.col.{name}", year=year)
        for name in ("la", "people", "population", "spend", "each", "gap")
    }


def _twin(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {
            **r,
            "spend": round(r["spend"]),
            "gap": round(r["gap"]),
            "each": None if r["each"] is None else round(r["each"], 2),
        }
        for r in rows
    ]


def from_and_to(say: Speech, view: FairnessView) -> None:
    """The from-and-to list between authorities."""
    st.subheader(say("fairness.move.title"))
    rows = _twin(authority_rows(say, view))
    above, below = (
        min(
            rows,
            key=lambda r: r["gap"],
        ),
        max(
            rows,
            key=lambda r: r["gap"],
        ),
    )
    even = above["gap"] >= 0
    alt = (
        say("fairness.move.alt_even")
        if even
        else say(
            "fairness.move.alt",
            money=say.money(-sum(min(0.0, r["gap"]) for r in rows)),
            above=above["la"],
            below=below["la"],
        )
    )
    words = (
        say("fairness.move.below"),
        say("fairness.move.above"),
        say("fairness.move.axis", year=say.year()),
    )
    show_picture(
        say,
        share_bars(
            rows,
            words,
            alt,
            _labels(say),
        ),
        key="fair_move",
        name=f"money-to-move-{view.theme}",
    )


def _each_alt(
    say: Speech,
    rows: list[dict[str, Any]],
    whole: float,
) -> str:
    drawn = [r for r in rows if r["each"] is not None]
    most, least = (
        max(
            drawn,
            key=lambda r: r["each"],
        ),
        min(
            drawn,
            key=lambda r: r["each"],
        ),
    )
    return say(
        "fairness.each.alt",
        most=most["la"],
        most_each=f"£{most['each']:,.2f}",
        least=least["la"],
        least_each=f"£{least['each']:,.2f}",
        whole=f"£{whole:,.2f}",
    )


def each_person(say: Speech, view: FairnessView) -> None:
    """£ for each person in need by authority, against the whole."""
    st.subheader(say("fairness.each.title"))
    rows, whole = (
        _twin(authority_rows(say, view)),
        view.value("spend_per_person_in_need") or 0.0,
    )
    show_picture(
        say,
        each_bars(
            rows,
            whole,
            say(
                "fairness.each.axis_line",
                region=say.place(view.region),
            ),
            _each_alt(say, rows, whole),
            _labels(say),
        ),
        key="fair_each",
        name=f"gbp-per-person-in-need-{view.theme}",
    )


def funnel(say: Speech, view: FairnessView) -> None:
    """The same against how many people it rests on."""
    rows, whole = (
        _twin(authority_rows(say, view)),
        view.value("spend_per_person_in_need") or 0.0,
    )
    is_count = range_basis(view.theme, view.region) == "counted"
    band = say(
        "fairness.each.funnel" if is_count else "fairness.each.funnel_estimate"
    )
    alt = f"{_each_alt(say, rows, whole)} {band}"
    axes = (say("fairness.each.axis_people"), say("fairness.each.axis"))
    st.subheader(say("fairness.each.title"))
    show_picture(
        say,
        each_funnel(
            rows,
            whole,
            axes,
            alt,
            _labels(say),
            with_band=is_count,
        ),
        key="fair_funnel",
        name=f"funnel-{view.theme}",
    )
    st.caption(band)
