"""Justified exceptions: proposed by those who know the place, granted by a committee (decisions.py), and
ended before their day.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from sqlalchemy import select

from clearlink.review import tables
from clearlink.review.protected import withheld_projects
from clearlink.review.records import (
    ExceptionGrant,
    ExceptionProposal,
    record_of,
)
from clearlink.review.refusals import Refused
from clearlink.review.roles import Act, Viewer
from clearlink.review.store import Store, new_id
from clearlink.review.tables import LONGEST_TEXT
from clearlink.rules.plain_text import cut_to
from clearlink.warehouse.law import law_in_force

ENDING_DAYS: Final = 90


def exceptions(
    store: Store,
    viewer: Viewer,
    on: date,
) -> dict[str, ExceptionGrant]:
    """Project id → the justified exception in force on a day, the one that ends first leading. Public, as a
    verdict is never shown without its exception, but for a project that this viewer may not read.
    """
    with store.reading() as connection:
        granted = [
            record_of(ExceptionGrant, r)
            for r in connection.execute(
                select(tables.exception_grant).order_by(
                    tables.exception_grant.c.until
                )
            ).mappings()
        ]
        withheld = {
            p: withheld_projects(connection, viewer, p, on)
            for p in {x.place for x in granted}
        }
    return {
        x.project_id: x
        for x in granted
        if x.stands_on(on) and x.project_id not in withheld[x.place]
    }


def end_exception(
    store: Store,
    viewer: Viewer,
    grant: ExceptionGrant,
    because: str,
    on: date,
) -> ExceptionGrant:
    """Ends an exception before its last day. Raises Stale."""
    viewer.require(Act.END_EXCEPTION, grant.place)
    if len(because.strip()) < law_in_force().override_reason_chars:
        raise Refused("reason_short")
    with store.writing(viewer, Act.END_EXCEPTION) as write:
        return record_of(
            ExceptionGrant,
            write.change(
                tables.exception_grant,
                grant.exception_id,
                grant.version,
                ended_on=on.isoformat(),
                ended_because=because.strip(),
            ),
        )


def propose_exception(
    store: Store,
    viewer: Viewer,
    *,
    place: str,
    la_code: str | None,
    project_id: str,
    title: str,
    reason: str,
) -> ExceptionProposal:
    """Proposes that the committee of `place` grant a project a justified exception. The next agenda that is
    made or proposed again takes it up.

    Who may: those who work for the committee or for the authority that commissions the project (`la_code`).
    """
    viewer.require(Act.PROPOSE_EXCEPTION, place, la_code)
    if len(reason.strip()) < law_in_force().override_reason_chars:
        raise Refused("reason_short")
    with store.writing(viewer, Act.PROPOSE_EXCEPTION) as write:
        p = tables.exception_proposal
        if write.connection.execute(
            select(p.c.proposal_id).where(
                p.c.project_id == project_id,
                p.c.place == place,
                p.c.item_id.is_(None),
            )
        ).first():
            raise Refused("proposal_had")
        row = write.add(
            p,
            proposal_id=new_id("B"),
            place=place,
            la_code=la_code,
            project_id=project_id,
            title=cut_to(title.strip(), LONGEST_TEXT),
            reason=reason.strip(),
            proposed_on=write.at[:10],
            proposed_by=viewer.name,
        )
    return record_of(ExceptionProposal, row)


def proposals_on(
    store: Store,
    viewer: Viewer,
    project_id: str,
) -> list[ExceptionProposal]:
    """Proposals about one project, the latest first, for those who work for its committee or its
    authority.
    """
    p = tables.exception_proposal
    with store.reading() as connection:
        proposals = [
            record_of(ExceptionProposal, r)
            for r in connection.execute(
                select(p)
                .where(p.c.project_id == project_id)
                .order_by(
                    p.c.proposed_on.desc(),
                    p.c.proposal_id,
                )
            ).mappings()
        ]
    return [
        x
        for x in proposals
        if any(
            viewer.may(Act.READ_EMBARGOED, place)
            for place in (x.place, x.la_code)
            if place
        )
    ]
