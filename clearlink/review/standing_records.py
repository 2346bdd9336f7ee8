"""What a person recorded of a paper stands until it is taken back: written once, and read without what is
withheld.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Protocol, TypeVar

from sqlalchemy import RowMapping, Table, select

from clearlink.review.codes import PaperState
from clearlink.review.protected import withheld_projects
from clearlink.review.records import record_of
from clearlink.review.roles import Act, Viewer
from clearlink.review.store import Stale, Store, Write, new_id


class OfProject(Protocol):
    """A record of a project, before a committee's place."""

    @property
    def place(self) -> str: ...
    @property
    def project_id(self) -> str: ...


Kept = TypeVar("Kept", bound=OfProject)


def write_standing(
    write: Write,
    table: Table,
    letter: str,
    told: Mapping[str, Any],
    same: Collection[str],
) -> Mapping[str, Any] | RowMapping:
    """The row as it is written: a new one, or the withdrawn one that agrees in the columns `same`, standing
    again.

    Ids of the table begin with `letter`. Raises Stale where such a row stands already.
    """
    key = next(iter(table.primary_key.columns))
    held = write.connection.execute(
        select(
            key,
            table.c.version,
            table.c.state,
        ).where(*(table.c[name] == told[name] for name in same))
    ).one_or_none()
    if held is None:
        return write.add(
            table,
            **{key.name: new_id(letter)},
            **told,
        )
    if held.state == PaperState.STANDS:
        raise Stale(
            table.name,
            held[0],
        )
    return write.change(
        table,
        held[0],
        held.version,
        **told,
    )


def withdraw_standing(
    store: Store,
    viewer: Viewer,
    table: Table,
    kind: type[Kept],
    row_id: str,
    version: int,
) -> Kept:
    """The record taken back. Raises Stale. Whether this viewer may is for the caller to ask."""
    with store.writing(viewer, Act.SETTLE_EVIDENCE) as write:
        row = write.change(
            table,
            row_id,
            version,
            state=str(PaperState.WITHDRAWN),
        )
    return record_of(kind, row)


def standing_records(
    store: Store,
    viewer: Viewer,
    table: Table,
    kind: type[Kept],
    day: str,
    project_ids: Collection[str],
) -> list[Kept]:
    """Records that stand, the oldest first by the column `day`: public. `project_ids`: those that the
    warehouse showed this viewer, so that nothing is told of a project that they may not read.
    """
    key = next(iter(table.primary_key.columns))
    query = (
        select(table)
        .where(table.c.state == str(PaperState.STANDS))
        .order_by(
            table.c[day],
            key,
        )
    )
    with store.reading() as connection:
        held = [
            record_of(kind, row) for row in connection.execute(query).mappings()
        ]
        hidden = {
            place: withheld_projects(
                connection,
                viewer,
                place,
                store.today(),
            )
            for place in {record.place for record in held}
        }
    return [
        r
        for r in held
        if r.project_id in project_ids and r.project_id not in hidden[r.place]
    ]
