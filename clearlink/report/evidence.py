"""What the warehouse says of one item, as plain facts that can be kept: the same for screen, pack and
freeze.
"""

from __future__ import annotations

import csv
import hashlib
import importlib.metadata
import json
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

from clearlink import folders
from clearlink.report.likeness import beside_similar, like_here
from clearlink.review.audit import canonical
from clearlink.review.codes import Subject
from clearlink.review.meetings import EvidenceNow
from clearlink.review.organisations import KnownNames, fold, known_names
from clearlink.review.records import Item
from clearlink.review.triage import Proposal, agenda, proposed_reviews
from clearlink.rules.codes import NEED_DEFINITIONS, Basis
from clearlink.rules.programmes.systems import PROGRAMMES_OF, System
from clearlink.warehouse import reader

IN_HOUSE = frozenset(
    {
        "in house",
        "inhouse",
        "mewnol",
        "yn fewnol",
        "the council",
        "council",
        "y cyngor",
        "cyngor",
    }
)


def evidence_now() -> EvidenceNow:
    """The evidence that is served at this moment."""
    build = reader.build()
    settings = hashlib.sha256(
        canonical(
            [dict(r) for r in reader.answer("meeting_thresholds")]
        ).encode()
    ).hexdigest()
    return EvidenceNow(
        build["build_id"],
        build["content_hash"],
        settings,
        _app_version(),
        build["as_of"],
    )


def proposed_agenda(region: str, held_on: date) -> tuple[Proposal, ...]:
    """What triage proposes for a meeting from the build that is served, with the reviews of housing support
    that are due by its day.
    """
    due = reader.reviews_due(
        region,
        PROGRAMMES_OF[System.HOUSING_SUPPORT],
    )
    return agenda(
        reader.answer("meeting_candidates", place=region),
        reader.priorities_without_project(region),
        proposed_reviews(due, held_on),
    )


def item_facts(item: Item) -> dict[str, Any]:
    """The facts of an item of any kind; empty parts where the register no longer holds its subject."""
    if item.subject is Subject.PROJECT:
        return project_facts(item.subject_id) or {}
    if item.subject is Subject.PRIORITY:
        return priority_facts(item.subject_id) or {}
    return {}


def project_facts(project_id: str) -> dict[str, Any] | None:
    """A project with its verdicts, criteria, citations, themes, areas and measures of need; None where it
    is not held.
    """
    project = reader.project(project_id)
    if project is None:
        return None
    verdicts = reader.project_verdicts(project_id)
    return _kept(
        {
            "project": project,
            "verdict": verdicts[Basis.AT_DECISION],
            "today": verdicts[Basis.TODAY],
            "criteria": [
                dict(c) | {"facts": json.loads(c["facts"])}
                for c in reader.project_criteria(project_id)
            ],
            "citations": reader.project_citations(project_id),
            "themes": [
                t["theme_id"] for t in reader.project_themes(project_id)
            ],
            "areas": [
                {
                    k: a[k]
                    for k in (
                        "area_code",
                        "name_en",
                        "name_cy",
                        "area_type",
                        "la_code",
                        "weight",
                        "method",
                    )
                }
                for a in reader.project_areas(project_id)
            ],
            "gaps": _gaps(project),
            "similar": _similar(project_id, project),
            "measures": reader.answer(
                "meeting_need_measures", project_id=project_id
            ),
            "build": {
                k: reader.build()[k]
                for k in ("build_id", "as_of", "is_illustrative")
            },
        }
    )


def _similar(
    project_id: str,
    project: Mapping[str, Any],
) -> dict[str, Any] | None:
    """Need on the project's first theme in its authority, beside the authorities most like it; None where
    either is not known.
    """
    la, themes = project["la_code"], reader.project_themes(project_id)
    if not la or not themes:
        return None
    near = like_here(la, "LA")
    need = _ranked_need(la, themes[0]["theme_id"])
    if not near or need is None:
        return None
    beside = beside_similar(need, [s.area_code for s in near])
    if beside is None:
        return None
    return {
        "la_code": la,
        "theme_id": need["theme_id"],
        "definition": need["definition"],
        "edition": need["edition"],
        "more": beside.more,
        "of": beside.of,
        "areas": [s.area_code for s in near],
        "nearest": near[0].area_code,
        "distance": round(near[0].distance, 2),
        "near_in": near[0].nearest_in,
    }


def _ranked_need(la: str, theme: str) -> dict[str, Any] | None:
    """The need of an authority on a theme by the first definition that ranks it; None where none does."""
    by_definition = {
        need["definition"]: need
        for need in reader.area_need(la)
        if need["theme_id"] == theme and need["rank"] is not None
    }
    held = [name for name in NEED_DEFINITIONS if name in by_definition]
    return by_definition[held[0]] if held else None


def _gaps(project: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The named gaps where a project works, against its region; nothing where this build holds no gaps."""
    if "gap" not in {
        r["table_name"] for r in reader.answer("meeting_tables_held")
    }:
        return []
    region = _region_of(project)
    return [
        dict(r)
        for r in reader.answer(
            "meeting_gap",
            project_id=project["project_id"],
            region=region,
        )
    ]


def _region_of(project: Mapping[str, Any]) -> str:
    """The collaborative region that the project's authority lies in, else the project's own, else Wales."""
    held = reader.members().items()
    regions = [
        p
        for p, las in held
        if p.startswith("RCC") and project["la_code"] in las
    ]
    return str(
        min(regions) if regions else project["region_code"] or reader.WALES
    )


def priority_facts(priority_id: str) -> dict[str, Any] | None:
    """An assessed priority that no live project cites."""
    row = next(
        (
            p
            for p in reader.priorities_without_project()
            if p["priority_id"] == priority_id
        ),
        None,
    )
    return (
        None
        if row is None
        else _kept(
            {
                "priority": row,
                "build": {
                    k: reader.build()[k]
                    for k in ("build_id", "as_of", "is_illustrative")
                },
            }
        )
    )


def provider_of(item: Item) -> tuple[str | None, str | None]:
    """Organisation id and name of who delivers an item's project."""
    project = (
        reader.project(item.subject_id)
        if item.subject is Subject.PROJECT
        else None
    )
    if project is None:
        return None, None
    # "in-house" names nobody: whoever commissions it delivers it
    name = project["provider_name"]
    if name and fold(name) in IN_HOUSE:
        name = project["commissioner"]
    return project["provider_org_id"], name


def organisations_known() -> KnownNames:
    """What is known of organisations: authorities by code, both names and org-id, and every name that a
    register gives an id.
    """
    authorities = [
        *_authority_names(),
        *_catalogue_pairs("authority_org_ids", "la_code", "org_id"),
        *_catalogue_pairs("retired", "successor_code", "retired_code"),
    ]
    named = reader.answer("provider_names")
    return known_names(
        authorities,
        [(r["provider_org_id"], r["provider_name"]) for r in named],
    )


def _authority_names() -> list[tuple[str, str]]:
    """Each authority's code with all that it goes by."""
    return [
        (code, text)
        for code, row in reader.place_rows().items()
        if row["area_type"] == "LA"
        for text in (code, row["name_en"], row["name_cy"] or "")
    ]


def _catalogue_pairs(
    file: str,
    code: str,
    other: str,
) -> list[tuple[str, str]]:
    """Two columns of a catalogue file, of its authorities only where it holds other areas too."""
    path = folders.CATALOGUE / f"{file}.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        return [
            (row[code], row[other])
            for row in csv.DictReader(lines)
            if row.get("area_type", "LA") == "LA"
        ]


def _kept(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: _plain(value) for name, value in facts.items()}


def _plain(value: Any) -> Any:
    """Dates as ISO text and rows as dictionaries, so that the facts can be kept as JSON and compared."""
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(
        value,
        (list, tuple),
    ):
        return [_plain(v) for v in value]
    if isinstance(
        value,
        (date, datetime),
    ):
        return value.isoformat()
    return value


@cache
def _app_version() -> str:
    try:
        return importlib.metadata.version("clearlink")
    except (
        importlib.metadata.PackageNotFoundError
    ):  # run from a folder that was never installed
        return "not installed"
