"""What people settled acts on the next view: the store's rows, judged by the build's statements, beside the
served build.

Nothing is rebuilt and nothing of the build is changed. After a new build, or after anybody's act in any
process, the next question to `settle_now` finds that the file no longer speaks of this build and this store,
and makes it anew.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass
from math import inf
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Any, Final

from sqlalchemy import Connection, Table, func, select

from clearlink import folders
from clearlink.review import tables
from clearlink.review.codes import (
    Answer,
    PaperState,
    SettledField,
    SettledState,
)
from clearlink.review.records import Settled, record_of
from clearlink.review.store import Store, review_store, store_url
from clearlink.warehouse import reader
from clearlink.warehouse.connection import NothingBuilt, warehouse
from clearlink.warehouse.one_run import establish_anew
from clearlink.warehouse.settled_file import held_mark

_COLUMNS: Final = {
    SettledField.TARGET_GROUP: "target_group",
    SettledField.PROGRAMME: "programme_id",
    SettledField.DECISION_DATE: "decision_date",
    SettledField.ROUTE: "route_to_award",
}
# settling one of these changes where money lies, and so gaps, overlaps and fairness
MOVES_MONEY: Final = ("project_values", "theme", "areas")
_WHOLE: Final = "|whole"
_ONE_AT_A_TIME: Final = Lock()
# others' views work money in at most so often
SECONDS_BETWEEN: Final = 60.0


@dataclass(frozen=True, slots=True)
class _Known:
    """What this process knows of the file: the store's mark and the build it stands for, and when money was
    last worked in.
    """

    of: tuple[str, Any]
    is_whole: bool
    worked_at: float

    @property
    def is_recent(self) -> bool:
        return monotonic() - self.worked_at < SECONDS_BETWEEN


_known: dict[str, _Known] = {}

Rows = dict[str, list[dict[str, Any]]]


def settle_now(
    store: Store,
    *,
    whole: bool = True,
    patient: bool = True,
    while_it_lasts: Callable[[], AbstractContextManager[Any]] = nullcontext,
) -> bool:
    """Brings the served answers up to what the store holds. Answers whether anything was done; costs one
    small question where not.

    `whole`: money, gaps and fairness too, which takes seconds where a theme, an area or a programme was
    settled (`while_it_lasts` is entered for that time); else only the settled records themselves, as the desk
    does after each answer. `patient`: whoever settled something, or a command, waits for it; anybody else's
    view does that work only where nobody does and none was done a while ago, so that a busy desk does not
    hold up everybody's pages.
    """
    served = folders.warehouse_file()
    mark = _mark(store)
    try:
        key = warehouse().key
    except NothingBuilt:
        return False
    known = _known.get(str(served))
    if known is not None and known.of == (mark, key):
        is_done = known.is_whole or not whole
        if is_done or (known.is_recent and not patient):
            return False
    has_news = known is None or known.of[0] != mark
    if not _ONE_AT_A_TIME.acquire(blocking=patient or has_news):
        return False
    may_work = patient or known is None or not known.is_recent
    try:
        return _brought_up(
            store,
            served,
            mark,
            whole and may_work,
            while_it_lasts,
        )
    finally:
        _ONE_AT_A_TIME.release()


def _brought_up(
    store: Store,
    served: Path,
    mark: str,
    whole: bool,
    while_it_lasts: Callable[[], AbstractContextManager[Any]],
) -> bool:
    rows = settled_rows(store)
    held = held_mark(
        served,
        str(reader.build()["content_hash"]),
    )
    # a citation, a figure, a paper or a sign moves no money: judged alone, they are judged wholly
    moves_money = any(rows[name] for name in MOVES_MONEY)
    is_whole = whole or not moves_money
    wanted = mark + (_WHOLE if is_whole else "")
    has_anything = any(rows.values()) or held is not None
    is_behind = has_anything and held not in (mark + _WHOLE, wanted)
    is_work = whole and moves_money
    if is_behind:
        with while_it_lasts() if is_work else nullcontext():
            _write(
                served,
                rows,
                wanted,
                whole=whole,
                moves_money=moves_money,
            )
        # a run that has already asked which build answers asks again
        establish_anew()
    before = _known.get(str(served))
    worked_at = before.worked_at if before else -inf
    if is_behind and is_work:
        worked_at = monotonic()
    _known[str(served)] = _Known(
        (mark, warehouse().key),
        is_whole or held == mark + _WHOLE,
        worked_at,
    )
    return is_behind


def _write(
    served: Path,
    rows: Rows,
    wanted: str,
    *,
    whole: bool,
    moves_money: bool,
) -> None:
    """The settled records into the served build; a build of an earlier version keeps its own verdicts until
    it is built again.
    """
    # the build's statements are heavy: only when somebody has settled something
    from etl.build.real_records import keep_real
    from etl.build.settled import SettlingStopped, write_settled

    with suppress(SettlingStopped):
        if whole:
            # where money lies otherwise, it does so among the real records too
            keep_real(
                served,
                rows if moves_money else None,
            )
        write_settled(
            served,
            rows,
            wanted,
            whole=moves_money and whole,
        )


def settled_rows(store: Store, also: Iterable[Settled] = ()) -> Rows:
    """Every row of the store that bears on a verdict or a sign, by the subject that the build's statements
    name it by.

    `also`: values that are only supposed to be settled.
    """
    with store.reading() as connection:
        held = [
            *_accepted(connection),
            *also,
        ]
        readings = _readings(connection)
        signs = _standing(connection, tables.sign_seen)
    return {
        "project_values": _values(held),
        "theme": _listed(held, SettledField.THEME, "theme_id"),
        "areas": _listed(held, SettledField.AREAS, "area_code"),
        "citation": [
            _citation(s) for s in held if s.field is SettledField.PRIORITY
        ],
        "need_figure": [
            _figure(s) for s in held if s.field is SettledField.FIGURE
        ],
        "paper_reading": [_of(r, _READING) for r in readings],
        "sign_seen": [_of(s, _SIGN) for s in signs],
    }


def _accepted(connection: Connection) -> list[Settled]:
    """The values that people settled, in the order they were entered."""
    accepted = (
        select(tables.settled)
        .where(tables.settled.c.state == str(SettledState.ACCEPTED))
        .order_by(tables.settled.c.settled_id)
    )
    rows = connection.execute(accepted).mappings()
    return [record_of(Settled, row) for row in rows]


def _standing(connection: Connection, table: Table) -> list[dict[str, Any]]:
    """The rows of a table that nobody took back."""
    standing = select(table).where(table.c.state == str(PaperState.STANDS))
    return [dict(row) for row in connection.execute(standing).mappings()]


def _readings(connection: Connection) -> list[dict[str, Any]]:
    """Papers read on request, but where the owner replied with the page itself."""
    replied = _replied_with_a_page(connection)
    readings = _standing(connection, tables.paper_reading)
    return [row for row in readings if row["request_id"] not in replied]


def _replied_with_a_page(connection: Connection) -> set[str]:
    """Ids of questions that the owner answered with a document and the page in it: what replaces a paper
    found silent (method B9).
    """
    asked = tables.evidence_request.c
    rows = connection.execute(
        select(asked.request_id, asked.reference).where(
            asked.answer.is_not(None),
            asked.answer != str(Answer.CONFIRMED_NONE),
            asked.reference.is_not(None),
        )
    )
    told = ((row.request_id, json.loads(row.reference)) for row in rows)
    return {
        request
        for request, kept in told
        if kept.get("title") and kept.get("page")
    }


_READING: Final = [
    "project_id",
    "document",
    "url",
    "paper_date",
    "pages",
    "read_by",
    "read_on",
    "second_by",
    "second_on",
]
_SIGN: Final = [
    "project_id",
    "sign",
    "document",
    "url",
    "paper_date",
    "said",
    "ground",
    "reply",
    "replied_on",
]


# asked at every run of every page: one statement, written once
_MARKS: Final = select(
    *(
        select(total).select_from(t).scalar_subquery()
        for t in (
            tables.settled,
            tables.paper_reading,
            tables.sign_seen,
            tables.evidence_request,
        )
        for total in (
            func.count(),
            func.coalesce(
                func.sum(t.c.version),
                0,
            ),
        )
    )
)


def _mark(store: Store) -> str:
    """Another text whenever anything was settled, read, seen or taken back."""
    with store.reading() as connection:
        counts = connection.execute(_MARKS).one()
    return "|".join(
        str(tuple(counts[at : at + 2]))
        for at in range(
            0,
            len(counts),
            2,
        )
    )


def _values(held: list[Settled]) -> list[dict[str, Any]]:
    records: dict[str, dict[str, Any]] = {}
    for s in held:
        if s.field in _COLUMNS:
            row = records.setdefault(
                s.project_id,
                {"project_id": s.project_id} | dict.fromkeys(_COLUMNS.values()),
            )
            row[_COLUMNS[s.field]] = s.value
    return list(records.values())


def _listed(
    held: list[Settled],
    field: SettledField,
    column: str,
) -> list[dict[str, Any]]:
    return [
        {
            "project_id": s.project_id,
            column: part.strip(),
            "nth": nth,
        }
        for s in held
        if s.field is field
        for nth, part in enumerate(s.value.split(";"))
        if part.strip()
    ]


def _citation(s: Settled) -> dict[str, Any]:
    paper = f"{s.document or ''} ({s.url or ''})"
    day = s.settled_on.isoformat()
    return {
        "project_id": s.project_id,
        "priority_id": s.value,
        "stated_on": s.detail.get("paper_date"),
        "quotation": s.detail.get("quotation", ""),
        "page": s.page,
        "source_ref": f"{paper}, {s.settled_by}, {day}",
    }


def _figure(s: Settled) -> dict[str, Any]:
    return {
        "figure_id": s.settled_id,
        "project_id": s.project_id,
        "value": s.value,
        "area": s.detail.get("area", ""),
        "told_on": s.detail.get("told_on"),
        "document": s.document,
        "url": s.url,
        "page": s.page,
        "told_by": s.settled_by,
    }


def _of(row: Mapping[str, Any], columns: list[str]) -> dict[str, Any]:
    return {column: row[column] for column in columns}


def settle_held() -> None:
    """The same for a command: where nobody has ever opened a review store here there is nothing to do, and
    none is made.
    """
    url = store_url()
    file = url.removeprefix("sqlite:///")
    if file == url or Path(file).exists():
        settle_now(review_store())
