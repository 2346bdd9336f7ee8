"""Services in Open Referral UK (HSDS 3) → projects: a list as the API answers it, one service, or a plain array.

A directory of services says what is on offer, not what was bought: where no funder is named, the commissioner is “not stated”.
"""

from __future__ import annotations

from typing import Any, Final

from clearlink.exchange import own_fields as own
from clearlink.words import say
from etl.directory import Directory
from etl.records import Problem, Register, Severity, SourceProblem
from etl.sources.registers import exchange_places as places
from etl.sources.registers.exchange_entries import (
    Entry,
    found_problem,
    keep_at_authority,
    names_a_refuge,
    note_of,
    own_cells,
    register_of,
    verbatim,
    with_first_citation,
)
from etl.sources.registers.exchange_json import dictionaries, read_json, text_at, unpacked
from etl.sources.registers.exchange_places import Place, Reach
from etl.sources.registers.register_problems import problem

STANDARD: Final = "Open Referral UK"
SAID: Final = ("title", "provider_name", "provider_org_id", "theme")
_FIELDS: Final = {
    "project_id": "id",
    "title": "name",
    "area_codes": "service_areas",
    "provider_name": "organization.name",
    "commissioner": "funding.source",
}
PAGE_LISTS: Final = ("contents", "services", "service")


def read_openreferral(data: bytes, file: str, directory: Directory, register_id: str) -> Register:
    """Every service that reaches Wales or says no place. Raises SourceProblem where the file is not Open Referral UK."""
    value = read_json(unpacked(data, file), file, STANDARD)
    listed = (
        next((value[name] for name in PAGE_LISTS if name in value), value)
        if isinstance(value, dict)
        else value
    )
    services = dictionaries(listed)
    if any("name" not in service or "id" not in service for service in services):
        raise SourceProblem([problem("exchange_unreadable", file, format=STANDARD)])
    if not services:
        raise SourceProblem([problem("exchange_empty", file)])
    entries: list[Entry] = []
    outside, by_office = 0, 0
    for number, service in enumerate(services, 1):
        entry = Entry(number, f"services[{number - 1}]", {}, _FIELDS)
        only_office = _fill(entry, file, service, directory)
        if only_office is None:
            outside += 1
            continue
        entries.append(entry)
        by_office += only_office
    told: list[Problem] = []
    if outside:
        told.append(problem("entries_outside_wales", file, severity=Severity.NOTE, count=f"{outside:,}"))
    if by_office:
        told.append(problem("placed_by_recipient", file, severity=Severity.WARNING, count=f"{by_office:,}"))
    return register_of(file, register_id, directory, entries, told, len(services))


def _fill(entry: Entry, file: str, service: dict[str, Any], directory: Directory) -> bool | None:
    """Fills the cells; answers whether an address alone is known, which places nothing, or None where it is not in Wales."""
    organisation = next(iter(dictionaries(service.get("organization"))), {})
    cells = {
        "project_id": text_at(service.get("id")),
        "title": text_at(service.get("name")),
        "provider_name": ""
        if text_at(organisation.get("name")) == own.NOT_STATED
        else text_at(organisation.get("name")),
        "provider_org_id": next(
            (
                found
                for each in dictionaries(organisation.get("organization_identifiers"))
                if (found := _org_id(each))
            ),
            "",
        ),
        "theme": ";".join(_terms(service, own.STATED_THEMES)),
    }
    carried = own_cells(service, SAID)
    if carried is not None:
        ours, citations = carried
        cells |= {"title": verbatim(service.get("name")), "provider_name": verbatim(organisation.get("name"))}
        entry.cells = {**cells, **ours}
        entry.citations = with_first_citation(entry.cells, citations)
        entry.is_ours = True
        return False
    funders = [text_at(each.get("source")) for each in dictionaries(service.get("funding"))]
    commissioner: str = next(
        (f for name in funders if name and (f := places.authority_of_buyer(name, "", (), directory))), ""
    )
    if not commissioner:
        commissioner = (
            places.authority_of_buyer(cells["provider_name"], "", (cells["provider_org_id"],), directory)
            or ""
        )
    cells |= {
        "commissioner": commissioner or own.NOT_STATED,
        "programme": "other",
        "source_url": text_at(service.get("url")),
    }
    entry.cells = cells
    if not commissioner:
        found_problem(entry, file, "commissioner_not_stated", "commissioner")
    if (status := text_at(service.get("status"))) not in {"active", ""}:
        found_problem(entry, file, "entry_not_active", "project_id", status)
    only_office = _place(entry, file, service, directory)
    if only_office is None:
        return None
    keep_at_authority(cells, directory)
    description = text_at(service.get("description"))
    if any(names_a_refuge(text) for text in (cells["title"], description, cells["provider_name"])):
        cells["is_sensitive"] = "yes"
        found_problem(entry, file, "names_a_refuge", "is_sensitive", severity=Severity.NOTE, withheld="yes")
    office = (
        f"{say('en', 'exchange.placed_by_recipient')} · {say('cy', 'exchange.placed_by_recipient')}"
        if only_office
        else None
    )
    entry.note = note_of(office, *funders, description, cells=cells)
    return only_office


def _place(entry: Entry, file: str, service: dict[str, Any], directory: Directory) -> bool | None:
    stated: list[Place] = []
    for area in dictionaries(service.get("service_areas")):
        texts = [text_at(area.get(name)) for name in ("uri", "extent", "name", "service_area")]
        by_code = places.place_of_codes(texts, directory)
        stated += (
            [by_code] if by_code else [places.place_of_name(text, directory) for text in texts[2:] if text]
        )
    codes = dict.fromkeys(code for place in stated for code in place.codes)
    if codes:
        entry.cells["area_codes"] = ";".join(codes)
        return False
    if stated and any(place.reach is Reach.WIDER for place in stated):
        found_problem(
            entry,
            file,
            "location_too_wide",
            "area_codes",
            text_at(dictionaries(service.get("service_areas"))[0].get("name")),
        )
        return False
    postcodes = _postcodes(service)
    offices = [
        authority
        for postcode in postcodes
        if (authority := places.authority_of_postcode(postcode, directory))
    ]
    if offices:
        entry.cells["recipient_area"] = offices[0]
        return True
    return None if postcodes and directory.postcodes else False


def _postcodes(service: dict[str, Any]) -> list[str]:
    locations = [at.get("location") for at in dictionaries(service.get("service_at_locations"))]
    addresses = [a for location in dictionaries(locations) for a in dictionaries(location.get("addresses"))]
    return [plain for a in addresses if (plain := places.plain_postcode(text_at(a.get("postal_code"))))]


def _org_id(identifier: dict[str, Any]) -> str:
    scheme, code = text_at(identifier.get("identifier_scheme")), text_at(identifier.get("identifier"))
    return f"{scheme}-{code}" if scheme and code and not code.startswith(scheme) else code


def _terms(service: dict[str, Any], taxonomy: str) -> list[str]:
    terms = [
        term
        for each in dictionaries(service.get("attributes"))
        for term in dictionaries(each.get("taxonomy_term"))
    ]
    return [text_at(term.get("term")) for term in terms if text_at(term.get("taxonomy")) == taxonomy]
