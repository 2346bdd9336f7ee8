"""What travels to the map: every area exactly once, in one agreed order, and small."""

from __future__ import annotations

import base64
import json
from zlib import crc32

import pytest
from streamlit.testing.v1 import AppTest

from pages.area_map import HoverLine, MapClass, MarkKind, MarkShape, ProjectMark
from pages.area_map.payload import (
    NO_WORD,
    class_bytes,
    fingerprint,
    hover_payload,
    mark_rows,
    word_column,
)

CLASSES = [
    MapClass("#f1eef6", "Lowest"),
    MapClass("#045a8d", "Highest"),
    MapClass("#ffffff", "Withheld"),
]


def test_classes_stand_in_the_order_of_the_sorted_codes() -> None:
    packed = class_bytes(
        ["W03", "W01", "W02"], {"W01": 0, "W02": 1, "W03": 2}, CLASSES
    )
    assert list(base64.b64decode(packed)) == [0, 1, 2]


def test_an_area_without_a_class_is_refused_by_name() -> None:
    with pytest.raises(
        ValueError, match="1 of 2 areas have no class, the first is 'W02'"
    ):
        class_bytes(["W01", "W02"], {"W01": 0}, CLASSES)


@pytest.mark.parametrize("wrong", [-1, 3])
def test_a_class_outside_the_legend_is_refused(wrong: int) -> None:
    with pytest.raises(ValueError, match="expected 0 to 2"):
        class_bytes(["W01"], {"W01": wrong}, CLASSES)


def test_the_fingerprint_does_not_depend_on_the_order_given() -> None:
    assert (
        fingerprint(["W02", "W01"])
        == fingerprint(["W01", "W02"])
        == crc32(b"W01,W02")
    )


def test_a_word_travels_once_and_a_missing_one_is_marked() -> None:
    column = word_column(["W01", "W02", "W03"], {"W01": "4th", "W03": "4th"})
    assert column["words"] == ["4th"]
    assert list(base64.b64decode(column["index"])) == [0, NO_WORD[1], 0]


def test_more_than_255_different_words_take_two_bytes_an_area() -> None:
    codes = [f"W0{1000000 + n}" for n in range(257)]
    column = word_column(
        codes, {code: f"word {n}" for n, code in enumerate(codes[:-1])}
    )
    index = base64.b64decode(column["index"])
    assert column["width"] == 2
    assert [index[i] | index[i + 1] << 8 for i in (0, 510, 512)] == [
        0,
        255,
        NO_WORD[2],
    ]


def test_a_mark_travels_as_numbers_and_keeps_its_own_point() -> None:
    kinds = [
        MarkKind("CLEAR", "Clear", MarkShape.DISC, "#000000"),
        MarkKind("PARTIAL", "Partial", MarkShape.HALF, "#000000"),
    ]
    marks = [
        ProjectMark("W02", "PARTIAL", 3),
        ProjectMark("W99", "CLEAR", 1, -3.0, 52.0),
        ProjectMark("W99", "CLEAR", 2),
    ]
    assert mark_rows(["W02", "W01"], kinds, marks) == [
        [1, 1, 3],
        [None, 0, 1, -3.0, 52.0],
        [None, 0, 2],
    ]


def test_hover_of_wales_stays_under_thirty_thousand_bytes() -> None:
    codes = [f"W0{1000000 + n}" for n in range(1917)]
    values = {code: f"{n % 600 / 10} %" for n, code in enumerate(codes)}
    ranks = {code: f"{n % 220}th" for n, code in enumerate(codes)}
    inside = {
        code: f"{n % 22 + 50} in authority {n % 22}"
        for n, code in enumerate(codes)
    }
    payload = hover_payload(
        codes,
        [HoverLine("{0}", [values]), HoverLine("{0} of {1}", [ranks, inside])],
    )
    assert len(json.dumps(payload)) < 30_000


def a_page_with_a_map() -> None:
    import streamlit as st

    from pages.area_map import MapClass, MapGeometry, MapWords, need_map

    words = MapWords(*["words"] * 19)
    picked = need_map(
        geometry=MapGeometry(
            "/geometry/lsoa21-0123456789abcdef.geojson", ("W01", "W02")
        ),
        class_of={"W01": 0, "W02": 0},
        classes=[MapClass("#f1eef6", "Lowest")],
        words=words,
        language="cy",
        key="map",
    )
    st.write(f"picked {picked}")


def test_a_page_with_a_map_runs_without_a_browser() -> None:
    page = AppTest.from_function(a_page_with_a_map).run()
    assert not page.exception
    assert page.markdown[0].value == "picked None"
