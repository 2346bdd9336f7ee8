"""What a publisher's file becomes before it reaches the warehouse.

These are the only shapes that `etl.sources` and `etl.build` both know. Codes are GSS codes unless said
otherwise, money is in pounds, dates are `datetime.date`, editions are the publisher's own names ("2025",
"Census 2021").
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from clearlink.rules.codes import FieldState as FieldState
from clearlink.rules.codes import ValueKind


class Marker(StrEnum):
    """Why a value is absent. A marker is never turned into a number, and zero is not a marker."""

    CONFIDENTIAL = "confidential"
    LOW = "low"
    NOT_AVAILABLE = "not_available"
    NOT_APPLICABLE = "not_applicable"
    UNRELIABLE = "unreliable"
    NONE_RECORDED = "none_recorded"
    NOT_COLLECTED = "not_collected"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Observation:
    """One published figure: a value or a marker, never both and never neither.

    `cell` says where in the publisher's file it stands ("Data!D12", "row 12, column Income").
    """

    indicator_id: str
    area_code: str
    period: str
    edition: str
    value: float | None
    marker: Marker | None
    cell: str
    numerator: float | None = None
    denominator: float | None = None
    lower: float | None = None
    upper: float | None = None

    def __post_init__(self) -> None:
        if (self.value is None) == (self.marker is None):
            raise ValueError(
                f"{self.indicator_id} {self.area_code} {self.cell}: an observation holds a value or a "
                f"marker, "
                f"found value={self.value!r} marker={self.marker!r}"
            )


@dataclass(frozen=True, slots=True)
class Area:
    """One area of one vintage. `area_type` is LSOA21, LSOA11, MSOA21, WD24, LA, LHB, RCC, RPB, PSB,
    PARTNERSHIP, CLUSTER or WALES.
    """

    area_code: str
    area_type: str
    name_en: str
    name_cy: str | None = None
    la_code: str | None = None
    vintage: str = ""
    population: int | None = None
    is_illustrative: bool = False


@dataclass(frozen=True, slots=True)
class AreaLink:
    """`weight` is the share of the child that lies in the parent (1 where the child nests)."""

    child_code: str
    parent_code: str
    parent_type: str
    weight: float = 1.0
    valid_from: date | None = None
    valid_to: date | None = None
    change: str = ""


@dataclass(frozen=True, slots=True)
class AreaName:
    """What a publisher calls an area, in both languages; another file gives the area itself."""

    area_code: str
    name_en: str
    name_cy: str


class Severity(StrEnum):
    """`refused`: the row or file was not loaded. `warning`: loaded, and somebody should look. `note`:
    worth knowing.
    """

    REFUSED = "refused"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with one place of one file: what was found (quoted), what was expected, what to do.

    `found`, `expected` and `remedy` are English. A problem with a `code` can be said in either language from
    its
    `facts` (`clearlink.words.problems.problem_words`).
    """

    source_id: str
    file: str
    place: str
    severity: Severity
    found: str
    expected: str
    remedy: str
    row: int | None = None
    column: str | None = None
    code: str = ""
    facts: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return f"{self.file} · {self.place} · found {self.found} · expected {self.expected} · {self.remedy}"


class SourceProblem(Exception):
    """A whole file was refused; `problems` holds every reason at once."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(str(p) for p in problems))
        self.problems = problems


@dataclass(slots=True)
class Harvest:
    """What reading one file gave: rows of each kind, and what was refused on the way."""

    observations: list[Observation] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    links: list[AreaLink] = field(default_factory=list)
    names: list[AreaName] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    rows_read: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """One commissioned project as its source states it. What the source has no place for, or leaves empty, is
    blank: None or nothing listed, and its state says BLANK.
    """

    project_id: str
    title: str
    programme_id: str | None
    commissioner: str
    la_code: str | None
    region_code: str | None = None
    provider_org_id: str | None = None
    provider_name: str | None = None
    provider_sector: str | None = None
    start_date: date | None = None
    end_date: date | None = None
    annual_value_gbp: float | None = None
    area_codes: tuple[str, ...] = ()
    target_group: str | None = None
    capacity: int | None = None
    capacity_unit: str | None = None
    delivery_model: str | None = None
    tier: str | None = None
    decision_date: date | None = None
    approver: str | None = None
    route_to_award: str | None = None
    theme_ids: tuple[str, ...] = ()
    theme_state: FieldState = FieldState.BLANK
    areas_state: FieldState = FieldState.BLANK
    priority_state: FieldState = FieldState.BLANK
    engagement_state: FieldState = FieldState.BLANK
    engagement_date: date | None = None
    engagement_with: str | None = None
    engagement_change: str | None = None
    outcomes: str | None = None
    outcomes_state: FieldState = FieldState.BLANK
    last_review: date | None = None
    requested_on: date | None = None
    recorded_by: str | None = None
    recorded_on: date | None = None
    users_by_area: tuple[tuple[str, float], ...] = ()
    welsh_language: str | None = None
    is_sensitive: bool
    is_illustrative: bool
    source_ref: str
    source_url: str | None
    register_id: str
    note: str | None = None
    embargo_until: date | None = None
    programme_named: str | None = None
    dates_basis: str | None = None
    value_kind: str = ValueKind.YEARLY.value
    recipient_area: str | None = None
    # money granted so that its recipient grants it on (360Giving's code for how); the frameworks that a
    # contract was called off from
    regrant_type: str | None = None
    called_off_from: str | None = None
    # of a register that lists all of a programme; a grant, a notice or a paper shows one thing and is silent
    # on the rest
    from_register: bool = True


@dataclass(frozen=True, slots=True)
class Assessment:
    """A published needs assessment (or plan that rests on one). `kind` sets its default life (method B2, C3).

    Where only a year or a month of publication is known, `published` is its first day and `published_by` its
    last. `area_codes`: the authorities it covers, where they are not one authority or region. `cycle`: the
    round of statutory assessments it belongs to.
    `standing`: published, or named (a draft, or known from another paper).
    """

    assessment_id: str
    kind: str
    body: str
    la_code: str | None
    region_code: str | None
    title: str
    published: date | None
    valid_from: date | None
    valid_to: date | None
    evidence_reference_end: date | None
    slow_moving: bool
    url: str | None
    is_illustrative: bool
    source_ref: str
    published_by: date | None = None
    area_codes: tuple[str, ...] = ()
    cycle: int | None = None
    standing: str = "published"
    seen_where: str | None = None
    source_kind: str | None = None


@dataclass(frozen=True, slots=True)
class Priority:
    """A need that an assessment names."""

    priority_id: str
    assessment_id: str
    theme_id: str
    statement: str
    statement_cy: str | None
    page: str | None
    area_codes: tuple[str, ...]
    is_illustrative: bool
    source_ref: str
    # figures, statements or both; None where it is not recorded
    rests_on: str | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """A project's reference to a priority. `sighted_by`: the second person who has seen the page."""

    project_id: str
    priority_id: str
    stated_on: date | None
    quotation: str | None
    page: str | None
    sighted_by: str | None
    is_illustrative: bool
    source_ref: str


@dataclass(frozen=True, slots=True)
class PublicRecord:
    """What a public paper says of how a project came to be, in our words, and how near the source is.

    Only part of a paper was read: an empty field means "not in the part seen". `need_evidence`: shown,
    described, target_group_only, ad_hoc or not_stated. `signs`: S1 to S3 as read in the paper.
    `total_value_gbp` is told, never added up.
    """

    project_id: str
    level: str
    for_whom: str | None
    programme_basis: str | None
    total_value_gbp: float | None
    stated_value_gbp: float | None
    value_basis: str | None
    decision_date_basis: str | None
    notice_date: date | None
    route: str | None
    cited_paper: str | None
    page: str | None
    said_of_need: str | None
    need_evidence: str
    signs: str
    legal_ground: str | None
    url: str
    source_kind: str


@dataclass(frozen=True, slots=True)
class PaperRead:
    """A paper that took a decision, read in full and silent on need. It counts once a second person has
    read it.
    """

    project_id: str
    document: str
    url: str
    paper_date: date | None
    pages: int | None
    read_by: str
    read_on: date | None
    second_by: str | None
    second_on: date | None
    is_illustrative: bool = False


@dataclass(frozen=True, slots=True)
class NeedFigure:
    """A published figure of need that a decision rests on, without a named priority."""

    figure_id: str
    project_id: str
    value: str
    area: str
    told_on: date
    document: str
    url: str
    page: str | None
    told_by: str | None
    is_illustrative: bool = False


@dataclass(frozen=True, slots=True)
class Engagement:
    """Who was listened to for an assessment, a decision or a service: how, when, how many, how much say they
    had, and what changed.

    `how_many` is as the paper prints it, and absent where fewer than ten took part; `groups` are codes parted
    by ";". `unknown_project_ids`: as written, those that are no one project's that is held;
    `perhaps_project_ids`: the projects that they may be.
    """

    engagement_id: str
    assessment_id: str | None
    topic: str | None
    who: str
    method: str
    held: str
    how_many: str | None
    said: str
    url: str
    method_kind: str | None = None
    groups: str = ""
    has_children: bool = False
    people_band: str | None = None
    held_until: date | None = None
    stage: str | None = None
    level: str | None = None
    changed: str | None = None
    area_codes: tuple[str, ...] = ()
    theme_id: str | None = None
    stance: str | None = None
    priority_ids: tuple[str, ...] = ()
    project_ids: tuple[str, ...] = ()
    document: str | None = None
    page: str | None = None
    owed_by: str | None = None
    due: date | None = None
    who_cy: str | None = None
    said_cy: str | None = None
    changed_cy: str | None = None
    held_cy: str | None = None
    how_many_cy: str | None = None
    unknown_project_ids: tuple[str, ...] = ()
    perhaps_project_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan of a body and the assessment it rests on, where it says. `kind`:
    clearlink.rules.plans.PlanKind.
    """

    plan_id: str
    kind: str
    body: str
    la_code: str | None
    region_code: str | None
    area_codes: tuple[str, ...]
    title: str
    valid_from: date | None
    valid_to: date | None
    assessment_id: str | None
    url: str | None
    is_illustrative: bool
    source_ref: str


@dataclass(frozen=True, slots=True)
class PlanAction:
    """What a plan says will be done: for which priority, by whom, by when, how far it is, and by which
    projects.
    """

    action_id: str
    plan_id: str
    priority_id: str | None
    what: str
    what_cy: str | None
    who: str | None
    by_when: date | None
    progress: str | None
    for_children: bool
    project_ids: tuple[str, ...]
    is_illustrative: bool
    source_ref: str


@dataclass(frozen=True, slots=True)
class FundingLine:
    """A sum that one funder pays a project under one programme in one financial year (pounds). `match_of`:
    the line that it matches.
    """

    line_id: str
    project_id: str
    funder: str
    programme_id: str
    financial_year: str
    amount_gbp: float
    basis: str | None
    ring_fence: str | None
    match_of: str | None
    is_illustrative: bool
    source_ref: str


@dataclass(frozen=True, slots=True)
class AssessmentCheck:
    """What a person read in an assessment, or saw at an engagement, on one item of a checklist, with the
    words it rests on.
    """

    subject: str
    subject_id: str
    check_id: str
    answer: str
    quotation: str | None
    page: str | None
    read_by: str | None
    read_on: date | None
    is_illustrative: bool
    source_ref: str


@dataclass(frozen=True, slots=True)
class OwnFigure:
    """One figure of an indicator that an authority defines itself, with the definition. A value or a
    marker, never both.
    """

    indicator_id: str
    name_en: str
    name_cy: str
    unit_en: str
    unit_cy: str
    kind: str
    direction: str
    theme_id: str | None
    area_code: str
    area_type: str
    period: str
    edition: str
    value: float | None
    marker: Marker | None
    licence: str
    publisher: str
    caveat_en: str | None
    caveat_cy: str | None
    cell: str


@dataclass(frozen=True, slots=True)
class ProgrammeReturn:
    """One figure of a return of a programme: a value or a marker. `part` is what a measure is broken down by
    (a client group, a theme, a cluster), empty for the whole; `cell` says where in which file it stands.
    """

    programme_id: str
    measure_id: str
    area_code: str
    period: str
    part: str
    value: float | None
    marker: Marker | None
    numerator: float | None
    denominator: float | None
    source: str
    cell: str
    note: str | None = None
    note_cy: str | None = None
    is_illustrative: bool = False
    is_published: bool = False

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What there can be one figure of."""
        return self.measure_id, self.area_code, self.period, self.part


@dataclass(slots=True)
class Register:
    """One register file read: its accepted rows and every refused one."""

    register_id: str
    projects: list[Project] = field(default_factory=list)
    assessments: list[Assessment] = field(default_factory=list)
    priorities: list[Priority] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    observations: list[Observation] = field(default_factory=list)
    area_choices: list[AreaChoice] = field(default_factory=list)
    public_records: list[PublicRecord] = field(default_factory=list)
    engagements: list[Engagement] = field(default_factory=list)
    own_figures: list[OwnFigure] = field(default_factory=list)
    programme_returns: list[ProgrammeReturn] = field(default_factory=list)
    paper_readings: list[PaperRead] = field(default_factory=list)
    need_figures: list[NeedFigure] = field(default_factory=list)
    plans: list[Plan] = field(default_factory=list)
    plan_actions: list[PlanAction] = field(default_factory=list)
    funding_lines: list[FundingLine] = field(default_factory=list)
    assessment_checks: list[AssessmentCheck] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    rows_read: int = 0
    # of an exchange file: the accepted entries as cells of the template (sources.registers.exchange_entries)
    accepted_entries: list[Any] = field(default_factory=list)

    @property
    def accepted(self) -> int:
        """Rows that stand for themselves: projects, assessments, priorities, engagements, plans with their
        actions, funding lines, checklists, returns, and figures of an authority's own. Of a list that only
        says something of projects (citations, papers read, figures of need), its rows; in a register they are
        part of its projects' rows.
        """
        beside = (self.citations, self.paper_readings, self.need_figures)
        return self.standing_rows or sum(len(rows) for rows in beside)

    @property
    def standing_rows(self) -> int:
        """Those of them that are no list of what is said of a project."""
        return sum(
            len(rows)
            for rows in (
                self.projects,
                self.assessments,
                self.priorities,
                self.engagements,
                self.own_figures,
                self.programme_returns,
                self.plans,
                self.plan_actions,
                self.funding_lines,
                self.assessment_checks,
            )
        )


@dataclass(frozen=True, slots=True)
class AreaChoice:
    """An area that a commissioner considered for an area-based programme: its stated need and whether it
    was chosen.
    """

    programme_id: str
    la_code: str
    area_name: str
    area_codes_as_published: tuple[str, ...]
    phase: str
    chosen: bool
    status: str
    need_metric: str | None
    need_value: float | None
    decided_on: date | None
    reason: str | None
    project_id: str | None
    source_ref: str
    source_url: str | None


@dataclass(frozen=True, slots=True)
class GrantSum:
    """A published sum of a grant for an authority (or Wales) and a year or span of years; `basis` says how
    exact it is, `programme_id` which programme of the catalogue it is of, None where its name is of none.
    """

    la_code: str
    grant_name: str
    year: str
    amount_gbp: float
    basis: str
    source_url: str
    programme_id: str | None = None
