"""Illustrative needs assessments and the priorities they name: the documents that projects may have rested
on.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tests.sample_maker.draws import pick, share, shuffled, whole
from tests.sample_maker.folders import TEMPLATES, read_rows
from tests.sample_maker.places import Wales

ASSESSMENT_COLUMNS = (
    "assessment_id",
    "kind",
    "body",
    "area_code",
    "title",
    "published",
    "valid_from",
    "valid_to",
    "evidence_reference_end",
    "slow_moving",
    "url",
    "is_illustrative",
)
PRIORITY_COLUMNS = (
    "priority_id",
    "assessment_id",
    "theme_id",
    "statement",
    "statement_cy",
    "page",
    "area_codes",
    "is_illustrative",
    "rests_on",
)
_CARE = (
    "early_years",
    "family_support",
    "young_people",
    "housing_homelessness",
    "mental_health",
    "substance_misuse",
    "domestic_abuse",
    "physical_health",
    "older_people",
    "disability",
    "carers",
)
_WELLBEING = (
    "work_income",
    "learning_skills",
    "physical_health",
    "community_safety",
    "early_years",
    "mental_health",
)
_HOUSING = (
    "housing_homelessness",
    "young_people",
    "domestic_abuse",
    "mental_health",
    "substance_misuse",
    "older_people",
    "disability",
    "community_safety",
    "physical_health",
)
_CHILDREN = (
    "early_years",
    "family_support",
    "young_people",
    "disability",
    "carers",
    "substance_misuse",
    "learning_skills",
)
_EVERYTHING = tuple(dict.fromkeys((*_CARE, *_WELLBEING)))


@dataclass(frozen=True, slots=True)
class Document:
    """One assessment. `area_code` is the authority or region it covers; `themes` are those it names
    priorities for.
    """

    assessment_id: str
    kind: str
    body: str
    area_code: str
    title: str
    published: date | None
    valid_from: date
    valid_to: date
    evidence_end: date | None
    themes: tuple[str, ...]
    slow_moving: bool = False

    def row(self) -> dict[str, object]:
        return {
            "assessment_id": self.assessment_id,
            "kind": self.kind,
            "body": self.body,
            "area_code": self.area_code,
            "title": self.title,
            "published": self.published or "",
            "valid_from": self.valid_from,
            "valid_to": self.valid_to,
            "evidence_reference_end": self.evidence_end or "",
            "slow_moving": "yes" if self.slow_moving else "no",
            "is_illustrative": "yes",
        }


@dataclass(frozen=True, slots=True)
class _Series:
    """One kind of document with its dates: published, valid from, valid to (both kept as given), newest
    evidence.
    """

    code: str
    kind: str
    body: str
    title: str
    dates: tuple[str, str, str, str]
    themes: tuple[str, ...]
    share_with: float = 1.0


_REGIONAL_THEN = (
    _Series(
        "PA17",
        "population_assessment",
        "{name} Regional Partnership Board",
        "Population assessment 2017",
        ("2017-04-01", "2017-04-01", "2022-03-31", "2016-03-31"),
        _CARE,
    ),
    _Series(
        "SPR18",
        "sp_commissioning_plan",
        "{name} Regional Collaborative Committee",
        "Supporting People regional commissioning plan 2018–21",
        ("2018-03-20", "2018-04-01", "2021-03-31", "2017-09-30"),
        _HOUSING,
    ),
)
_REGIONAL_NOW = (
    _Series(
        "PA22",
        "population_assessment",
        "{name} Regional Partnership Board",
        "Population needs assessment 2022",
        ("2022-04-01", "2022-04-01", "2027-03-31", "2021-03-31"),
        _CARE,
    ),
    _Series(
        "VA22",
        "other_assessment",
        "{name} Regional Partnership Board",
        "Violence against women, domestic abuse and sexual violence: needs assessment 2022",
        ("2022-11-14", "2022-11-14", "2025-11-13", "2022-06-30"),
        ("domestic_abuse",),
    ),
    _Series(
        "SM23",
        "other_assessment",
        "{name} Area Planning Board",
        "Substance misuse needs assessment 2023",
        ("2023-06-19", "2023-07-01", "2026-12-31", "2023-03-31"),
        ("substance_misuse",),
    ),
    _Series(
        "NU25",
        "other_assessment",
        "{name} Regional Partnership Board",
        "Needs update 2025",
        ("2025-03-24", "2025-04-01", "2028-03-31", "2024-12-31"),
        _CARE,
    ),
)
_LOCAL = (
    _Series(
        "SIP13",
        "single_integrated_plan",
        "{name} Local Service Board",
        "Single integrated plan 2013–17 and strategic needs assessment",
        ("2013-01-28", "2013-04-01", "2017-03-31", "2012-09-30"),
        _EVERYTHING,
    ),
    _Series(
        "SPL13",
        "sp_commissioning_plan",
        "{name} Council",
        "Supporting People local commissioning plan 2013–16",
        ("2013-02-18", "2013-04-01", "2016-03-31", "2012-09-30"),
        _HOUSING,
    ),
    _Series(
        "SPL16",
        "sp_commissioning_plan",
        "{name} Council",
        "Supporting People local commissioning plan 2016–19",
        ("2016-02-15", "2016-04-01", "2019-03-31", "2015-09-30"),
        _HOUSING,
    ),
    _Series(
        "FF14",
        "families_first_plan",
        "{name} Council",
        "Families First plan 2014–17",
        ("2014-02-10", "2014-04-01", "2017-03-31", "2013-12-31"),
        _CHILDREN,
    ),
    _Series(
        "FF17",
        "families_first_plan",
        "{name} Council",
        "Families First plan 2017–20",
        ("2017-02-13", "2017-04-01", "2020-03-31", "2016-12-31"),
        _CHILDREN,
    ),
    _Series(
        "WB17",
        "wellbeing_assessment",
        "{name} Public Services Board",
        "Well-being assessment 2017",
        ("2017-05-03", "2017-05-03", "2022-05-02", "2016-09-30"),
        _WELLBEING,
    ),
    _Series(
        "CY20",
        "cyp_assessment",
        "{name} Council",
        "Children and Communities Grant: needs assessment 2020",
        ("2020-02-24", "2020-04-01", "2023-03-31", "2019-12-31"),
        _CHILDREN,
    ),
    _Series(
        "WB22",
        "wellbeing_assessment",
        "{name} Public Services Board",
        "Well-being assessment 2022",
        ("2022-05-05", "2022-05-05", "2027-05-04", "2021-12-31"),
        _WELLBEING,
    ),
    _Series(
        "HS22",
        "hsp_strategy",
        "{name} Council",
        "Housing Support Programme strategy 2022–26",
        ("2022-03-28", "2022-04-01", "2026-03-31", "2021-12-31"),
        _HOUSING,
    ),
    _Series(
        "CY23",
        "cyp_assessment",
        "{name} Council",
        "Children and Communities Grant: needs assessment 2023",
        ("2023-03-13", "2023-04-01", "2026-12-31", "2022-12-31"),
        _CHILDREN,
    ),
    _Series(
        "CY25",
        "cyp_assessment",
        "{name} Council",
        "Children and Communities Grant: needs assessment 2025",
        ("2025-09-15", "2025-10-01", "2028-09-30", "2025-06-30"),
        _CHILDREN,
        0.55,
    ),
    _Series(
        "HS26",
        "hsp_strategy",
        "{name} Council",
        "Housing Support Programme strategy 2026–30",
        ("2026-03-23", "2026-04-01", "2030-03-31", "2025-12-31"),
        _HOUSING,
        0.4,
    ),
    # No day of evidence is stated, as happens.
    _Series(
        "LP23",
        "other_assessment",
        "{name} Council",
        "Local needs profile 2023",
        ("2023-01-16", "2023-02-01", "2026-01-31", ""),
        _EVERYTHING,
        0.4,
    ),
    # Its day of publication was not kept.
    _Series(
        "SN24",
        "other_assessment",
        "{name} Council",
        "Summary of local needs, 2024",
        ("", "2024-01-01", "2026-12-31", "2023-09-30"),
        _EVERYTHING,
        0.3,
    ),
    # Updated after it was published, so its evidence is later than decisions that cite it.
    _Series(
        "LD24",
        "other_assessment",
        "{name} Council",
        "Rolling needs profile, as updated in 2026",
        ("2024-02-05", "2024-02-05", "2027-02-04", "2026-06-30"),
        _EVERYTHING,
        0.4,
    ),
)
_LATE = {"HS22": "2026-12-31", "CY23": "2027-03-31"}


def documents(wales: Wales) -> list[Document]:
    """Every document that could be cited, by id."""
    found: list[Document] = []
    for authority in wales.authorities.values():
        found += [
            _document(s, authority.la_code, authority.name_en)
            for s in _LOCAL
            if share("has", s.code, authority.la_code) < s.share_with
        ]
    for region, (name, _) in wales.region_names.items():
        found += [
            _document(s, region, name)
            for s in (
                _REGIONAL_THEN if region.startswith("RCC") else _REGIONAL_NOW
            )
        ]
    return sorted(found, key=lambda document: document.assessment_id)


def _document(series: _Series, area_code: str, name: str) -> Document:
    published, valid_from, valid_to, evidence_end = series.dates
    if series.code in _LATE and share("late", series.code, area_code) < 0.35:
        valid_to = _LATE[series.code]
    return Document(
        assessment_id=f"{series.code}-{area_code.removeprefix('W060000')}",
        kind=series.kind,
        body=series.body.format(name=name),
        area_code=area_code,
        title=f"{series.title}: {name} (illustrative)",
        published=date.fromisoformat(published) if published else None,
        valid_from=date.fromisoformat(valid_from),
        valid_to=date.fromisoformat(valid_to),
        evidence_end=date.fromisoformat(evidence_end) if evidence_end else None,
        themes=series.themes,
        slow_moving=series.code == "WB22" and share("slow", area_code) < 0.2,
    )


@dataclass(frozen=True, slots=True)
class NamedNeed:
    """A priority of a document, in both languages, with its page."""

    priority_id: str
    document: Document
    theme: str
    statement_en: str
    statement_cy: str
    page: str

    def row(self) -> dict[str, object]:
        return {
            "priority_id": self.priority_id,
            "assessment_id": self.document.assessment_id,
            "theme_id": self.theme,
            "statement": self.statement_en,
            "statement_cy": self.statement_cy,
            "page": self.page,
            "is_illustrative": "yes",
            "rests_on": self.rests_on(),
        }

    def rests_on(self) -> str:
        """What it rests on; for some it is not recorded."""
        drawn = share("rests_on", self.priority_id)
        for most, name in (
            (0.1, "statements"),
            (0.4, "both"),
            (0.8, "figures"),
        ):
            if drawn < most:
                return name
        return ""


def priorities(
    found: Iterable[Document], wales: Wales
) -> dict[tuple[str, str], list[NamedNeed]]:
    """The priorities of each document and theme: one in a local document, two in a regional one where two
    are written.
    """
    statements: dict[str, list[dict[str, str]]] = {}
    for row in read_rows(TEMPLATES / "needs.csv"):
        statements.setdefault(row["theme"], []).append(row)
    named: dict[tuple[str, str], list[NamedNeed]] = {}
    for document in found:
        place = wales.places[document.area_code]
        number, page = 0, whole(9, 16, "page", document.assessment_id)
        for theme in document.themes:
            chosen = shuffled(statements[theme], document.assessment_id, theme)[
                : 2 if document.area_code.startswith("R") else 1
            ]
            for row in chosen:
                number, page = (
                    number + 1,
                    page + whole(2, 9, "page", document.assessment_id, theme),
                )
                named.setdefault((document.assessment_id, theme), []).append(
                    NamedNeed(
                        f"{document.assessment_id}-P{number:02d}",
                        document,
                        theme,
                        row["statement_en"].format(in_en=place["in_en"]),
                        row["statement_cy"].format(in_cy=place["in_cy"]),
                        str(page),
                    )
                )
    return named


def one_of(named: list[NamedNeed], *name: object) -> NamedNeed:
    """One priority of those a document names for a theme."""
    return pick(named, *name)


def is_orphan(need: NamedNeed) -> bool:
    """Whether a priority that nobody cites is kept in the sample: some of those of documents still in
    date.
    """
    return (
        need.document.valid_to >= date(2026, 11, 23)
        and share("orphan", need.priority_id) < 0.11
    )
