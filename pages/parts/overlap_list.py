"""Running projects that serve the same people: possible duplicates, and ladders from one level of help to the next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import streamlit as st

from clearlink.figures.ladder import TIERS, ladder
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Row, Rows
from clearlink.words import numbers
from pages.parts.choices import Choices
from pages.parts.frame import carry_away, plain, table
from pages.parts.picks import open_picked, opens
from pages.parts.pictures import show_picture
from pages.parts.speech import Speech


def overlap_list(say: Speech, chosen: Choices) -> None:
    """Finding, duplicates as a table, ladders as a picture."""
    pairs = reader.overlaps(chosen.place, chosen.theme or None, chosen.programme or None)
    same = [p for p in pairs if p["kind"] == "POSSIBLE_DUPLICATION"]
    layered = [p for p in pairs if p["kind"] == "LAYERED"]
    place = say.in_place(chosen.place)
    start = place[:1].upper() + place[1:]
    text = (
        say("gaps.overlap.finding_same", place=start, n=len(same))
        + " "
        + say("gaps.overlap.finding_layered", n=len(layered))
        if pairs
        else say("gaps.overlap.finding_none", place=start)
    )
    st.markdown(f"**{plain(text)}**")
    st.caption(plain(say("gaps.overlap.rule")))
    st.subheader(say("gaps.overlap.duplicates"))
    if same:
        _table(say, same, "overlap_duplicates")
    else:
        st.success(say("gaps.overlap.no_duplicates"))
    st.subheader(say("gaps.overlap.ladders"))
    if layered:
        _ladders(say, layered)
        _table(say, layered, "overlap_layered")
    else:
        st.info(say("gaps.overlap.no_ladders"))


def _table(say: Speech, pairs: Rows, name: str) -> None:
    rows = [
        {
            "id": p["project_a"],
            "a": p["title_a"],
            "b": p["title_b"],
            "group": say.group(p["target_group"]),
            "where": numbers.join(say.lang, sorted({say.place(la) for la in (p["la_a"], p["la_b"]) if la})),
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
        for p in pairs
    ]
    labels = {
        column: say(f"gaps.overlap.col.{column}")
        for column in ("a", "b", "group", "where", "tier", "people", "share", "days", "value")
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
        height=min(360, 40 + 35 * len(rows)),
        pick=True,
        on_pick=opens("project", rows, "id"),
        config=config,
    )
    open_picked()
    carry_away(say, name.replace("_", "-"), rows, labels, (say("gaps.overlap.rule"),))


def ladders(pairs: Sequence[Row]) -> list[list[dict[str, Any]]]:
    """Layered pairs joined into ladders: projects linked by any pair for the same people stand on one ladder, longest first."""
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
    return sorted(found, key=lambda steps: -len(steps))


def _ladders(say: Speech, pairs: Rows) -> None:
    found = ladders(pairs)
    build = reader.build()

    def name(at: int) -> str:
        steps = found[at]
        where = numbers.join(say.lang, sorted({say.place(s["la"]) for s in steps if s["la"]}))
        return say("gaps.overlap.ladder_name", group=say.group(steps[0]["group"]), where=where, n=len(steps))

    at = st.selectbox(say("gaps.overlap.ladder_pick"), range(len(found)), format_func=name, key="ladder_pick")
    steps = [
        {**s, "end": s["end"] or build["as_of"], "level": say(f"record.tier_{s['tier']}")} for s in found[at]
    ]
    tiers = {t: say(f"record.tier_{t}") for t in TIERS}
    parts = [f"{s['title']} ({s['level']})" for s in sorted(steps, key=lambda s: TIERS.index(s["tier"]))]
    labels = {
        "title": say("gaps.overlap.col.a"),
        "level": say("gaps.overlap.col.tier"),
        "start": say("gaps.overlap.col.start"),
        "end": say("gaps.overlap.col.end"),
        "value": say("gaps.coherence.col.value"),
    }
    show_picture(
        say,
        ladder(steps, tiers, say("gaps.overlap.ladder_alt", steps=numbers.join(say.lang, parts)), labels),
        key="ladder_picture",
        name="ladder",
    )
