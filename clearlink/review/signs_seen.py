"""Signs of ad-hoc commissioning that a person read in a paper (method B10, S1 to S3), and the owner's reply.

A sign stands beside the verdict and never changes it. What the paper says is told in our own words.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final

from clearlink.review import tables
from clearlink.review.codes import LegalGround, PaperState
from clearlink.review.papers import (
    LEAST_SAID,
    Paper,
    paper_problems,
    place_of,
    record_now,
)
from clearlink.review.records import SignSeen, record_of
from clearlink.review.refusals import Refused
from clearlink.review.roles import Act, Viewer
from clearlink.review.standing_records import (
    standing_records,
    withdraw_standing,
    write_standing,
)
from clearlink.review.store import Store

FROM_PAPERS: Final = ("S1", "S2", "S3")


def record_sign(
    store: Store,
    viewer: Viewer,
    project: Mapping[str, Any] | None,
    *,
    sign: str,
    paper: Paper,
    said: str,
    ground: LegalGround = LegalGround.NONE_GIVEN,
) -> SignSeen:
    """Records a sign with its paper. Raises Refused, Stale where it is recorded already, or NotPermitted."""
    record = record_now(project)
    place = place_of(viewer, Act.SETTLE_EVIDENCE, record)
    codes = paper_problems(
        paper,
        store.today(),
        needs_date=True,
    )
    codes += ["said_too_short"] if len(said.strip()) < LEAST_SAID else []
    codes += ["value_missing"] if sign not in FROM_PAPERS else []
    if codes or paper.paper_date is None:
        raise Refused(*dict.fromkeys(codes))
    with store.writing(viewer, Act.SETTLE_EVIDENCE) as write:
        told: dict[str, Any] = {
            "place": place,
            "la_code": record.la_code,
            "project_id": record.project_id,
            "sign": sign,
            "document": paper.document.strip(),
            "url": paper.url.strip(),
            "paper_date": paper.paper_date.isoformat(),
            "said": said.strip(),
            "ground": str(ground),
            "state": str(PaperState.STANDS),
            "seen_on": write.at[:10],
            "seen_by": viewer.name,
            "reply": None,
            "replied_on": None,
            "replied_by": None,
        }
        row = write_standing(
            write,
            tables.sign_seen,
            "G",
            told,
            ("project_id", "sign", "url"),
        )
    return record_of(SignSeen, row)


def reply_to_sign(
    store: Store,
    viewer: Viewer,
    sign: SignSeen,
    reply: str,
) -> SignSeen:
    """The owner's reply, which is shown with the sign from then on."""
    viewer.require(
        Act.ANSWER_REQUEST,
        sign.place,
        sign.la_code,
    )
    if not reply.strip():
        raise Refused("reply_missing")
    with store.writing(viewer, Act.ANSWER_REQUEST) as write:
        row = write.change(
            tables.sign_seen,
            sign.sign_id,
            sign.version,
            reply=reply.strip(),
            replied_on=write.at[:10],
            replied_by=viewer.name,
        )
    return record_of(SignSeen, row)


def withdraw_sign(
    store: Store,
    viewer: Viewer,
    sign: SignSeen,
    owners: Collection[str] = (),
) -> SignSeen:
    """Takes a sign back, where the paper was misread. `owners`: places whose people may settle the record."""
    viewer.require(
        Act.SETTLE_EVIDENCE,
        sign.place,
        sign.la_code,
        *owners,
    )
    return withdraw_standing(
        store,
        viewer,
        tables.sign_seen,
        SignSeen,
        sign.sign_id,
        sign.version,
    )


def signs_seen(
    store: Store,
    viewer: Viewer,
    project_ids: Collection[str],
) -> list[SignSeen]:
    """Signs that stand, the oldest first, of projects that the warehouse showed this viewer: public."""
    return standing_records(
        store,
        viewer,
        tables.sign_seen,
        SignSeen,
        "seen_on",
        project_ids,
    )
