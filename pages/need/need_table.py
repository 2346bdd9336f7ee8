"""The table twin of the map: the same rows, in the same order, with the same caveats; a row selects the
area.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any, Final

import streamlit as st

from clearlink.warehouse import reader
from clearlink.warehouse.reader import Row, Rows, once_a_build
from clearlink.words import numbers
from clearlink.words.rates import decimals_of, range_words, share_figure
from pages.frame.choices import Choices, choose
from pages.frame.frame import carry_away, table
from pages.frame.speech import Speech
from pages.need.need_layer import (
    BELOW_AUTHORITY,
    SMALL,
    NeedLayer,
    NeedShown,
    need_layer,
    unit_of,
)
from pages.need.need_picture import note_drawn
from pages.need.need_sentences import need_source, rows_in_place

# All of Wales is 280 kB in the browser; these are 8 kB. The rest is one key press away, and always in the
# CSV.
FIRST_ROWS: Final = 50


def need_table(
    say: Speech,
    chosen: Choices,
    shown: NeedShown,
    layer: NeedLayer,
) -> None:
    """Areas of the place, most need first, the first of them unless all are asked for; absent values say
    why.
    """
    st.subheader(say("map.table.title"))
    ordered = _most_need_first(layer, chosen.place)
    most = (
        len(ordered)
        if len(ordered) <= FIRST_ROWS or _all_asked_for(say, len(ordered))
        else FIRST_ROWS
    )

    def rows_of(most: int) -> tuple[Row, ...]:
        chooses = (chosen.place, chosen.programme or None, chosen.basis)
        # whichever choice led to the measure, its rows are the same
        return _table_rows(
            say,
            chosen.theme,
            replace(shown, as_chosen=True),
            *chooses,
            most,
        )

    rows = rows_of(most)
    labels = _need_labels(say, shown, ordered[:most])
    table(
        rows,
        labels,
        key=f"need_table_{chosen.place}_{chosen.theme}_{shown.definition}_{shown.level}",
        height=360,
        pick=True,
        on_pick=lambda place: choose(area=rows[place]["code"]),
        config=_number_columns(decimals_of(next(iter(ordered), {}))),
    )
    carry_away(
        say,
        f"need-{chosen.theme}-{shown.definition}",
        lambda: rows_of(len(ordered)),
        labels,
        (
            f"{say('map.title')}: {say.theme(chosen.theme)}",
            say(f"need.definition.{shown.definition}"),
            need_source(say, shown),
        ),
    )


def _need_labels(
    say: Speech,
    shown: NeedShown,
    rows: list[Row],
) -> dict[str, str]:
    """Columns → headings; the published value stands under its unit."""
    labels = {name: say(f"map.table.{name}") for name in _columns(shown, rows)}
    if shown.definition == "rate":
        labels["value"] = say(
            "map.table.value",
            unit=unit_of(say, shown),
        )
    return labels


def _number_columns(decimals: int) -> dict[str, Any]:
    """How the numbers of the table are written. `decimals`: of rates, as they are published."""
    number = st.column_config.NumberColumn
    return {
        "rate": number(format=f"%.{decimals}f"),
        "score": number(format="%.0f"),
        "value": number(format=f"%.{decimals}f"),
        "people": number(format="%,d"),
        "population": number(format="%,d"),
    }


@once_a_build
def _table_rows(
    say: Speech,
    theme: str,
    shown: NeedShown,
    place: str,
    programme: str | None,
    basis: str,
    most: int,
) -> tuple[Row, ...]:
    """The first rows of the table in words, with the projects that reach each area; laid out once for a
    choice.
    """
    layer = need_layer(say, theme, shown)
    reached: dict[str, int] = {}
    if shown.level in BELOW_AUTHORITY:
        for r in reader.projects_by_area(
            programme,
            theme,
            basis,
            shown.level,
        ):
            reached[r["area_code"]] = (
                reached.get(
                    r["area_code"],
                    0,
                )
                + r["projects"]
            )
    return tuple(
        _row(say, r, layer, reached)
        for r in _most_need_first(layer, place)[:most]
    )


def _columns(shown: NeedShown, rows: Rows) -> list[str]:
    """The columns of a measure at a level: people where it counts them, else what it says."""
    figures = {
        "lead": ["people", "population", "rate", "range"],
        "rate": ["value", "absent"],
    }
    score = "class" if shown.level == SMALL else "score"
    has_range = any(r["rank_low"] is not None for r in rows)
    return [
        *(
            ["area", "code", "la"]
            if shown.level in BELOW_AUTHORITY
            else ["area", "code"]
        ),
        *figures.get(shown.definition, [score]),
        *(["rank", "rank_range"] if has_range else ["rank"]),
        *(["projects"] if shown.level in BELOW_AUTHORITY else []),
    ]


def table_to_come(say: Speech) -> None:
    """What stands in the table's place until the map is drawn; a press brings it where a browser never
    draws.
    """
    st.subheader(say("map.table.title"))
    with st.container(
        horizontal=True, vertical_alignment="center", key="table_to_come"
    ):
        st.caption(say("map.table.to_come"))
        st.button(
            say("map.table.now"),
            key="table_now",
            type="tertiary",
            on_click=note_drawn,
        )


@lru_cache(maxsize=256)
def _most_need_first(layer: NeedLayer, place: str) -> Rows:
    return sorted(
        rows_in_place(layer, place),
        key=lambda r: (
            r["rank"] is None,
            r["rank"],
            r["area_code"],
        ),
    )


def _all_asked_for(say: Speech, total: int) -> bool:
    return st.toggle(
        say(
            "map.table.all",
            total=numbers.whole(total),
            first=FIRST_ROWS,
        ),
        key="need_table_all",
    )


def _row(
    say: Speech,
    r: Row,
    layer: NeedLayer,
    reached: dict[str, int],
) -> Row:
    return {
        "area": say.of(r),
        "code": r["area_code"],
        "la": say.place(r["la_code"]),
        "people": None
        if r["people_in_need"] is None
        else round(r["people_in_need"]),
        "population": None
        if r["population_at_risk"] is None
        else round(r["population_at_risk"]),
        "rate": share_figure(r),
        "range": range_words(say, r),
        "score": None if r["score"] is None else 100 * r["score"],
        "value": None if r["marker"] else r["score"],
        "absent": say(f"map.marker.{r['marker']}") if r["marker"] else "",
        "class": layer.classes[layer.class_of[r["area_code"]]].label,
        "rank": r["rank"],
        "rank_range": ""
        if r["rank_low"] is None
        else f"{r['rank_low']:,} – {r['rank_high']:,}",
        "projects": reached.get(
            r["area_code"],
            0,
        ),
    }
