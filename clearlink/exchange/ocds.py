"""The register as a release package in the Open Contracting Data Standard 1.1.

Each project is one contracting process: what need it was planned for (`planning`, with the assessment as a
document of type needsAssessment), what was sought (`tender`), and to whom it was awarded where the register
names somebody.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, Final

from clearlink.exchange import own_fields as own
from clearlink.exchange.json_file import LICENCE, moment, present, write_json
from clearlink.exchange.projects import Published, published
from clearlink.warehouse import reader
from clearlink.words import Lang

FILE: Final = "ocds_release_package.json"
_SAID: Final = (
    "project_id",
    "title",
    "start",
    "end",
    "provider_name",
    "route_to_award",
    "area_codes",
)


def write(out_dir: Path, lang: Lang) -> list[Path]:
    """ocds_release_package.json with one release a project."""
    served = reader.build()
    published_on = moment(served["as_of"] or served["built_at"].date())
    releases = [
        release_of(project, published_on, lang) for project in published()
    ]
    package = {
        "uri": f"urn:clearlink:{served['build_id']}",
        "version": "1.1",
        "publishedDate": published_on,
        "publisher": {"name": "Clear Link / Cyswllt Clir"},
        "license": LICENCE,
        "releases": releases,
    }
    return [write_json(out_dir / FILE, package)] if releases else []


def release_of(
    project: Published,
    published_on: str,
    lang: Lang,
) -> dict[str, Any]:
    """One project as a release. A value that the register does not give is left out, never nought."""
    project_id = project.row["project_id"]
    supplier = _supplier(project)
    buyer = _buyer(project)
    parties = [{**buyer, "roles": ["buyer", "funder"]}]
    if supplier:
        identifier = _identifier(project.cells["provider_org_id"])
        parties.append(
            present(
                {**supplier, "roles": ["supplier"], "identifier": identifier}
            )
        )
    release: dict[str, Any] = {
        "ocid": own.prefixed(project_id, own.OCID_PREFIX, "ocds-"),
        "id": f"{project_id}-{published_on[:10]}",
        "date": published_on,
        "language": lang,
        "tag": [
            "planning",
            "tender",
            *(["award"] if supplier else []),
        ],
        "initiationType": "tender",
        "parties": parties,
        "buyer": buyer,
        "planning": _planning(project, lang),
        "tender": _tender(
            project,
            lang,
            is_awarded=bool(supplier),
        ),
    }
    if supplier:
        release["awards"] = [_award(project, supplier)]
    return {
        **{k: v for k, v in release.items() if v not in ([], {})},
        **project.own(_SAID),
    }


def _buyer(project: Published) -> dict[str, str]:
    row = project.row
    return {
        "id": row["la_code"] or row["region_code"] or "buyer",
        "name": row["commissioner"],
    }


def _supplier(project: Published) -> dict[str, str] | None:
    """Whom it was awarded to; None where the register names nobody."""
    name = project.cells["provider_name"]
    org_id = project.cells["provider_org_id"]
    if not name and not org_id:
        return None
    return {
        "id": org_id or "supplier",
        "name": name or own.NOT_STATED,
    }


def _period(project: Published) -> dict[str, Any]:
    return present(
        {
            "startDate": _moment(project.start),
            "endDate": _moment(project.end),
        }
    )


def _tender(
    project: Published,
    lang: Lang,
    *,
    is_awarded: bool,
) -> dict[str, Any]:
    """What was sought: in one item, delivered to the areas whose people benefit."""
    project_id, title = project.row["project_id"], project.row["title"]
    codes = [code for code in project.cells["area_codes"].split(";") if code]
    item = {
        "id": "1",
        "description": title,
        "deliveryAddresses": [{"region": code} for code in codes],
    }
    return present(
        {
            "id": f"{project_id}-tender",
            "title": title,
            "description": project.description(lang),
            "status": "complete" if is_awarded else "planned",
            "procurementMethodDetails": project.cells["route_to_award"],
            "value": _value(project),
            "contractPeriod": _period(project),
            "items": [present(item)],
        }
    )


def _award(project: Published, supplier: dict[str, str]) -> dict[str, Any]:
    return present(
        {
            "id": f"{project.row['project_id']}-award",
            "status": "active",
            "date": _moment(project.row["decision_date"]),
            "suppliers": [supplier],
            "value": _value(project),
            "contractPeriod": _period(project),
        }
    )


def _planning(project: Published, lang: Lang) -> dict[str, Any]:
    needs = [
        text
        for each in project.citations
        if (
            text := (each["statement_cy"] if lang == "cy" else None)
            or each["statement"]
        )
    ]
    documents = [
        present(
            {
                "id": f"{each['priority_id']}-{at}",
                "documentType": "needsAssessment",
                "title": each["assessment_title"],
                "description": " · ".join(
                    str(part)
                    for part in (each["quotation"], each["page"])
                    if part
                ),
                "url": each["assessment_url"],
                "datePublished": _moment(each["assessment_published"]),
            }
        )
        for at, each in enumerate(project.citations, 1)
    ]
    source = project.row[f"programme_{lang}"]
    return present(
        {
            "rationale": " ".join(needs),
            "budget": present({"description": source}),
            "documents": documents,
        }
    )


def _value(project: Published) -> dict[str, Any] | None:
    annual = project.row["annual_value_gbp"]
    if annual is None:
        return None
    return {
        "amount": own.total_gbp(
            annual,
            own.years_of(project.start, project.end),
        ),
        "currency": "GBP",
    }


def _identifier(org_id: str) -> dict[str, str] | None:
    scheme, _, code = org_id.rpartition("-")
    return {"scheme": scheme, "id": code} if scheme else None


def _moment(day: date | None) -> str | None:
    return moment(day) if day else None
