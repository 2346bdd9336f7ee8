"""The map of need against provision, and how much of the money it can show."""

from __future__ import annotations

import streamlit as st

from clearlink.warehouse import reader
from clearlink.words import numbers
from pages.area_map import MapWords, need_map
from pages.area_map.map_words import drawn_from, picture_notes, standing_words
from pages.frame.choices import Choices, choose
from pages.frame.frame import plain
from pages.frame.speech import Speech
from pages.gaps.gap_layer import GapView, gap_layer
from pages.need.need_layer import geometry_of, layer_url, outline_names
from pages.need.need_picture import focus_of


def gap_picture(
    say: Speech,
    chosen: Choices,
    view: GapView,
) -> None:
    """The bivariate map; a click selects the area."""
    hatch = st.toggle(
        say("gaps.hatch"),
        value=True,
        key="hatch_uncertain",
    )
    layer = gap_layer(say, view, hatch)
    need_map(
        geometry=geometry_of(view.level),
        class_of=layer.class_of,
        classes=layer.classes,
        cross_legend=layer.cross,
        hover=layer.hover,
        words=_map_words(say, view),
        language=say.lang,
        key=f"gap_map_{view.level}",
        outlines_url=layer_url("la"),
        outline_names=outline_names(say),
        selected=chosen.area or None,
        focus=focus_of(chosen.place),
        picture_name=f"clear-link-gap-{view.gap_type}-{view.theme}",
        height_px=600,
        on_pick=lambda code: choose(area=code),
    )


def _map_words(say: Speech, view: GapView) -> MapWords:
    theme, gap = say.theme(view.theme), say(f"gaps.type.{view.gap_type}")
    legend = say(
        "gaps.legend",
        region=say.place(view.region),
    )
    return MapWords(
        title=f"{theme} – {gap}",
        legend_title=legend,
        source=drawn_from(
            say,
            gap_source(say, view),
        ),
        label=say("gaps.map_label", theme=theme, gap=gap),
        description=say("gaps.map_label", theme=theme, gap=gap),
        marks_title="",
        legend_note=say(
            "gaps.legend_note",
            region=say.place(view.region),
        ),
        picture_notes=picture_notes(say),
        **standing_words(say),
    )


def gap_source(say: Speech, view: GapView) -> str:
    """Edition of the need, what high need means, and the year of the money where the gap is of money."""
    if not view.rows:
        return say("gaps.source_no_need")
    edition = say.edition(view.rows[0]["edition"])
    buckets = (
        reader.money_buckets(view.theme, view.region)
        if view.gap_type == "money"
        else ()
    )
    if not buckets:
        return say(
            "gaps.source_need",
            edition=edition,
            region=say.in_place(view.region),
        )
    return say(
        "gaps.source",
        edition=edition,
        year=buckets[0]["financial_year"],
        region=say.in_place(view.region),
    )


def bucket_line(say: Speech, view: GapView) -> None:
    """Under a gap of money, how the year's money stands: placed, area-wide, protected, without a place; under
    one of capacity, its unit.
    """
    buckets = (
        reader.money_buckets(view.theme, view.region)
        if view.gap_type == "money"
        else ()
    )
    if buckets:
        parts = [
            say(
                f"gaps.bucket.{b['bucket']}",
                money=say.money(b["gbp"]),
            )
            for b in buckets
        ]
        key = "gaps.buckets_la" if view.level == "LA" else "gaps.buckets"
        st.caption(
            plain(
                say(
                    key,
                    year=buckets[0]["financial_year"],
                    region=say.in_place(view.region),
                    parts=numbers.join(say.lang, parts),
                )
            )
        )
    if view.gap_type == "money":
        unvalued_line(say, view.theme, view.place)
    if view.gap_type == "capacity":
        counted = next(
            (r["unit"] for r in view.rows if r["unit"]),
            None,
        )
        units = reader.capacity_units(view.theme)
        if counted:
            n = sum(u["projects"] for u in units if u["unit"] == counted)
            st.caption(
                plain(
                    say(
                        "gaps.units",
                        unit=say.unit(counted),
                        n=n,
                        others=sum(u["projects"] for u in units) - n,
                    )
                )
            )


def unvalued_line(
    say: Speech,
    theme: str,
    place: str,
) -> None:
    """Which authorities' sums are too low, because nobody knows the money of some records there."""
    rows = reader.unvalued(theme, place)
    if rows:
        where = numbers.join(
            say.lang,
            [f"{say.place(r['la_code'])} {r['projects']}" for r in rows],
        )
        st.caption(
            plain(
                say(
                    "gaps.unvalued",
                    n=sum(r["projects"] for r in rows),
                    where=where,
                    year=say.year(),
                )
            )
        )
