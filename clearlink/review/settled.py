"""What people settle of a record: theme, areas, whom it is for, programme, decision, priority, figure; and
what they reject.

Each is kept with name, day and source, and acts on the record's verdict from the next view on. A value that
was rejected is kept, so that it is never proposed again; taking either back leaves the record as its register
states it. Two people who settle the same thing at once: the second is told (Stale), having written nothing.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import select

from clearlink.review import tables
from clearlink.review.audit import canonical
from clearlink.review.codes import SettledField, SettledSource, SettledState
from clearlink.review.papers import Paper, paper_problems, place_of, record_now
from clearlink.review.protected import withheld_projects
from clearlink.review.records import Settled, record_of
from clearlink.review.refusals import Refused
from clearlink.review.roles import Act, Viewer
from clearlink.review.store import Stale, Store, Write, new_id

# fields of which a record holds one value: accepting another takes its place
SINGLE: Final = frozenset(SettledField) - {
    SettledField.PRIORITY,
    SettledField.FIGURE,
    SettledField.SAME_THING,
}
ONE: Final = ""


@dataclass(frozen=True, slots=True)
class Value:
    """A value to accept or reject. `paper` and `page`: where it stands; `detail`: words that led there,
    how sure, …
    """

    field: SettledField
    value: str
    paper: Paper | None = None
    page: str | None = None
    source: SettledSource = SettledSource.PERSON
    detail: Mapping[str, Any] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Figure:
    """A published figure that a paper gives for a need without naming a priority. `told_on`: the day it
    was published.
    """

    paper: Paper
    value: str
    area: str
    told_on: date
    page: str | None = None


def accept(
    store: Store,
    viewer: Viewer,
    project: Mapping[str, Any] | None,
    value: Value,
    before: Settled | None = None,
    batch: str | None = None,
) -> Settled:
    """Settles one value of a record. `project`: its row of the served build, None where it is gone; `before`:
    what the person saw settled there. Raises Refused, Stale or NotPermitted, having written nothing.
    """
    return _settle(
        store,
        viewer,
        [(project, value, before)],
        SettledState.ACCEPTED,
        batch,
    )[0]


def accept_many(
    store: Store,
    viewer: Viewer,
    values: Iterable[tuple[Mapping[str, Any] | None, Value, Settled | None]],
) -> tuple[str, list[Settled]]:
    """Settles several values as one act, all or none, under a batch that can be taken back as one
    (`withdraw_batch`).
    """
    batch = new_id("B")
    return batch, _settle(
        store,
        viewer,
        list(values),
        SettledState.ACCEPTED,
        batch,
    )


def reject(
    store: Store,
    viewer: Viewer,
    project: Mapping[str, Any] | None,
    value: Value,
    before: Settled | None = None,
) -> Settled:
    """Records that a proposed value is not this record's, so that it is never proposed again."""
    return _settle(
        store,
        viewer,
        [(project, value, before)],
        SettledState.REJECTED,
        None,
    )[0]


def cite(
    store: Store,
    viewer: Viewer,
    project: Mapping[str, Any] | None,
    *,
    priority: Mapping[str, Any] | None,
    assessment_id: str,
    paper: Paper,
    page: str | None,
    quotation: str = "",
    source: SettledSource = SettledSource.PERSON,
    before: Settled | None = None,
) -> Settled:
    """Accepts that a record serves a priority that an assessment names. `paper`: the one that took the
    decision and cites it.

    Without a page the test finds "partly", as for any citation. Refused where the priority is of another
    assessment.
    """
    if priority is None or priority["assessment_id"] != assessment_id:
        raise Refused("priority_elsewhere")
    return accept(
        store,
        viewer,
        project,
        Value(
            SettledField.PRIORITY,
            priority["priority_id"],
            paper,
            page,
            source,
            {
                "assessment_id": assessment_id,
                "quotation": quotation.strip(),
            },
        ),
        before,
    )


def record_figure(
    store: Store,
    viewer: Viewer,
    project: Mapping[str, Any] | None,
    figure: Figure,
    before: Settled | None = None,
) -> Settled:
    """Records a published figure of need that the decision rests on: document, value, area, and a day
    before the decision.
    """
    record = record_now(project)
    codes = [
        *(
            ["figure_missing"]
            if not figure.value.strip() or not figure.area.strip()
            else []
        ),
        *(["day_after_today"] if figure.told_on > store.today() else []),
        *(
            ["figure_not_before"]
            if record.decision_date is not None
            and figure.told_on > record.decision_date
            else []
        ),
    ]
    if codes:
        raise Refused(*codes)
    detail = {
        "area": figure.area.strip(),
        "told_on": figure.told_on.isoformat(),
    }
    value = Value(
        SettledField.FIGURE,
        figure.value.strip(),
        figure.paper,
        figure.page,
        detail=detail,
    )
    return accept(
        store,
        viewer,
        project,
        value,
        before,
    )


def withdraw(
    store: Store,
    viewer: Viewer,
    settled: Settled,
    owners: Collection[str] = (),
) -> Settled:
    """Takes back an acceptance or a rejection: the record is again as its register states it. `owners`:
    places whose people may settle the record, as the served build has them: who may settle may take back.
    """
    viewer.require(
        Act.SETTLE_EVIDENCE,
        settled.place,
        settled.la_code,
        *owners,
    )
    with store.writing(viewer, Act.SETTLE_EVIDENCE) as write:
        return _withdrawn(write, viewer, settled)


def withdraw_batch(
    store: Store,
    viewer: Viewer,
    batch: str,
    owners: Mapping[str, Collection[str]] | None = None,
) -> list[Settled]:
    """Takes back what was accepted as one act; what somebody has settled anew since stays. `owners`: record →
    places whose people may settle it.
    """
    t = tables.settled
    with store.writing(viewer, Act.SETTLE_EVIDENCE) as write:
        rows = write.connection.execute(
            select(t).where(
                t.c.batch == batch,
                t.c.state == str(SettledState.ACCEPTED),
            )
        ).mappings()
        held = [record_of(Settled, r) for r in rows]
        for each in held:
            of_record = (owners or {}).get(each.project_id, ())
            viewer.require(
                Act.SETTLE_EVIDENCE,
                each.place,
                each.la_code,
                *of_record,
            )
        return [_withdrawn(write, viewer, each) for each in held]


def settled(
    store: Store,
    viewer: Viewer,
    project_ids: Collection[str],
) -> list[Settled]:
    """What stands accepted or rejected, the oldest first: public. `project_ids`: those that the warehouse
    showed this viewer, so that nothing is told of a project that they may not read.
    """
    t = tables.settled
    query = (
        select(t)
        .where(t.c.state != str(SettledState.WITHDRAWN))
        .order_by(t.c.settled_on, t.c.settled_id)
    )
    with store.reading() as connection:
        standing = [
            record_of(Settled, r) for r in connection.execute(query).mappings()
        ]
        hidden = {
            p: withheld_projects(
                connection,
                viewer,
                p,
                store.today(),
            )
            for p in {s.place for s in standing}
        }
    return [
        s
        for s in standing
        if s.project_id in project_ids and s.project_id not in hidden[s.place]
    ]


def judge_same(
    store: Store,
    viewer: Viewer,
    project: Mapping[str, Any] | None,
    other_id: str,
    *,
    same: bool,
    before: Settled | None = None,
) -> Settled:
    """Records whether two records are one thing. The money of a build counts it from the next build on."""
    value = Value(SettledField.SAME_THING, other_id)
    return (accept if same else reject)(
        store,
        viewer,
        project,
        value,
        before,
    )


def same_things(store: Store) -> dict[frozenset[str], bool]:
    """Pairs of records that a person has judged: the same thing, or not."""
    t = tables.settled
    query = select(
        t.c.project_id,
        t.c.value,
        t.c.state,
    ).where(
        t.c.field == str(SettledField.SAME_THING),
        t.c.state != str(SettledState.WITHDRAWN),
    )
    with store.reading() as connection:
        rows = connection.execute(
            query.order_by(t.c.settled_on, t.c.settled_id)
        ).all()
    return {
        frozenset((a, b)): state == str(SettledState.ACCEPTED)
        for a, b, state in rows
    }


def _settle(
    store: Store,
    viewer: Viewer,
    values: list[tuple[Mapping[str, Any] | None, Value, Settled | None]],
    state: SettledState,
    batch: str | None,
) -> list[Settled]:
    told = [
        (record_now(project), value, before)
        for project, value, before in values
    ]
    allowed = [
        place_of(viewer, Act.SETTLE_EVIDENCE, record) for record, _, _ in told
    ]
    codes = [
        c
        for _, value, _ in told
        for c in _problems(
            value,
            store.today(),
        )
    ]
    if codes:
        raise Refused(*dict.fromkeys(codes))
    with store.writing(viewer, Act.SETTLE_EVIDENCE) as write:
        return [
            record_of(
                Settled,
                _put(
                    write,
                    before,
                    {
                        "place": place,
                        "la_code": record.la_code,
                        "project_id": record.project_id,
                        "field": str(value.field),
                        "slot": _slot(value, state),
                        **_columns(value),
                        "state": str(state),
                        "batch": batch,
                        "settled_on": write.at[:10],
                        "settled_by": viewer.name,
                    },
                ),
            )
            for place, (record, value, before) in zip(
                allowed, told, strict=True
            )
        ]


def _put(
    write: Write,
    before: Settled | None,
    row: dict[str, Any],
) -> dict[str, Any]:
    t = tables.settled
    held = write.connection.execute(
        select(
            t.c.settled_id,
            t.c.version,
            t.c.state,
        ).where(
            t.c.project_id == row["project_id"],
            t.c.field == row["field"],
            t.c.slot == row["slot"],
        )
    ).one_or_none()
    if held is None:
        if before is not None and before.slot == row["slot"]:
            raise Stale(t.name, before.settled_id)
        return write.add(
            t,
            settled_id=new_id("D"),
            **row,
        )
    return write.change(
        t,
        held.settled_id,
        _version_to_change(held, before),
        **row,
    )


def _version_to_change(held: Any, before: Settled | None) -> int:
    """What was taken back is free for anybody; what stands is changed only by those who have seen it. Raises
    Stale.
    """
    if before is not None and before.settled_id == held.settled_id:
        return before.version
    if held.state != SettledState.WITHDRAWN:
        raise Stale(tables.settled.name, held.settled_id)
    version: int = held.version
    return version


def _withdrawn(
    write: Write,
    viewer: Viewer,
    held: Settled,
) -> Settled:
    row = write.change(
        tables.settled,
        held.settled_id,
        held.version,
        state=str(SettledState.WITHDRAWN),
        settled_on=write.at[:10],
        settled_by=viewer.name,
    )
    return record_of(Settled, row)


def _slot(value: Value, state: SettledState) -> str:
    if value.field in SINGLE and state is SettledState.ACCEPTED:
        return ONE
    if value.field is SettledField.FIGURE and value.paper is not None:
        return f"{value.paper.url} {value.value}"
    return value.value


def _columns(value: Value) -> dict[str, Any]:
    paper = value.paper
    return {
        "value": value.value.strip(),
        "source": str(value.source),
        "document": paper.document.strip() if paper else None,
        "url": paper.url.strip() if paper else None,
        "page": (value.page or "").strip() or None,
        "detail": canonical(
            dict(value.detail)
            | (
                {"paper_date": paper.paper_date.isoformat()}
                if paper and paper.paper_date
                else {}
            )
        ),
    }


def _problems(value: Value, today: date) -> list[str]:
    codes = [] if value.value.strip() else ["value_missing"]
    if value.paper is not None:
        return [
            *codes,
            *paper_problems(value.paper, today, page=value.page),
        ]
    if value.field in (SettledField.PRIORITY, SettledField.FIGURE):
        return [*codes, "document_missing"]
    return codes
