"""The register as grants in the 360Giving Data Standard.

The amount is the value a year over the planned dates. A project without a value or a date cannot be a grant
in this standard: it is left out by name, and never published with an amount of nothing.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, Final

from clearlink.exchange import own_fields as own
from clearlink.exchange.json_file import (
    LICENCE,
    present,
    write_json,
    write_left_out,
)
from clearlink.exchange.projects import Published, published
from clearlink.rules.codes import WALES
from clearlink.words import Lang, say

FILE: Final = "360giving.json"
LEFT_OUT: Final = "360giving_left_out.csv"
_SAID: Final = (
    "project_id",
    "title",
    "start",
    "end",
    "provider_org_id",
    "provider_name",
    "theme",
    "area_codes",
    "decision_date",
)
_TYPES: Final = {
    "W01": "LSOA",
    "W02": "MSOA",
    "W05": "WD",
    "W06": "UA",
}


def write(out_dir: Path, lang: Lang) -> list[Path]:
    """360giving.json, and the list of projects left out where there are any."""
    grants: list[dict[str, Any]] = []
    left_out: list[tuple[str, str]] = []
    for project in published():
        if project.row["annual_value_gbp"] is None:
            left_out.append((project.row["project_id"], "no_value"))
        elif project.row["decision_date"] is None and project.start is None:
            left_out.append((project.row["project_id"], "no_date"))
        else:
            grants.append(grant_of(project, lang))
    remarks = (
        [
            f"{say('en', 'exchange.illustrative_file')} {say('cy', 'exchange.illustrative_file')}"
        ]
        if any(g["clearlink"].get("is_illustrative") == "yes" for g in grants)
        else []
    )
    package = present(
        {
            "version": "1.4",
            "title": say(lang, "exchange.package_title"),
            "description": " ".join(remarks),
            "license": LICENCE,
        }
    )
    written = (
        [
            write_json(
                out_dir / FILE,
                {**package, "grants": grants},
            )
        ]
        if grants
        else []
    )
    return [
        *written,
        *write_left_out(
            out_dir / LEFT_OUT,
            left_out,
            lang,
        ),
    ]


def grant_of(project: Published, lang: Lang) -> dict[str, Any]:
    """One project as a grant. The recipient's address is never given: it is not where people benefit."""
    row, cells = project.row, project.cells
    project_id = row["project_id"]
    awarded_on: date | None = row["decision_date"] or project.start
    if awarded_on is None or row["annual_value_gbp"] is None:
        raise ValueError(
            f"{project_id}: found no date or no value, expected both in a grant; leave the project out"
        )
    extra = project.own(_SAID)
    # The award date has to be filled; the register's own date is carried so that a start is never taken for a
    # decision.
    extra[own.KEY]["decision_date"] = cells["decision_date"]
    years = own.years_of(project.start, project.end)
    recipient = _organisation(
        cells["provider_org_id"],
        cells["provider_name"],
        project_id,
        "recipient",
    )
    funder = _organisation(
        row["la_code"] or row["region_code"] or "",
        row["commissioner"],
        project_id,
        "funder",
    )
    return {
        "id": own.prefixed(project_id, own.GRANT_PREFIX, "360G-"),
        "title": row["title"],
        "description": project.description(lang),
        "currency": "GBP",
        "amountAwarded": own.total_gbp(
            row["annual_value_gbp"],
            years,
        ),
        "awardDate": awarded_on.isoformat(),
        **_where_known(project, lang),
        "recipientOrganization": [recipient],
        "fundingOrganization": [funder],
        **extra,
    }


def _where_known(project: Published, lang: Lang) -> dict[str, Any]:
    """The parts of a grant that are left out where the register does not give them."""
    row, cells = project.row, project.cells
    codes = [code for code in cells["area_codes"].split(";") if code]
    planned = present(
        {
            "startDate": cells["start"],
            "endDate": cells["end"],
        }
    )
    source = row["source_url"]
    return present(
        {
            "plannedDates": [planned] if planned else [],
            "beneficiaryLocation": [
                present(
                    {
                        "geoCode": code,
                        "geoCodeType": _TYPES.get(code[:3]),
                    }
                )
                for code in codes
            ],
            "locationScope": _scope(codes),
            "grantProgramme": _programme(project, lang),
            "classifications": [
                *_themes(
                    own.STATED_THEMES,
                    row["theme_ids"],
                ),
                *_themes(
                    own.DERIVED_THEMES,
                    row["derived_theme_ids"],
                ),
            ],
            "dataSource": source if str(source).startswith("http") else None,
        }
    )


def _programme(project: Published, lang: Lang) -> list[dict[str, str]]:
    code, title = project.row["programme_id"], project.row[f"programme_{lang}"]
    return [{"code": code, "title": title}] if code else []


def _organisation(
    identifier: str,
    name: str,
    project_id: str,
    role: str,
) -> dict[str, str]:
    return {
        "id": identifier or f"360G-clearlink-{role}-{project_id}-not-stated",
        "name": name or own.NOT_STATED,
    }


def _themes(vocabulary: str, themes: str | None) -> list[dict[str, str]]:
    return [
        {"vocabulary": vocabulary, "code": theme, "title": theme}
        for theme in (themes or "").split(";")
        if theme
    ]


def _scope(codes: list[str]) -> str | None:
    """How wide the places are, by the standard's code list; nothing where no place is stated."""
    if not codes:
        return None
    if WALES in codes:
        return "GLS030"
    if any(not code.startswith("W") for code in codes):
        return "GLS040"
    return (
        "GLS050" if any(code.startswith("W06") for code in codes) else "GLS060"
    )
