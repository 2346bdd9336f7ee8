"""The sentences that every map says in the same words."""

from __future__ import annotations

from typing import Final

from clearlink.warehouse import reader
from pages.area_map import MapWords
from pages.frame.speech import Speech
from pages.need.need_layer import NeedShown, unit_of
from pages.need.need_sentences import need_source

_STANDING: Final = (
    "no_webgl",
    "not_loaded",
    "not_matching",
    "zoom_in",
    "zoom_out",
    "whole",
    "save_picture",
    "scroll_hint",
    "scroll_hint_mac",
    "touch_hint",
)
_SEARCH: Final = ("search", "search_hint", "search_none")


def standing_words(say: Speech, *, search: bool = True) -> dict[str, str]:
    """Keyword arguments for `MapWords`; without `search` the map has no box to find an area by name."""
    return {name: say(f"map.{name}") for name in _STANDING} | {
        name: say(f"map.{name}") if search else "" for name in _SEARCH
    }


def picture_notes(say: Speech) -> tuple[str, ...]:
    """What a saved picture says of its build: day and name, and that it is a sample where it is one."""
    build = reader.build()
    line = say(
        "common.build_line",
        date=say.date(build["as_of"]),
        build=build["build_id"],
    )
    return (
        (line, say("common.sample_banner"))
        if build["is_illustrative"]
        else (line,)
    )


def drawn_from(say: Speech, source: str) -> str:
    """The source line of a map; the sample's outlines are partly approximate and say so."""
    return (
        f"{source} {say('map.approximate')}"
        if reader.build()["kind"] == "sample"
        else source
    )


def map_words(
    say: Speech,
    theme: str,
    shown: NeedShown,
    *,
    search: bool = True,
) -> MapWords:
    """Every sentence on a map of need, in the language of the page."""
    name = say.theme(theme)
    legend = say(
        f"map.legend.{shown.definition}",
        edition=shown.edition,
        unit=unit_of(say, shown),
    )
    return MapWords(
        title=f"{name} – {legend}",
        legend_title=legend,
        source=drawn_from(
            say,
            need_source(say, shown),
        ),
        label=say("map.label", theme=name),
        description=say("map.label", theme=name),
        marks_title=say("map.marks"),
        legend_note=say("map.legend_note"),
        picture_notes=picture_notes(say),
        **standing_words(say, search=search),
    )
