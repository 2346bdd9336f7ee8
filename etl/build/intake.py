"""Everything a build is made from, as plain rows: the only argument of `etl.build.build`."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from clearlink.rules.duplicates import Duplicate
from etl.records import (
    Area,
    AreaChoice,
    AreaLink,
    AreaName,
    Assessment,
    AssessmentCheck,
    Citation,
    Engagement,
    FundingLine,
    GrantSum,
    NeedFigure,
    Observation,
    OwnFigure,
    PaperRead,
    Plan,
    PlanAction,
    Priority,
    Problem,
    ProgrammeReturn,
    Project,
    PublicRecord,
)


@dataclass(frozen=True, slots=True)
class SnapshotRow:
    """One publisher's file of this build, with the edition whose figures it holds."""

    snapshot_id: str
    source_id: str
    title_en: str
    title_cy: str
    edition: str
    retrieved_at: datetime | None
    sha256: str
    licence: str
    publisher: str
    url: str
    landing_page: str
    state: str
    rows_read: int
    bytes: int
    attribution: str
    is_illustrative: bool


@dataclass(frozen=True, slots=True)
class SourceState:
    """One source of the catalogue: current, late, refused, withdrawn, awaiting (its columns), or not_fetched
    so far.

    `snapshot_id` names the file in use, if there is one; `reason_code` and `facts` say why no newer one is.
    """

    source_id: str
    title_en: str
    title_cy: str
    publisher: str
    edition: str
    state: str
    snapshot_id: str | None
    reason_code: str
    facts: str
    url: str
    landing_page: str


@dataclass(frozen=True, slots=True)
class EditionRow:
    """When an edition was published, the last day it speaks of, and whether its source moves slowly."""

    source_id: str
    edition: str
    published: date | None
    reference_end: date | None
    slow_moving: bool
    is_illustrative: bool


@dataclass(frozen=True, slots=True)
class ProjectTheme:
    """A theme of a project and how it was known; exactly one theme of a project is primary."""

    project_id: str
    theme_id: str
    share: float
    method: str
    is_primary: bool


@dataclass(frozen=True, slots=True)
class Statement:
    """What people told us about a theme in an area."""

    statement_id: str
    area_code: str
    theme_id: str
    said_on: date | None
    who_en: str
    who_cy: str
    text_en: str
    text_cy: str
    supports: bool
    is_illustrative: bool


@dataclass(frozen=True, slots=True)
class RowCount:
    """Rows of one source or register: read, kept, refused."""

    source_id: str
    kind: str
    rows_in: int
    rows_kept: int
    rows_refused: int


@dataclass(frozen=True, slots=True)
class Layer:
    """A map layer: gzipped GeoJSON that the browser keeps under a name that holds its hash."""

    name: str
    gz: bytes
    sha256: str
    features: int


@dataclass(slots=True)
class Intake:
    """The rows of one build. Observations travel with the snapshot they came from.

    Filled from the publishers' files by etl/pipeline/published.py (the sample's by etl/pipeline/sample.py),
    and from registers by etl/pipeline/builds.py.
    """

    kind: str
    as_of: date
    is_illustrative: bool
    areas: list[Area] = field(default_factory=list)
    boxes: dict[str, tuple[float, float, float, float, float, float]] = field(
        default_factory=dict
    )
    links: list[AreaLink] = field(default_factory=list)
    names: list[AreaName] = field(default_factory=list)
    postcodes: list[AreaLink] = field(default_factory=list)
    observations: list[tuple[str, list[Observation]]] = field(
        default_factory=list
    )
    snapshots: list[SnapshotRow] = field(default_factory=list)
    source_states: list[SourceState] = field(default_factory=list)
    editions: list[EditionRow] = field(default_factory=list)
    projects: list[Project] = field(default_factory=list)
    project_themes: list[ProjectTheme] = field(default_factory=list)
    assessments: list[Assessment] = field(default_factory=list)
    priorities: list[Priority] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    area_choices: list[AreaChoice] = field(default_factory=list)
    paper_readings: list[PaperRead] = field(default_factory=list)
    need_figures: list[NeedFigure] = field(default_factory=list)
    public_records: list[PublicRecord] = field(default_factory=list)
    engagements: list[Engagement] = field(default_factory=list)
    own_figures: list[OwnFigure] = field(default_factory=list)
    programme_returns: list[ProgrammeReturn] = field(default_factory=list)
    plans: list[Plan] = field(default_factory=list)
    plan_actions: list[PlanAction] = field(default_factory=list)
    funding_lines: list[FundingLine] = field(default_factory=list)
    assessment_checks: list[AssessmentCheck] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    allocations: list[GrantSum] = field(default_factory=list)
    duplicates: list[Duplicate] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    row_counts: list[RowCount] = field(default_factory=list)
    layers: list[Layer] = field(default_factory=list)
