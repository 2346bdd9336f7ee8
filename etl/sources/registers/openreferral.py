"""Services in Open Referral UK (HSDS 3) → projects: a list as the API answers it, one service, or a plain
array.

A directory of services says what is on offer, not what was bought: where no funder is named, the commissioner
is “not stated”.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from clearlink.exchange import own_fields as own
from clearlink.words import say
from etl.directory import Directory
from etl.files.json_text import read_json_text
from etl.records import Problem, Register, Severity, SourceProblem
from etl.sources.registers import exchange_places as places
from etl.sources.registers.exchange_entries import (
    Entry,
    found_problem,
    hold_for_its_place,
    keep_at_authority,
    mark_refuge,
    note_of,
    own_cells,
    register_of,
    verbatim,
    with_first_citation,
)
from etl.sources.registers.exchange_json import (
    dictionaries,
    number_at,
    read_json,
    text_at,
    unpacked,
)
from etl.sources.registers.exchange_places import Place, Reach
from etl.sources.registers.feed_pages import PAGE_LISTS, pages_left_out
from etl.sources.registers.place_finder import PlaceFinder, decided
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


def read_openreferral(
    data: bytes,
    file: str,
    directory: Directory,
    register_id: str,
) -> Register:
    """Every service that reaches Wales; one that says no place is held for somebody to settle. Raises
    SourceProblem where the file is not Open Referral UK.
    """
    value = read_json(
        unpacked(data, file),
        file,
        STANDARD,
    )
    services = _services(value, file)
    entries: list[Entry] = []
    told: list[Problem] = pages_left_out(value, file)
    outside = 0
    finder = PlaceFinder(directory)
    for number, service in enumerate(services, 1):
        entry = Entry(
            number,
            f"services[{number - 1}]",
            {},
            _FIELDS,
        )
        reach = _fill(entry, file, service, finder)
        if reach is Reach.IN_WALES:
            entries.append(entry)
        elif reach is Reach.ELSEWHERE:
            outside += 1
        else:
            told += hold_for_its_place(
                entry,
                file,
                _place_words(service),
            ).problems[-1:]
    by_office = sum(
        bool(entry.cells.get("recipient_area")) and not entry.is_ours
        for entry in entries
    )
    told += _counted("entries_outside_wales", file, Severity.NOTE, outside)
    told += _counted("placed_by_recipient", file, Severity.WARNING, by_office)
    return register_of(
        file,
        register_id,
        directory,
        entries,
        told,
        len(services),
    )


def _services(value: Any, file: str) -> list[dict[str, Any]]:
    """The services of a file. Raises SourceProblem where there is none, or where they are none."""
    listed = value
    if isinstance(value, dict):
        listed = next(
            (value[name] for name in PAGE_LISTS if name in value),
            value,
        )
    services = dictionaries(listed)
    if any(
        "name" not in service or "id" not in service for service in services
    ):
        raise SourceProblem(
            [problem("exchange_unreadable", file, format=STANDARD)]
        )
    if not services:
        raise SourceProblem([problem("exchange_empty", file)])
    return services


def _counted(
    code: str,
    file: str,
    severity: Severity,
    count: int,
) -> list[Problem]:
    """What is told once for the whole file; nothing where there is none of it."""
    if not count:
        return []
    return [
        problem(
            code,
            file,
            severity=severity,
            count=f"{count:,}",
        )
    ]


def _fill(
    entry: Entry,
    file: str,
    service: dict[str, Any],
    finder: PlaceFinder,
) -> Reach:
    """Fills the cells; answers whether the service is in Wales, elsewhere, or says neither. An address
    alone places nothing.
    """
    organisation = next(
        iter(dictionaries(service.get("organization"))),
        {},
    )
    cells = entry.cells = _cells_of_any(service, organisation)
    carried = own_cells(service, SAID)
    if carried is not None:
        _fill_ours(entry, service, organisation, carried)
        return Reach.IN_WALES
    funders = _funders(service)
    commissioner = _commissioner(cells, funders, finder.directory)
    cells |= {
        "commissioner": commissioner or own.NOT_STATED,
        "programme": "other",
        "source_url": text_at(service.get("url")),
    }
    if not commissioner:
        found_problem(entry, file, "commissioner_not_stated", "commissioner")
    status = text_at(service.get("status"))
    if status not in {"active", ""}:
        found_problem(
            entry,
            file,
            "entry_not_active",
            "project_id",
            status,
        )
    description = text_at(service.get("description"))
    mark_refuge(entry, file, description)
    reach = _place(entry, file, service, finder)
    if reach is not Reach.IN_WALES:
        return reach
    keep_at_authority(cells, finder.directory)
    office = (
        f"{say('en', 'exchange.placed_by_recipient')} · {say('cy', 'exchange.placed_by_recipient')}"
        if cells.get("recipient_area")
        else None
    )
    entry.note = note_of(office, *funders, description, cells=cells)
    return Reach.IN_WALES


def _cells_of_any(
    service: dict[str, Any], organisation: dict[str, Any]
) -> dict[str, str]:
    """What the standard says of a service, whoever published it."""
    name = text_at(organisation.get("name"))
    identifiers = dictionaries(organisation.get("organization_identifiers"))
    return {
        "project_id": text_at(service.get("id")),
        "title": text_at(service.get("name")),
        "provider_name": "" if name == own.NOT_STATED else name,
        "provider_org_id": next(
            filter(
                None,
                map(_org_id, identifiers),
            ),
            "",
        ),
        "theme": ";".join(_terms(service, own.STATED_THEMES)),
    }


def _fill_ours(
    entry: Entry,
    service: dict[str, Any],
    organisation: dict[str, Any],
    carried: tuple[dict[str, str], tuple[dict[str, str], ...]],
) -> None:
    """Fills the cells of a service that is an export of ours: what it carries beside the standard."""
    ours, citations = carried
    stated = {
        "title": verbatim(service.get("name")),
        "provider_name": verbatim(organisation.get("name")),
    }
    entry.cells = {**entry.cells, **stated, **ours}
    entry.citations = with_first_citation(entry.cells, citations)
    entry.is_ours = True


def _funders(service: dict[str, Any]) -> list[str]:
    """Who pays, as the service names them."""
    # version 1 calls them fundings
    funding = [
        *dictionaries(service.get("funding")),
        *dictionaries(service.get("fundings")),
    ]
    return [text_at(each.get("source")) for each in funding]


def _commissioner(
    cells: dict[str, str],
    funders: list[str],
    directory: Directory,
) -> str:
    """The first funder that is an authority, else the provider where it is one; else nothing."""
    for name in filter(None, funders):
        if authority := places.authority_of_buyer(name, "", (), directory):
            return authority
    provider, org_ids = cells["provider_name"], (cells["provider_org_id"],)
    return places.authority_of_buyer(provider, "", org_ids, directory) or ""


def _place(
    entry: Entry,
    file: str,
    service: dict[str, Any],
    finder: PlaceFinder,
) -> Reach:
    """Fills `area_codes` from the areas served, else `recipient_area` from an address; answers in Wales,
    elsewhere or not recognised.
    """
    site = decided(_site(each, finder) for each in _locations(service))
    is_site_in_wales = site is not None and site.is_in_wales
    says_wales = is_site_in_wales or _is_of_wales(entry, finder)
    served = _served(service, says_wales, finder)
    if served is not None and served.reach in (Reach.IN_WALES, Reach.ELSEWHERE):
        return _serve(entry, file, service, served)
    if not says_wales:
        is_site_elsewhere = site is not None and site.reach is Reach.ELSEWHERE
        return Reach.ELSEWHERE if is_site_elsewhere else _unsaid(served)
    if served is None:
        _keep_office(entry, site)
        return Reach.IN_WALES
    is_wide = served.reach is Reach.WIDER
    code = "location_too_wide" if is_wide else "location_not_found"
    stated = "; ".join(_place_words(service))
    found_problem(
        entry,
        file,
        code,
        "area_codes",
        stated,
    )
    return Reach.IN_WALES


def _served(
    service: dict[str, Any],
    says_wales: bool,
    finder: PlaceFinder,
) -> Place | None:
    """The areas that a service says it is for; a name that is used elsewhere too counts where anything else
    says Wales.
    """
    served = decided(
        _area(each, finder)
        for each in dictionaries(service.get("service_areas"))
    )
    if served is not None and served.likely and says_wales:
        return replace(served, reach=Reach.IN_WALES, codes=served.likely)
    return served


def _is_of_wales(entry: Entry, finder: PlaceFinder) -> bool:
    """Whether who commissions or who provides is of Wales by code or by name."""
    commissioner, provider = (
        entry.cells["commissioner"],
        entry.cells["provider_name"],
    )
    return commissioner in finder.directory.area_types or any(
        map(
            finder.is_of_wales,
            (commissioner, provider),
        )
    )


def _serve(
    entry: Entry,
    file: str,
    service: dict[str, Any],
    served: Place,
) -> Reach:
    """Fills the areas that are served, where they are in Wales."""
    if not served.is_in_wales:
        return Reach.ELSEWHERE
    if served.unknown or not served.codes:
        found_problem(
            entry,
            file,
            "location_not_found",
            "area_codes",
            "; ".join(_place_words(service)),
        )
    entry.cells["area_codes"] = ";".join(served.codes)
    return Reach.IN_WALES


def _keep_office(entry: Entry, site: Place | None) -> None:
    """Fills the authority of the address, where one is known."""
    if site is not None:
        entry.cells["recipient_area"] = next(
            (code for code in site.codes if code.startswith("W06")),
            "",
        )


def _unsaid(served: Place | None) -> Reach:
    # "the United Kingdom" holds Wales, so a service that says so reaches it
    return (
        Reach.IN_WALES
        if served is not None and served.reach is Reach.WIDER
        else Reach.NOT_RECOGNISED
    )


def _area(area: dict[str, Any], finder: PlaceFinder) -> Place | None:
    """Where an area served is: by a code anywhere in it, by its name, or by an extent drawn in degrees."""
    texts = [
        text_at(area.get(name))
        for name in ("uri", "extent", "name", "service_area")
    ]
    names = [
        text
        for text in (
            text_at(area.get("name")),
            text_at(area.get("service_area")),
        )
        if text
    ]
    return finder.location(
        texts,
        names,
        at=_middle(area.get("extent")),
    )


def _middle(extent: Any) -> tuple[float | None, float | None]:
    """Latitude and longitude of the middle of an extent in GeoJSON; nothing of an extent that is not
    drawn.
    """
    try:
        drawn = (
            read_json_text(extent.encode())
            if isinstance(extent, str)
            else extent
        )
    except ValueError:
        return None, None
    points = (
        list(_points(drawn.get("coordinates")))
        if isinstance(drawn, dict)
        else []
    )
    if not points:
        return None, None
    east, north = zip(*points, strict=True)
    return (min(north) + max(north)) / 2, (min(east) + max(east)) / 2


def _points(value: Any) -> Iterator[tuple[float, float]]:
    if not isinstance(value, list):
        return
    east, north = (
        number_at(part)
        for part in (
            *value[:2],
            None,
            None,
        )[:2]
    )
    if east is not None and north is not None:
        yield east, north
        return
    for part in value:
        yield from _points(part)


def _locations(service: dict[str, Any]) -> list[dict[str, Any]]:
    return dictionaries(
        [
            at.get("location")
            for at in dictionaries(service.get("service_at_locations"))
        ]
    )


def _addresses(location: dict[str, Any]) -> list[dict[str, Any]]:
    # version 1 calls them physical_addresses
    return [
        *dictionaries(location.get("addresses")),
        *dictionaries(location.get("physical_addresses")),
    ]


def _site(location: dict[str, Any], finder: PlaceFinder) -> Place | None:
    """Where a site of a service is: by its addresses, else by its point."""
    point = (
        number_at(location.get("latitude")),
        number_at(location.get("longitude")),
    )
    places = [
        finder.location(
            (),
            [
                t
                for name in ("region", "state_province", "city")
                if (t := text_at(address.get(name)))
            ],
            text_at(address.get("postal_code")),
            text_at(address.get("country")),
            point,
        )
        for address in _addresses(location)
    ]
    return decided(places or [finder.location(at=point)])


def _place_words(service: dict[str, Any]) -> list[str]:
    areas = [
        text_at(a.get(n))
        for a in dictionaries(service.get("service_areas"))
        for n in ("name", "service_area")
    ]
    sites = [
        text_at(address.get(name))
        for location in _locations(service)
        for address in _addresses(location)
        for name in ("city", "postal_code", "country")
    ]
    return list(dict.fromkeys(text for text in (*areas, *sites) if text))


def _org_id(identifier: dict[str, Any]) -> str:
    scheme, code = (
        text_at(identifier.get("identifier_scheme")),
        text_at(identifier.get("identifier")),
    )
    return (
        f"{scheme}-{code}"
        if scheme and code and not code.startswith(scheme)
        else code
    )


def _terms(service: dict[str, Any], taxonomy: str) -> list[str]:
    terms = [
        term
        for each in dictionaries(service.get("attributes"))
        for term in dictionaries(each.get("taxonomy_term"))
    ]
    return [
        text_at(term.get("term"))
        for term in terms
        if text_at(term.get("taxonomy")) == taxonomy
    ]
