"""What returns tell of a system in a place: its newest figures, and the words of a count or a part."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from clearlink.report.voice import Voice
from clearlink.rules.plain_text import sentence_start
from clearlink.rules.programmes.systems import RETURNED_AS, System
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Row, Rows
from clearlink.words import knows


def figures_of(system: System, place: str) -> Rows:
    """Every figure of the system's returns for a place."""
    return reader.programme_figures(
        place,
        RETURNED_AS[system],
    )


def newest(rows: Iterable[Row]) -> str:
    """The latest period among the rows; empty where there is none."""
    return max(
        (r["period"] for r in rows),
        default="",
    )


def at_newest(rows: Sequence[Row]) -> Rows:
    """The rows of the latest period among them."""
    period = newest(rows)
    return [r for r in rows if r["period"] == period]


def figures_named(
    system: System,
    place: str,
    ids: Iterable[str],
) -> Rows:
    """The figures of some measures for a place, wholes and parts."""
    wanted = set(ids)
    return [r for r in figures_of(system, place) if r["measure_id"] in wanted]


def start_of(say: Voice, place: str) -> str:
    """“In Cardiff”, as a sentence begins."""
    text = say.in_place(place)
    return sentence_start(text)


def amount(
    rows: Sequence[Row],
    measure: str,
    period: str,
) -> float | None:
    """A figure of a period: the whole where it is told, else the sum of its parts; None where neither is."""
    told = [
        r
        for r in rows
        if r["value"] is not None
        and (r["measure_id"], r["period"]) == (measure, period)
    ]
    if not told:
        return None
    wholes = [r for r in told if not r["part"]]
    return float(sum(_values(wholes or told)))


def _values(rows: Sequence[Row]) -> list[float]:
    return [r["value"] for r in rows]


def count_words(say: Voice, row: Row) -> str:
    """A count, or why there is none."""
    if row["value"] is not None:
        return say.number(row["value"])
    return say(
        "programmes.few" if row["marker"] == "low" else "programmes.not_told"
    )


def part_words(say: Voice, part: str) -> str:
    """The name of a part in the language of the page; nothing for the whole."""
    if not part:
        return ""
    if part in reader.target_groups():
        return say.group(part)
    if part in reader.themes():
        return say.theme(part)
    key = f"programmes.part.{part}"
    return say(key) if knows(key) else part


def region_that_tells(system: System, place: str) -> str | None:
    """The place itself where it returns figures, else the one region that does and that it lies in."""
    if figures_of(system, place):
        return place
    mine = set(
        reader.members().get(
            place,
            (place,),
        )
    )
    holding = [
        code
        for code in regions_that_tell(system)
        if mine <= set(reader.members().get(code, ()))
    ]
    return holding[0] if holding else None


def regions_that_tell(system: System) -> list[str]:
    """The regions that return figures of a system that is told by region."""
    told = set(reader.places_told(RETURNED_AS[system]))
    return [
        code
        for code, row in reader.place_rows().items()
        if row["area_type"] in ("RPB", "RCC") and code in told
    ]
