"""Need against provision as the map shows it: nine squares, then what cannot be shown."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from clearlink.rules.gap.gap import GapClass
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Row, Rows
from clearlink.words import numbers
from clearlink.words.rates import share_words
from pages.area_map import CrossLegend, HoverLine, MapClass, Pattern
from pages.area_map.legend import drawn_only
from pages.frame.speech import Speech

# Stevens' blue-purple, told apart under the three colour-vision deficiencies: need grows upwards to purple,
# provision to the right to blue-green; row by row from the bottom left.
SQUARES: Final = (
    "#e8e8e8",
    "#ace4e4",
    "#5ac8c8",
    "#dfb0d6",
    "#a5add3",
    "#5698b9",
    "#be64ac",
    "#8c62aa",
    "#3b4994",
)
UNCERTAIN, NOT_SHOWN, NOT_KNOWN, WITHHELD, OUTSIDE = 9, 10, 11, 12, 13
# the ground of what nobody loaded: hatched, and no colour of a square
NOT_KNOWN_GROUND: Final = "#f2e3c6"
GAP_TYPES: Final = ("presence", "reach", "capacity", "money")
SHORT: Final = (GapClass.NO_PROVISION, GapClass.GAP, GapClass.WATCH)
ABOVE: Final = (GapClass.WELL_ABOVE_SHARE, GapClass.ABOVE_SHARE)


@dataclass(frozen=True, slots=True)
class GapView:
    """One gap of one theme in a place: its areas, and the region they were compared with."""

    theme: str
    gap_type: str
    place: str
    region: str
    rows: Rows

    @property
    def level(self) -> str:
        """LSOA21; MSOA21 or LA where need is published for those only."""
        return str(self.rows[0]["area_type"]) if self.rows else "LSOA21"

    @property
    def nothing_recorded(self) -> bool:
        """Whether no money (or no places) is recorded for any area of the view: then nothing can be
        compared, and none of it is zero.
        """
        return self.gap_type in ("money", "capacity") and not any(
            r["provision"] for r in self.rows
        )

    def of_class(self, *classes: str) -> Rows:
        """Areas of some classes, most people in need first."""
        return sorted(
            (r for r in self.rows if r["class"] in classes),
            key=lambda r: (-(r["people_in_need"] or 0), r["area_code"]),
        )


@dataclass(frozen=True, slots=True)
class GapLayer:
    """What the map is handed."""

    class_of: dict[str, int]
    classes: tuple[MapClass, ...]
    hover: tuple[HoverLine, ...]
    cross: CrossLegend


def gap_layer(
    say: Speech,
    view: GapView,
    hatch: bool,
) -> GapLayer:
    """The layer of a view, kept per build and language; with `hatch`, areas of uncertain need are hatched."""
    return _layer(
        reader.build_key(),
        say.lang,
        view.theme,
        view.gap_type,
        view.place,
        view.region,
        hatch,
    )


@lru_cache(maxsize=64)
def _layer(
    key: tuple[int, int, int],
    lang: str,
    theme: str,
    gap_type: str,
    place: str,
    region: str,
    hatch: bool,
) -> GapLayer:
    say = Speech("cy" if lang == "cy" else "en")
    rows = reader.gap_areas(
        theme,
        region,
        gap_type,
        place,
    )
    level = rows[0]["area_type"] if rows else "LSOA21"
    class_of = {a["area_code"]: OUTSIDE for a in reader.areas(level)}
    class_of |= {r["area_code"]: _square(r, hatch) for r in rows}
    cells = _cross_cells(say, gap_type)
    # in the order of UNCERTAIN, NOT_SHOWN, NOT_KNOWN, WITHHELD, OUTSIDE
    rest = (
        MapClass("#ffffff", say("gaps.cross.uncertain"), Pattern.HATCH),
        MapClass("#b4babf", say("gaps.cross.not_shown")),
        MapClass(
            NOT_KNOWN_GROUND,
            say("gaps.cross.not_known"),
            Pattern.HATCH,
        ),
        MapClass("#8d949b", say("gaps.cross.withheld"), Pattern.HATCH),
        MapClass("#ffffff", say("gaps.cross.outside"), Pattern.OUTLINED),
    )
    cross = CrossLegend(
        say(f"gaps.cross.across_{gap_type}"),
        say("gaps.cross.up"),
        say("gaps.cross.low"),
        say("gaps.cross.high"),
    )
    return GapLayer(
        *drawn_only(
            class_of,
            (*cells, *rest),
            len(cells),
        ),
        _hover(say, rows, gap_type, level),
        cross,
    )


def _cross_cells(say: Speech, gap_type: str) -> list[MapClass]:
    """The nine squares of the cross: thirds of need by thirds of provision."""
    return [
        MapClass(
            SQUARES[3 * (need - 1) + provision - 1],
            say(
                "gaps.cross.cell",
                need=say(f"gaps.cross.need_{need}"),
                provision=say(f"gaps.cross.{gap_type}_{provision}"),
            ),
        )
        for need in (1, 2, 3)
        for provision in (1, 2, 3)
    ]


def _square(row: Row, hatch: bool) -> int:
    if row["class"] == GapClass.NOT_KNOWN:
        return NOT_KNOWN
    if row["class"] == GapClass.PROVISION_WITHHELD:
        return WITHHELD
    if (
        row["class"].startswith("NOT_SHOWN")
        or row["need_third"] is None
        or row["provision_third"] is None
    ):
        return NOT_SHOWN
    if hatch and row["class"] == GapClass.UNCERTAIN:
        return UNCERTAIN
    return 3 * (int(row["need_third"]) - 1) + int(row["provision_third"]) - 1


def _hover(
    say: Speech,
    rows: Rows,
    gap_type: str,
    level: str,
) -> tuple[HoverLine, ...]:
    shown = [r for r in rows if r["people_in_need"] is not None]
    people = {r["area_code"]: numbers.whole(r["people_in_need"]) for r in shown}
    shares = {r["area_code"]: share_words(r) for r in shown}
    words = {
        r["area_code"]: w
        for r in shown
        if (w := provision_words(r, gap_type)) is not None
    }
    lines = [
        HoverLine(
            say("gaps.hover_need"),
            (people, shares),
        ),
        HoverLine(
            say(f"gaps.hover_{gap_type}"),
            (words,),
        ),
        HoverLine(
            "{0}",
            ({r["area_code"]: say(f"gaps.class.{r['class']}") for r in rows},),
        ),
        HoverLine(
            "{0}",
            (_figures(say, rows),),
        ),
    ]
    if level == "LA":
        return tuple(lines)
    return (
        HoverLine(
            "{0}",
            ({r["area_code"]: say.place(r["la_code"]) for r in rows},),
        ),
        *lines,
    )


def _figures(say: Speech, rows: Rows) -> dict[str, str]:
    """Area → its figures in words, of those that have some."""
    return {r["area_code"]: w for r in rows if (w := figures_words(say, r))}


def figures_words(say: Speech, row: Row) -> str | None:
    """What a published figure says of provision in an authority, in words; None where none is held."""
    if row["figure_indicator"] is None:
        return None
    value = (
        say(f"map.marker.{row['figure_marker']}")
        if row["figure_value"] is None
        else numbers.whole(row["figure_value"])
    )
    return say(
        f"gaps.figure.{row['figure_indicator']}",
        value=value,
        period=row["figure_period"],
    )


def returned_words(
    say: Speech,
    theme: str,
    place: str,
) -> str | None:
    """What returns tell of people reached on a theme in a place, in words; None where none tells."""
    told = returned_told(say, theme, place)
    return say("gaps.returned", told=told) if told else None


def returned_told(
    say: Speech,
    theme: str,
    place: str,
) -> str:
    """The same bare: programme, measure, period and number; empty where none tells."""
    return _told(
        say,
        reader.provision_returned(theme, place),
    )


def places_told(say: Speech, theme: str) -> dict[str, str]:
    """Place → what returns tell of it, of those that told."""
    by_place: dict[str, Rows] = {}
    for row in reader.places_returned(theme):
        by_place.setdefault(
            row["place"],
            [],
        ).append(row)
    return {place: _told(say, rows) for place, rows in by_place.items()}


def _told(say: Speech, rows: Rows) -> str:
    told = [
        say(
            "gaps.returned_one",
            programme=say.programme(r["programme_id"]),
            name=say.of(r),
            value=numbers.whole(r["value"])
            if r["value"] is not None
            else say(f"map.marker.{r['marker']}"),
            period=r["period"],
            mark=f" ({say('common.illustrative')})"
            if r["is_illustrative"]
            else "",
        )
        for r in rows
    ]
    return "; ".join(told)


def provision_words(row: Row, gap_type: str) -> str | None:
    """What is there, as a number in words: £ or places for each person in need, projects, share within
    reach.
    """
    if row["class"] in (GapClass.NOT_KNOWN, GapClass.PROVISION_WITHHELD):
        return None
    if gap_type == "presence":
        return numbers.whole(row["projects"] or 0)
    if gap_type == "reach":
        return (
            None if row["provision"] is None else numbers.pct(row["provision"])
        )
    if row["per_person"] is None:
        return None
    return (
        f"£{row['per_person']:,.2f}"
        if gap_type == "money"
        else f"{100 * row['per_person']:.1f}"
    )
