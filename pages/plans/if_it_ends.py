"""If this ends by a day, who is left: what goes on after it on the same theme in the same authority."""

from __future__ import annotations

from datetime import date

import streamlit as st

from clearlink.report.whole_set import LEFT_ORDER, ends_finding
from clearlink.rules.dates import add_months
from clearlink.warehouse import plans, reader
from clearlink.warehouse.reader import Row, once_a_build
from pages.frame.frame import carry_away, plain, table
from pages.frame.picks import open_picked, opens
from pages.frame.speech import Speech
from pages.frame.visit.url_choice import url_choice

MONTHS = 12


@once_a_build
def quarter_ends() -> tuple[str, ...]:
    """The last days of the quarters of the twelve months to come, the next 31 March first."""
    first = reader.build()["as_of"].replace(day=1)
    ends = [_last_of_month(add_months(first, at)) for at in range(MONTHS + 1)]
    days = [day.isoformat() for day in ends if day.month % 3 == 0]
    return tuple(
        sorted(
            days,
            key=lambda day: (not day.endswith("-03-31"), day),
        )
    )


def _last_of_month(first: date) -> date:
    return date.fromordinal(add_months(first, 1).toordinal() - 1)


def if_it_ends(say: Speech, place: str) -> None:
    """The day, the sentence, and each record that ends with what is left after it."""
    st.subheader(say("plans.ends.title"))
    day = url_choice(
        say("plans.ends.pick"),
        "ends",
        quarter_ends(),
        say.date,
    )
    rows = plans.left_if_ended(
        place,
        date.fromisoformat(day),
    )
    if not rows:
        st.info(
            plain(
                say(
                    "plans.ends.none",
                    date=say.date(day),
                )
            )
        )
        return
    text = ends_finding(
        say,
        rows,
        date.fromisoformat(day),
    )
    st.markdown(f"**{plain(text)}**")
    st.caption(plain(say("plans.ends.help")))
    _who_is_left(
        say,
        place,
        day,
        text,
    )


def _who_is_left(
    say: Speech,
    place: str,
    day: str,
    text: str,
) -> None:
    """Each record that ends by the day, with what is left for its people; a row opens the record."""
    shown = _shown(say, place, day)
    labels = {
        name: say(f"plans.col.{name}")
        for name in (
            "title",
            "theme",
            "la",
            "tier",
            "end",
            "places",
            "left",
            "others",
            "people",
        )
    }
    table(
        shown,
        labels,
        key="set_ends",
        height=360,
        pick=True,
        on_pick=opens("project", shown, "project_id"),
        config={"people": st.column_config.NumberColumn(format="%,d")},
    )
    open_picked()
    carry_away(
        say,
        "who-is-left",
        shown,
        labels,
        (text,),
    )


@once_a_build
def _shown(
    say: Speech,
    place: str,
    day: str,
) -> tuple[dict[str, object], ...]:
    """The rows in words, what leaves nothing behind first."""
    rows = plans.left_if_ended(
        place,
        date.fromisoformat(day),
    )
    return tuple(
        _row(say, r)
        for r in sorted(
            rows,
            key=lambda r: LEFT_ORDER.index(r["what_is_left"]),
        )
    )


def _row(say: Speech, r: Row) -> dict[str, object]:
    return {
        "project_id": r["project_id"],
        "title": r["title"],
        "theme": say.theme(r["theme_id"]),
        "la": say.place(r["la_code"]),
        "tier": say(f"record.tier_{r['tier']}")
        if r["tier"]
        else say("plans.set.tier_unsaid"),
        "end": r["end_date"],
        "places": say.capacity(r),
        "left": say(f"plans.ends.left.{r['what_is_left']}"),
        "others": r["others"],
        "people": None
        if r["people_in_need"] is None
        else round(r["people_in_need"]),
    }
