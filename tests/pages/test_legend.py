"""Fifths of a map's areas, their words, and a legend that names nothing the map does not paint."""

from __future__ import annotations

from collections import Counter

import pytest

from clearlink.words.numbers import sorted_names
from pages.area_map import MapClass
from pages.area_map.legend import FIFTHS, drawn_only, fifth_classes, fifths_of
from pages.frame.speech import Speech

PALETTE = ("#000001", "#000002", "#000003", "#000004", "#000005")


@pytest.mark.parametrize("areas", [5, 22, 1917])
def test_each_fifth_holds_as_near_as_may_be_the_same_number(areas: int) -> None:
    figures = [0.5 + at for at in range(areas)]
    fifths = fifths_of(reversed(figures))
    held = Counter(fifths.of(figure) for figure in figures)
    assert held.keys() == set(range(FIFTHS))
    assert max(held.values()) - min(held.values()) <= 1
    assert (fifths.bounds[0], fifths.bounds[-1], fifths.bounds[1:-1]) == (
        figures[0],
        figures[-1],
        fifths.edges,
    )


def test_a_figure_on_an_edge_is_in_the_fifth_above_it() -> None:
    fifths = fifths_of([1, 2, 3, 4, 5])
    assert fifths.edges == (2, 3, 4, 5)
    assert [fifths.of(figure) for figure in (0.5, 1, 1.99, 2, 5, 9)] == [
        0,
        0,
        0,
        1,
        4,
        4,
    ]


def test_where_nothing_was_measured_there_are_five_classes_with_nothing_in_them() -> (
    None
):
    fifths = fifths_of([])
    assert (fifths.edges, fifths.bounds) == ((), (0.0,) * 6)
    classes = fifth_classes(
        Speech("en"), PALETTE, fifths, lambda figure: f"£{figure:.2f}"
    )
    assert [each.colour for each in classes] == list(PALETTE)
    assert all("£0.00" in each.label for each in classes)


def test_the_legend_names_only_what_is_on_the_map_and_its_standing_classes() -> (
    None
):
    classes = [MapClass(f"#{at:06x}", str(at)) for at in range(8)]
    class_of, kept = drawn_only({"a": 1, "b": 7, "c": 5}, classes, 5)
    assert [each.label for each in kept] == ["0", "1", "2", "3", "4", "5", "7"]
    assert {code: kept[number].label for code, number in class_of.items()} == {
        "a": "1",
        "b": "7",
        "c": "5",
    }


def test_things_stand_in_the_alphabetical_order_of_the_language_of_their_names() -> (
    None
):
    rows = [
        {"name": name}
        for name in ("Ddinas", "Dyfed", "Dinbych", "Llandudno", "Luton")
    ]
    assert [
        r["name"] for r in sorted_names("cy", rows, lambda r: r["name"])
    ] == [
        "Dinbych",
        "Dyfed",
        "Ddinas",
        "Luton",
        "Llandudno",
    ]
    assert [
        r["name"] for r in sorted_names("en", rows, lambda r: r["name"])
    ] == [
        "Ddinas",
        "Dinbych",
        "Dyfed",
        "Llandudno",
        "Luton",
    ]
