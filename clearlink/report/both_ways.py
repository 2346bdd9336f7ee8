"""Totals of a list of projects both ways (method B5): as tested, with replies, and with what committees found
and excepted.
"""

from __future__ import annotations

from collections.abc import Mapping

from clearlink.report.content import Block, Heading, Table, Text
from clearlink.report.voice import Voice
from clearlink.review.codes import RequestState
from clearlink.review.exceptions import exceptions
from clearlink.review.findings import standing_findings
from clearlink.review.records import ExceptionGrant
from clearlink.review.replies import (
    BothWays,
    after_reply,
    both_ways,
    settled_requests,
)
from clearlink.review.requests import requests, state
from clearlink.review.roles import Viewer
from clearlink.review.store import Store
from clearlink.rules.codes import Basis, Verdict
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Rows
from clearlink.words import numbers

VERDICTS = (
    Verdict.CLEAR,
    Verdict.PARTIAL,
    Verdict.NO_LINK_SHOWN,
    Verdict.CANNOT_ASSESS,
    "EXCEPTION",
)
WAYS = ("tested", "replied", "excepted")


def totals_of(
    rows: Rows,
    granted: Mapping[str, ExceptionGrant],
    store: Store,
    viewer: Viewer,
) -> BothWays:
    """Totals of these projects (rows of the reader at the decision) with everything that this viewer may know
    counted in.
    """
    told, changed = settled_requests(store, viewer), {}
    for row in rows:
        if row["project_id"] in told:
            project = reader.project(row["project_id"])
            after = after_reply(
                reader.project_verdicts(row["project_id"])[Basis.AT_DECISION],
                project["decision_date"] if project else None,
                told[row["project_id"]],
                store.today(),
            )
            if after.changed:
                changed[row["project_id"]] = str(after.verdict)
    return both_ways(
        rows,
        changed,
        granted,
        standing_findings(store, viewer),
    )


def waiting(
    rows: Rows,
    store: Store,
    viewer: Viewer,
) -> Rows:
    """Projects of the list whose owners were asked and still have days to answer."""
    asked = {
        r.project_id
        for r in requests(store, viewer)
        if state(r, store.today()) is RequestState.WAITING
    }
    return [r for r in rows if r["project_id"] in asked]


def waiting_words(say: Voice, asked: Rows) -> str:
    """How many answers are waited for, and the money of the year that waits with them."""
    if not asked:
        return say("meetings.both_ways.waiting_none")
    told = [r["year_gbp"] for r in asked if r["year_gbp"] is not None]
    money = say.sum_in_year(
        sum(told),
        len(asked),
        len(asked) - len(told),
    )
    return say(
        "meetings.both_ways.waiting",
        n=len(asked),
        money=money,
    )


def both_ways_blocks(
    say: Voice,
    region: str,
    store: Store,
    viewer: Viewer,
) -> list[Block]:
    """The part of the regional sheet that tells the totals both ways, and what still waits for an answer."""
    rows = reader.projects(region)
    totals = totals_of(
        rows,
        exceptions(
            store,
            viewer,
            store.today(),
        ),
        store,
        viewer,
    )
    asked = waiting(rows, store, viewer)
    title = Heading(2, say("meetings.both_ways.title"))
    still_waiting = Text(
        waiting_words(say, asked),
        "small",
    )
    if not totals.differ:
        return [
            title,
            Text(say("meetings.both_ways.same")),
            still_waiting,
        ]
    blocks: list[Block] = [
        title,
        Text(say("meetings.both_ways.lead")),
    ]
    blocks.append(_both_ways_table(say, totals))
    unvalued = sum(r["year_gbp"] is None for r in rows)
    if unvalued:
        words = say("meetings.both_ways.unvalued", n=unvalued)
        blocks.append(Text(words, "small"))
    return [*blocks, still_waiting]


def _both_ways_table(say: Voice, totals: BothWays) -> Table:
    """Records and known money of the year by verdict, each way; verdicts that no way gives are left out."""
    given = [
        v for v in VERDICTS if any(v in getattr(totals, way) for way in WAYS)
    ]
    columns = (
        say("meetings.both_ways.verdict_in", year=say.year()),
        *(say(f"meetings.both_ways.{way}") for way in WAYS),
    )
    return Table(
        say("meetings.both_ways.title"),
        columns,
        tuple(_verdict_row(say, totals, verdict) for verdict in given),
        numeric=(1, 2, 3),
        widths=(4, 3, 3, 4),
    )


def _verdict_row(
    say: Voice,
    totals: BothWays,
    verdict: str,
) -> tuple[str, ...]:
    cells = [say.verdict(verdict)]
    for way in WAYS:
        n, gbp = getattr(totals, way).get(
            verdict,
            (0, 0.0),
        )
        cells.append(
            say(
                "meetings.both_ways.cell",
                n=n,
                money=numbers.gbp(gbp),
            )
        )
    return tuple(cells)
