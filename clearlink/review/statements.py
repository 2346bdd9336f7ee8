"""What people told us, and what came of it: we did, or we did not because."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from clearlink.review import tables
from clearlink.review.codes import Response, Stance
from clearlink.review.records import Statement, record_of
from clearlink.review.refusals import Refused
from clearlink.review.roles import Act, Viewer
from clearlink.review.store import Store, new_id


def record_statement(
    store: Store, viewer: Viewer, *, place: str, area_code: str, said_on: date, who: str, method: str, text: str, stance: Stance,
    theme_id: str | None = None, project_id: str | None = None,
) -> Statement:  # fmt: skip
    """Records what somebody said. `who` describes a person without naming them ("mother of two, Holyhead"); there is no field for a name."""
    viewer.require(Act.RECORD_STATEMENT, place)
    if not text.strip() or not who.strip():
        raise Refused("said_missing")
    with store.writing(viewer, Act.RECORD_STATEMENT) as write:
        row = write.add(
            tables.statement, statement_id=new_id("T"), place=place, area_code=area_code, theme_id=theme_id, project_id=project_id, said_on=said_on.isoformat(), who=who.strip(),
            method=method, text=text.strip(), stance=str(stance), response=str(Response.NONE_YET), recorded_by=viewer.name, recorded_at=write.at,
        )  # fmt: skip
    return record_of(Statement, row)


def respond(store: Store, viewer: Viewer, statement: Statement, response: Response, text: str, because: str = "", decision_id: str | None = None) -> Statement:
    """What was done about it. "We did not" always says because. Raises Stale."""
    viewer.require(Act.RESPOND_TO_STATEMENT, statement.place, statement.area_code)
    problems = [
        *(["answer_missing"] if not text.strip() else []),
        *(["because_missing"] if response is Response.DID_NOT and not because.strip() else []),
    ]
    if problems:
        raise Refused(*problems)
    with store.writing(viewer, Act.RESPOND_TO_STATEMENT) as write:
        return record_of(
            Statement,
            write.change(tables.statement, statement.statement_id, statement.version, response=str(response), response_text=text.strip(), because=because.strip() or None, decision_id=decision_id),
        )


def recorded_statements(store: Store, area_codes: frozenset[str] | None = None) -> list[Statement]:
    """Statements recorded here, the latest first; None for all areas. They name nobody and are public."""
    with store.reading() as connection:
        rows = connection.execute(select(tables.statement).order_by(tables.statement.c.said_on.desc(), tables.statement.c.recorded_at.desc())).mappings()
        found = [record_of(Statement, r) for r in rows]
    return [s for s in found if area_codes is None or s.area_code in area_codes]
