"""What people told us, and what came of it: we did, or we did not because."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Table, select

from clearlink import folders
from clearlink.review import tables
from clearlink.review.answers import check_answer
from clearlink.review.codes import Response, Stance
from clearlink.review.records import LoadedAnswer, Statement, record_of
from clearlink.review.refusals import Refused
from clearlink.review.roles import Act, Viewer
from clearlink.review.store import Store, Write, new_id
from clearlink.review.tables import LONGEST
from clearlink.rules.plain_text import cut_to
from clearlink.warehouse.withdrawn import keep_withdrawn


def record_statement(
    store: Store,
    viewer: Viewer,
    *,
    place: str,
    area_code: str,
    said_on: date,
    who: str,
    method: str,
    text: str,
    stance: Stance,
    theme_id: str | None = None,
    project_id: str | None = None,
) -> Statement:
    """Records what somebody said. `who` describes a person without naming them ("mother of two,
    Holyhead"); there is no field for a name.
    """
    viewer.require(Act.RECORD_STATEMENT, place)
    if not text.strip() or not who.strip():
        raise Refused("said_missing")
    with store.writing(viewer, Act.RECORD_STATEMENT) as write:
        row = write.add(
            tables.statement,
            statement_id=new_id("T"),
            place=place,
            area_code=area_code,
            theme_id=theme_id,
            project_id=project_id,
            said_on=said_on.isoformat(),
            who=who.strip(),
            method=method,
            text=text.strip(),
            stance=str(stance),
            response=str(Response.NONE_YET),
            recorded_by=viewer.name,
            recorded_at=write.at,
        )
    return record_of(Statement, row)


def respond(
    store: Store,
    viewer: Viewer,
    statement: Statement,
    response: Response,
    text: str,
    because: str = "",
    decision_id: str | None = None,
) -> Statement:
    """What was done about it. "We did not" always says because. Raises Stale."""
    viewer.require(
        Act.RESPOND_TO_STATEMENT,
        statement.place,
        statement.area_code,
    )
    check_answer(response, text, because)
    with store.writing(viewer, Act.RESPOND_TO_STATEMENT) as write:
        return record_of(
            Statement,
            write.change(
                tables.statement,
                statement.statement_id,
                statement.version,
                response=str(response),
                response_text=text.strip(),
                because=because.strip() or None,
                decision_id=decision_id,
            ),
        )


def answer_loaded(
    store: Store,
    viewer: Viewer,
    *,
    statement_id: str,
    place: str,
    area_code: str,
    said: str,
    response: Response,
    text: str,
    because: str = "",
    before: LoadedAnswer | None = None,
) -> LoadedAnswer:
    """What came of a statement that was loaded with the build. `before` is the answer the person has seen.
    Raises Stale.
    """
    viewer.require(Act.RESPOND_TO_STATEMENT, place, area_code)
    check_answer(response, text, because)
    told = {
        "said": cut_to(
            said,
            LONGEST["loaded_answer", "said"],
        ),
        "response": str(response),
        "response_text": text.strip(),
        "because": because.strip() or None,
        "answered_by": viewer.name,
    }
    with store.writing(viewer, Act.RESPOND_TO_STATEMENT) as write:
        t = tables.loaded_answer
        if before is None and _version_of(write, t, statement_id) is None:
            row = write.add(
                t,
                statement_id=statement_id,
                place=place,
                area_code=area_code,
                answered_at=write.at,
                **told,
            )
        else:
            row = write.change(
                t,
                statement_id,
                before.version if before else 0,
                answered_at=write.at,
                **told,
            )
    return record_of(LoadedAnswer, row)


def loaded_answers(store: Store) -> dict[str, LoadedAnswer]:
    """Id of a loaded statement → what came of it. Public, as the statements are."""
    with store.reading() as connection:
        return {
            r["statement_id"]: record_of(LoadedAnswer, r)
            for r in connection.execute(select(tables.loaded_answer)).mappings()
        }


def withdraw_statement(
    store: Store,
    viewer: Viewer,
    *,
    statement_id: str,
    place: str,
    area_code: str,
) -> None:
    """Takes a statement back for whoever made it: off every page, pack, export and build at once. The log
    keeps that, never what.

    One that a committee recorded loses its words here; one that a build holds is left out wherever the build
    is read, and of the next build. Raises Refused where it was withdrawn before.
    """
    viewer.require(Act.RECORD_STATEMENT, place, area_code)
    withdrawn = tables.withdrawn_statement
    with store.writing(viewer, Act.RECORD_STATEMENT) as write:
        if _version_of(write, withdrawn, statement_id) is not None:
            raise Refused("withdrawn_already")
        _empty(write, tables.statement, statement_id, text="", who="")
        write.add(
            withdrawn,
            statement_id=statement_id,
            place=place,
            withdrawn_by=viewer.name,
            withdrawn_at=write.at,
        )
        _empty(write, tables.loaded_answer, statement_id, said="")
    store.clear_away()
    keep_withdrawn(
        folders.warehouse_file(),
        withdrawn_statements(store),
    )


def _version_of(
    write: Write,
    table: Table,
    statement_id: str,
) -> int | None:
    """The version of the row about a statement; None where the table has none."""
    return write.connection.execute(
        select(table.c.version).where(table.c.statement_id == statement_id)
    ).scalar_one_or_none()


def _empty(
    write: Write, table: Table, statement_id: str, **emptied: str
) -> None:
    """Takes the words out of the row about a statement, where there is one."""
    version = _version_of(write, table, statement_id)
    if version is not None:
        write.change(table, statement_id, version, **emptied)


def withdrawn_statements(store: Store) -> frozenset[str]:
    """Ids of every statement that was withdrawn."""
    w = tables.withdrawn_statement
    with store.reading() as connection:
        return frozenset(
            row.statement_id
            for row in connection.execute(select(w.c.statement_id))
        )


def recorded_statements(
    store: Store,
    area_codes: frozenset[str] | None = None,
) -> list[Statement]:
    """Statements recorded here, the latest first; None for all areas. They name nobody and are public."""
    with store.reading() as connection:
        rows = connection.execute(
            select(tables.statement).order_by(
                tables.statement.c.said_on.desc(),
                tables.statement.c.recorded_at.desc(),
            )
        ).mappings()
        statements = [record_of(Statement, r) for r in rows]
    gone = withdrawn_statements(store)
    statements = [s for s in statements if s.statement_id not in gone]
    return [
        s for s in statements if area_codes is None or s.area_code in area_codes
    ]
