"""Integrated Family Support: a step on a ladder, told by region or authority and never below."""

from __future__ import annotations

from typing import Any, Final

import streamlit as st

from clearlink.figures.ladder import ladder
from clearlink.report.returned import (
    amount,
    figures_of,
    newest,
    region_that_tells,
    regions_that_tell,
    start_of,
)
from clearlink.rules.programmes.systems import System
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Rows
from clearlink.words import numbers
from pages.frame.frame import plain, table
from pages.frame.pictures import show_picture
from pages.frame.speech import Speech
from pages.programmes.commissioned import commissioned, projects_of
from pages.programmes.funnel_view import funnel
from pages.programmes.returned import section, who_says
from pages.programmes.returns_table import returns_table

MOST_STEPS: Final = 12
TIERS: Final = ("universal", "targeted", "intensive")


def intensive(
    say: Speech,
    system: System,
    place: str,
) -> None:
    """The region's funnel, the ladder from Team Around the Family, and why the two are kept apart."""
    told_for = region_that_tells(system, place)
    if told_for and told_for != place:
        st.caption(
            plain(
                say(
                    "programmes.ifss.of_region",
                    region=say.place(told_for),
                )
            )
        )
    if told_for:
        funnel(say, system, told_for, leads=True)
        _from_taf(say, system, told_for)
    else:
        _regions(say, system, place)
    _ladder(say, place)
    _kept_apart(say, system, told_for)
    commissioned(say, system, place)
    returns_table(
        say,
        system,
        told_for or place,
    )


def _regions(
    say: Speech,
    system: System,
    place: str,
) -> None:
    rows = [_region(say, system, code) for code in regions_that_tell(system)]
    if not rows:
        st.info(
            plain(
                say(
                    "programmes.ifss.none",
                    place=start_of(say, place),
                )
            )
        )
        return
    section(
        say,
        "programmes.ifss.regions_title",
        say("programmes.ifss.regions_lead", n=len(rows)),
        leads=True,
    )
    labels = {
        c: say(f"programmes.ifss.col.{c}")
        for c in ("region", "period", "referred", "from_taf", "goals")
    }
    table(rows, labels, key="ifss_regions", height=300)
    told = [
        r
        for code in regions_that_tell(system)
        for r in figures_of(system, code)
    ]
    who_says(
        say,
        told,
        newest(told),
    )


def _region(
    say: Speech,
    system: System,
    code: str,
) -> dict[str, Any]:
    told = figures_of(system, code)
    period = newest([r for r in told if r["measure_id"] == "ifss_referred"])
    return {
        "region": say.place(code),
        "period": period,
        "referred": amount(told, "ifss_referred", period),
        "from_taf": amount(told, "ifss_from_taf", period),
        "goals": amount(told, "ifss_goals_met", period),
    }


def _from_taf(
    say: Speech,
    system: System,
    place: str,
) -> None:
    told = figures_of(system, place)
    period = newest([r for r in told if r["measure_id"] == "ifss_from_taf"])
    referred, stepped = (
        amount(told, m, period) for m in ("ifss_referred", "ifss_from_taf")
    )
    if not referred or stepped is None:
        return
    share = numbers.pct(stepped / referred)
    text = say(
        "programmes.ifss.from_taf",
        count=say.number(stepped),
        share=share,
        period=period,
    )
    st.markdown(plain(text))


def _ladder(say: Speech, place: str) -> None:
    """Projects of the two systems as steps of one ladder: different tiers for the same families are no
    duplicate.
    """
    st.subheader(say("programmes.ifss.ladder_title"))
    if place == reader.WALES:
        # projects of different places serve different families: no ladder
        st.info(plain(say("programmes.ifss.ladder_of_wales")))
        return
    # the rarer service first: what is not drawn is said
    both = [
        *projects_of(System.IFSS, place),
        *projects_of(System.TEAM_AROUND_THE_FAMILY, place),
    ]
    every = _steps(both)
    steps = every[:MOST_STEPS]
    if not steps:
        st.info(
            plain(
                say(
                    "programmes.ifss.no_ladder",
                    place=start_of(say, place),
                )
            )
        )
        return
    tiers = {tier: say(f"record.tier_{tier}") for tier in TIERS}
    alt = say("programmes.ifss.ladder_alt", n=len(steps))
    rows = [step | {"tier_words": tiers[step["tier"]]} for step in steps]
    labels = {
        c: say(f"programmes.ifss.step.{c}")
        for c in ("title", "tier_words", "start", "end")
    }
    show_picture(
        say,
        ladder(rows, tiers, alt, labels),
        key="ifss_ladder",
        name="taf-ifss-ladder",
    )
    _levels_told(
        say,
        every,
        len(steps),
    )


def _levels_told(
    say: Speech,
    every: list[dict[str, Any]],
    drawn: int,
) -> None:
    """How many of the steps are drawn, and whether their levels make a ladder at all."""
    if len(every) > drawn:
        told = say(
            "programmes.ifss.drawn",
            n=drawn,
            of=say.number(len(every)),
        )
        st.caption(plain(told))
    levels = {step["tier"] for step in every}
    if len(levels) > 1:
        st.caption(plain(say("programmes.ifss.ladder_note")))
        return
    # records of one level are no ladder, whatever the two services are meant to be
    level = say(f"record.tier_{every[0]['tier']}")
    text = say(
        "programmes.ifss.one_level",
        n=len(every),
        level=level,
    )
    st.markdown(plain(text))


def _steps(projects: Rows) -> list[dict[str, Any]]:
    running = [
        p
        for p in projects
        if p["time_state"] == "running" and p["start_date"] and p["end_date"]
    ]
    return [
        {
            "title": p["title"],
            # the service is intensive by its own rule, whatever its record leaves blank
            "tier": "intensive"
            if p["programme_id"] == "ifss"
            else p["tier"] or "targeted",
            "start": p["start_date"],
            "end": p["end_date"],
        }
        for p in running
    ]


def _kept_apart(
    say: Speech,
    system: System,
    place: str | None,
) -> None:
    rows = reader.programme_returns(
        place or reader.WALES,
        "ifss",
    )
    reasons = [
        r
        for r in rows
        if r["measure_id"] == "ifss_separate"
        and r["value"]
        and (r["note"] or r["note_cy"])
    ]
    if reasons:
        note = say.of(
            {
                "note_en": reasons[-1]["note"],
                "note_cy": reasons[-1]["note_cy"],
            },
            "note",
        )
        st.markdown(plain(say("programmes.ifss.apart", reason=note)))
    else:
        st.info(plain(say("programmes.ifss.apart_none")))
