"""Provision by area as the map shows it: the year's money for each person in need, in fifths of the areas
that have any.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from statistics import median
from typing import Final

from clearlink.rules.gap.gap import GapClass
from clearlink.rules.plain_text import sentence_start
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Row, Rows
from clearlink.words import numbers
from pages.area_map import HoverLine, MapClass, Pattern
from pages.area_map.class_map import ClassMap, class_map
from pages.area_map.legend import (
    FIFTHS,
    Fifths,
    drawn_only,
    fifth_classes,
    fifths_of,
)
from pages.frame.speech import Speech
from pages.gaps.gap_layer import NOT_KNOWN_GROUND, GapView, gap_layer
from pages.gaps.gap_picture import gap_source

# ColorBrewer BuGn: another hue than need's, so that nobody takes one map for the other.
PALETTE: Final = ("#edf8fb", "#b2e2e2", "#66c2a4", "#2ca25f", "#006d2c")
NOTHING, NOT_SHOWN, NOT_KNOWN, OUTSIDE = 5, 6, 7, 8


@dataclass(frozen=True, slots=True)
class ProvisionLayer:
    """What the map is handed."""

    class_of: dict[str, int]
    classes: tuple[MapClass, ...]
    hover: tuple[HoverLine, ...]


def provision_layer(say: Speech, view: GapView) -> ProvisionLayer:
    """The layer of a money view, kept per build and language."""
    return _layer(
        reader.build_key(),
        say.lang,
        view.theme,
        view.place,
        view.region,
    )


@lru_cache(maxsize=64)
def _layer(
    key: tuple[int, int, int],
    lang: str,
    theme: str,
    place: str,
    region: str,
) -> ProvisionLayer:
    say = Speech("cy" if lang == "cy" else "en")
    view = GapView(
        theme,
        "money",
        place,
        region,
        reader.gap_areas(theme, region, "money", place),
    )
    fifths = fifths_of(_with_money(view.rows))
    class_of = {a["area_code"]: OUTSIDE for a in reader.areas(view.level)}
    for row in view.rows:
        class_of[row["area_code"]] = _class_of(row, fifths)
    # in the order of NOTHING, NOT_SHOWN, NOT_KNOWN, OUTSIDE
    rest = (
        MapClass("#fffbe6", say("map.provision.nothing")),
        MapClass("#b4babf", say("gaps.cross.not_shown")),
        MapClass(
            NOT_KNOWN_GROUND,
            say("gaps.cross.not_known"),
            Pattern.HATCH,
        ),
        MapClass("#ffffff", say("gaps.cross.outside"), Pattern.OUTLINED),
    )
    classes = fifth_classes(
        say,
        PALETTE,
        fifths,
        lambda money: f"£{money:,.2f}",
    )
    return ProvisionLayer(
        *drawn_only(
            class_of,
            (*classes, *rest),
            FIFTHS,
        ),
        gap_layer(say, view, hatch=False).hover,
    )


def _class_of(row: Row, fifths: Fifths) -> int:
    if row["class"] == GapClass.NOT_KNOWN:
        return NOT_KNOWN
    money = None if row["class"].startswith("NOT_SHOWN") else row["per_person"]
    if money is None:
        return NOT_SHOWN
    return NOTHING if money <= 0 else fifths.of(money)


def _with_money(rows: Rows) -> list[float]:
    return [
        r["per_person"]
        for r in rows
        if not r["class"].startswith("NOT_SHOWN")
        and r["per_person"] is not None
        and r["per_person"] > 0
    ]


def provision_finding(say: Speech, view: GapView) -> str:
    """How many areas have no money placed on the theme, and what the middle one of the others has."""
    place = say.in_place(view.place)
    start = sentence_start(place)
    theme = say.theme(view.theme)
    held = _with_money(view.rows)
    if not held:
        return say(
            "gaps.finding_nothing_placed",
            place=start,
            theme=theme,
            year=say.year(),
        )
    shown = [
        r
        for r in view.rows
        if not r["class"].startswith("NOT_SHOWN")
        and r["per_person"] is not None
    ]
    return say(
        "map.provision.finding",
        place=start,
        theme=theme,
        n=numbers.whole(len(shown) - len(held)),
        total=numbers.whole(len(shown)),
        middle=f"£{median(held):,.2f}",
        year=say.year(),
    )


def provision_picture(say: Speech, view: GapView) -> None:
    """The map of the year's money for each person in need; a click selects the area."""
    layer = provision_layer(say, view)
    title = f"{say.theme(view.theme)} – {say('map.provision.legend')}"
    class_map(
        say,
        ClassMap(
            level=view.level,
            classes=layer.classes,
            class_of=layer.class_of,
            hover=layer.hover,
            title=title,
            legend=say("map.provision.legend", year=say.year()),
            note=say("map.provision.note"),
            source=gap_source(say, view),
        ),
        view.place,
        key="provision_map",
        name=f"clear-link-provision-{view.theme}",
        height_px=690,
    )
