"""Who may do what. The matrix is data; every write and every scoped read asks it, whatever page the
request came from.
"""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from clearlink.review import sign_ins
from clearlink.rules.plain_text import cut_to
from clearlink.warehouse.scope import Scope, everything


class Role(StrEnum):
    """What a person is to the committee."""

    VIEWER = "viewer"
    COMMISSIONER = "commissioner"
    OFFICER = "officer"
    CHAIR = "chair"
    STEWARD = "steward"


class Act(StrEnum):
    """Every kind of write, and the kinds of scoped read: meetings and rows under embargo, services whose
    place is protected, the log.
    """

    SET_UP_MEETING = "set_up_meeting"
    RECORD_MEMBERS = "record_members"
    DECLARE_INTEREST = "declare_interest"
    ARRANGE_AGENDA = "arrange_agenda"
    FREEZE_EVIDENCE = "freeze_evidence"
    DECIDE = "decide"
    SECOND_A_DECISION = "second_a_decision"
    FOLLOW_ACTION = "follow_action"
    PROPOSE_EXCEPTION = "propose_exception"
    END_EXCEPTION = "end_exception"
    ASK_FOR_EVIDENCE = "ask_for_evidence"
    ANSWER_REQUEST = "answer_request"
    RECORD_STATEMENT = "record_statement"
    RESPOND_TO_STATEMENT = "respond_to_statement"
    CHECK_PARTICIPATION = "check_participation"
    SETTLE_EVIDENCE = "settle_evidence"
    WORD_MINUTES = "word_minutes"
    DECIDE_EARLY = "decide_early"
    CLOSE_MEETING = "close_meeting"
    READ_EMBARGOED = "read_embargoed"
    READ_PROTECTED = "read_protected"
    READ_AUDIT = "read_audit"
    LOAD_REGISTER = "load_register"


_OFFICER: Final = frozenset(Act) - {
    Act.DECIDE_EARLY,
    Act.CLOSE_MEETING,
    Act.READ_AUDIT,
    Act.LOAD_REGISTER,
}
MATRIX: Final[dict[Role, frozenset[Act]]] = {
    Role.VIEWER: frozenset(),
    Role.COMMISSIONER: frozenset(
        {
            Act.ANSWER_REQUEST,
            Act.RECORD_STATEMENT,
            Act.RESPOND_TO_STATEMENT,
            Act.CHECK_PARTICIPATION,
            Act.SETTLE_EVIDENCE,
            Act.FOLLOW_ACTION,
            Act.PROPOSE_EXCEPTION,
            Act.READ_EMBARGOED,
            Act.READ_PROTECTED,
        }
    ),
    Role.OFFICER: _OFFICER,
    Role.CHAIR: _OFFICER
    | {Act.DECIDE_EARLY, Act.CLOSE_MEETING, Act.READ_AUDIT},
    # the steward keeps the data and the log, and takes no part in decisions
    Role.STEWARD: frozenset(
        {
            Act.ASK_FOR_EVIDENCE,
            Act.SETTLE_EVIDENCE,
            Act.RECORD_STATEMENT,
            Act.READ_EMBARGOED,
            Act.READ_PROTECTED,
            Act.READ_AUDIT,
            Act.LOAD_REGISTER,
        }
    ),
}


class NotPermitted(PermissionError):
    """The viewer's role or place does not allow the act. `act` and `role` say which."""

    def __init__(
        self,
        viewer: Viewer,
        act: Act,
        place: str | None,
    ) -> None:
        super().__init__(
            f"{viewer.role} {viewer.name!r} may not {act} for {place or 'any place'}"
        )
        self.viewer, self.act, self.place = viewer, act, place


@dataclass(frozen=True, slots=True)
class Viewer:
    """The person a request comes from. `places` are the authorities and regions they act for; empty means
    none.

    `is_local` marks the single person of an installation without sign-in, who holds every role and every
    place; not `is_named` until they have said who they are, and `name` is then a description.
    `subject` is the identity provider's own name for the person, never shown. `signed_in_at` and `ends_at`
    are seconds since 1970: a viewer outlives the run of the page that made it, so every question asks again
    whether the sign-in still stands.
    """

    name: str
    role: Role
    places: frozenset[str] = frozenset()
    is_local: bool = False
    subject: str = ""
    signed_in_at: float = 0.0
    ends_at: float = math.inf
    is_named: bool = True

    def may(
        self,
        act: Act,
        place: str | None = None,
    ) -> bool:
        """Whether the act is allowed here. A place of None asks about the role alone."""
        if self.is_local:
            return True
        if not sign_ins.stands(
            self.subject,
            self.signed_in_at,
            self.ends_at,
        ):
            return False
        return act in MATRIX[self.role] and (
            place is None or place in self.places
        )

    def scope(self) -> Scope:
        """What this person may read of the warehouse at this moment: protected and embargoed projects of
        the places they act for.
        """
        if self.is_local:
            return everything()
        return Scope(
            protected_places=frozenset(
                p for p in self.places if self.may(Act.READ_PROTECTED, p)
            ),
            embargoed_places=frozenset(
                p for p in self.places if self.may(Act.READ_EMBARGOED, p)
            ),
            sees_unpublished=self.may(Act.LOAD_REGISTER),
        )

    def require(self, act: Act, *places: str | None) -> None:
        """Raises NotPermitted unless the act is allowed in at least one of `places`; an unknown place
        (None) allows nothing.
        """
        known = [place for place in places if place is not None]
        if not (self.is_local or any(self.may(act, place) for place in known)):
            raise NotPermitted(
                self,
                act,
                known[0] if known else None,
            )


def local_viewer(name: str, *, is_named: bool = True) -> Viewer:
    """The one person of an installation without sign-in."""
    return Viewer(
        name=name,
        role=Role.CHAIR,
        is_local=True,
        subject="local",
        is_named=is_named,
    )


def viewer_from_claims(
    name: str,
    subject: str,
    role: str,
    places: Collection[str],
    *,
    signed_in_at: float = 0.0,
    ends_at: float = math.inf,
) -> Viewer:
    """A signed-in person. An unknown or missing role is a viewer: rights are never guessed upwards."""
    known = role in set(Role)
    return Viewer(
        name=cut_to(name, 80),
        role=Role(role) if known else Role.VIEWER,
        places=frozenset(places) if known else frozenset(),
        subject=subject,
        signed_in_at=signed_in_at,
        ends_at=ends_at,
    )
