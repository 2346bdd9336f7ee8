"""The register as a list of services in Open Referral UK (HSDS 3), laid out as the standard's API answers it.

A service has no value, dates or commissioner there, so those travel under our own key. No address is given:
the register holds where people benefit, not where the door is.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, Final

from clearlink.exchange import own_fields as own
from clearlink.exchange.json_file import present, stable_uuid, write_json
from clearlink.exchange.projects import Published, published
from clearlink.warehouse import reader
from clearlink.words import Lang

FILE: Final = "openreferral_services.json"
_SAID: Final = ("title", "provider_name", "provider_org_id", "theme")


def write(out_dir: Path, lang: Lang) -> list[Path]:
    """openreferral_services.json: one page that holds every service."""
    today = reader.build()["as_of"]
    names = {
        code: row[f"name_{lang}"] for code, row in reader.place_rows().items()
    }
    themes = reader.themes()
    services = [
        service_of(
            project,
            lang,
            today,
            names,
            themes,
        )
        for project in published()
    ]
    page = {
        "total_items": len(services),
        "total_pages": 1,
        "page_number": 1,
        "size": len(services),
        "first_page": True,
        "last_page": True,
        "empty": not services,
        "contents": services,
    }
    return [write_json(out_dir / FILE, page)]


def service_of(
    project: Published,
    lang: Lang,
    today: date | None,
    names: dict[str, str],
    themes: dict[str, Any],
) -> dict[str, Any]:
    """One project as a service. `today`: the day of the build; a service that ended before it is inactive."""
    row = project.row
    project_id = row["project_id"]
    over = project.end is not None and today is not None and project.end < today
    codes = [code for code in project.cells["area_codes"].split(";") if code]
    service = {
        "id": stable_uuid("service", project_id),
        "name": row["title"],
        "description": project.description(lang),
        "url": row["source_url"]
        if str(row["source_url"]).startswith("http")
        else None,
        "status": "inactive" if over else "active",
        "organization": _organisation(project),
        "funding": [_funding(project, lang)],
        "service_areas": [
            _service_area(project_id, code, names) for code in codes
        ],
        "attributes": [
            *_attributes(
                project,
                own.STATED_THEMES,
                row["theme_ids"],
                themes,
                lang,
            ),
            *_attributes(
                project,
                own.DERIVED_THEMES,
                row["derived_theme_ids"],
                themes,
                lang,
            ),
        ],
    }
    return {
        **present(service),
        **project.own(_SAID),
    }


def _organisation(project: Published) -> dict[str, Any]:
    org_id = project.cells["provider_org_id"]
    name = project.cells["provider_name"] or own.NOT_STATED
    return present(
        {
            "id": stable_uuid("organization", org_id, name),
            "name": name,
            "description": name,
            "organization_identifiers": _identifiers(org_id),
        }
    )


def _funding(project: Published, lang: Lang) -> dict[str, Any]:
    """Who commissioned it and of what programme."""
    row = project.row
    told = (row["commissioner"], row[f"programme_{lang}"])
    return present(
        {
            "id": stable_uuid("funding", row["project_id"]),
            "source": ", ".join(part for part in told if part),
        }
    )


def _service_area(
    project_id: str,
    code: str,
    names: dict[str, str],
) -> dict[str, Any]:
    return present(
        {
            "id": stable_uuid("area", project_id, code),
            "name": names.get(code, code),
            "uri": _uri(code),
        }
    )


def _attributes(
    project: Published,
    vocabulary: str,
    listed: str | None,
    themes: dict[str, Any],
    lang: Lang,
) -> list[dict[str, Any]]:
    """One attribute a theme of a list of theme ids with `;` between them."""
    project_id = project.row["project_id"]
    return [
        _attribute(
            project_id,
            vocabulary,
            theme,
            themes[theme],
            lang,
        )
        for theme in (listed or "").split(";")
        if theme
    ]


def _attribute(
    project_id: str,
    vocabulary: str,
    theme: str,
    row: Any,
    lang: Lang,
) -> dict[str, Any]:
    name, scope = row[f"name_{lang}"], row[f"scope_{lang}"]
    term = {
        "id": stable_uuid("term", vocabulary, theme),
        "name": name,
        "description": scope or name,
        "taxonomy": vocabulary,
        "term": theme,
    }
    return {
        "id": stable_uuid("attribute", project_id, vocabulary, theme),
        "link_type": "service",
        "taxonomy_term": term,
    }


def _identifiers(org_id: str) -> list[dict[str, str]]:
    if not org_id:
        return []
    scheme, _, code = org_id.rpartition("-")
    return [
        present(
            {
                "id": stable_uuid("identifier", org_id),
                "identifier_scheme": scheme,
                "identifier_type": "org-id",
                "identifier": code or org_id,
            }
        )
    ]


def _uri(code: str) -> str | None:
    return (
        f"http://statistics.data.gov.uk/id/statistical-geography/{code}"
        if code.startswith("W") and code[1:].isdigit()
        else None
    )
