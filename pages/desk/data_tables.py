"""Sources, problems and coverage as tables that can be carried away."""

from __future__ import annotations

import json
from typing import Any

import streamlit as st

from clearlink.warehouse.reader import Row, Rows
from clearlink.words.problems import name_as_given
from clearlink.words.problems import problem_words as spoken
from pages.desk.problem_words import problem_words
from pages.frame.choices import levels_held, theme_names
from pages.frame.frame import carry_away, plain, table
from pages.frame.speech import Speech
from pages.need.standing import Standing, standings


def _source_row(say: Speech, s: Row) -> dict[str, Any]:
    """One publisher's file."""
    return {
        "title": say.of(s, "title"),
        "publisher": s["publisher"],
        "edition": say.edition(s["edition"]),
        "published": s["published"],
        "reference_end": s["reference_end"],
        "state": say(
            "home.currency.state_illustrative"
            if s["is_illustrative"]
            else f"home.currency.state_{s['state']}"
        ),
        "rows": s["rows_read"],
        "licence": s["licence"],
        "retrieved": s["retrieved_at"],
        "hash": (s["sha256"] or "")[:16],
        "url": s["url"] or s["landing_page"],
    }


def source_table(say: Speech, files: Rows) -> None:
    """Publishers' files with edition, age, licence and hash."""
    rows = [_source_row(say, s) for s in files]
    labels = {
        name: say(f"data.col.{name}")
        for name in (
            "title",
            "state",
            "edition",
            "published",
            "reference_end",
            "publisher",
            "rows",
            "licence",
            "retrieved",
            "hash",
            "url",
        )
    }
    width = st.column_config.TextColumn
    table(
        rows,
        labels,
        key="source_table",
        height=420,
        config={
            "title": width(width=360),
            "state": width(width=110),
            "publisher": width(width=250),
            "rows": st.column_config.NumberColumn(format="%,d"),
        },
    )
    carry_away(
        say,
        "sources",
        rows,
        labels,
        (say("data.tab.sources"),),
    )


def waiting_table(say: Speech, states: Rows) -> None:
    """Sources of the catalogue whose newest file is not in use, and why: late, refused, withdrawn,
    awaiting or never fetched.
    """
    waiting = [x for x in states if x["state"] != "current"]
    if not states:
        return
    st.subheader(
        say("data.waiting.title"),
        anchor="waiting",
    )
    if not waiting:
        st.success(say("data.waiting.none"))
        return
    st.markdown(
        plain(
            say(
                "data.waiting.finding",
                n=len(waiting),
                of=len(states),
            )
        )
    )
    rows = [_waiting_row(say, x) for x in waiting]
    labels = {
        name: say(f"data.col.{name}")
        for name in ("state", "title", "reason", "age", "publisher", "url")
    }
    if not any(r["age"] for r in rows):
        del labels["age"]
    width = st.column_config.TextColumn
    table(
        rows,
        labels,
        key="waiting_table",
        height=320,
        config={
            "title": width(width=420),
            "reason": width(width=360),
            "publisher": width(width=250),
        },
    )
    carry_away(
        say,
        "sources-waiting",
        rows,
        labels,
        (say("data.waiting.title"),),
    )


def _waiting_row(say: Speech, state: Row) -> dict[str, Any]:
    """One source: how it stands, how old what is in use is, and why nothing newer is."""
    age, code = state["age_days"], state["reason_code"]
    reason = (
        spoken(
            code,
            json.loads(state["facts"] or "{}").items(),
            say.lang,
        ).found
        if code
        else ""
    )
    return {
        "state": say(f"data.waiting.state_{state['state']}"),
        "title": say.of(state, "title"),
        "age": "" if age is None else say("data.waiting.age", n=age),
        "reason": reason,
        "publisher": state["publisher"],
        "url": state["url"] or state["landing_page"],
    }


def revision_table(say: Speech, revised: Rows) -> None:
    """What newer files changed since the build before, by source and indicator, with the first figure of
    each.
    """
    if not revised:
        return
    st.subheader(
        say("data.revised.title"),
        anchor="revised",
    )
    st.markdown(
        plain(
            say(
                "data.revised.finding",
                n=sum(r["figures"] for r in revised),
            )
        )
    )
    rows = [
        {
            "title": say.of(r, "source_title"),
            "indicator": say.of(r),
            "kind": say(f"data.revised.kind_{r['kind']}"),
            "figures": r["figures"],
            "areas": r["areas"],
            "first": f"{say.of(r, 'first_name')} · {r['first_period']}",
            "before": _figure(say, r["before"]),
            "after": _figure(say, r["after"]),
        }
        for r in revised
    ]
    labels = {
        name: say(f"data.col.{name}") for name in ("title", "indicator")
    } | {
        name: say(f"data.revised.col.{name}")
        for name in ("kind", "figures", "areas", "first", "before", "after")
    }
    table(
        rows,
        labels,
        key="revision_table",
        height=320,
    )
    carry_away(
        say,
        "revised-figures",
        rows,
        labels,
        (say("data.revised.title"),),
    )


def _figure(say: Speech, figure: str) -> str:
    """A figure as the comparison keeps it: a number, the name of a marker, or nothing."""
    return say(f"map.marker.{figure}") if figure.isidentifier() else figure


def problem_table(
    say: Speech,
    problems: Rows,
    key: str = "problem_table",
) -> None:
    """What was refused, or loaded with something to look at."""
    if not problems:
        st.success(say("data.nothing_refused"))
        return
    rows = [
        {
            "severity": say(f"data.severity.{p['severity']}"),
            "file": name_as_given(p["file"]),
            "place": _place(say, p),
            **problem_words(say, p),
        }
        for p in problems
    ]
    labels = {
        name: say(f"data.col.{name}")
        for name in ("severity", "place", "found", "expected", "remedy", "file")
    }
    width = st.column_config.TextColumn
    table(
        rows,
        labels,
        key=key,
        height=420,
        config={
            "severity": width(width=150),
            "place": width(width=210),
            "found": width(width=150),
            "expected": width(width=270),
            "remedy": width(width=520),
        },
    )
    carry_away(
        say,
        f"refused-rows{'-desk' if key == 'desk_problems' else ''}",
        rows,
        labels,
        (say("data.tab.refused"),),
    )


def _place(say: Speech, problem: Row) -> str:
    """Row and cell; of a row with several faults the first, and how many more."""
    more = problem.get("more")
    return (
        f"{problem['place']} {say('data.rows.more', n=more)}"
        if more
        else str(problem["place"] or "")
    )


def standing_table(say: Speech) -> None:
    """Themes × levels: people, only a rate, only an order of areas, or none. The overall WIMD rank, which
    is of no theme, is not counted.
    """
    st.subheader(say("data.standing.title"))
    levels = levels_held()
    held = standings()
    told = {each: say(f"data.standing.{each}") for each in Standing}
    rows = [
        {
            "theme": name,
            **{
                level: told[
                    held.get(
                        (theme, level),
                        Standing.NONE,
                    )
                ]
                for level in levels
            },
        }
        for theme, name in theme_names(say).items()
    ]
    lines = say(
        "data.standing.finding",
        n=sum(
            (theme, levels[0]) in held
            and held[theme, levels[0]] is Standing.PEOPLE
            for theme in theme_names(say)
        ),
        total=len(rows),
        level=say(f"area_type.{levels[0]}"),
    )
    st.markdown(plain(lines))
    labels = {
        "theme": say("data.col.theme"),
        **{level: say(f"area_type.{level}") for level in levels},
    }
    table(
        rows,
        labels,
        key="standing_table",
        height=38 * (len(rows) + 1),
    )
    carry_away(
        say,
        "themes-and-levels",
        rows,
        labels,
        (say("data.standing.title"),),
    )


def coverage_table(say: Speech, coverage: Rows) -> None:
    """Which indicators are held at which level and edition."""
    themes = theme_names(say)
    rows = [
        {
            "indicator": say.of(c),
            "theme": themes.get(
                c["theme_id"],
                "",
            ),
            "level": say(f"area_type.{c['area_type']}"),
            "edition": say.edition(c["edition"]),
            "period": c["first_period"]
            if c["first_period"] == c["last_period"]
            else f"{c['first_period']} – {c['last_period']}",
            "areas": c["areas_with_value"],
            "markers": c["markers"],
        }
        for c in coverage
    ]
    labels = {
        name: say(f"data.col.{name}")
        for name in (
            "indicator",
            "theme",
            "level",
            "edition",
            "period",
            "areas",
            "markers",
        )
    }
    table(
        rows,
        labels,
        key="coverage_table",
        height=520,
        config={
            "areas": st.column_config.NumberColumn(format="%,d"),
            "markers": st.column_config.NumberColumn(format="%,d"),
        },
    )
    carry_away(
        say,
        "coverage",
        rows,
        labels,
        (say("data.tab.coverage"),),
    )
