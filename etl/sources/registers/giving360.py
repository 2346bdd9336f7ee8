"""Grants in the 360Giving Data Standard (JSON, flattened CSV or XLSX) → projects in Wales.

The place of benefit is where people benefit; the recipient's address is an office. A grant that states no place of benefit has
none recorded: the office is kept beside it, by its authority, and places nothing. The value a year is the award over its planned dates, never stretched where it is for less than a year.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from clearlink.exchange import own_fields as own
from clearlink.words import say
from etl.directory import Directory, folded
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
from etl.sources.registers.exchange_json import (
    as_day,
    day_at,
    dictionaries,
    is_json,
    number_at,
    read_json,
    text_at,
    texts,
    unpacked,
)
from etl.sources.registers.exchange_places import Place, Reach
from etl.sources.registers.giving360_table import TO_PEOPLE, grants_of
from etl.sources.registers.register_problems import problem

STANDARD: Final = "360Giving"
SAID: Final = (
    "project_id",
    "title",
    "start",
    "end",
    "provider_org_id",
    "provider_name",
    "theme",
    "area_codes",
)
_FIELDS: Final = {
    "project_id": "id",
    "title": "title",
    "start": "plannedDates.startDate",
    "end": "plannedDates.endDate",
    "decision_date": "awardDate",
    "annual_value_gbp": "amountAwarded",
    "area_codes": "beneficiaryLocation",
    "provider_name": "recipientOrganization.name",
    "provider_org_id": "recipientOrganization.id",
    "commissioner": "fundingOrganization.name",
    "source_url": "dataSource",
}
_SPACE_FILLERS: Final = frozenset({"dummy", "test", "n a", "na", "tbc", "none", "description", "xxx"})
_WIDE_SCOPES: Final = frozenset({"GLS010", "GLS020"})


@dataclass(slots=True)
class _Tally:
    """What is told once for the whole file."""

    outside: int = 0
    by_recipient: int = 0
    by_postcode_only: int = 0
    fillers: int = 0
    to_people: int = 0
    problems: list[Problem] = field(default_factory=list)


def read_giving360(data: bytes, file: str, directory: Directory, register_id: str) -> Register:
    """Every grant that concerns Wales. Raises SourceProblem where the file as a whole is not 360Giving."""
    plain = unpacked(data, file)
    if is_json(plain):
        value = read_json(plain, file, STANDARD)
        listed = value.get("grants") if isinstance(value, dict) else value
        if not isinstance(listed, list):
            raise SourceProblem([problem("exchange_unreadable", file, format=STANDARD)])
        grants = dictionaries(listed)
        numbered = [(at, f"grants[{at - 1}]", grant) for at, grant in enumerate(grants, 1)]
    else:
        grants, rows = grants_of(plain, file)
        numbered = [(row, f"row {row}", grant) for row, grant in zip(rows, grants, strict=True)]
    if not numbered:
        raise SourceProblem([problem("exchange_empty", file)])
    tally = _Tally()
    read = (_entry(file, number, place, grant, directory, tally) for number, place, grant in numbered)
    entries = [entry for entry in read if entry is not None]
    return register_of(file, register_id, directory, entries, _told_once(file, tally), len(numbered))


def _entry(
    file: str, number: int, place: str, grant: dict[str, Any], directory: Directory, tally: _Tally
) -> Entry | None:
    if any(grant.get(field) for field in TO_PEOPLE):
        # a person's hardship is no project: counted, and nothing of it read any further
        tally.to_people += 1
        return None
    entry = Entry(number, place, {}, _FIELDS)
    dates = next(iter(dictionaries(grant.get("plannedDates"))), {})
    recipient = next(iter(dictionaries(grant.get("recipientOrganization"))), {})
    funder = next(iter(dictionaries(grant.get("fundingOrganization"))), {})
    cells = {
        "project_id": text_at(grant.get("id")).removeprefix(own.GRANT_PREFIX),
        "title": text_at(grant.get("title")),
        "start": day_at(dates.get("startDate") or grant.get("Project Start Date")),
        "end": day_at(dates.get("endDate") or grant.get("Project End Date")),
        "provider_name": _stated(recipient.get("name")),
        "provider_org_id": _stated(recipient.get("id")),
        "theme": ";".join(
            text_at(c.get("code"))
            for c in dictionaries(grant.get("classifications"))
            if c.get("vocabulary") == own.STATED_THEMES
        ),
    }
    months = number_at(dates.get("duration")) if "duration" in dates else None
    total = _pounds(entry, file, grant)
    years = own.years_of(
        as_day(cells["start"]),
        as_day(cells["end"]),
        months if not (cells["start"] and cells["end"]) else None,
    )
    if months and not cells["end"]:
        cells["length_months"] = f"{max(1, round(months))}"
    carried = own_cells(grant, SAID)
    if carried is not None:
        ours, citations = carried
        # what a register of ours states is meant, a penny too; in another's file a penny says that nothing is given
        total = number_at(grant.get("amountAwarded"))
        entry.problems.clear()
        cells |= {"title": verbatim(grant.get("title")), "provider_name": verbatim(recipient.get("name"))}
        stated = number_at(ours["annual_value_gbp"])
        if stated is None or total is None or abs(own.total_gbp(stated, years) - total) >= 0.01:
            ours["annual_value_gbp"] = "" if total is None else f"{own.annual_gbp(total, years or 1.0):.2f}"
        entry.cells = {**ours, **cells}
        entry.citations = with_first_citation(entry.cells, citations)
        entry.is_ours = True
        entry.cells["area_codes"] = _stated_codes(grant)
        return entry
    description = _description(grant, tally)
    programme = next(
        (text_at(p.get("title")) for p in dictionaries(grant.get("grantProgramme")) if p.get("title")), ""
    )
    cells |= {
        "commissioner": text_at(funder.get("name")) or own.NOT_STATED,
        "programme": directory.programmes.get(folded(programme), "other"),
        "decision_date": day_at(grant.get("awardDate")),
        "route_to_award": "grant",
        "source_url": text_at(grant.get("dataSource")) or text_at(grant.get("url")),
    }
    entry.cells = cells
    if total is not None and years is None:
        found_problem(entry, file, "length_not_known", "annual_value_gbp", amount=f"{total:,.2f}")
    elif total is not None and years is not None:
        cells["annual_value_gbp"] = f"{own.annual_gbp(total, years):.2f}"
    only_office = _place(entry, file, grant, recipient, directory, tally)
    if only_office is None:
        return None
    keep_at_authority(cells, directory)
    if any(names_a_refuge(text) for text in (cells["title"], description, cells["provider_name"])):
        cells["is_sensitive"] = "yes"
        found_problem(entry, file, "names_a_refuge", "is_sensitive", severity=Severity.NOTE, withheld="yes")
    office = (
        f"{say('en', 'exchange.placed_by_recipient')} · {say('cy', 'exchange.placed_by_recipient')}"
        if only_office
        else None
    )
    entry.note = note_of(office, programme, description, cells=cells)
    return entry


def _pounds(entry: Entry, file: str, grant: dict[str, Any]) -> float | None:
    amount = number_at(grant.get("amountAwarded"))
    currency = text_at(grant.get("currency")) or "GBP"
    if currency.upper() != "GBP":
        found_problem(
            entry,
            file,
            "currency_not_pounds",
            "annual_value_gbp",
            f"{text_at(grant.get('amountAwarded'))} {currency}",
        )
        return None
    if amount is None or 0 <= amount < 1:
        found_problem(
            entry,
            file,
            "amount_not_given",
            "annual_value_gbp",
            text_at(grant.get("amountAwarded")),
            Severity.NOTE,
        )
        return None
    return amount


def _place(
    entry: Entry,
    file: str,
    grant: dict[str, Any],
    recipient: dict[str, Any],
    directory: Directory,
    tally: _Tally,
) -> bool | None:
    """Fills `area_codes`, or `recipient_area` where no place of benefit is stated; answers whether none is, or None where the grant is not
    in Wales."""
    stated = [_location(each, directory) for each in dictionaries(grant.get("beneficiaryLocation"))]
    codes = tuple(dict.fromkeys(code for place in stated for code in place.codes))
    if any(place.reach is Reach.IN_WALES for place in stated):
        if any(place.unknown for place in stated):
            names = "; ".join(
                text_at(each.get("name")) or text_at(each.get("geoCode"))
                for each in dictionaries(grant.get("beneficiaryLocation"))
            )
            found_problem(entry, file, "location_not_found", "area_codes", names)
        entry.cells["area_codes"] = ";".join(
            codes if len(codes) == 1 else (code for code in codes if code != places.WALES)
        )
        return False
    if stated and all(place.reach is Reach.ELSEWHERE for place in stated):
        tally.outside += 1
        return None
    office = _office(entry, file, recipient, directory, tally)
    if office is None:
        return None
    if (
        any(place.reach is Reach.WIDER for place in stated)
        or text_at(grant.get("locationScope")) in _WIDE_SCOPES
    ):
        names = "; ".join(
            text_at(each.get("name")) for each in dictionaries(grant.get("beneficiaryLocation"))
        )
        found_problem(
            entry, file, "location_too_wide", "area_codes", names or text_at(grant.get("locationScope"))
        )
        return False
    entry.cells["recipient_area"] = office
    tally.by_recipient += 1
    return True


def _location(location: dict[str, Any], directory: Directory) -> Place:
    # Publishers have put the code where the type belongs, so both fields are searched.
    by_code = places.place_of_codes(
        (text_at(location.get("geoCode")), text_at(location.get("geoCodeType"))), directory
    )
    if by_code is not None and (by_code.codes or by_code.reach is not Reach.IN_WALES):
        return by_code
    return places.place_of_name(text_at(location.get("name")), directory)


def _office(
    entry: Entry, file: str, recipient: dict[str, Any], directory: Directory, tally: _Tally
) -> str | None:
    """The authority of the recipient's address, or None where it is not known to be in Wales."""
    postcode = places.plain_postcode(text_at(recipient.get("postalCode")))
    if found := places.authority_of_postcode(postcode, directory):
        return found
    for location in dictionaries(recipient.get("location")):
        place = places.place_of_codes(
            texts([location.get("geoCode"), location.get("geoCodeType")]), directory
        )
        authorities = (
            [directory.area_authority[c] for c in place.codes if c in directory.area_authority]
            if place
            else []
        )
        if authorities:
            return authorities[0]
    if postcode and places.looks_welsh(postcode):
        if not directory.postcodes:
            tally.by_postcode_only += 1
            return None
        if text_at(recipient.get("addressCountry")).casefold() != "england":
            tally.problems.append(_unknown_postcode(entry, file, text_at(recipient.get("postalCode"))))
    tally.outside += 1
    return None


def _unknown_postcode(entry: Entry, file: str, postcode: str) -> Problem:
    aside = Entry(entry.number, entry.place, {}, {"area_codes": "recipientOrganization.postalCode"})
    found_problem(aside, file, "postcode_not_found", "area_codes", postcode)
    return aside.problems[0]


def _stated_codes(grant: dict[str, Any]) -> str:
    return ";".join(
        text_at(each.get("geoCode"))
        for each in dictionaries(grant.get("beneficiaryLocation"))
        if each.get("geoCode")
    )


def _stated(value: Any) -> str:
    text = text_at(value)
    return "" if text == own.NOT_STATED or text.endswith("-not-stated") else text


def _description(grant: dict[str, Any], tally: _Tally) -> str:
    text = text_at(grant.get("description"))
    if text and folded(text) in _SPACE_FILLERS:
        tally.fillers += 1
        return ""
    return text


def _told_once(file: str, tally: _Tally) -> list[Problem]:
    counts = (
        ("entries_outside_wales", tally.outside, Severity.NOTE),
        ("grants_to_people", tally.to_people, Severity.NOTE),
        ("placed_by_recipient", tally.by_recipient, Severity.WARNING),
        ("no_postcode_lookup", tally.by_postcode_only, Severity.WARNING),
        ("descriptions_empty_of_meaning", tally.fillers, Severity.NOTE),
    )
    told = [
        problem(code, file, severity=severity, count=f"{count:,}")
        for code, count, severity in counts
        if count
    ]
    return [*told, *tally.problems]
