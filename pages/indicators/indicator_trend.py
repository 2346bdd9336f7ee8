"""How a published series changes in the authorities of a place, with the publisher's range, by a stated
test.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from statistics import median
from typing import Final

import streamlit as st

from clearlink.figures.trend_lines import trend_lines
from clearlink.rules.need.trend import (
    LATEST,
    LEAST,
    ORDER_ONLY,
    Tested,
    Trend,
    trend,
)
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Row
from clearlink.words.numbers import sorted_names
from pages.frame.frame import plain
from pages.frame.pictures import show_picture
from pages.frame.similar_choice import similar_authorities
from pages.frame.speech import Speech

Series = dict[str, list[Row]]
_COLUMNS: Final = (
    "area",
    "first",
    "last",
    "range",
    "trend",
    "values",
    "p",
)


def indicator_trend(
    say: Speech,
    indicator: Row,
    place: str,
) -> None:
    """Small multiples and the outcome of the test by authority; or why there is no trend to show."""
    st.subheader(say("indicator.trend.title"))
    if indicator["kind"] in ORDER_ONLY:
        st.info(say("indicator.trend.order_only"))
        return
    by_area = _series(say, indicator, place)
    wales = by_area.pop(reader.WALES, [])
    longest = max(map(len, by_area.values()), default=0)
    if longest < LEAST:
        st.info(say("indicator.trend.too_few", least=LEAST))
        return
    direction = indicator["direction"]
    outcomes = [_tested(points, direction) for points in by_area.values()]
    told = say.names(_counts(say, outcomes))
    st.markdown(f"**{plain(told)}**")
    st.caption(plain(say("indicator.trend.method", latest=LATEST)))
    rows = list(map(partial(_row, say), by_area.values(), outcomes))
    if wales:
        rows.append(_row(say, wales, _tested(wales, direction)))
    similar = _of_similar(say, indicator, place)
    if similar.points:
        rows.append(_row_of_similar(say, similar))
        st.caption(plain(_words_of_similar(say, "similar", similar)))
    picture = trend_lines(
        {say.of(points[0]): tuple(points) for points in by_area.values()},
        tuple(wales),
        say(
            "indicator.trend.alt",
            name=say.of(indicator),
            told=told,
        ),
        rows,
        {column: say(f"indicator.trend.col.{column}") for column in _COLUMNS},
        similar.points,
    )
    show_picture(
        say,
        picture,
        key="indicator_trend",
        name=f"trend-{indicator['indicator_id']}",
        open_table=True,
    )


def _series(
    say: Speech,
    indicator: Row,
    place: str,
) -> Series:
    """The points of each authority in the order of their periods, authorities by name; and of Wales."""
    by_area: Series = {}
    for point in reader.indicator_series(
        indicator["indicator_id"],
        place,
    ):
        by_area.setdefault(
            point["area_code"],
            [],
        ).append(point)
    ordered = sorted_names(
        say.lang,
        by_area,
        lambda code: say.of(by_area[code][0]),
    )
    return {code: by_area[code] for code in ordered}


@dataclass(frozen=True, slots=True)
class _Similar:
    """The middle of the series of the authorities like the one chosen, of how many it is, and how many were
    chosen as like it.
    """

    points: tuple[Row, ...]
    areas: int
    chosen: int


def _of_similar(say: Speech, indicator: Row, place: str) -> _Similar:
    """Periods for which every one of them has a figure: a middle of others each year would be no series."""
    codes = {s.area_code for s in similar_authorities(say, place)}
    by_area = {
        code: points
        for code, points in _series(say, indicator, reader.WALES).items()
        if code in codes
    }
    return _Similar(
        tuple(middle_of(list(by_area.values()))),
        len(by_area),
        len(codes),
    )


def middle_of(series: Sequence[Sequence[Row]]) -> list[Row]:
    """The middle value of each period that all the series have, in the order of the first."""
    if not series:
        return []
    by_period = [{p["period"]: p["value"] for p in each} for each in series]
    return [
        {
            "period": point["period"],
            "value": median(each[point["period"]] for each in by_period),
            "lower": None,
            "upper": None,
        }
        for point in series[0]
        if all(point["period"] in each for each in by_period)
    ]


def _words_of_similar(
    say: Speech,
    key: str,
    similar: _Similar,
) -> str:
    """Of how many authorities it is; and of how many chosen, where some have no series."""
    if similar.areas < similar.chosen:
        key = f"{key}_of"
    return say(
        f"indicator.trend.{key}",
        n=similar.areas,
        of=say.number(similar.chosen),
    )


def _row_of_similar(say: Speech, similar: _Similar) -> Row:
    """The row of the table of the similar authorities: no publisher's series, so nothing is tested."""
    first, last = similar.points[0], similar.points[-1]
    return {
        "area": _words_of_similar(say, "similar_row", similar),
        "first": f"{first['value']:g} ({first['period']})",
        "last": f"{last['value']:g} ({last['period']})",
        "range": "",
        "trend": "",
        "values": None,
        "p": None,
    }


def _tested(points: list[Row], direction: str) -> Tested:
    return trend(
        [p["value"] for p in points],
        direction,
    )


def _counts(say: Speech, outcomes: list[Tested]) -> list[str]:
    """How many authorities came out each way, in the order of the ways; those of none are left out."""
    counts = Counter(outcome.trend for outcome in outcomes)
    return [
        say(
            "indicator.trend.count",
            n=counts[way],
            trend=_words(say, way),
        )
        for way in Trend
        if counts[way]
    ]


def _row(
    say: Speech,
    points: list[Row],
    outcome: Tested,
) -> Row:
    """The row of the table of one area: its first and last figure, and what the test says of the series."""
    first, last = points[0], points[-1]
    chance = outcome.probability
    return {
        "area": say.of(first),
        "first": f"{first['value']:g} ({first['period']})",
        "last": f"{last['value']:g} ({last['period']})",
        "range": _range(last),
        "trend": _words(say, outcome.trend),
        "values": outcome.values,
        "p": None if chance is None else round(chance, 3),
    }


def _range(point: Row) -> str:
    return (
        ""
        if point["lower"] is None
        else f"{point['lower']:g} – {point['upper']:g}"
    )


def _words(say: Speech, outcome: Trend) -> str:
    return say(f"indicator.trend.outcome_{outcome}")
