"""The list of projects: finding, four verdicts that filter, and the table that opens a record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

import streamlit as st

from clearlink.review.records import ExceptionGrant
from clearlink.rules.codes import VERDICT_ORDER, WALES, Basis, Verdict
from clearlink.rules.link.confidence import Confidence
from clearlink.rules.plain_text import sentence_start
from clearlink.warehouse.reader import Rows, recipients
from clearlink.words.problems import name_as_given
from pages.frame.choices import Choices, address, choose
from pages.frame.day_of_decision import days_line
from pages.frame.frame import carry_away, finding, plain, source_line, table
from pages.frame.speech import Speech
from pages.frame.state import Box
from pages.frame.visit.list_page import page_of
from pages.frame.which_projects import all_on_record, states_of
from pages.frame.withheld_note import withheld_note
from pages.project.exception_marks import mark
from pages.project.reply_marks import totals_both_ways

_OPEN: Final = Box[str | None]("open_project_by_name")
COLUMNS = (
    "title",
    "verdict",
    "exception",
    "state",
    "why",
    "programme",
    "where",
    "theme",
    "value",
    "confidence",
    "id",
    "illustrative",
)


def project_list(
    say: Speech,
    chosen: Choices,
    rows: Rows,
    granted: Mapping[str, ExceptionGrant],
) -> None:
    """`rows` are the projects of the view before the verdict filter; `granted` their justified exceptions,
    by project id.
    """
    counts = Counter(row["verdict"] for row in rows)
    finding(_finding(say, chosen.place, rows, counts))
    if rows:
        st.caption(plain(all_on_record(say, states_of(rows))))
    _filters(
        say,
        chosen,
        rows,
        counts,
    )
    days = days_line(say, chosen) if chosen.basis == Basis.AT_DECISION else ""
    if days:
        st.caption(plain(days))
    withheld_note(say, chosen.place)
    _recipients(say, chosen)
    if chosen.basis == Basis.AT_DECISION:
        totals_both_ways(say, rows, granted)
    names = _Names(say)
    shown = [
        _shown(
            names,
            row,
            granted.get(row["project_id"]),
        )
        for row in rows
        if not chosen.verdict or row["verdict"] == chosen.verdict
    ]
    if shown:
        _records(say, chosen, shown)
    else:
        st.info(say("projects.finding_none"))


def _finding(
    say: Speech,
    in_place: str,
    rows: Rows,
    counts: Counter[str],
) -> str:
    """How many records there are in the place, by verdict."""
    if not rows:
        return say("projects.finding_none")
    place = say.in_place(in_place)
    return say(
        "projects.finding",
        place=sentence_start(place),
        n=len(rows),
        clear=counts[Verdict.CLEAR],
        partial=counts[Verdict.PARTIAL],
        none=counts[Verdict.NO_LINK_SHOWN],
        cannot=counts[Verdict.CANNOT_ASSESS],
    )


def _column(say: Speech, name: str) -> str:
    return say(
        "exception.column"
        if name == "exception"
        else f"projects.column.{name}",
        year=say.year(),
    )


def _records(
    say: Speech,
    chosen: Choices,
    shown: list[dict[str, Any]],
) -> None:
    """The table whose rows open their records, and what of it can be carried away."""
    labels = {name: _column(say, name) for name in COLUMNS}
    if not any(row["exception"] for row in shown):
        del labels["exception"]
    st.caption(say("projects.how_to_open"))
    key = f"projects_{chosen.verdict}_{len(shown)}"
    picked = table(
        shown,
        labels,
        key=key,
        height=520,
        pick=True,
        config={
            "title": st.column_config.TextColumn(width="large"),
            "value": st.column_config.NumberColumn(format="£%,.0f"),
            "why": st.column_config.TextColumn(width="large"),
            "programme": st.column_config.TextColumn(width="medium"),
        },
    )
    if picked is not None:
        choose(project=shown[picked]["id"])
        st.rerun()
    _open_by_name(say, shown[page_of(key, len(shown))])
    carry_away(
        say,
        "projects",
        shown,
        labels,
        (say("projects.title"),),
    )
    registers = sorted(
        {str(row["register"]) for row in shown if row["register"]}
    )
    source_line(
        say,
        say(
            "projects.source",
            registers=", ".join(registers or ["—"]),
        ),
    )


def _filters(
    say: Speech,
    chosen: Choices,
    rows: Rows,
    counts: Counter[str],
) -> None:
    values: dict[str, list[float | None]] = {v: [] for v in VERDICT_ORDER}
    for row in rows:
        values[row["verdict"]].append(row["year_gbp"])

    def tile(verdict: str) -> str:
        told = [gbp for gbp in values[verdict] if gbp is not None]
        money = say.sum_in_year(
            sum(told),
            counts[verdict],
            counts[verdict] - len(told),
        )
        return say(
            "projects.tile",
            verdict=say.verdict(verdict),
            n=counts[verdict],
            money=money,
        )

    chosen_tile = Box[str | None]("verdict_tiles")
    chosen_tile.keep(chosen.verdict or None)
    st.pills(
        say("choices.verdict"),
        VERDICT_ORDER,
        format_func=tile,
        key=chosen_tile.key,
        on_change=lambda: choose(verdict=chosen_tile.value() or ""),
    )


class _Names:
    """Names for the rows of a list: each is looked up once, however many rows bear it."""

    def __init__(self, say: Speech) -> None:
        self.speech = say
        self.say = cache(say)
        self.verdict, self.place = cache(say.verdict), cache(say.place)
        self.theme, self.programme = cache(say.theme), cache(say.programme)

    def mark(self, grant: ExceptionGrant) -> str:
        return mark(self.speech, grant)


def _shown(
    names: _Names,
    row: dict[str, Any],
    grant: ExceptionGrant | None,
) -> dict[str, Any]:
    say = names.say
    return {
        "id": row["project_id"],
        "title": row["title"],
        "verdict": names.verdict(row["verdict"]),
        "exception": names.mark(grant) if grant else None,
        "why": say(f"verdict.reason.{row['reason']}"),
        "programme": names.programme(row["programme_id"]),
        "where": _where(names, row),
        "theme": names.theme(row["theme_id"]),
        "state": say(f"common.time_state.{row['time_state']}"),
        "value": row["year_gbp"],
        "confidence": None
        if row["confidence"] == Confidence.NONE
        else say(f"verdict.confidence.{row['confidence']}"),
        "illustrative": say("common.yes")
        if row["is_illustrative"]
        else say("common.no"),
        "register": name_as_given((row["source_ref"] or "").split(",")[0]),
    }


def _where(names: _Names, row: dict[str, Any]) -> str:
    """The authority or region; for a record whose place of benefit nobody recorded, that, and where its
    recipient is.
    """
    if row["recipient_area"]:
        return names.say(
            "projects.recipient_in",
            area=names.place(row["recipient_area"]),
        )
    return names.place(row["la_code"] or row["region_code"] or WALES)


def _recipients(say: Speech, chosen: Choices) -> None:
    """Records with a recipient in the place and no place of benefit: counted beside the list, which they
    are not in.
    """
    if chosen.place == WALES:
        return
    n = recipients(
        chosen.place,
        chosen.programme or None,
        chosen.theme or None,
    )
    if n:
        st.caption(
            plain(
                say(
                    "projects.recipients",
                    n=n,
                    place=say.in_place(chosen.place),
                )
            )
        )
        st.page_link(
            "pages/projects.py",
            label=say("projects.recipients_all"),
            query_params=address(place=WALES),
        )


def _open_by_name(say: Speech, shown: list[dict[str, Any]]) -> None:
    """The keyboard's way to the same record."""
    names = {row["id"]: f"{row['title']} · {row['id']}" for row in shown}
    st.selectbox(
        say("projects.open_record"),
        list(names),
        index=None,
        placeholder=say("projects.choose_record"),
        format_func=names.__getitem__,
        key=_OPEN.key,
        on_change=lambda: choose(project=_OPEN.value() or ""),
    )
