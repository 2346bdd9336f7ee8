"""A flattened 360Giving file (CSV, XLSX) → grants as the JSON lays them out, by the standard's own column titles.

"Recipient Org:0:Postal Code" and "recipientOrganization/0/postalCode" both become the same field.
"""

from __future__ import annotations

import re
from typing import Any, Final

from etl.directory import folded
from etl.sources.registers.register_table import Table, read_table

_TITLES: Final = {
    "identifier": "id",
    "id": "id",
    "title": "title",
    "description": "description",
    "currency": "currency",
    "amount awarded": "amountAwarded",
    "award date": "awardDate",
    "url": "url",
    "web address": "url",
    "planned dates": "plannedDates",
    "start date": "startDate",
    "end date": "endDate",
    "duration months": "duration",
    "duration": "duration",
    "recipient org": "recipientOrganization",
    "funding org": "fundingOrganization",
    "name": "name",
    "beneficiary location": "beneficiaryLocation",
    "location": "location",
    "geographic code": "geoCode",
    "geographic code type": "geoCodeType",
    "country code": "countryCode",
    "postal code": "postalCode",
    "city": "addressLocality",
    "county": "addressRegion",
    "country": "addressCountry",
    "grant programme": "grantProgramme",
    "code": "code",
    "location scope": "locationScope",
    "data source": "dataSource",
    "regrant type": "regrantType",
    "latitude": "latitude",
    "longitude": "longitude",
    "classifications": "classifications",
    "vocabulary": "vocabulary",
}
# The fields by which the standard says that a grant went to a person; whatever stands under them is theirs.
TO_PEOPLE: Final = ("recipientIndividual", "toIndividualsDetails")
_OF_PEOPLE: Final = {
    "recipient ind": "recipientIndividual",
    "recipient individual": "recipientIndividual",
    "recipientindividual": "recipientIndividual",
    "to individuals details": "toIndividualsDetails",
    "toindividualsdetails": "toIndividualsDetails",
}
_LISTS: Final = frozenset(
    {
        "plannedDates",
        "recipientOrganization",
        "fundingOrganization",
        "beneficiaryLocation",
        "location",
        "grantProgramme",
        "classifications",
    }
)
_JSON_NAMES: Final = {folded(name): name for name in {*_TITLES.values()}}
# What a grant cannot be without: enough to know the file by.
_MARKS: Final = ("amountAwarded", "awardDate", "recipientOrganization", "fundingOrganization")
_HEADERS: Final = frozenset(
    [
        "identifier",
        "title",
        "description",
        "currency",
        "amount awarded",
        "award date",
        "recipient org identifier",
        "recipient org name",
        "funding org identifier",
        "funding org name",
        "recipient org 0 identifier",
        "recipient org 0 name",
        "funding org 0 identifier",
        "funding org 0 name",
        "id",
        "amountawarded",
        "awarddate",
        "recipientorganization 0 id",
        "recipientorganization 0 name",
        "fundingorganization 0 id",
        "fundingorganization 0 name",
        "recipient ind name",
        "recipient ind identifier",
        "recipientindividual name",
        "recipientindividual id",
    ]
)


def grants_of(data: bytes, file: str) -> tuple[list[dict[str, Any]], list[int]]:
    """The grants of a flattened file and the row number of each. Raises SourceProblem for a file that is no table."""
    table = read_table(data, file, _HEADERS)
    paths = [_path(header) for header in table.header]
    grants = [_grant(paths, cells) for _, cells in table.rows]
    return grants, [number for number, _ in table.rows]


def is_giving(table: Table) -> bool:
    """Whether a table's headers are those of a 360Giving file."""
    tops = {path[0] for path in map(_path, table.header) if path}
    return sum(mark in tops for mark in _MARKS) + any(field in tops for field in TO_PEOPLE) >= 3


def headers() -> frozenset[str]:
    """Headers (folded) by which the row of column names is found."""
    return _HEADERS


def _path(header: str) -> list[str]:
    """The JSON names that a header spells, empty for a column of the publisher's own."""
    names = []
    if of_people := _OF_PEOPLE.get(folded(re.split(r"[:/]", header)[0])):
        return [of_people]
    for part in re.split(r"[:/]", header):
        plain = folded(part)
        if plain.isdigit() or not plain:
            continue
        name = _TITLES.get(plain) or _JSON_NAMES.get(plain)
        if name is None:
            return []
        names.append(name)
    return names


def _grant(paths: list[list[str]], cells: tuple[str, ...]) -> dict[str, Any]:
    grant: dict[str, Any] = {}
    for path, text in zip(paths, cells, strict=False):
        if not path or not text.strip():
            continue
        here = grant
        if path[0] in TO_PEOPLE:
            # that it is said is enough: what is said is nobody's to keep
            grant[path[0]] = True
            continue
        for name in path[:-1]:
            here = here.setdefault(name, {})
        # Of several columns for one field (a second recipient), the first that holds something counts.
        here.setdefault(path[-1], text)
    return {name: [value] if name in _LISTS else value for name, value in grant.items()}
