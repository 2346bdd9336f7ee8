"""How a published series changes in the authorities of a place, with the publisher's range, by a stated
test.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from clearlink.figures.trend_lines import trend_lines
from clearlink.rules.need.trend import LATEST, LEAST, ORDER_ONLY, Trend, trend
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Row
from clearlink.words.numbers import sorted_names
from pages.frame.frame import plain
from pages.frame.pictures import show_picture
from pages.frame.speech import Speech


def indicator_trend(say: Speech, indicator: Row, place: str) -> None:
    """Small multiples and the outcome of the test by authority; or why there is no trend to show."""
    st.subheader(say("indicator.trend.title"))
    if indicator["kind"] in ORDER_ONLY:
        st.info(say("indicator.trend.order_only"))
        return
    by_area: dict[str, list[dict[str, Any]]] = {}
    for point in reader.indicator_series(indicator["indicator_id"], place):
        by_area.setdefault(point["area_code"], []).append(point)
    wales = by_area.pop(reader.WALES, [])
    if max((len(points) for points in by_area.values()), default=0) < LEAST:
        st.info(say("indicator.trend.too_few", least=LEAST))
        return
    ordered = sorted_names(
        say.lang,
        by_area,
        lambda code: say.of(by_area[code][0]),
    )
    rows, counts = [], dict.fromkeys(Trend, 0)
    for code in [*ordered, *([reader.WALES] if wales else [])]:
        points = by_area.get(code, wales)
        tested = trend([p["value"] for p in points], indicator["direction"])
        if code != reader.WALES:
            counts[tested.trend] += 1
        rows.append(
            {
                "area": say.of(points[0]),
                "first": f"{points[0]['value']:g} ({points[0]['period']})",
                "last": f"{points[-1]['value']:g} ({points[-1]['period']})",
                "range": _range(points[-1]),
                "trend": _words(say, tested.trend),
                "values": tested.values,
                "p": None
                if tested.probability is None
                else round(tested.probability, 3),
            }
        )
    told = [
        say(
            "indicator.trend.count",
            n=n,
            trend=_words(say, t),
        )
        for t, n in counts.items()
        if n
    ]
    st.markdown(f"**{plain(say.names(told))}**")
    st.caption(plain(say("indicator.trend.method", latest=LATEST)))
    labels = {
        c: say(f"indicator.trend.col.{c}")
        for c in (
            "area",
            "first",
            "last",
            "range",
            "trend",
            "values",
            "p",
        )
    }
    alt = say(
        "indicator.trend.alt",
        name=say.of(indicator),
        told=say.names(told),
    )
    series = {say.of(by_area[code][0]): tuple(by_area[code]) for code in ordered}
    show_picture(
        say,
        trend_lines(
            series,
            tuple(wales),
            alt,
            rows,
            labels,
        ),
        key="indicator_trend",
        name=f"trend-{indicator['indicator_id']}",
        open_table=True,
    )


def _range(point: Row) -> str:
    return "" if point["lower"] is None else f"{point['lower']:g} – {point['upper']:g}"


def _words(say: Speech, outcome: Trend) -> str:
    return say(f"indicator.trend.outcome_{outcome}")
