"""The self-check against the National Participation Standards: one for each engagement of a project and one
for each assessment, in the words of those who held it.

The seven standards are those of Wales for children and young people. The check is the owner's own, changes no
verdict and is public, but for a project that the reader may not read.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy import select

from clearlink.review import tables
from clearlink.review.audit import canonical
from clearlink.review.codes import Kept, Standard
from clearlink.review.protected import withheld_projects
from clearlink.review.records import (
    AssessmentParticipation,
    ParticipationCheck,
    record_of,
)
from clearlink.review.refusals import Refused
from clearlink.review.roles import Act, Viewer
from clearlink.review.store import Store, new_id


def check_participation(
    store: Store,
    viewer: Viewer,
    *,
    project_id: str,
    places: Collection[str],
    engaged_on: date,
    standards: Mapping[Standard, Kept],
    note: str,
    before: ParticipationCheck | None = None,
) -> ParticipationCheck:
    """Records or changes the self-check of the engagement of one day. `places` are the authority and the
    region that the project is of.

    Every standard is answered, or nothing is written (Refused). `before` is the check that the person has
    seen; raises Stale where somebody else has changed it since.
    """
    viewer.require(
        Act.CHECK_PARTICIPATION,
        *sorted(places),
    )
    told = _whole(viewer, standards, note)
    with store.writing(viewer, Act.CHECK_PARTICIPATION) as write:
        t = tables.participation_check
        held = write.connection.execute(
            select(t.c.check_id, t.c.version).where(
                t.c.project_id == project_id,
                t.c.engaged_on == engaged_on.isoformat(),
            )
        ).one_or_none()
        if held is None and before is None:
            row = write.add(
                t,
                check_id=new_id("C"),
                project_id=project_id,
                place=_first_allowed(viewer, places),
                engaged_on=engaged_on.isoformat(),
                checked_at=write.at,
                **told,
            )
        else:
            row = write.change(
                t,
                held.check_id if held else "",
                before.version if before else 0,
                checked_at=write.at,
                **told,
            )
    return record_of(ParticipationCheck, row)


def check_assessment(
    store: Store,
    viewer: Viewer,
    *,
    assessment_id: str,
    places: Collection[str],
    standards: Mapping[Standard, Kept],
    note: str,
    before: AssessmentParticipation | None = None,
) -> AssessmentParticipation:
    """Records or changes the self-check of how children and young people had their say in an assessment.
    `places`: the authorities it covers and their regions. Raises Refused and Stale as the other check does.
    """
    viewer.require(
        Act.CHECK_PARTICIPATION,
        *sorted(places),
    )
    told = _whole(viewer, standards, note)
    t = tables.assessment_participation
    with store.writing(viewer, Act.CHECK_PARTICIPATION) as write:
        held = write.connection.execute(
            select(t.c.version).where(t.c.assessment_id == assessment_id)
        ).one_or_none()
        if held is None and before is None:
            row = write.add(
                t,
                assessment_id=assessment_id,
                place=_first_allowed(viewer, places),
                checked_at=write.at,
                **told,
            )
        else:
            row = write.change(
                t,
                assessment_id,
                before.version if before else 0,
                checked_at=write.at,
                **told,
            )
    return record_of(AssessmentParticipation, row)


def assessments_checked(
    store: Store,
    assessment_ids: Collection[str],
) -> dict[str, AssessmentParticipation]:
    """Assessment → its self-check, of those asked for. Public, as assessments are."""
    t = tables.assessment_participation
    with store.reading() as connection:
        return {
            r["assessment_id"]: record_of(AssessmentParticipation, r)
            for r in connection.execute(select(t)).mappings()
            if r["assessment_id"] in assessment_ids
        }


def _whole(
    viewer: Viewer,
    standards: Mapping[Standard, Kept],
    note: str,
) -> dict[str, str | None]:
    """What a check says, every standard of it. Raises Refused where one is not answered."""
    if set(standards) != set(Standard):
        raise Refused("standards_missing")
    return {
        "standards": canonical({str(s): str(standards[s]) for s in Standard}),
        "note": note.strip() or None,
        "checked_by": viewer.name,
    }


def _first_allowed(viewer: Viewer, places: Collection[str]) -> str:
    """The place under which the check is kept: the first that this person may speak for."""
    return next(
        p for p in sorted(places) if viewer.may(Act.CHECK_PARTICIPATION, p)
    )


def participation_checks(
    store: Store,
    viewer: Viewer,
    project_ids: Collection[str],
) -> dict[str, ParticipationCheck]:
    """Project id → its latest self-check, of the projects asked for: those that the warehouse showed this
    viewer.
    """
    t = tables.participation_check
    with store.reading() as connection:
        checks = [
            record_of(ParticipationCheck, r)
            for r in connection.execute(
                select(t).order_by(t.c.engaged_on)
            ).mappings()
        ]
        withheld = {
            p: withheld_projects(
                connection,
                viewer,
                p,
                store.today(),
            )
            for p in {c.place for c in checks}
        }
    return {
        c.project_id: c
        for c in checks
        if c.project_id in project_ids and c.project_id not in withheld[c.place]
    }
