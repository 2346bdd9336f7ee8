"""The map of one item: need on its theme over the region, and what its project reaches."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from clearlink.report.maps import MapWords, area_map, fifths
from clearlink.report.outlines import outlines
from clearlink.report.voice import Voice
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Row

SMALL = "LSOA21"
# more outlines than this are a web in which no area can be told: the authorities are outlined instead
MOST_OUTLINED: Final = 30


@dataclass(frozen=True, slots=True)
class ItemMap:
    png: bytes
    alt: str


@dataclass(frozen=True, slots=True)
class _Need:
    definition: str
    edition: str
    classes: dict[str, int]
    la_of: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Shown:
    """What a map shows beside need. `reached`: the areas that the project reaches, of which `outlined` are
    drawn; `hidden`: they may not be told; `borders`: the authorities' outlines by code.
    """

    place: str
    theme: str | None
    reached: set[str]
    outlined: set[str]
    hidden: bool
    borders: Any
    size_mm: tuple[int, int]
    is_project: bool


@lru_cache(maxsize=64)
def _need(key: tuple[int, int, int], theme: str) -> _Need | None:
    """Fifths of need by small area on a theme: the lead indicator's latest edition, else the composite's."""
    offers = [o for o in reader.need_offer() if _can_be_drawn(o, theme)]
    if not offers:
        return None
    best = max(offers, key=_lead_then_latest)
    rows = reader.need_map(
        theme,
        best["definition"],
        best["edition"],
        SMALL,
    )
    ranks = {r["area_code"]: r["rank"] for r in rows}
    ranked = [r["rank_of"] for r in rows if r["rank_of"]]
    return _Need(
        best["definition"],
        best["edition"],
        fifths(
            ranks,
            max(ranked, default=1),
        ),
        {r["area_code"]: r["la_code"] for r in rows},
    )


def _can_be_drawn(offer: Row, theme: str) -> bool:
    """Whether small areas have figures of the theme in this definition."""
    return (
        offer["theme_id"] == theme
        and offer["area_type"] == SMALL
        and bool(offer["areas"])
        and offer["definition"] in ("lead", "composite")
    )


def _lead_then_latest(offer: Row) -> tuple[bool, str]:
    published = offer["published"]
    day = "" if published is None else published.isoformat()
    return offer["definition"] == "lead", day


def item_map(
    say: Voice,
    place: str,
    facts: dict[str, Any],
    size_mm: tuple[int, int] = (170, 96),
) -> ItemMap | None:
    """The map of an item's frozen facts; None where this build has no boundaries."""
    borders = _borders(place)
    if not borders:
        return None
    theme = _theme_of(facts)
    reached = facts.get("areas") or []
    hidden = any(a["method"] == "protected" for a in reached)
    marked, outlined = _reached(
        [] if hidden else reached,
        borders.keys(),
    )
    shown = _Shown(
        place,
        theme,
        marked,
        outlined,
        hidden,
        borders,
        size_mm,
        bool(facts.get("project")),
    )
    need = (
        _need(
            reader.build_key(),
            theme,
        )
        if theme
        else None
    )
    if need is None:
        return _without_need(say, shown)
    return _with_need(say, shown, need)


def _borders(place: str) -> dict[str, Any]:
    """The outlines of the authorities in a place, by code."""
    inside = set(reader.members().get(place, ()))
    return {
        code: rings for code, rings in outlines("LA").items() if code in inside
    }


def _theme_of(facts: dict[str, Any]) -> str | None:
    """The project's first theme, else that of the priority."""
    themes = facts.get("themes") or [None]
    priority = facts.get("priority") or {}
    theme: str | None = themes[0] or priority.get("theme_id")
    return theme


def _reached(
    areas: list[dict[str, Any]],
    drawn: Collection[str],
) -> tuple[set[str], set[str]]:
    """The areas that are marked, and those that are outlined: of many small areas their authorities."""
    small = {
        a["area_code"]: a["la_code"] for a in areas if a["area_type"] == SMALL
    }
    wide = {
        a["area_code"]
        for a in areas
        if a["area_type"] == "LA" and a["area_code"] in drawn
    }
    outlined = small.values() if len(small) > MOST_OUTLINED else small
    return small.keys() | wide, wide | set(outlined)


def _with_need(
    say: Voice,
    shown: _Shown,
    need: _Need,
) -> ItemMap:
    """The small areas in five shades of need, with what is reached."""
    areas = {
        code: rings
        for code, rings in outlines(SMALL).items()
        if need.la_of.get(code) in shown.borders
    }
    title = "pack.map_title" if shown.is_project else "pack.map_priority"
    source = say(
        "pack.source_map",
        definition=say(f"need.definition.{need.definition}"),
        edition=say.edition(need.edition),
        date=say.date(reader.build()["as_of"]),
    )
    theme = say.theme(shown.theme)
    classes = {c: k for c, k in need.classes.items() if c in areas}
    drawn = area_map(
        areas,
        classes,
        shown.borders,
        shown.outlined,
        _words(
            say,
            say(title, theme=theme),
            source,
        ),
        shown.size_mm,
    )
    alt = say(
        "pack.map_alt",
        place=say.place(shown.place),
        theme=theme,
        reached=len(shown.reached),
        high=sum(classes.get(c) == 4 for c in shown.reached),
    )
    return ItemMap(drawn, alt)


def _without_need(say: Voice, shown: _Shown) -> ItemMap:
    """The borders alone with what is reached, where no need is held for the theme."""
    is_project, outlined = shown.is_project, shown.outlined
    title = say("pack.map_title_plain" if is_project else "pack.map_matter")
    day = say.date(reader.build()["as_of"])
    words = _words(
        say,
        title,
        say("pack.source_map_plain", date=day),
    )
    small = outlines(SMALL) if outlined - set(shown.borders) else {}
    drawn = area_map(
        {},
        {},
        shown.borders | {c: small[c] for c in outlined & small.keys()},
        outlined,
        words,
        shown.size_mm,
    )
    where = say.names([say.place(c) for c in sorted(outlined)]) or "—"
    alt = say(
        "pack.map_alt_plain",
        place=say.place(shown.place),
        where=say("pack.map_protected") if shown.hidden else where,
    )
    return ItemMap(drawn, alt)


def _words(
    say: Voice,
    title: str,
    source: str,
) -> MapWords:
    """Title and source with the words that are the same on every map of an item."""
    return MapWords(
        title,
        tuple(say(f"pack.class_{k}") for k in range(1, 6)),
        say("pack.no_figure"),
        say("pack.reached"),
        source,
    )
