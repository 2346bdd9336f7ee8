"""The counters of Home as a page shows them, and the rows that each of them opens."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from streamlit.testing.v1 import AppTest

from clearlink import words
from clearlink.warehouse import reader
from pages.frame.choices import Choices
from pages.frame.speech import Speech
from pages.home.home_counters import OF_VERDICTS
from tests.entrances import entrance
from tests.patience import PATIENCE_S

COUNTERS = (
    "no_link",
    "partial",
    "clear",
    "orphans",
    "duplicates",
    "cannot",
    "signs",
    "overdue",
    "expiring",
    "refused",
)
LEFT = {
    "words": "no such project",
    "basis": "today",
    "verdict": "CLEAR",
    "area": "W01001141",
}
# what tells the table of a counter: the words of a column that no other table of its page has, or the key of
# one that opens records
TABLES = {
    "no_link": "projects.column.why",
    "cannot": "projects.column.why",
    "partial": "projects.column.why",
    "clear": "projects.column.why",
    "signs": "projects.column.why",
    "orphans": "home.orphans.statement",
    "expiring": "home.expiring.projects",
    "refused": "data.col.severity",
    "overdue": "engagement.owed.col.said",
    "duplicates": ("overlap_duplicates_table", "overlap_twice"),
}


def opened(
    page: str, query: Mapping[str, str], left: Mapping[str, str]
) -> AppTest:
    """A page as a link opens it in a visit that another page was left in with `left`."""
    app = AppTest.from_file(str(entrance(page)), default_timeout=PATIENCE_S)
    app.session_state["choices"] = Choices(**left)
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


def counter_of(
    home: AppTest, say: Speech, name: str
) -> tuple[int | None, str, dict[str, str]]:
    """Number, page and query of a counter as Home shows it."""
    label = (
        {say(f"home.counter.{name}"), say(f"home.counter.{name}_not_loaded")}
        if has_dash(name)
        else {say(f"home.counter.{name}")}
    )
    metric = next(m for m in home.metric if m.label in label)
    number = None if metric.value == "–" else int(metric.value.replace(",", ""))
    link = next((x for x in links(home) if x["label"] in label), None)
    return (
        (number, "", {})
        if link is None
        else (number, link["page"], link["query"])
    )


def has_dash(name: str) -> bool:
    return f"home.counter.{name}_not_loaded" in words.sentences()


def links(app: AppTest) -> list[dict[str, Any]]:
    found = []
    for each in app.get("page_link"):
        proto = each.proto
        query = dict(
            part.split("=", 1)
            for part in proto.query_string.split("&")
            if "=" in part
        )
        found.append(
            {
                "label": proto.label,
                "page": proto.page.strip("/") or "home",
                "query": query,
            }
        )
    return found


def rows_in(app: AppTest, say: Speech, told_by: str | tuple[str, ...]) -> int:
    """Rows of the tables that a counter counted."""
    if isinstance(told_by, str):
        return sum(
            len(t.value)
            for t in app.dataframe
            if say(told_by) in t.value.columns
        )
    return sum(
        len(t.value)
        for t in app.dataframe
        if any(key in t.proto.id for key in told_by)
    )


def miscounted(lang: words.Lang, place: str) -> list[str]:
    """Every counter of a view of Home that does not open as many rows as it says, in words; nothing where
    each does.
    """
    say = Speech(lang)
    home = opened("home", {"lang": lang, "place": place}, LEFT)
    assert not home.exception
    numbers = {name: counter_of(home, say, name)[0] for name in OF_VERDICTS}
    whole = len(reader.projects(place))
    # what Home shows names its remainder: 2 and 757 of 778 left 19 untold
    wrong = (
        []
        if sum(n or 0 for n in numbers.values()) == whole
        else [f"verdicts {numbers} of {whole}"]
    )
    for name in COUNTERS:
        number, page, query = counter_of(home, say, name)
        assert page or name in ("orphans", "expiring"), (
            "every other counter is a link"
        )
        there = opened(page, query, {**LEFT, "place": place}) if page else home
        assert not there.exception, name
        rows = rows_in(there, say, TABLES[name])
        if rows != (number or 0):
            wrong.append(f"{name} {query}: {number}, and {rows} rows open")
    return wrong
