"""The eight criteria of the project test (method B2): evidence in, outcome out."""

from clearlink.rules.link.criteria.area import (
    AreaEvidence,
    c2_area_targeting,
    users_usable,
)
from clearlink.rules.link.criteria.conduct import (
    EngagementEvidence,
    ReviewEvidence,
    TrailEvidence,
    c6_engagement,
    c7_review,
    c8_decision_trail,
)
from clearlink.rules.link.criteria.currency import EvidenceDate, c4_currency
from clearlink.rules.link.criteria.priority import (
    CitedPriority,
    PriorityEvidence,
    PublishedFigure,
    c3_assessed_priority,
    theme_match,
    valid_until,
)
from clearlink.rules.link.criteria.proportion import (
    ProportionEvidence,
    c5_proportionality,
)
from clearlink.rules.link.criteria.theme import (
    DeclaredTheme,
    ThemeEvidence,
    c1_theme,
)

__all__ = [
    "AreaEvidence",
    "CitedPriority",
    "DeclaredTheme",
    "EngagementEvidence",
    "EvidenceDate",
    "PriorityEvidence",
    "ProportionEvidence",
    "PublishedFigure",
    "ReviewEvidence",
    "ThemeEvidence",
    "TrailEvidence",
    "c1_theme",
    "c2_area_targeting",
    "c3_assessed_priority",
    "c4_currency",
    "c5_proportionality",
    "c6_engagement",
    "c7_review",
    "c8_decision_trail",
    "theme_match",
    "users_usable",
    "valid_until",
]
