"""Is it a coherent set of projects? Priorities with none, projects that serve none, holes and piles."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import streamlit as st

from clearlink.figures.coherence_matrix import coherence_matrix
from clearlink.rules.plain_text import sentence_start
from clearlink.warehouse import reader
from clearlink.warehouse.plans import programmes_known, undated_squares
from clearlink.warehouse.reader import Rows
from clearlink.words import numbers
from pages.frame.choices import Choices
from pages.frame.frame import carry_away, plain, table
from pages.frame.picks import open_picked, opens
from pages.frame.pictures import show_picture
from pages.frame.speech import Speech
from pages.frame.which_projects import counts_line

TIERS = ("universal", "targeted", "intensive")


def coherence_view(say: Speech, chosen: Choices) -> None:
    """Finding, matrix, then the two lists. The matrix takes in every theme; the lists keep to the one
    chosen.
    """
    coherence = reader.coherence(chosen.place)
    place = say.in_place(chosen.place)
    money = {
        name: (say.money_in_year if name == "value" else say.money)(
            coherence[f"{name}_gbp"]
        )
        for name in ("value", "linked", "no_link", "cannot")
    }
    asked = coherence["priorities"] > 0
    text = say(
        "gaps.coherence.finding"
        if asked
        else "gaps.coherence.finding_no_priorities",
        place=sentence_start(place),
        with_project=say.number(coherence["priorities_with_project"]),
        priorities=say.number(coherence["priorities"]),
        **money,
    )
    if coherence["projects_without_value"]:
        text += " " + say(
            "gaps.coherence.no_value", n=coherence["projects_without_value"]
        )
    st.markdown(f"**{plain(text)}**")
    counts_line(say, chosen.place, running=True)
    _by_programme(say, chosen)
    with st.expander(say("gaps.coherence.by_authority")):
        _by_authority(say, chosen)
    if chosen.theme:
        st.caption(
            plain(
                say(
                    "gaps.coherence.lists_of",
                    theme=say.theme(chosen.theme),
                )
            )
        )
    left, right = st.columns(2, gap="large")
    with left:
        _orphans(say, chosen)
    with right:
        _unserved(say, chosen)


def _letters(say: Speech, tiers: set[str | None]) -> str:
    return " ".join(
        say(f"gaps.coherence.tier_letter.{t}") for t in TIERS if t in tiers
    )


def _tier_words(say: Speech, tiers: set[str | None]) -> str:
    return ", ".join(say(f"record.tier_{t}") for t in TIERS if t in tiers)


def _cells(
    say: Speech,
    found: Rows,
    side: str,
    name_of: Any,
) -> tuple[dict[tuple[str, str], tuple[int, str]], list[dict[str, Any]]]:
    grouped: dict[tuple[str, str], list[Any]] = {}
    for r in found:
        grouped.setdefault(
            (r["theme_id"], r[side]),
            [],
        ).append(r)
    cells, rows = {}, []
    for (theme, other), group in grouped.items():
        tiers = {r["tier"] for r in group}
        number = sum(r["projects"] for r in group)
        cells[(say.theme(theme), name_of(other))] = (
            number,
            _letters(say, tiers),
        )
        rows.append(
            {
                "theme": say.theme(theme),
                side: name_of(other),
                "projects": number,
                "tiers": _tier_words(say, tiers),
                "value": round(sum(r["value_gbp"] for r in group)),
            }
        )
    return cells, sorted(
        rows,
        key=lambda r: -r["projects"],
    )


def _by_programme(say: Speech, chosen: Choices) -> None:
    st.subheader(say("gaps.coherence.matrix"))
    st.caption(plain(say("gaps.coherence.matrix_help")))
    cells, rows = _cells(
        say,
        reader.coherence_matrix(chosen.place),
        "programme_id",
        say.programme,
    )
    labels = {
        "theme": say("gaps.coherence.col.theme"),
        "programme_id": say("gaps.coherence.col.programme"),
        "projects": say("gaps.coherence.col.projects"),
        "tiers": say("gaps.coherence.col.tiers"),
        "value": say("gaps.coherence.col.value", year=say.year()),
    }
    themes = [say.theme(t) for t in reader.themes()]
    holes, unknown = _core_squares(say, chosen.place)
    picture = coherence_matrix(
        cells,
        themes,
        _programmes_across(
            say,
            {r["programme_id"] for r in rows},
        ),
        holes,
        _programme_alt(say, cells, rows, themes),
        rows,
        labels,
        unknown=unknown,
    )
    show_picture(
        say,
        picture,
        key="coherence_programme",
        name="coherence-theme-programme",
    )


def _programmes_across(say: Speech, live: set[str]) -> list[str]:
    """Names of the programmes that run something here, and last of what is of none."""
    names = [say.programme(p) for p in reader.programmes()]
    return [name for name in (*names, say.programme(None)) if name in live]


def _core_squares(
    say: Speech, place: str
) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """The themes that are core to each programme, by name: those of which nothing that runs is a hole, and
    those of which that is not known, because a register is not loaded or a record has no dates.
    """
    core = {
        (x["theme_id"], x["programme_id"])
        for x in reader.programme_themes()
        if x["fit"] == "core"
    }
    known, undated = programmes_known(place), undated_squares(place)
    holes = {square for square in core - undated if square[1] in known}
    return _named(say, holes), _named(say, core - holes)


def _named(
    say: Speech, squares: Collection[tuple[str, str]]
) -> set[tuple[str, str]]:
    return {
        (say.theme(theme), say.programme(programme))
        for theme, programme in squares
    }


def _programme_alt(
    say: Speech,
    cells: dict[tuple[str, str], tuple[int, str]],
    rows: Rows,
    themes: list[str],
) -> str:
    """The fullest square and the themes that nothing serves."""
    served = {theme for theme, _ in cells}
    holes = [theme for theme in themes if theme not in served]
    top = "—"
    if rows:
        most = rows[0]
        top = f"{most['theme']}, {most['programme_id']} ({most['projects']})"
    return say(
        "gaps.coherence.matrix_alt",
        top=top,
        holes=numbers.join(say.lang, holes) or say("gaps.coherence.no_holes"),
    )


def _by_authority(say: Speech, chosen: Choices) -> None:
    cells, rows = _cells(
        say,
        reader.coherence_by_authority(
            chosen.place,
            chosen.programme or None,
        ),
        "la_code",
        say.place,
    )
    themes = [say.theme(t) for t in reader.themes()]
    authorities = numbers.sorted_names(
        say.lang,
        [say.place(la) for la in reader.members().get(chosen.place, ())],
    )
    total = len(themes) * len(authorities)
    alt = say(
        "gaps.coherence.by_authority_alt",
        n=total - len(cells),
        total=total,
    )
    labels = {
        "theme": say("gaps.coherence.col.theme"),
        "la_code": say("gaps.coherence.col.la"),
        "projects": say("gaps.coherence.col.projects"),
        "tiers": say("gaps.coherence.col.tiers"),
        "value": say("gaps.coherence.col.value", year=say.year()),
    }
    show_picture(
        say,
        coherence_matrix(
            cells,
            themes,
            authorities,
            (),
            alt,
            rows,
            labels,
        ),
        key="coherence_authority",
        name="coherence-theme-authority",
    )


def _orphans(say: Speech, chosen: Choices) -> None:
    st.subheader(say("gaps.coherence.orphans"))
    orphans = reader.priorities_without_project(
        chosen.place,
        chosen.theme or None,
    )
    if not orphans:
        if reader.coherence(
            chosen.place,
            chosen.theme or None,
        )["priorities"]:
            st.success(say("gaps.coherence.no_orphans"))
        else:
            st.info(say("gaps.coherence.not_loaded"))
        return
    rows = [
        {
            "statement": say.needed(o),
            "assessment": say.title(o["title"]),
            "page": o["page"],
        }
        for o in orphans
    ]
    labels = {
        name: say(f"gaps.coherence.col.{name}")
        for name in ("statement", "assessment", "page")
    }
    table(
        rows,
        labels,
        key="gap_orphans",
        height=300,
        config={
            "statement": st.column_config.TextColumn(width="large"),
            "assessment": st.column_config.TextColumn(width="medium"),
            "page": st.column_config.TextColumn(width="small"),
        },
    )
    carry_away(
        say,
        "priorities-without-project",
        rows,
        labels,
        (say("gaps.coherence.orphans"),),
    )


def _unserved(say: Speech, chosen: Choices) -> None:
    st.subheader(say("gaps.coherence.unserved"))
    st.caption(plain(say("gaps.coherence.unserved_lead")))
    rows = [
        {
            "id": r["project_id"],
            "title": r["title"],
            "why": say(f"gaps.coherence.why.{r['reason']}"),
            "value": r["year_gbp"],
        }
        for r in reader.projects_without_priority(
            chosen.place,
            chosen.theme or None,
        )
    ]
    valued = any(r["value"] is not None for r in rows)
    labels = {
        name: say(
            f"gaps.coherence.col.{name}",
            year=say.year(),
        )
        for name in (
            "title",
            "why",
            *(("value",) if valued else ()),
        )
    }
    table(
        rows,
        labels,
        key="gap_unserved",
        height=300,
        pick=True,
        on_pick=opens("project", rows, "id"),
        config={
            "title": st.column_config.TextColumn(width=240 if valued else 300),
            "value": st.column_config.NumberColumn(format="£%,.0f"),
        },
    )
    open_picked()
    carry_away(
        say,
        "projects-without-priority",
        rows,
        labels,
        (say("gaps.coherence.unserved"),),
    )
