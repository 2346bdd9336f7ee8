"""What people settled acts on the next view: the store's rows, judged by the build's statements, beside the served build.

Nothing is rebuilt and nothing of the build is changed. After a new build, or after anybody's act in any process, the next question to
`settle_now` finds that the file no longer speaks of this build and this store, and makes it anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Any, Final

from sqlalchemy import func, select

from clearlink import folders
from clearlink.review import tables
from clearlink.review.codes import PaperState, SettledField, SettledState
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
_ONE_AT_A_TIME: Final = Lock()
_known: dict[str, tuple[str, Any]] = {}

Rows = dict[str, list[dict[str, Any]]]


def settle_now(store: Store) -> bool:
    """Brings the served answers up to what the store holds. Answers whether anything was to do; costs one small question where not."""
    served = folders.warehouse_file()
    mark = _mark(store)
    try:
        key = warehouse().key
    except NothingBuilt:
        return False
    if _known.get(str(served)) == (mark, key):
        return False
    with _ONE_AT_A_TIME:
        # the build's statements are heavy: only when somebody has settled something
        from etl.build.settled import SettlingStopped, write_settled

        rows = settled_rows(store)
        held = held_mark(served, str(reader.build()["content_hash"]))
        if held != mark and (any(rows.values()) or held is not None):
            # a build of an earlier version keeps its own verdicts until it is built again
            with suppress(SettlingStopped):
                write_settled(served, rows, mark)
            # a run that has already asked which build answers asks again
            establish_anew()
        _known[str(served)] = (mark, warehouse().key)
    return True


def settled_rows(store: Store) -> Rows:
    """Every row of the store that bears on a verdict or a sign, by the subject that the build's statements name it by."""
    with store.reading() as connection:
        held = [
            record_of(Settled, r)
            for r in connection.execute(
                select(tables.settled)
                .where(tables.settled.c.state == str(SettledState.ACCEPTED))
                .order_by(tables.settled.c.settled_id)
            ).mappings()
        ]
        stands = str(PaperState.STANDS)
        readings = [
            dict(r)
            for r in connection.execute(
                select(tables.paper_reading).where(tables.paper_reading.c.state == stands)
            ).mappings()
        ]
        signs = [
            dict(r)
            for r in connection.execute(
                select(tables.sign_seen).where(tables.sign_seen.c.state == stands)
            ).mappings()
        ]
    return {
        "project_values": _values(held),
        "theme": _listed(held, SettledField.THEME, "theme_id"),
        "areas": _listed(held, SettledField.AREAS, "area_code"),
        "citation": [_citation(s) for s in held if s.field is SettledField.PRIORITY],
        "need_figure": [_figure(s) for s in held if s.field is SettledField.FIGURE],
        "paper_reading": [_of(r, _READING) for r in readings],
        "sign_seen": [_of(s, _SIGN) for s in signs],
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
        for t in (tables.settled, tables.paper_reading, tables.sign_seen)
        for total in (func.count(), func.coalesce(func.sum(t.c.version), 0))
    )
)


def _mark(store: Store) -> str:
    """Another text whenever anything was settled, read, seen or taken back."""
    with store.reading() as connection:
        found = connection.execute(_MARKS).one()
    return "|".join(str(tuple(found[at : at + 2])) for at in range(0, len(found), 2))


def _values(held: list[Settled]) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for s in held:
        if s.field in _COLUMNS:
            row = found.setdefault(
                s.project_id, {"project_id": s.project_id} | dict.fromkeys(_COLUMNS.values())
            )
            row[_COLUMNS[s.field]] = s.value
    return list(found.values())


def _listed(held: list[Settled], field: SettledField, column: str) -> list[dict[str, Any]]:
    return [
        {"project_id": s.project_id, column: part.strip(), "nth": nth}
        for s in held
        if s.field is field
        for nth, part in enumerate(s.value.split(";"))
        if part.strip()
    ]


def _citation(s: Settled) -> dict[str, Any]:
    return {
        "project_id": s.project_id,
        "priority_id": s.value,
        "stated_on": s.detail.get("paper_date"),
        "quotation": s.detail.get("quotation", ""),
        "page": s.page,
        "source_ref": f"{s.document or ''} ({s.url or ''}), {s.settled_by}, {s.settled_on.isoformat()}",
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
    """The same for a command: where nobody has ever opened a review store here there is nothing to do, and none is made."""
    url = store_url()
    file = url.removeprefix("sqlite:///")
    if file == url or Path(file).exists():
        settle_now(review_store())
