"""A map of one region's areas by a class in words, with its table close by; used by the committee's and
the analyst's tabs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pages.area_map import HoverLine, MapClass, MapWords, need_map
from pages.area_map.map_words import drawn_from, picture_notes, standing_words
from pages.area_map.payload import packed_once
from pages.frame.choices import choose, current_choices
from pages.frame.speech import Speech
from pages.need.need_layer import geometry_of, layer_url, outline_names
from pages.need.need_picture import focus_of


@dataclass(frozen=True, slots=True)
class ClassMap:
    """What a map of classes shows: the class of each area (the last class is for areas outside), its
    words, and what the legend says.
    """

    level: str
    classes: Sequence[MapClass]
    class_of: Mapping[str, int]
    hover: Sequence[HoverLine]
    title: str
    legend: str
    note: str
    source: str


def class_map(
    say: Speech,
    shown: ClassMap,
    region: str,
    *,
    key: str,
    name: str,
    height_px: int = 520,
) -> None:
    """The map; a click selects the area."""
    geometry = geometry_of(shown.level)
    need_map(
        geometry=geometry,
        class_of=_class_of_all(
            geometry.codes,
            shown.class_of,
            shown.classes,
        ),
        classes=shown.classes,
        hover=shown.hover,
        words=MapWords(
            title=shown.title,
            legend_title=shown.legend,
            source=drawn_from(say, shown.source),
            label=shown.title,
            description=shown.title,
            marks_title="",
            legend_note=shown.note,
            picture_notes=picture_notes(say),
            **standing_words(say),
        ),
        language=say.lang,
        key=f"{key}_{shown.level}",
        outlines_url=layer_url("la"),
        outline_names=outline_names(say),
        selected=current_choices().area or None,
        focus=focus_of(region),
        picture_name=name,
        height_px=height_px,
        on_pick=lambda code: choose(area=code),
    )


@packed_once
def _class_of_all(
    codes: Sequence[str],
    class_of: Mapping[str, int],
    classes: Sequence[MapClass],
) -> dict[str, int]:
    return dict.fromkeys(
        codes,
        len(classes) - 1,
    ) | dict(class_of)
