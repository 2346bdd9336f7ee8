"""The map itself, and how precisely the projects on it are placed."""

from __future__ import annotations

from functools import cache
from typing import Final

import streamlit as st

from clearlink.rules.codes import Verdict
from clearlink.warehouse import reader
from clearlink.warehouse.reader import once_a_build
from clearlink.words import numbers
from pages.area_map import MarkKind, MarkShape, ProjectMark, served_map
from pages.frame.choices import Choices, choose
from pages.frame.speech import Speech
from pages.frame.state import kept
from pages.need.need_files import MAP_HEIGHT_PX, addresses, need_content
from pages.need.need_layer import BELOW_AUTHORITY, NeedShown, geometry_of

KINDS: tuple[tuple[str, MarkShape, str], ...] = (
    (Verdict.CLEAR, MarkShape.DISC, "#00634f"),
    (Verdict.PARTIAL, MarkShape.HALF, "#a86400"),
    (Verdict.NO_LINK_SHOWN, MarkShape.RING, "#7a1f5c"),
    (Verdict.CANNOT_ASSESS, MarkShape.QUESTION, "#5f6b73"),
)


_DRAWN: Final = "need_map_has_drawn"


def map_has_drawn() -> bool:
    """Whether the map of this visit stands, or has said that it cannot be drawn: what lies below the fold
    waits for it.
    """
    return bool(kept().get(_DRAWN))


def note_drawn() -> None:
    """From now on nothing waits for the map."""
    kept()[_DRAWN] = True


def need_picture(
    say: Speech,
    chosen: Choices,
    shown: NeedShown,
) -> None:
    """Need by area with projects over it; a click selects the area."""
    marks = project_marks(
        chosen.place,
        chosen.programme or None,
        chosen.theme,
        chosen.basis,
        shown.level,
    )
    layer, ahead = addresses(say, chosen, shown) or (
        need_content(say, chosen.theme, shown),
        None,
    )
    served_map(
        layer=layer,
        ahead=ahead,
        codes=geometry_of(shown.level).codes,
        not_loaded=say("map.not_loaded"),
        language=say.lang,
        key="need_map",
        mark_kinds=kinds_drawn(
            say,
            frozenset(mark.kind_id for mark in marks),
        ),
        marks=marks,
        selected=chosen.area or None,
        focus=focus_of(chosen.place),
        height_px=MAP_HEIGHT_PX,
        on_pick=lambda code: choose(area=code),
        on_drawn=note_drawn,
    )


@cache
def kinds_drawn(say: Speech, verdicts: frozenset[str]) -> tuple[MarkKind, ...]:
    """The marks of the verdicts that are drawn, with their names: the legend lists nothing that the map does
    not show.
    """
    return tuple(
        MarkKind(
            v,
            say.verdict(v)[2:],
            shape,
            colour,
        )
        for v, shape, colour in KINDS
        if v in verdicts
    )


@once_a_build
def project_marks(
    place: str,
    programme: str | None,
    theme: str,
    basis: str,
    level: str,
) -> tuple[ProjectMark, ...]:
    """One mark for each authority and verdict when authorities are drawn, for each area with projects
    otherwise.
    """
    inside = set(reader.members().get(place, ()))
    if level == "LA":
        return tuple(
            ProjectMark(
                r["la_code"],
                r["verdict"],
                r["projects"],
            )
            for r in reader.verdicts_by_authority(
                place, programme, theme, basis
            )
        )
    if level not in BELOW_AUTHORITY:
        return ()
    la_of = _authority_of()
    worst = {
        Verdict.NO_LINK_SHOWN: 0,
        Verdict.PARTIAL: 1,
        Verdict.CANNOT_ASSESS: 2,
        Verdict.CLEAR: 3,
    }
    best: dict[str, tuple[int, str]] = {}
    total: dict[str, int] = {}
    for r in reader.projects_by_area(programme, theme, basis, level):
        code = r["area_code"]
        if la_of.get(code) not in inside:
            continue
        total[code] = total.get(code, 0) + r["projects"]
        best[code] = min(
            best.get(
                code,
                (9, ""),
            ),
            (worst[r["verdict"]], r["verdict"]),
        )
    return tuple(
        ProjectMark(
            code,
            verdict,
            total[code],
        )
        for code, (_, verdict) in sorted(best.items())
    )


@once_a_build
def _authority_of() -> dict[str, str]:
    return {
        a["area_code"]: a["la_code"]
        for level in BELOW_AUTHORITY
        for a in reader.areas(level)
    }


def focus_of(place: str) -> tuple[float, float, float, float] | None:
    """The box of a place in degrees; None for the whole of Wales."""
    row = reader.place_rows().get(place)
    if place == reader.WALES or row is None or row["west"] is None:
        return None
    return row["west"], row["south"], row["east"], row["north"]


def precision_line(say: Speech, chosen: Choices) -> None:
    """How precisely the projects of the view are placed, by records and by money."""
    rows = reader.precision(
        chosen.place,
        chosen.programme or None,
        chosen.theme,
    )
    records, money = (
        sum(r["projects"] for r in rows),
        sum(r["year_gbp"] for r in rows),
    )
    if not records:
        return
    parts = [
        say(
            "map.precision_part" if money else "map.precision_records",
            records=numbers.pct(r["projects"] / records),
            money=numbers.pct(r["year_gbp"] / money) if money else "",
            how=say(f"map.precision_how.{r['precision']}"),
        )
        for r in sorted(
            rows,
            key=lambda r: -r["projects"],
        )
    ]
    st.caption(
        say(
            "map.precision",
            parts=numbers.join(say.lang, parts),
        )
    )
