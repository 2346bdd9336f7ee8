"""The first pages of a pack: the region on one sheet, and what its records say of need and of their own
evidence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from clearlink.report.content import Block, Heading, NewPage, Table, Text
from clearlink.report.pack_items import PackItem
from clearlink.report.standing_words import share_words, sign_columns, sign_rows
from clearlink.report.verdict_finding import opening_finding
from clearlink.report.voice import Voice
from clearlink.report.which_records import records_said
from clearlink.rules.codes import VERDICT_ORDER
from clearlink.rules.link.two_questions import (
    Sum,
    added,
    share_of_money,
    share_of_records,
    shares,
    squares,
)
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Row, Rows
from clearlink.words import numbers

SQUARES_SHOWN: Final = 8


def region_sheet(
    say: Voice,
    region: str,
    listed: Sequence[PackItem],
    with_meeting: bool,
) -> list[Block]:
    """The region on one sheet: finding, verdicts, agenda."""
    counts = {r["verdict"]: r for r in reader.verdict_counts(region)}
    lead = opening_finding(
        say,
        region,
        counts,
        reader.projects(region),
    )
    blocks: list[Block] = [
        Heading(1, say("pack.sheet")),
        Text(lead, "lead"),
    ]
    if records := records_said(say, region):
        blocks.append(Text(records))
    if not with_meeting:
        blocks.append(Text(say("pack.no_meeting")))
    return [
        *blocks,
        _verdicts_table(say, counts),
        _agenda_table(say, listed),
        *questions_blocks(say, region),
    ]


def _verdicts_table(say: Voice, counts: Mapping[str, Row]) -> Table:
    """Projects and known money of the year by verdict, in the order of the verdicts."""
    columns = (
        say("pack.col_verdict"),
        say("pack.col_projects"),
        say("standing.col.money", year=say.year()),
        say("standing.col.unvalued", year=say.year()),
    )
    rows = tuple(
        _verdict_cells(
            say,
            verdict,
            counts[verdict],
        )
        for verdict in VERDICT_ORDER
        if verdict in counts
    )
    return Table(
        say("pack.verdicts"),
        columns,
        rows,
        numeric=(1, 2, 3),
    )


def _verdict_cells(
    say: Voice,
    verdict: str,
    count: Row,
) -> tuple[str, ...]:
    projects, unvalued = count["projects"], count["without_value"]
    money = _known_money(
        count["year_gbp"],
        projects - unvalued,
    )
    return (
        say.verdict(verdict),
        str(projects),
        money,
        str(unvalued),
    )


def _agenda_table(say: Voice, listed: Sequence[PackItem]) -> Table:
    columns = tuple(
        say(f"pack.col_{c}") for c in ("number", "item", "where", "verdict")
    )
    rows = tuple(
        _agenda_cells(say, n, each) for n, each in enumerate(listed, 1)
    )
    return Table(
        say("pack.agenda"),
        columns,
        rows,
        numeric=(0,),
        widths=(2, 8, 4, 5),
    )


def _agenda_cells(
    say: Voice,
    number: int,
    each: PackItem,
) -> tuple[str, ...]:
    verdict = each.facts.get("verdict")
    return (
        str(number),
        each.item.titles[say.lang],
        _where(say, each.facts),
        say.verdict(verdict["verdict"]) if verdict else "—",
    )


def _where(say: Voice, facts: dict[str, Any]) -> str:
    """The authority or region of a project, the body of a priority, a dash for a matter."""
    project = facts.get("project")
    if project:
        return say.place(project["la_code"] or project["region_code"])
    priority = facts.get("priority") or {}
    return say.printed(priority.get("body"))


def _known_money(gbp: float, valued: int) -> str:
    """The sum of what is known; a dash where of no record any money is known, which is not £0."""
    return numbers.gbp(gbp) if valued else "—"


def sum_cells(held: Sum) -> tuple[str, str, str]:
    """Records, their known money of the year, and of how many of them it is not known."""
    return (
        str(held.records),
        _known_money(
            held.gbp,
            held.records - held.unvalued,
        ),
        str(held.unvalued),
    )


def questions_blocks(say: Voice, region: str) -> list[Block]:
    """Does it serve need, and is that on record: the largest squares in words, the shares, and the signs with
    the money under them. Nothing where no record is held.
    """
    rows = reader.projects(region)
    sums = squares(rows)
    if not sums:
        return []
    return [
        NewPage(),
        _squares_table(say, sums),
        _shares(say, rows),
        *_signs_blocks(say, rows),
    ]


def _squares_table(say: Voice, sums: Mapping[tuple[str, str], Sum]) -> Table:
    """The squares that hold the most money, and among equals the most records."""
    by_size = sorted(
        sums,
        key=lambda at: (-sums[at].gbp, -sums[at].records),
    )
    cells = tuple(
        (
            say(f"standing.serves.{serves}"),
            say(f"standing.record.{record}"),
            *sum_cells(sums[serves, record]),
            str(sums[serves, record].with_sign),
        )
        for serves, record in by_size[:SQUARES_SHOWN]
    )
    columns = tuple(
        say(
            f"standing.col.{c}",
            year=say.year(),
        )
        for c in (
            "serves",
            "on_record",
            "records",
            "money",
            "unvalued",
            "signs",
        )
    )
    return Table(
        say("standing.title"),
        columns,
        cells,
        numeric=(2, 3, 4, 5),
        widths=(5, 4, 2, 3, 3, 2),
    )


def _signs_blocks(say: Voice, rows: Rows) -> list[Block]:
    """Signs against verdicts with records and money, as on Projects; nothing where no record bears any."""
    if not any(row["signs"] for row in rows):
        return []
    by_sign = Table(
        say("standing.signs.title"),
        sign_columns(say),
        tuple(sign_rows(say, rows)),
        widths=(5, 3, 3, 3, 4),
    )
    return [
        by_sign,
        Text(say("standing.signs.help"), "small"),
    ]


def _shares(say: Voice, rows: Rows) -> Table:
    """Records and money of the year in each state, by which blank; the same as on Home and by command."""
    whole = added(rows)
    columns = (
        say("standing.shares.col.state"),
        say("standing.col.records"),
        say("standing.shares.col.of_records"),
        say("standing.shares.col.of_money", year=say.year()),
    )
    lines = tuple(
        (
            say(f"standing.state.{state}"),
            str(held.records),
            share_words(share_of_records(held, whole)),
            share_words(share_of_money(held, whole)),
        )
        for state, held in shares(rows).items()
        if held.records
    )
    return Table(
        say("standing.shares.title"),
        columns,
        lines,
        numeric=(1, 2, 3),
        widths=(8, 2, 2, 3),
    )
