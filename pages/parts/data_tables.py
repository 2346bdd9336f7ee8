"""Sources, problems and coverage as tables that can be carried away."""

from __future__ import annotations

import streamlit as st

from clearlink.warehouse.reader import Rows
from pages.parts.frame import carry_away, table
from pages.parts.problem_words import problem_words
from pages.parts.speech import Speech


def source_table(say: Speech, files: Rows) -> None:
    """Publishers' files with edition, age, licence and hash."""
    rows = [
        {
            "title": say.of(s, "title"),
            "publisher": s["publisher"],
            "edition": s["edition"],
            "published": s["published"],
            "reference_end": s["reference_end"],
            "state": say("home.currency.state_illustrative" if s["is_illustrative"] else f"home.currency.state_{s['state']}"),
            "rows": s["rows_read"],
            "licence": s["licence"],
            "retrieved": s["retrieved_at"],
            "hash": (s["sha256"] or "")[:16],
            "url": s["url"] or s["landing_page"],
        }
        for s in files
    ]
    labels = {name: say(f"data.col.{name}") for name in ("title", "publisher", "edition", "published", "reference_end", "state", "rows", "licence", "retrieved", "hash", "url")}
    table(rows, labels, key="source_table", height=420)
    carry_away(say, "sources", rows, labels, (say("data.tab.sources"),))


def problem_table(say: Speech, problems: Rows, key: str = "problem_table") -> None:
    """What was refused, or loaded with something to look at."""
    if not problems:
        st.success(say("data.nothing_refused"))
        return
    rows = [
        {"severity": say(f"data.severity.{p['severity']}"), "file": p["file"], "place": p["place"], **problem_words(say, p)}
        for p in problems
    ]
    labels = {name: say(f"data.col.{name}") for name in ("severity", "file", "place", "found", "expected", "remedy")}
    table(rows, labels, key=key, height=420, config={"remedy": st.column_config.TextColumn(width="large")})
    carry_away(say, f"refused-rows{'-desk' if key == 'desk_problems' else ''}", rows, labels, (say("data.tab.refused"),))


def coverage_table(say: Speech, coverage: Rows) -> None:
    """Which indicators are held at which level and edition."""
    rows = [
        {
            "indicator": say.of(c),
            "theme": say.theme(c["theme_id"]) if c["theme_id"] else "",
            "level": say(f"area_type.{c['area_type']}"),
            "edition": c["edition"],
            "areas": c["areas_with_value"],
            "markers": c["markers"],
        }
        for c in coverage
    ]
    labels = {name: say(f"data.col.{name}") for name in ("indicator", "theme", "level", "edition", "areas", "markers")}
    table(rows, labels, key="coverage_table", height=520)
    carry_away(say, "coverage", rows, labels, (say("data.tab.coverage"),))
