"""The register as a list of services in Open Referral UK (HSDS 3), laid out as the standard's API answers it.

A service has no value, dates or commissioner there, so those travel under our own key. No address is given:
the register holds where people benefit, not where the door is.
"""

from __future__ import annotations

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
    names = {code: row[f"name_{lang}"] for code, row in reader.place_rows().items()}
    themes = reader.themes()
    services = [
        service_of(project, lang, today, names, themes) for project in published()
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
    today: Any,
    names: dict[str, str],
    themes: dict[str, Any],
) -> dict[str, Any]:
    """One project as a service."""
    row, cells = project.row, project.cells
    project_id = row["project_id"]
    codes = [code for code in cells["area_codes"].split(";") if code]
    over = project.end is not None and today is not None and project.end < today
    provider = cells["provider_name"] or own.NOT_STATED
    attributes = [
        _attribute(
            project_id,
            vocabulary,
            theme,
            themes[theme],
            lang,
        )
        for vocabulary, listed in (
            (own.STATED_THEMES, row["theme_ids"]),
            (own.DERIVED_THEMES, row["derived_theme_ids"]),
        )
        for theme in (listed or "").split(";")
        if theme
    ]
    service = {
        "id": stable_uuid("service", project_id),
        "name": row["title"],
        "description": project.description(lang),
        "url": row["source_url"] if str(row["source_url"]).startswith("http") else None,
        "status": "inactive" if over else "active",
        "organization": present(
            {
                "id": stable_uuid("organization", cells["provider_org_id"], provider),
                "name": provider,
                "description": provider,
                "organization_identifiers": _identifiers(cells["provider_org_id"]),
            }
        ),
        "funding": [
            present(
                {
                    "id": stable_uuid("funding", project_id),
                    "source": ", ".join(
                        p for p in (row["commissioner"], row[f"programme_{lang}"]) if p
                    ),
                }
            )
        ],
        "service_areas": [
            present(
                {
                    "id": stable_uuid("area", project_id, code),
                    "name": names.get(code, code),
                    "uri": _uri(code),
                }
            )
            for code in codes
        ],
        "attributes": attributes,
    }
    extra = project.own(_SAID)
    return {**present(service), **extra}


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
