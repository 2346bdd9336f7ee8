"""The closed lists of the link test: results, verdicts, field states, delivery models and reason codes.

A reason code is what the screen looks its sentence up by, in both languages; a code without a sentence is a
defect.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

WALES: Final = "W92000004"
# How a need is defined, the surest first: in people, as a published rate, several needs together, the
# publisher's index.
NEED_DEFINITIONS: Final = ("lead", "rate", "composite", "wimd")
# How need is measured where money is held against it, and how money that serves a wider area is spread.
FAIRNESS_DEFINITIONS: Final = ("lead", "extent")
PLACINGS: Final = ("population_at_risk", "population")


class FieldState(StrEnum):
    """What we know about an evidence field. Only a named person sets anything but provided and blank."""

    PROVIDED = "provided"
    CONFIRMED_NONE = "confirmed_none"
    REQUESTED_NOT_SUPPLIED = "requested_not_supplied"
    BLANK = "blank"
    WITHHELD = "withheld"


class Result(StrEnum):
    """How one criterion came out."""

    MET = "MET"
    PARTLY = "PARTLY"
    NOT_MET = "NOT_MET"
    NO_EVIDENCE = "NO_EVIDENCE"
    REQUESTED_NOT_SUPPLIED = "REQUESTED_NOT_SUPPLIED"
    NOT_APPLICABLE = "NOT_APPLICABLE"
    NOT_ASSESSABLE = "NOT_ASSESSABLE"


class Verdict(StrEnum):
    """What the project test says of one project."""

    CLEAR = "CLEAR"
    PARTIAL = "PARTIAL"
    NO_LINK_SHOWN = "NO_LINK_SHOWN"
    CANNOT_ASSESS = "CANNOT_ASSESS"


# As lists and pictures show verdicts: what most needs a look first.
VERDICT_ORDER: Final = (
    Verdict.NO_LINK_SHOWN,
    Verdict.PARTIAL,
    Verdict.CLEAR,
    Verdict.CANNOT_ASSESS,
)


class Basis(StrEnum):
    """Which day's knowledge the verdict uses: the decision's own, or today's ("if decided today")."""

    AT_DECISION = "at_decision"
    TODAY = "today"


class Criterion(StrEnum):
    """The eight criteria: C1 to C3 decide, C4 conditions, C5 to C8 inform and never change a verdict."""

    C1 = "c1"
    C2 = "c2"
    C3 = "c3"
    C4 = "c4"
    C5 = "c5"
    C6 = "c6"
    C7 = "c7"
    C8 = "c8"


class DeliveryModel(StrEnum):
    """How a service reaches people, as its commissioner recorded it."""

    PLACE_BASED = "place_based"
    DISPERSED = "dispersed"
    AREA_WIDE = "area_wide"
    CONFIDENTIAL = "confidential"


class ValueKind(StrEnum):
    """What a record's value is. Only yearly money is money a year of something commissioned."""

    YEARLY = "yearly"
    FRAMEWORK_CEILING = "framework_ceiling"
    TENDER_NOTICE = "tender_notice"
    NEVER_BOUGHT = "never_bought"


class DatesBasis(StrEnum):
    """How dates that the record does not state in full were worked out."""

    END_FROM_LENGTH = "end_from_length"
    AWARD_AND_LENGTH = "award_and_length"


class TimeState(StrEnum):
    """How a record stands on a day. One whose dates nobody recorded is never running, and neither is a notice
    that nobody has won or that was cancelled, withdrawn or unsuccessful.
    """

    RUNNING = "running"
    TO_COME = "to_come"
    ENDED = "ended"
    NOT_DATED = "not_dated"
    NOTICE = "notice"
    NEVER_BOUGHT = "never_bought"


class Fit(StrEnum):
    """How well a theme's indicator measures the theme."""

    GOOD = "good"
    WEAK = "weak"


class ThemeMatch(StrEnum):
    """Whether a cited priority is about the project's theme."""

    SAME = "same"
    RELATED = "related"
    NONE = "none"


class NeedLevel(StrEnum):
    """The lowest level at which the theme's need is published."""

    SMALL_AREA = "small_area"
    AUTHORITY_ONLY = "authority_only"
    NOT_HELD = "not_held"
    SUPPRESSED = "suppressed"


class VerdictReason(StrEnum):
    """Why the verdict is what it is (method B3)."""

    C1 = "V-C1"
    P1 = "V-P1"
    P2 = "V-P2"
    P3 = "V-P3"
    P4 = "V-P4"
    P5 = "V-P5"
    P6 = "V-P6"
    P7 = "V-P7"
    P8 = "V-P8"
    NL1 = "V-NL1"
    NL2 = "V-NL2"
    NL3 = "V-NL3"
    NL4 = "V-NL4"
    CA1 = "V-CA1"
    CA2 = "V-CA2"
    CA3 = "V-CA3"


class Reason(StrEnum):
    """Why a criterion came out as it did (method B2)."""

    C1_GOOD = "C1-GOOD"
    C1_WEAK = "C1-WEAK"
    C1_NONE = "C1-NONE"
    C1_BLANK = "C1-BLANK"
    C1_REQ = "C1-REQ"
    C1_WITHHELD = "C1-WITHHELD"
    C2_RATIO = "C2-RATIO"
    C2_POCKETS = "C2-POCKETS"
    C2_BELOW = "C2-BELOW"
    C2_AVERAGE = "C2-AVERAGE"
    C2_COMPOSITE = "C2-COMPOSITE"
    C2_ANACHRONISTIC = "C2-ANACHRONISTIC"
    C2_PROTECTED = "C2-PROTECTED"
    C2_AREAWIDE = "C2-AREAWIDE"
    C2_DISPERSED = "C2-DISPERSED"
    C2_BLANK = "C2-BLANK"
    C2_REQ = "C2-REQ"
    C2_LAONLY = "C2-LAONLY"
    C2_NOINDICATOR = "C2-NOINDICATOR"
    C2_SUPPRESSED = "C2-SUPPRESSED"
    C3_OK = "C3-OK"
    C3_NOPAGE = "C3-NOPAGE"
    C3_RELATED = "C3-RELATED"
    C3_UNDATED = "C3-UNDATED"
    C3_RETROFIT = "C3-RETROFIT"
    C3_LAPSED = "C3-LAPSED"
    C3_EXPIRED = "C3-EXPIRED"
    C3_AREA = "C3-AREA"
    C3_THEME = "C3-THEME"
    C3_FIGURE = "C3-FIGURE"
    C3_PAPER_SILENT = "C3-PAPER-SILENT"
    C3_NONE = "C3-NONE"
    C3_BLANK = "C3-BLANK"
    C3_REQ = "C3-REQ"
    C3_WITHHELD = "C3-WITHHELD"
    C4_OK = "C4-OK"
    C4_AGEING = "C4-AGEING"
    C4_OLD = "C4-OLD"
    C4_AFTER = "C4-AFTER"
    C4_BLANK = "C4-BLANK"
    C4_NODAY = "C4-NODAY"
    C5_OK = "C5-OK"
    C5_WATCH = "C5-WATCH"
    C5_FLAG = "C5-FLAG"
    C5_SMALL = "C5-SMALL"
    C5_FIXED = "C5-FIXED"
    C5_BLANK = "C5-BLANK"
    C5_NONEED = "C5-NONEED"
    C6_OK = "C6-OK"
    C6_GENERIC = "C6-GENERIC"
    C6_UNDATED = "C6-UNDATED"
    C6_CHILDREN = "C6-CHILDREN"
    C6_AFTER = "C6-AFTER"
    C6_NONE = "C6-NONE"
    C6_BLANK = "C6-BLANK"
    C6_REQ = "C6-REQ"
    C7_OK = "C7-OK"
    C7_NOREVIEW = "C7-NOREVIEW"
    C7_NONE = "C7-NONE"
    C7_NEW = "C7-NEW"
    C7_BLANK = "C7-BLANK"
    C7_REQ = "C7-REQ"
    C8_OK = "C8-OK"
    C8_SOME = "C8-SOME"
    C8_BLANK = "C8-BLANK"
