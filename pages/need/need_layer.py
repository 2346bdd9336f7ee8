"""Need of every area as the map and its table show it: class, words for the hover box, legend."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from threading import RLock
from typing import Any, Final

from clearlink.rules.codes import NEED_DEFINITIONS, WALES
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Row, Rows
from clearlink.words import numbers
from clearlink.words.rates import decimals_of, share_words
from pages.area_map import (
    HoverLine,
    MapClass,
    MapGeometry,
    OutlineName,
    Pattern,
)
from pages.area_map.legend import (
    FIFTHS,
    Fifths,
    drawn_only,
    fifth_classes,
    fifths_of,
)
from pages.frame.choices import LEVELS
from pages.frame.speech import Speech

PALETTE: Final = ("#f1eef6", "#bdc9e1", "#74a9cf", "#2b8cbe", "#045a8d")
LAYER_OF: Final = {
    "LSOA21": "lsoa21",
    "MSOA21": "msoa21",
    "LA": "la",
    "CSP": "csp",
    "RCC": "rcc",
    "LHB": "lhb",
    "RPB": "rpb",
}
WITHHELD, NOT_COLLECTED, ZERO = 5, 6, 7
SMALL: Final = "LSOA21"
BELOW_AUTHORITY: Final = ("LSOA21", "MSOA21")
# After a new build many people ask for the same layer at once: one makes it, the others wait for it.
_making: Final = RLock()


@dataclass(frozen=True, slots=True)
class NeedShown:
    """What is really drawn: the choice where it is published, else the nearest that is."""

    definition: str
    level: str
    edition: str
    is_illustrative: bool
    indicator_id: str | None
    as_chosen: bool


def need_shown(
    theme: str,
    definition: str,
    level: str,
) -> NeedShown | None:
    """The latest edition of the chosen need, or the nearest that this build holds: the same level first,
    then the other.
    """
    offers = [
        o for o in reader.need_offer() if o["theme_id"] == theme and o["areas"]
    ]
    if not offers:
        return None
    newest: dict[tuple[str, str], Row] = {}
    for offer in sorted(
        offers,
        key=lambda o: (o["published"] is not None, o["published"]),
        reverse=True,
    ):
        newest.setdefault(
            (offer["definition"], offer["area_type"]),
            offer,
        )
    best = min(
        newest.values(),
        key=lambda o: (
            not (o["definition"] == definition and o["area_type"] == level),
            o["definition"] != definition,
            o["area_type"] != level,
            NEED_DEFINITIONS.index(o["definition"]),
            LEVELS.index(o["area_type"]),
        ),
    )
    if (
        definition == "wimd" != best["definition"]
        and ("composite", level) in newest
        and level == SMALL
    ):
        best = newest[("composite", level)]
    return NeedShown(
        best["definition"],
        best["area_type"],
        best["edition"],
        best["is_illustrative"],
        best["indicator_id"],
        best["definition"] == definition and best["area_type"] == level,
    )


@dataclass(frozen=True, slots=True, eq=False)
class NeedLayer:
    """One drawn measure: rows in the order of the layer, the class of each area, and the legend.

    Compared by identity (there is one per build, measure and language), so that what follows from it can be
    kept too.
    """

    rows: Rows
    class_of: dict[str, int]
    classes: tuple[MapClass, ...]


@lru_cache(maxsize=128)
def _layer(
    key: tuple[int, int, int],
    theme: str,
    shown: NeedShown,
    lang: str,
) -> NeedLayer:
    say = Speech("cy" if lang == "cy" else "en")
    rows = reader.need_map(
        theme,
        shown.definition,
        shown.edition,
        shown.level,
    )
    if shown.definition == "wimd" and shown.level == SMALL:
        class_of = {
            r["area_code"]: _published_class(r["published_group"]) for r in rows
        }
        classes = [
            MapClass(
                PALETTE[g - 1],
                say(f"map.group.{g}"),
            )
            for g in range(1, 6)
        ]
    else:
        class_of, classes = _by_fifths(say, shown, rows)
    class_of |= {
        r["area_code"]: WITHHELD for r in rows if r["marker"] is not None
    }
    classes += [
        MapClass("#ffffff", say(_marked_class(rows)), Pattern.HATCH),
        MapClass("#ffffff", say("map.class_none"), Pattern.OUTLINED),
        MapClass("#fffbe6", say("map.class_zero")),
    ]
    # the five classes of need always stand
    return NeedLayer(
        rows,
        *drawn_only(class_of, classes, FIFTHS),
    )


def _published_class(group: Any) -> int:
    """The class of one of the publisher's five groups, of which the first is the most deprived."""
    return 5 - int(group) if group else NOT_COLLECTED


def _by_fifths(
    say: Speech,
    shown: NeedShown,
    rows: Rows,
) -> tuple[dict[str, int], list[MapClass]]:
    """The fifth of each area by its figure, and the five classes."""
    values = {r["area_code"]: _measure(r, shown) for r in rows}
    fifths = fifths_of(v for v in values.values() if v is not None and v > 0)
    class_of = {
        code: _class_in(fifths, value) for code, value in values.items()
    }
    if not _is_spoken(shown):
        return class_of, [
            MapClass(
                PALETTE[g],
                say(f"map.fifth.{g + 1}"),
            )
            for g in range(FIFTHS)
        ]
    # the legend names the unit of a rate once, over its classes
    words = measure_words(say, shown, rows, with_unit=False)
    return class_of, list(fifth_classes(say, PALETTE, fifths, words))


def _class_in(fifths: Fifths, value: float | None) -> int:
    """The class of one value: a fifth, or that it is nought or was not collected."""
    if value is None:
        return NOT_COLLECTED
    return ZERO if value == 0 else fifths.of(value)


def _marked_class(rows: Rows) -> str:
    """What the hatched class is called: withheld, called unreliable by its publisher, or some of each."""
    marks = {r["marker"] for r in rows} - {None}
    if "unreliable" not in marks:
        return "map.class_withheld"
    return (
        "map.class_unreliable"
        if marks == {"unreliable"}
        else "map.class_marked"
    )


def need_layer(
    say: Speech,
    theme: str,
    shown: NeedShown,
) -> NeedLayer:
    """The layer of a theme on a measure, kept per build and language."""
    # whichever choice led to it: one layer, made once
    with _making:
        return _layer(
            reader.build_key(),
            theme,
            replace(shown, as_chosen=True),
            say.lang,
        )


def geometry_of(level: str) -> MapGeometry:
    """The outlines of a level and the codes in them."""
    return _geometry(reader.build_key(), level)


@lru_cache(maxsize=16)
def _geometry(key: tuple[int, int, int], level: str) -> MapGeometry:
    return MapGeometry(
        layer_url(LAYER_OF[level]),
        tuple(a["area_code"] for a in reader.areas(level)),
    )


def layer_url(layer: str) -> str:
    """Where the browser gets a layer; the name changes when a byte of it does."""
    return "/geometry/" + str(reader.layers()[layer]["file"]).removesuffix(
        ".gz"
    )


def hover_lines(
    say: Speech,
    theme: str,
    shown: NeedShown,
) -> tuple[HoverLine, ...]:
    """Authority; value in words; rank in words within the authority (the map itself says name and class).
    Kept per build and language.
    """
    with _making:
        return _hover(
            reader.build_key(),
            theme,
            replace(shown, as_chosen=True),
            say.lang,
        )


@lru_cache(maxsize=128)
def _hover(
    key: tuple[int, int, int],
    theme: str,
    shown: NeedShown,
    lang: str,
) -> tuple[HoverLine, ...]:
    say = Speech("cy" if lang == "cy" else "en")
    layer = _layer(key, theme, shown, lang)
    words = measure_words(say, shown, layer.rows)
    value = {}
    if _is_spoken(shown):
        measured = (r for r in layer.rows if _measure(r, shown) is not None)
        value = {r["area_code"]: _told(r, shown, words) for r in measured}
    in_words = "{0}" if shown.definition == "rate" else say("map.hover.value")
    lines = [
        HoverLine(in_words, (value,)),
        HoverLine(
            say("map.hover.rank"),
            _ranks(say, shown, layer.rows),
        ),
    ]
    if shown.level in BELOW_AUTHORITY:
        places = {code: say.place(code) for code in reader.place_rows()}
        authority = {
            r["area_code"]: places.get(
                r["la_code"],
                "",
            )
            for r in layer.rows
        }
        return (HoverLine("{0}", (authority,)), *lines)
    return tuple(lines)


def _ranks(
    say: Speech,
    shown: NeedShown,
    rows: Rows,
) -> tuple[dict[str, str], dict[str, str]]:
    """The rank of each area with a figure, and what it is the rank among: its authority, or Wales."""
    by_la: dict[str, list[Row]] = {}
    for r in rows:
        if r["score"] is not None:
            by_la.setdefault(
                r["la_code"] if shown.level in BELOW_AUTHORITY else WALES,
                [],
            ).append(r)
    rank: dict[str, str] = {}
    of: dict[str, str] = {}
    for la, scored in by_la.items():
        scores = sorted(
            (r["score"] for r in scored),
            reverse=True,
        )
        position = {s: at + 1 for at, s in reversed(list(enumerate(scores)))}
        among = say(
            "map.hover.rank_of",
            n=len(scored),
            place=say.in_place(la),
        )
        rank |= {
            r["area_code"]: numbers.ordinal(
                say.lang,
                position[r["score"]],
            )
            for r in scored
        }
        of |= {r["area_code"]: among for r in scored}
    return rank, of


def outline_names(say: Speech) -> list[OutlineName]:
    """Names of the authorities that have a point to write them at; where two would collide, the more
    populous is written.
    """
    return [
        OutlineName(
            say.of(a),
            a["lon"],
            a["lat"],
            -(a["population"] or 0),
        )
        for a in reader.areas("LA")
        if a["lon"] is not None
    ]


def unit_of(say: Speech, shown: NeedShown) -> str:
    """The unit of a rate as its publisher gives it: "per 100 people"."""
    held = next(
        (
            i
            for i in reader.indicators()
            if i["indicator_id"] == shown.indicator_id
        ),
        None,
    )
    return say.of(held, "unit") if held else ""


def measure_words(
    say: Speech,
    shown: NeedShown,
    rows: Rows,
    *,
    with_unit: bool = True,
) -> Callable[[float], str]:
    """How a measure is said: a share in per cent, or a rate with the unit of its publisher ("23.4 per 100
    people").
    """
    decimals = decimals_of(
        next(
            (r for r in rows if r["rate_decimals"] is not None),
            {},
        )
    )
    if shown.definition != "rate":
        return lambda value: numbers.pct(value, decimals)
    unit = unit_of(say, shown) if with_unit else ""
    return lambda value: rate_words(value, unit, decimals).rstrip()


def rate_words(
    value: float,
    unit: str,
    decimals: int,
) -> str:
    """A rate with its unit, as precise as it was printed: "5.1% of pupils", "15% of people", "79.9 per
    1,000 people".
    """
    return f"{value:,.{decimals}f}{'' if unit.startswith('%') else ' '}{unit}"


def _measure(row: Row, shown: NeedShown) -> float | None:
    if row["marker"] is not None:
        return None
    measure: float | None = (
        row["rate"] if shown.definition == "lead" else row["score"]
    )
    return measure


def _told(
    row: Row,
    shown: NeedShown,
    words: Callable[[float], str],
) -> str:
    """A rate with the range its publisher gives it, where it gives one; a share of people, or a rate with
    its unit, as it is.
    """
    if shown.definition != "lead":
        return words(row["score"])
    if row["range_basis"] != "published":
        return share_words(row)
    lower = numbers.pct(row["lower"], 1)
    upper = numbers.pct(row["upper"], 1)
    return f"{share_words(row)} ({lower} – {upper})"


def _is_spoken(shown: NeedShown) -> bool:
    # a rate is a figure that people know; a score of small areas only sorts them
    return shown.definition in ("lead", "rate") or shown.level != SMALL
