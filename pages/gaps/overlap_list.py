"""Running projects that serve the same people: possible duplicates, and ladders from one level of help to
the next.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from clearlink.figures.ladder import TIERS, ladder
from clearlink.rules.gap.overlap import OverlapKind
from clearlink.rules.plain_text import sentence_start
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Row, Rows
from clearlink.words import numbers
from pages.desk.problem_words import problem_words
from pages.frame.choices import Choices
from pages.frame.frame import carry_away, plain, table
from pages.frame.picks import open_picked, opens
from pages.frame.pictures import show_picture
from pages.frame.speech import Speech
from pages.frame.visit.list_page import list_page
from pages.frame.visit.url_choice import url_choice


@dataclass(frozen=True, slots=True)
class Duplicates:
    """What may be a duplicate in a view: pairs of running projects, and records of what may be one notice.

    `comparable` is how many projects record enough to be held against another; `layered` are the pairs that
    form ladders.
    """

    pairs: Rows
    layered: Rows
    twice: Rows
    comparable: int


def duplicates_of(
    place: str,
    theme: str,
    programme: str,
) -> Duplicates:
    """What the counter on Home counts and the list on Gaps shows; an empty theme or programme means all."""
    scope = (
        place,
        theme or None,
        programme or None,
    )
    pairs = reader.overlaps(*scope)
    return Duplicates(
        [p for p in pairs if p["kind"] == OverlapKind.POSSIBLE_DUPLICATION],
        [p for p in pairs if p["kind"] == OverlapKind.LAYERED],
        reader.recorded_twice(*scope),
        reader.overlap_comparable(*scope),
    )


def overlap_list(say: Speech, chosen: Choices) -> None:
    """Finding, duplicates as a table, ladders as a picture; on the theme of the page or on all."""
    themes = url_choice(
        say("gaps.overlap.pairs"),
        "pairs",
        ("one", "all"),
        lambda p: (
            say.theme(chosen.theme) if p == "one" else say("choices.all_themes")
        ),
    )
    duplicates = duplicates_of(
        chosen.place,
        chosen.theme if themes == "one" else "",
        chosen.programme,
    )
    st.markdown(f"**{plain(_finding(say, chosen.place, duplicates))}**")
    st.caption(plain(say("gaps.overlap.rule")))
    st.subheader(say("gaps.overlap.duplicates"))
    if duplicates.pairs:
        _table(say, duplicates.pairs, "overlap_duplicates")
    elif not duplicates.twice:
        (st.success if duplicates.comparable > 1 else st.info)(
            say(
                "gaps.overlap.no_duplicates"
                if duplicates.comparable > 1
                else "gaps.overlap.not_comparable"
            )
        )
    if duplicates.twice:
        _twice(say, duplicates.twice)
    st.subheader(say("gaps.overlap.ladders"))
    if duplicates.layered:
        _ladders(say, duplicates.layered)
        _table(say, duplicates.layered, "overlap_layered")
    else:
        st.info(say("gaps.overlap.no_ladders"))


def _finding(
    say: Speech,
    place: str,
    found: Duplicates,
) -> str:
    """How many pairs there are, out of how many projects that could be compared at all."""
    where = say.in_place(place)
    start = sentence_start(where)
    sentences = [
        say(
            "gaps.overlap.finding_same",
            place=start,
            n=len(found.pairs),
        )
        + " "
        + say(
            "gaps.overlap.finding_layered",
            n=len(found.layered),
        )
        if found.pairs or found.layered
        else say("gaps.overlap.finding_none", place=start)
    ]
    if found.twice:
        sentences.append(
            say(
                "gaps.overlap.finding_twice",
                n=len(found.twice),
            )
        )
    return " ".join(
        [
            *sentences,
            say("gaps.overlap.comparable", n=found.comparable),
        ]
    )


def _twice(say: Speech, records: Rows) -> None:
    """Records that may be of one notice; a row opens the record."""
    st.subheader(say("gaps.overlap.twice"))
    rows = [
        {
            "id": r["project_id"],
            "a": r["title"],
            "where": say.place(r["la_code"]),
            **problem_words(say, r),
        }
        for r in records
    ]
    labels = {
        "a": say("gaps.overlap.col.a"),
        "where": say("gaps.overlap.col.where"),
        "expected": say("data.col.expected"),
        "remedy": say("data.col.remedy"),
    }
    table(
        rows,
        labels,
        key="overlap_twice",
        height=min(
            240,
            40 + 35 * len(rows),
        ),
        pick=True,
        on_pick=opens("project", rows, "id"),
    )
    open_picked()
    carry_away(
        say,
        "recorded-twice",
        rows,
        labels,
        (say("gaps.overlap.twice"),),
    )


def _table(
    say: Speech,
    pairs: Rows,
    name: str,
) -> None:
    rows = [_pair_row(say, p) for p in pairs]
    labels = {
        column: say(
            f"gaps.overlap.col.{column}",
            year=say.year(),
        )
        for column in (
            "a",
            "b",
            "group",
            "where",
            "tier",
            "people",
            "share",
            "days",
            "value",
        )
    }
    number = st.column_config.NumberColumn
    config = {
        "people": number(format="%,d"),
        "share": number(format="%.0f"),
        "days": number(format="%,d"),
        "value": number(format="£%,.0f"),
    }
    table(
        rows,
        labels,
        key=f"{name}_table",
        height=min(
            360,
            40 + 35 * len(rows),
        ),
        pick=True,
        on_pick=opens("project", rows, "id"),
        config=config,
    )
    open_picked()
    carry_away(
        say,
        name.replace("_", "-"),
        rows,
        labels,
        (say("gaps.overlap.rule"),),
    )


def _pair_row(say: Speech, p: Row) -> dict[str, Any]:
    """Two projects for the same people: what they share in people, days and money."""
    return {
        "id": p["project_a"],
        "a": p["title_a"],
        "b": p["title_b"],
        "group": say.group(p["target_group"]),
        "where": numbers.join(
            say.lang,
            sorted({say.place(la) for la in (p["la_a"], p["la_b"]) if la}),
        ),
        "tier": " / ".join(
            dict.fromkeys(
                say(f"record.tier_{t}") if t else say("common.not_recorded")
                for t in (p["tier_a"], p["tier_b"])
            )
        ),
        "people": 5 * round(p["shared_people"] / 5),
        "share": 100 * p["overlap_coefficient"],
        "days": p["shared_days"],
        "value": p["value_gbp"],
    }


def ladders(pairs: Sequence[Row]) -> list[list[dict[str, Any]]]:
    """Layered pairs joined into ladders: projects linked by any pair for the same people stand on one
    ladder, longest first.
    """
    neighbours: dict[str, set[str]] = defaultdict(set)
    step: dict[str, dict[str, Any]] = {}
    for p in pairs:
        neighbours[p["project_a"]].add(p["project_b"])
        neighbours[p["project_b"]].add(p["project_a"])
        for side in ("a", "b"):
            step[p[f"project_{side}"]] = {
                "title": p[f"title_{side}"],
                "tier": p[f"tier_{side}"],
                "start": p[f"start_{side}"],
                "end": p[f"end_{side}"],
                "la": p[f"la_{side}"],
                "group": p["target_group"],
                "value": p[f"value_{side}_gbp"],
            }
    found, seen = [], set[str]()
    for first in sorted(neighbours):
        if first in seen:
            continue
        here, waiting = [], [first]
        while waiting:
            project = waiting.pop()
            if project not in seen:
                seen.add(project)
                here.append(project)
                waiting += sorted(neighbours[project] - seen)
        found.append([step[project] for project in sorted(here)])
    return sorted(
        found,
        key=lambda steps: -len(steps),
    )


def _ladder_name(say: Speech, steps: Sequence[dict[str, Any]]) -> str:
    """Whom a ladder serves, where, and in how many steps."""
    where = numbers.join(
        say.lang,
        sorted({say.place(s["la"]) for s in steps if s["la"]}),
    )
    return say(
        "gaps.overlap.ladder_name",
        group=say.group(steps[0]["group"]),
        where=where,
        n=len(steps),
    )


def _ladders(say: Speech, pairs: Rows) -> None:
    every = ladders(pairs)
    by_need = every[list_page(say, "ladders", len(every))]
    build = reader.build()
    at = st.selectbox(
        say("gaps.overlap.ladder_pick"),
        range(len(by_need)),
        format_func=lambda at: _ladder_name(say, by_need[at]),
        key="ladder_pick",
    )
    steps = [
        {
            **s,
            "end": s["end"] or build["as_of"],
            "level": say(f"record.tier_{s['tier']}"),
        }
        for s in by_need[at]
    ]
    tiers = {t: say(f"record.tier_{t}") for t in TIERS}
    parts = [
        f"{s['title']} ({s['level']})"
        for s in sorted(
            steps,
            key=lambda s: TIERS.index(s["tier"]),
        )
    ]
    labels = {
        "title": say("gaps.overlap.col.a"),
        "level": say("gaps.overlap.col.tier"),
        "start": say("gaps.overlap.col.start"),
        "end": say("gaps.overlap.col.end"),
        "value": say("gaps.coherence.col.value"),
    }
    show_picture(
        say,
        ladder(
            steps,
            tiers,
            say(
                "gaps.overlap.ladder_alt",
                steps=numbers.join(say.lang, parts),
            ),
            labels,
        ),
        key="ladder_picture",
        name="ladder",
    )
