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


@lru_cache(maxsize=64)
def _need(key: tuple[int, int, int], theme: str) -> _Need | None:
    """Fifths of need by small area on a theme: the lead indicator's latest edition, else the composite's."""
    offers = [
        o
        for o in reader.need_offer()
        if o["theme_id"] == theme
        and o["area_type"] == SMALL
        and o["areas"]
        and o["definition"] in ("lead", "composite")
    ]
    if not offers:
        return None
    best = max(
        offers,
        key=lambda o: (
            o["definition"] == "lead",
            o["published"] is not None and o["published"].isoformat(),
        ),
    )
    rows = reader.need_map(
        theme,
        best["definition"],
        best["edition"],
        SMALL,
    )
    ranks = {r["area_code"]: r["rank"] for r in rows}
    of = max(
        (r["rank_of"] or 0 for r in rows),
        default=0,
    )
    return _Need(
        best["definition"],
        best["edition"],
        fifths(ranks, of or 1),
        {r["area_code"]: r["la_code"] for r in rows},
    )


def item_map(
    say: Voice,
    place: str,
    facts: dict[str, Any],
    size_mm: tuple[int, int] = (170, 96),
) -> ItemMap | None:
    """The map of an item's frozen facts; None where this build has no boundaries."""
    inside = set(reader.members().get(place, ()))
    borders = {
        code: rings for code, rings in outlines("LA").items() if code in inside
    }
    if not borders:
        return None
    theme = (facts.get("themes") or [None])[0] or (
        facts.get("priority") or {}
    ).get("theme_id")
    reached = facts.get("areas") or []
    hidden = any(a["method"] == "protected" for a in reached)
    marked, outlined = _reached(
        [] if hidden else reached,
        borders.keys(),
    )
    return _drawn(
        say,
        place,
        theme,
        _need(reader.build_key(), theme) if theme else None,
        marked,
        outlined,
        hidden,
        borders,
        size_mm,
        bool(facts.get("project")),
    )


def _reached(
    areas: list[dict[str, Any]], drawn: Collection[str]
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


def _drawn(
    say: Voice,
    place: str,
    theme: str | None,
    need: _Need | None,
    reached: set[str],
    outlined: set[str],
    hidden: bool,
    borders: Any,
    size_mm: tuple[int, int],
    is_project: bool,
) -> ItemMap:
    if need is None:
        return _without_need(
            say,
            place,
            outlined,
            hidden,
            borders,
            size_mm,
            is_project,
        )
    areas = {
        code: rings
        for code, rings in outlines(SMALL).items()
        if need.la_of.get(code) in borders
    }
    title = "pack.map_title" if is_project else "pack.map_priority"
    source = say(
        "pack.source_map",
        definition=say(f"need.definition.{need.definition}"),
        edition=say.edition(need.edition),
        date=say.date(reader.build()["as_of"]),
    )
    words = _words(
        say,
        say(
            title,
            theme=say.theme(theme),
        ),
        source,
    )
    shown = {c: k for c, k in need.classes.items() if c in areas}
    drawn = area_map(
        areas,
        shown,
        borders,
        outlined,
        words,
        size_mm,
    )
    alt = say(
        "pack.map_alt",
        place=say.place(place),
        theme=say.theme(theme),
        reached=len(reached),
        high=sum(shown.get(c) == 4 for c in reached),
    )
    return ItemMap(drawn, alt)


def _without_need(
    say: Voice,
    place: str,
    outlined: set[str],
    hidden: bool,
    borders: Any,
    size_mm: tuple[int, int],
    is_project: bool,
) -> ItemMap:
    """The borders alone with what is reached, where no need is held for the theme."""
    title = say("pack.map_title_plain" if is_project else "pack.map_matter")
    day = say.date(reader.build()["as_of"])
    words = _words(
        say,
        title,
        say("pack.source_map_plain", date=day),
    )
    small = outlines(SMALL) if outlined - set(borders) else {}
    drawn = area_map(
        {},
        {},
        borders | {c: small[c] for c in outlined & small.keys()},
        outlined,
        words,
        size_mm,
    )
    where = say.names([say.place(c) for c in sorted(outlined)]) or "—"
    alt = say(
        "pack.map_alt_plain",
        place=say.place(place),
        where=say("pack.map_protected") if hidden else where,
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
