"""A flattened 360Giving file (CSV, XLSX) → grants as the JSON lays them out, by the standard's own column
titles.

"Recipient Org:0:Postal Code" and "recipientOrganization/0/postalCode" both become the same field.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

from etl.directory import folded
from etl.sources.registers.register_table import (
    Cells,
    Table,
    read_table,
    sheets_of,
)

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
_MARKS: Final = (
    "amountAwarded",
    "awardDate",
    "recipientOrganization",
    "fundingOrganization",
)
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


def grants_of(
    data: bytes, file: str
) -> tuple[list[dict[str, Any]], list[int], int]:
    """The grants of a flattened file, the row number of each, and how many rows of side sheets name no grant
    of the file.

    A workbook may hold further sheets as the standard's template does: rows that say more of a grant, joined
    by its identifier. Raises SourceProblem for a file that is no table.
    """
    table = read_table(data, file, _HEADERS)
    paths = _paths(table.header)
    grants = [_grant(paths, cells) for _, cells in table.rows]
    loose = 0
    if table.is_workbook:
        by_id = {str(grant.get("id", "")).strip(): grant for grant in grants}
        for sheet in sheets_of(data, file):
            loose += _join(sheet, table, by_id)
    return grants, [number for number, _ in table.rows], loose


def _join(
    sheet: Sequence[Cells],
    main: Table,
    by_id: Mapping[str, dict[str, Any]],
) -> int:
    """Adds what a side sheet says to the grants that it names; answers how many of its rows name none of
    them.
    """
    rows = [row for row in sheet if any(cell.strip() for cell in row)]
    if (
        not rows
        or tuple(
            map(
                str.strip,
                rows[0],
            )
        )
        == main.header
    ):
        return 0
    paths = _paths(rows[0])
    return (
        sum(
            not _join_row(
                _grant(paths, row),
                by_id,
            )
            for row in rows[1:]
        )
        if _is_side(paths)
        else 0
    )


def _is_side(paths: Sequence[tuple[str | int, ...]]) -> bool:
    """Whether a sheet's columns are those of lists of the grants that it names."""
    return ("id",) in paths and any(
        len(path) > 1 and path[0] in _LISTS for path in paths
    )


def _join_row(
    fields: dict[str, Any], by_id: Mapping[str, dict[str, Any]]
) -> bool:
    """Adds the lists of one side row to the grant that it names; answers whether there is such a grant."""
    grant = by_id.get(str(fields.pop("id", "")).strip())
    if grant is None:
        return False
    for name, items in fields.items():
        if name in _LISTS:
            _append(
                grant.setdefault(name, []),
                items,
            )
    return True


def _append(listed: list[dict[str, Any]], items: list[dict[str, Any]]) -> None:
    """Adds the items of a side row: to the one that it names by its identifier (or the only one) where it
    says more of that, else as new.
    """
    for item in items:
        same = _same_item(listed, item)
        if same is None:
            listed.append(item)
            continue
        for name, value in item.items():
            if name in _LISTS:
                _append(
                    same.setdefault(name, []),
                    value,
                )
            else:
                same.setdefault(name, value)


def _same_item(
    listed: Sequence[dict[str, Any]], item: Mapping[str, Any]
) -> dict[str, Any] | None:
    """The item that a side row says more of; the only one, for a row that holds nothing but lists."""
    named = (
        one for one in listed if item.get("id") and one.get("id") == item["id"]
    )
    holds_lists_alone = bool(item) and all(name in _LISTS for name in item)
    return next(
        named,
        listed[0] if holds_lists_alone and len(listed) == 1 else None,
    )


def is_giving(table: Table) -> bool:
    """Whether a table's headers are those of a 360Giving file."""
    tops = {path[0] for path in _paths(table.header) if path}
    return (
        sum(mark in tops for mark in _MARKS)
        + any(field in tops for field in TO_PEOPLE)
        >= 3
    )


def headers() -> frozenset[str]:
    """Headers (folded) by which the row of column names is found."""
    return _HEADERS


def _paths(header: Sequence[str]) -> list[tuple[str | int, ...]]:
    """The path of each column. A list without a number counts up with every repetition of its column: three
    columns "Beneficiary Location:Name" are three places.
    """
    times: Counter[tuple[str | int, ...]] = Counter()
    paths: list[tuple[str | int, ...]] = []
    for text in header:
        path = _path(text)
        repeated = times[path]
        times[path] += 1
        if path and repeated and path[0] in _LISTS and len(path) > 1:
            # a column that is repeated without a number of its own
            path = (
                (
                    path[0],
                    repeated,
                    *path[2:],
                )
                if isinstance(path[1], int) and path[1] == 0
                else path
            )
        paths.append(path)
    return paths


def _path(header: str) -> tuple[str | int, ...]:
    """The JSON names and places in lists that a header spells, empty for a column of the publisher's own."""
    parts = [folded(part) for part in re.split(r"[:/]", header)]
    if of_people := _OF_PEOPLE.get(parts[0]):
        return (of_people,)
    path: list[str | int] = []
    for at, plain in enumerate(parts):
        if not plain or plain.isdigit():
            continue
        name = _TITLES.get(plain) or _JSON_NAMES.get(plain)
        if name is None:
            return ()
        path.append(name)
        if name in _LISTS and at < len(parts) - 1:
            path.append(int(parts[at + 1]) if parts[at + 1].isdigit() else 0)
    return tuple(path)


def _grant(
    paths: Sequence[tuple[str | int, ...]], cells: Sequence[str]
) -> dict[str, Any]:
    grant: dict[str, Any] = {}
    for path, text in zip(paths, cells, strict=False):
        if not path or not text.strip():
            continue
        if path[0] in TO_PEOPLE:
            # that it is said is enough: what is said is nobody's to keep
            grant[str(path[0])] = True
            continue
        _put(grant, path, text)
    return {name: _listed(value) for name, value in grant.items()}


def _put(
    grant: dict[str, Any],
    path: Sequence[str | int],
    text: str,
) -> None:
    here: dict[Any, Any] = grant
    for name in path[:-1]:
        here = here.setdefault(name, {})
    # Of two columns for one field, the first that holds something counts.
    here.setdefault(
        path[-1],
        text,
    )


def _listed(value: Any) -> Any:
    """Objects that are counted by numbers as the list that they are, in their order."""
    if not isinstance(value, dict):
        return value
    parts = {name: _listed(part) for name, part in value.items()}
    if any(isinstance(name, int) for name in parts):
        return [
            parts[name]
            for name in sorted(n for n in parts if isinstance(n, int))
        ]
    return parts
