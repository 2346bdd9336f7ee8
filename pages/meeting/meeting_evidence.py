"""What the committee sees of one item: its frozen facts as one picture and its table, and four ways to
look closer.
"""

from __future__ import annotations

import json
from typing import Any

import streamlit as st

from clearlink.figures.criteria_strip import criteria_strip
from clearlink.report.criterion_text import criterion_text
from clearlink.review.records import Item
from clearlink.review.statements import recorded_statements
from clearlink.review.store import Store
from clearlink.rules.codes import NEED_DEFINITIONS
from clearlink.warehouse import reader
from clearlink.words import numbers
from pages.frame.criteria_words import source_words
from pages.frame.frame import plain, table
from pages.frame.pictures import show_picture
from pages.frame.speech import Speech
from pages.meeting.meeting_words import voice

NEEDIEST = 0.2


def criteria_rows(say: Speech, facts: dict[str, Any]) -> list[dict[str, Any]]:
    """The eight criteria in words, from facts as kept."""
    cited = {c["priority_id"]: c for c in facts["citations"]}
    rows = []
    for c in facts["criteria"]:
        name = say(f"criterion.name.{c['criterion']}")
        rows.append(
            {
                "code": c["result"],
                "criterion": name,
                "short": name.split(" (")[0],
                "result": say(f"criterion.result.{c['result']}"),
                "why": criterion_text(
                    voice(say),
                    c,
                    cited,
                ),
                "source": source_words(
                    say,
                    {
                        **c,
                        "facts": json.dumps(c["facts"]),
                    },
                    facts["project"],
                ),
            }
        )
    return rows


def link_picture(
    say: Speech,
    item: Item,
    facts: dict[str, Any],
) -> None:
    """The one picture of a project's item, with its table."""
    rows = criteria_rows(say, facts)
    results = [f"{r['short']} {r['result']}" for r in rows]
    alt = say(
        "meetings.run.picture_alt",
        deciding=numbers.join(
            say.lang,
            results[:4],
        ),
        informing=numbers.join(
            say.lang,
            results[4:],
        ),
    )
    labels = {
        "criterion": say("record.col_criterion"),
        "result": say("record.col_result"),
        "why": say("record.col_sentence"),
    }
    with st.container(key="criteria_list", gap=None):
        for row in rows:
            st.markdown(f"**{plain(row['short'])}** — {plain(row['result'])}")
    with st.container(key="criteria_picture"):
        show_picture(
            say,
            criteria_strip(rows, alt, labels),
            key=f"strip_{item.item_id}",
            name=f"criteria-{item.subject_id}",
            notes=(item.titles[say.lang], alt),
        )


def why_this_number(say: Speech, facts: dict[str, Any]) -> None:
    """Every criterion with its sentence and the row that decided it."""
    for row in criteria_rows(say, facts):
        criterion = plain(row["criterion"])
        result = plain(row["result"])
        why = plain(row["why"])
        st.markdown(f"**{criterion}** — {result}  \n{why}")
        st.caption(plain(say("record.decided_by", source=row["source"])))


def other_definition(
    say: Speech,
    item: Item,
    facts: dict[str, Any],
) -> None:
    """Need where the project works, by each definition: does the answer depend on the definition?"""
    measures = sorted(
        (
            m
            for m in facts.get("measures", ())
            if m["neediest_fifth_share"] is not None
        ),
        key=lambda m: NEED_DEFINITIONS.index(m["definition"]),
    )
    if not measures:
        st.info(say("meetings.run.measure_none"))
        return
    shares = [m["neediest_fifth_share"] for m in measures]
    st.markdown(plain(_do_definitions_agree(say, shares)))
    table(
        [_definition_row(say, m) for m in measures],
        {
            k: say(f"meetings.run.{v}")
            for k, v in (
                ("measure", "measure"),
                ("fifth", "measure_fifth"),
                ("people", "measure_people"),
                ("ranks", "measure_ranks"),
                ("edition", "measure_edition"),
            )
        },
        key=f"measures_{item.item_id}",
    )


def _do_definitions_agree(say: Speech, shares: list[float]) -> str:
    """Whether the definitions of need agree on how many of the people reached live in the neediest fifth.
    `shares`: one for each definition.
    """
    low, high = min(shares), max(shares)
    if high == 0:
        return say("meetings.run.measure_nobody")
    if low >= NEEDIEST:
        return say(
            "meetings.run.measure_agree",
            share=numbers.pct(low),
        )
    if high < NEEDIEST:
        return say(
            "meetings.run.measure_agree_low",
            share=numbers.pct(high),
        )
    return say(
        "meetings.run.measure_depends",
        low=numbers.pct(low),
        high=numbers.pct(high),
    )


def _definition_row(say: Speech, m: dict[str, Any]) -> dict[str, Any]:
    """Need where the project works, by one definition and edition."""
    mark = f" ({say('common.illustrative')})" if m["is_illustrative"] else ""
    return {
        "measure": say(f"need.definition.{m['definition']}"),
        "fifth": numbers.pct(m["neediest_fifth_share"]),
        "people": "—"
        if m["people_in_need"] is None
        else numbers.whole(m["people_in_need"]),
        "ranks": "—"
        if m["rank_first"] is None
        else f"{m['rank_first']:,} – {m['rank_last']:,} / {m['rank_of']:,}",
        "edition": say.edition(m["edition"]) + mark,
    }


def what_people_said(
    say: Speech,
    store: Store,
    facts: dict[str, Any],
) -> None:
    """Statements of the project's authority, loaded or recorded here."""
    project = facts.get("project") or {}
    la = project.get("la_code") or ""
    loaded = _loaded_statements(say, la) if la else []
    recorded = [
        (
            s.text,
            s.who,
            s.said_on,
            False,
        )
        for s in recorded_statements(
            store,
            frozenset({la}),
        )
        if s.project_id in (None, project.get("project_id"))
    ]
    statements = [*recorded, *loaded][:6]
    if not statements:
        st.info(say("meetings.run.said_none"))
    for text, who, day, illustrative in statements:
        mark = f" ({say('common.illustrative')})" if illustrative else ""
        line = say(
            "area.voice",
            text=text,
            who=who,
            date=say.date(day),
        )
        st.markdown(plain(line + mark))


def _loaded_statements(
    say: Speech,
    la_code: str,
) -> list[tuple[str, str, Any, bool]]:
    """What was said in an authority as the build holds it: words, who, day, whether illustrative."""
    return [
        (
            s[f"text_{say.lang}"] or s["text_en"],
            s[f"who_{say.lang}"] or s["who_en"],
            s["said_on"],
            s["is_illustrative"],
        )
        for s in reader.statements(la_code)
    ]
