"""What changed since the last build: a sentence, and a table of each thing with before and after."""

from __future__ import annotations

from collections import Counter
from typing import Final

import streamlit as st

from clearlink.warehouse.reader import Row, Rows
from pages.frame.frame import carry_away, plain, table
from pages.frame.speech import Speech

KINDS: Final = (
    "verdict_at_decision",
    "verdict_today",
    "project_new",
    "project_removed",
    "need_edition",
    "refused",
    "rows",
)
MOST: Final = 500


def build_change_view(say: Speech, changes: Rows) -> None:
    """`changes` are the rows of the comparison; the row of kind build names the build that stood here
    before.
    """
    st.subheader(
        say("data.change.title"),
        anchor="change",
    )
    last = next(
        (c for c in changes if c["kind"] == "build"),
        None,
    )
    if last is None:
        st.info(say("data.change.first"))
        return
    counts = Counter(c["kind"] for c in changes)
    parts = [
        say(
            f"data.change.count.{kind}",
            n=counts[kind],
        )
        for kind in KINDS
        if counts[kind]
    ]
    if not parts:
        st.markdown(plain(say("data.change.none", build=last["before"])))
        return
    finding = say(
        "data.change.finding",
        build=last["before"],
        parts=say.names(parts),
    )
    st.markdown(plain(finding))
    _change_table(
        say,
        [_line(say, c) for c in changes if c["kind"] != "build"],
    )


def _change_table(say: Speech, rows: Rows) -> None:
    """The first of the changes on screen, all of them to carry away."""
    labels = {
        name: say(f"data.change.col.{name}")
        for name in ("kind", "subject", "before", "after")
    }
    table(
        rows[:MOST],
        labels,
        key="build_change_table",
        height=320,
        config={"subject": st.column_config.TextColumn(width="large")},
    )
    if len(rows) > MOST:
        st.caption(
            say(
                "data.change.more",
                n=len(rows) - MOST,
                shown=MOST,
            )
        )
    carry_away(
        say,
        "change-since-the-last-build",
        rows,
        labels,
        (say("data.change.title"),),
    )


def _line(say: Speech, c: Row) -> Row:
    kind = c["kind"]
    subject, before, after = (
        str(c["subject"]),
        c["before"] or "",
        c["after"] or "",
    )
    if kind.startswith("verdict_"):
        subject, before, after = (
            f"{say.of(c, 'title')} · {subject}",
            say.verdict(before),
            say.verdict(after),
        )
    elif kind.startswith("project_"):
        subject, before, after = (
            f"{before or after} · {subject}",
            *(
                say(f"data.change.{'there' if side else 'not_there'}")
                for side in (before, after)
            ),
        )
    elif kind == "need_edition":
        theme, definition, level = subject.split("|")
        need = say(f"need.definition.{definition}")
        of_level = say(f"area_type.{level}")
        subject = f"{say.theme(theme)} · {need} · {of_level}"
        before = say.edition(before)
        after = say.edition(after)
    elif named := say.of(c, "title"):
        subject = f"{named} · {subject}"
    return {
        "kind": say(f"data.change.kind.{kind}"),
        "subject": subject,
        "before": before,
        "after": after,
    }
