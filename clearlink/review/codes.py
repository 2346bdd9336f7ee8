"""The closed lists of the committee's record."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from clearlink.rules.codes import Verdict


class MeetingState(StrEnum):
    """`preparing`: the agenda may change. `frozen`: evidence fixed, decisions may be taken. `closed`: a
    record.
    """

    PREPARING = "preparing"
    FROZEN = "frozen"
    CLOSED = "closed"


class Terms(StrEnum):
    """Under whose terms of reference the meeting sits."""

    RCC = "rcc"
    HOUSING_SUPPORT = "rhscg"


class Subject(StrEnum):
    """What an item is about."""

    PROJECT = "project"
    PRIORITY = "priority"
    MATTER = "matter"


class ItemState(StrEnum):
    """Whether a proposed item is on the agenda."""

    KEPT = "kept"
    DROPPED = "dropped"


class Outcome(StrEnum):
    """What the committee decided about an item."""

    CONFIRM = "confirm"
    CHANGE = "change"
    STOP = "stop"
    COMMISSION = "commission"
    INVESTIGATE = "investigate"
    EXCEPTION = "exception"


class ActionState(StrEnum):
    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class Field(StrEnum):
    """The evidence field that is asked for: the criterion it decides."""

    THEME = "c1"
    AREAS = "c2"
    PRIORITY = "c3"


class SettledField(StrEnum):
    """What a person can settle of a record. A record holds one theme, programme, … and any number of
    priorities, figures and other records that are (accepted) or are not (rejected) the same thing.
    """

    THEME = "theme"
    PROGRAMME = "programme"
    AREAS = "areas"
    TARGET_GROUP = "target_group"
    DECISION_DATE = "decision_date"
    ROUTE = "route"
    PRIORITY = "priority"
    FIGURE = "figure"
    SAME_THING = "same_thing"


class SettledState(StrEnum):
    """`withdrawn` takes back an acceptance or a rejection: the record is then as its register states it."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class SettledSource(StrEnum):
    """Where a settled value came from: a person's own reading, a machine's proposal, or a register that
    carried it back.
    """

    PERSON = "person"
    PROPOSAL = "proposal"
    REGISTER = "register"


class LegalGround(StrEnum):
    """The ground in law that a paper gives for how it decided; shown before the sign."""

    NONE_GIVEN = "none_given"
    STATUTORY_DUTY = "statutory_duty"
    EMERGENCY = "emergency"
    ONLY_PROVIDER = "only_provider"
    OTHER = "other"


class PaperState(StrEnum):
    """Whether a reading of a paper, or a sign read in one, stands."""

    STANDS = "stands"
    WITHDRAWN = "withdrawn"


class Answer(StrEnum):
    """What the owner said when asked. `supplied_in_part` is a reference without page or quotation."""

    SUPPLIED = "supplied"
    SUPPLIED_IN_PART = "supplied_in_part"
    CONFIRMED_NONE = "confirmed_none"


class RequestState(StrEnum):
    """`waiting` and `silent` follow from the 28-day clock, `answered` from an answer."""

    WAITING = "waiting"
    SILENT = "silent"
    ANSWERED = "answered"


class Stance(StrEnum):
    """Whether a statement supports or disputes the need that the figures show."""

    SUPPORTS = "supports"
    DISPUTES = "disputes"
    NEITHER = "neither"


class Response(StrEnum):
    """What happened with a statement."""

    NONE_YET = "none_yet"
    DID = "did"
    DID_NOT = "did_not"


class Standard(StrEnum):
    """The seven National Participation Standards for children and young people in Wales, in their order."""

    INFORMATION = "information"
    CHOICE = "choice"
    NO_DISCRIMINATION = "no_discrimination"
    RESPECT = "respect"
    GAIN = "gain"
    FEEDBACK = "feedback"
    WORKING_BETTER = "working_better"


class Kept(StrEnum):
    """How far an engagement kept a standard, as those say who held it."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class Ground(StrEnum):
    """On what ground the committee finds otherwise than the test (method B5)."""

    NEW_EVIDENCE = "new_evidence"
    LOCAL_KNOWLEDGE = "local_knowledge"
    STATUTORY_DUTY = "statutory_duty"
    RECORD_WRONG = "record_wrong"
    TRANSITION = "transition"


NO_LINK: Final = Verdict.NO_LINK_SHOWN
EXCEPTION: Final = "EXCEPTION"
