"""The set as a whole: what runs by theme, level of help and quarter; holes, piles, pathways and cliff
edges.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import streamlit as st

from clearlink.figures.coherence_matrix import coherence_matrix
from clearlink.report.whole_set import (
    ThemeSet,
    piles_of,
    quarters_shown,
    sets_of,
)
from clearlink.rules.coherent import PILE, TIERS, Pathway, Square
from clearlink.warehouse import plans, reader
from clearlink.warehouse.reader import once_a_build
from clearlink.words import numbers
from pages.frame.choices import theme_names
from pages.frame.frame import carry_away, plain, table
from pages.frame.picks import open_picked, opens
from pages.frame.pictures import show_picture
from pages.frame.speech import Speech


def coherent_set_view(say: Speech, place: str) -> None:
    """Over time, then by level of help, then the lists."""
    sets = sets_of(place)
    if not any(each.records for each in sets):
        st.info(say("plans.set.nothing"))
        return
    _over_time(say, sets)
    _ladder(say, sets)
    left, right = st.columns(2, gap="large")
    with left:
        _holes(say, sets)
    with right:
        _piles(say, sets)


def _over_time(say: Speech, sets: tuple[ThemeSet, ...]) -> None:
    names_of = theme_names(say)
    st.subheader(say("plans.set.over_time"))
    st.caption(
        plain(
            say(
                "plans.set.over_time_help",
                date=say.date(reader.build()["as_of"]),
            )
        )
    )
    names = [numbers.month(say.lang, day) for day in quarters_shown()]
    rows = [_quarter_row(say, each, names) for each in sets]
    labels = {"theme": say("plans.col.theme")} | {
        f"q{at}": name for at, name in enumerate(names)
    }
    labels["cliff"] = say("plans.set.col.cliff")
    falling = [names_of[each.theme_id] for each in sets if each.cliffs]
    alt = say(
        "plans.set.over_time_alt",
        themes=numbers.join(say.lang, falling)
        or say("gaps.coherence.no_holes"),
    )
    show_picture(
        say,
        coherence_matrix(
            _running_by_quarter(say, sets, names),
            [names_of[s.theme_id] for s in sets],
            names,
            _ahead(say, sets, names, Square.HOLE),
            alt,
            rows,
            labels,
            is_slanted=True,
            edges=_cliffs(say, sets, names),
            unknown=_ahead(say, sets, names, Square.NOT_KNOWN),
        ),
        key="set_over_time",
        name="coherent-set-by-quarter",
    )


def _running_by_quarter(
    say: Speech,
    sets: tuple[ThemeSet, ...],
    names: list[str],
) -> dict[tuple[str, str], tuple[int, str]]:
    """Theme and quarter → how many run; `names`: of the quarters."""
    names_of = theme_names(say)
    return {
        (names_of[each.theme_id], names[at]): (n, "")
        for each in sets
        for at, n in enumerate(each.counts)
        if n
    }


def _cliffs(
    say: Speech,
    sets: tuple[ThemeSet, ...],
    names: list[str],
) -> set[tuple[str, str]]:
    """Theme and quarter in which much ends at once."""
    names_of = theme_names(say)
    return {
        (names_of[each.theme_id], names[at])
        for each in sets
        for at in each.cliffs
    }


def _ahead(
    say: Speech,
    sets: tuple[ThemeSet, ...],
    names: list[str],
    square: Square,
) -> set[tuple[str, str]]:
    """Squares of a quarter with nothing on record that say this: a hole, or that it is not known."""
    names_of = theme_names(say)
    return {
        (names_of[each.theme_id], names[at])
        for each in sets
        if each.empty is square
        for at, n in enumerate(each.counts)
        if not n
    }


def _levels(
    say: Speech,
    sets: tuple[ThemeSet, ...],
    columns: Mapping[str | None, str],
    square: Square,
) -> set[tuple[str, str]]:
    """Squares of a level of help that say this where nothing is on record."""
    names_of = theme_names(say)
    return {
        (names_of[each.theme_id], columns[tier])
        for each in sets
        if each.empty_level is square
        for tier in TIERS
    }


def _quarter_row(
    say: Speech,
    each: ThemeSet,
    names: list[str],
) -> dict[str, Any]:
    row: dict[str, Any] = {
        "theme": say.theme(each.theme_id),
        "cliff": _cliff_words(say, each, names),
    }
    for at, n in enumerate(each.counts):
        row[f"q{at}"] = _known(n, each.empty)
    return row


def _known(n: int, empty: Square) -> int | None:
    """A number of records for a table: none only where it is known to be none, else a blank."""
    return None if not n and empty is Square.NOT_KNOWN else n


def _cliff_words(
    say: Speech,
    each: ThemeSet,
    names: list[str],
) -> str:
    return "; ".join(
        say(
            "plans.set.cliff",
            quarter=names[at],
            before=each.counts[at - 1],
            after=each.counts[at],
        )
        for at in each.cliffs
    )


def _by_level(each: ThemeSet) -> dict[str | None, int]:
    """How many run at each level of help, and at none that is told."""
    running = Counter(r["tier"] for r in each.running)
    return {tier: running[tier] for tier in (*TIERS, None)}


def _ladder(say: Speech, sets: tuple[ThemeSet, ...]) -> None:
    st.subheader(say("plans.set.ladder"))
    st.caption(plain(say("plans.set.ladder_help")))
    columns: dict[str | None, str] = {
        tier: say(f"record.tier_{tier}") for tier in TIERS
    }
    columns[None] = say("plans.set.tier_unsaid")
    whole = sum(each.pathway is Pathway.WHOLE for each in sets)
    names_of = theme_names(say)
    show_picture(
        say,
        coherence_matrix(
            _running_by_level(say, sets, columns),
            [names_of[each.theme_id] for each in sets],
            list(columns.values()),
            _levels(say, sets, columns, Square.HOLE),
            say("plans.set.ladder_alt", n=whole),
            [_ladder_row(say, each, _by_level(each)) for each in sets],
            _ladder_labels(say, columns),
            is_slanted=True,
            unknown=_levels(say, sets, columns, Square.NOT_KNOWN),
        ),
        key="set_ladder",
        name="coherent-set-by-level",
    )


def _running_by_level(
    say: Speech,
    sets: tuple[ThemeSet, ...],
    columns: Mapping[str | None, str],
) -> dict[tuple[str, str], tuple[int, str]]:
    """Theme and level of help → how many run."""
    names_of = theme_names(say)
    return {
        (names_of[each.theme_id], columns[tier]): (n, "")
        for each in sets
        for tier, n in _by_level(each).items()
        if n
    }


def _ladder_labels(
    say: Speech, columns: Mapping[str | None, str]
) -> dict[str, str]:
    return {
        "theme": say("plans.col.theme"),
        **{str(tier): name for tier, name in columns.items()},
        "pathway": say("plans.set.col.pathway"),
        "gbp": say("plans.col.money", year=say.year()),
    }


def _ladder_row(
    say: Speech,
    each: ThemeSet,
    counted: dict[str | None, int],
) -> dict[str, Any]:
    row: dict[str, Any] = {"theme": say.theme(each.theme_id)}
    row |= {
        str(tier): n if tier is None else _known(n, each.empty_level)
        for tier, n in counted.items()
    }
    row["pathway"] = say(f"plans.set.pathway.{each.pathway}")
    row["gbp"] = round(sum(r["year_gbp"] or 0 for r in each.running))
    return row


def _holes(say: Speech, sets: tuple[ThemeSet, ...]) -> None:
    st.subheader(say("plans.set.holes"))
    holes = [each for each in sets if each.is_hole]
    unknown = [each for each in sets if each.is_not_known]
    if not holes and not unknown:
        st.success(say("plans.set.no_holes"))
        return
    if holes:
        _listed([say.theme(each.theme_id) for each in holes])
    else:
        st.info(say("plans.set.no_hole_known"))
    if unknown:
        _not_known(say, unknown)


def _listed(texts: list[str]) -> None:
    st.markdown("\n".join(f"- {plain(text)}" for text in texts))


def _not_known(say: Speech, unknown: list[ThemeSet]) -> None:
    """The themes of which it is not known whether anything runs, and what would tell."""
    st.markdown(f"**{plain(say('plans.set.not_known'))}**")
    _listed([_why_not_known(say, each) for each in unknown])
    st.caption(plain(say("plans.set.not_known_help")))


def _why_not_known(say: Speech, each: ThemeSet) -> str:
    """That records have no dates, or for how many authorities registers are loaded."""
    if each.undated:
        return say(
            "plans.set.undated",
            theme=say.theme(each.theme_id),
            n=each.undated,
        )
    loaded, authorities = each.registers
    return say(
        "plans.set.registers",
        theme=say.theme(each.theme_id),
        loaded=loaded,
        of=authorities,
    )


def _piles(say: Speech, sets: tuple[ThemeSet, ...]) -> None:
    st.subheader(say("plans.set.piles"))
    rows = [
        {
            "theme": say.theme(theme),
            "la": say.place(la),
            "tier": say(f"record.tier_{tier}"),
            "projects": n,
        }
        for theme, la, tier, n in piles_of(sets)
    ]
    if not rows:
        st.info(say("plans.set.no_piles", n=PILE))
        return
    labels = {
        name: say(f"plans.col.{name}")
        for name in ("theme", "la", "tier", "projects")
    }
    table(
        rows,
        labels,
        key="set_piles",
        height=300,
    )
    carry_away(
        say,
        "piles",
        rows,
        labels,
        (say("plans.set.piles"),),
    )


def whole_list(say: Speech, place: str) -> None:
    """Every record of the set, a row each theme; a row opens its record."""
    st.subheader(say("plans.set.rows"))
    rows = _list_rows(say, place)
    labels = {
        name: say(
            f"plans.col.{name}",
            year=say.year(),
        )
        for name in (
            "title",
            "theme",
            "tier",
            "programmes",
            "start",
            "end",
            "money",
        )
    }
    table(
        rows,
        labels,
        key="set_rows",
        height=340,
        pick=True,
        on_pick=opens("project", rows, "project_id"),
        config={"money": st.column_config.NumberColumn(format="£%,.0f")},
    )
    open_picked()
    carry_away(
        say,
        "coherent-set",
        rows,
        labels,
        (say("plans.set.rows"),),
    )


@once_a_build
def _list_rows(say: Speech, place: str) -> tuple[dict[str, Any], ...]:
    """Every record of the set in words, a row each theme."""
    return tuple(
        {
            "project_id": r["project_id"],
            "title": r["title"],
            "theme": say.theme(r["theme_id"]),
            "tier": say(f"record.tier_{r['tier']}")
            if r["tier"]
            else say("plans.set.tier_unsaid"),
            "programmes": say.names(
                [
                    say.programme(p)
                    for p in (r["programme_ids"] or "").split(";")
                    if p
                ]
            ),
            "start": r["start_date"],
            "end": r["end_date"],
            "money": r["year_gbp"],
        }
        for r in plans.coherent_set(place)
    )
