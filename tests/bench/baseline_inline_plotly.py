"""The usual way to draw the same map, for comparison only: every area's shape sent again with every choice.

Plain Streamlit, `st.plotly_chart`, Plotly's own MapLibre trace with a blank background (no outside host), the
same boundary file and as many classes of values. Not part of the app.
"""

from __future__ import annotations

import gzip
import json
import math
import os
from pathlib import Path

import plotly.graph_objects as go
import streamlit as st


@st.cache_data
def boundaries() -> dict[str, object]:
    folder = Path(os.environ["CLEARLINK_DATA"]) / "built" / "geometry"
    layer = sorted(
        [*folder.glob("lsoa21-*.geojson*"), *folder.glob("lsoa*.geojson*")]
    )[0]
    content = layer.read_bytes()
    return json.loads(
        gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content
    )


def made_up(codes: list[str], indicator: int) -> list[float]:
    return [
        round(50 + 50 * math.sin(int(code[1:]) * 0.017 + indicator), 1)
        for code in codes
    ]


st.set_page_config(layout="wide")
indicator = st.selectbox("Indicator", ("Income", "Housing", "Health"))
shapes = boundaries()
codes = [feature["properties"]["code"] for feature in shapes["features"]]
figure = go.Figure(
    go.Choroplethmap(
        geojson=shapes,
        featureidkey="properties.code",
        locations=codes,
        z=made_up(codes, ("Income", "Housing", "Health").index(indicator)),
        colorscale="PuBu",
        marker={"line": {"width": 0.3, "color": "white"}},
    )
)
figure.update_layout(
    map={
        "style": "white-bg",
        "center": {"lat": 52.4, "lon": -4.0},
        "zoom": 6.6,
    },
    height=620,
    margin={"l": 0, "r": 0, "t": 0, "b": 0},
)
st.plotly_chart(figure, theme=None, on_select="rerun", key="map")
