"""Which projects a number on a page counts: all on record, or those that run; of a mixed build the real ones,
or illustrative ones too. In the same words on every page.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import streamlit as st

from clearlink.report.which_records import held_of, records_said
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Row, Rows
from clearlink.warehouse.records import ALL_RECORDS, WHICH_RECORDS, shown_first
from clearlink.words import numbers
from pages.frame.frame import plain
from pages.frame.speech import Speech

ORDER: Final = (
    "running",
    "to_come",
    "ended",
    "not_dated",
    "notice",
    "never_bought",
)


def states_in_words(say: Speech, counted: dict[str, int]) -> str:
    """'3 running, 22 ended and 51 with dates not known'; `counted`: time state → projects."""
    return numbers.join(
        say.lang,
        [
            say(
                f"common.counted.{state}",
                n=counted[state],
            )
            for state in ORDER
            if counted.get(state)
        ],
    )


def states_of(rows: Rows) -> dict[str, int]:
    """Time state → how many of these projects stand so."""
    return {
        state: n
        for state in ORDER
        if (n := sum(r["time_state"] == state for r in rows))
    }


def all_on_record(say: Speech, counted: dict[str, int]) -> str:
    """For a page that counts every record: how they stand on the day of the build, or in the year chosen.
    Empty where there is none.
    """
    total = sum(counted.values())
    if not total:
        return ""
    return say(
        "common.counts_all",
        n=total,
        parts=states_in_words(say, counted),
        when=say.when(),
    )


def only_running(say: Speech, counted: dict[str, int]) -> str:
    """For a page that counts what runs: how many of how many on record, and how the others stand. Empty where
    there is none.
    """
    total = sum(counted.values())
    if not total:
        return ""
    others = {state: n for state, n in counted.items() if state != "running"}
    running = say(
        "common.counts_running",
        n=counted.get("running", 0),
        total=say.number(total),
        when=say.when(),
    )
    return (
        f"{running} {say('common.counts_others', parts=states_in_words(say, others))}"
        if others
        else running
    )


def counts_line(
    say: Speech,
    place: str,
    programme: str = "",
    theme: str = "",
    *,
    running: bool,
    besides: str = "",
) -> None:
    """Under a finding: which projects of the view the page counts, and what more is to be said of them."""
    rows = reader.time_states(
        place,
        programme or None,
        theme or None,
    )
    counted = {r["time_state"]: r["projects"] for r in rows}
    told = (only_running if running else all_on_record)(say, counted)
    text = " ".join(filter(None, (told, besides)))
    if text:
        st.caption(plain(text))


def area_counts_line(
    say: Speech,
    area: Row,
    reaching: Rows,
) -> None:
    """On an area's page: which of its projects are counted, and why an authority's are not those that its
    other pages count.
    """
    counted = only_running(say, states_of(reaching))
    if area["area_type"] != "LA":
        if counted:
            st.caption(plain(counted))
        return
    elsewhere = {r["project_id"] for r in reader.projects(area["area_code"])}
    here = {r["project_id"] for r in reaching}
    sentences = [counted]
    if elsewhere - here:
        sentences.append(
            say(
                "area.no_place",
                n=len(elsewhere - here),
                total=say.number(len(elsewhere)),
            )
        )
    if here - elsewhere:
        sentences.append(
            say(
                "area.held_wider",
                n=len(here - elsewhere),
            )
        )
    text = " ".join(filter(None, sentences))
    if text:
        st.caption(plain(text))


def follow_records(
    chosen: str,
    place: str,
    programme: str,
    theme: str,
    area: str,
) -> None:
    """Makes the rest of this run follow the records that were chosen; where nobody chose, the real ones if
    there is one to show.
    """
    if not reader.is_mixed():
        return
    has_real = held_of(place, programme, theme, area)["real"]
    reader.choose_records(
        chosen or (shown_first() if has_real else ALL_RECORDS)
    )


def all_records_line(speech: Speech, place: str) -> None:
    """On a page that counts all records of a build that mixes them: how many of them are illustrative."""
    if text := records_said(speech, place):
        st.caption(plain(text))


def follow_record(chosen: str, is_illustrative: bool) -> None:
    """The same for the page of one record: an illustrative one stands among all, whatever was chosen."""
    if reader.is_mixed():
        reader.choose_records(
            ALL_RECORDS if is_illustrative else chosen or shown_first()
        )


def record_names(speech: Speech) -> Mapping[str, str]:
    """Choice → its name in the box."""
    return {
        which: speech(f"choices.records_of.{which}") for which in WHICH_RECORDS
    }
