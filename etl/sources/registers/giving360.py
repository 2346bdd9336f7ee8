"""Grants in the 360Giving Data Standard (JSON, flattened CSV or XLSX) → projects in Wales.

The place of benefit is where people benefit; the recipient's address is an office. A grant that states no
place of benefit has none recorded: the office is kept beside it, by its authority, and places nothing. The
value a year is the award over its planned dates, never stretched where it is for less than a year.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any, Final

from clearlink.exchange import own_fields as own
from clearlink.words import say
from etl.directory import Directory, folded
from etl.records import Problem, Register, Severity, SourceProblem
from etl.sources.registers.exchange_entries import (
    Entry,
    found_problem,
    hold_for_its_place,
    is_in_pounds,
    keep_at_authority,
    mark_refuge,
    note_of,
    own_cells,
    register_of,
    verbatim,
    with_first_citation,
)
from etl.sources.registers.exchange_json import (
    as_day,
    currency_at,
    day_at,
    dictionaries,
    is_json,
    number_at,
    read_json,
    text_at,
    texts,
    unpacked,
)
from etl.sources.registers.exchange_places import How, Place, Reach
from etl.sources.registers.feed_pages import pages_left_out
from etl.sources.registers.giving360_table import TO_PEOPLE, grants_of
from etl.sources.registers.place_finder import PlaceFinder, decided
from etl.sources.registers.register_problems import problem, quoted

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
_SPACE_FILLERS: Final = frozenset(
    {
        "dummy",
        "test",
        "n a",
        "na",
        "tbc",
        "none",
        "description",
        "xxx",
    }
)
_NAMED: Final = 12
_INDIVIDUALS: Final = re.compile(
    r"\bindividuals?\b|\bunigoli?on\b|\bunigolyn\b|\banonym(?:ous|ised)\b|\bdienw\b|\bprivate person\b|"
    r"\bname withheld\b",
    re.IGNORECASE,
)
# registers of charities, companies and other bodies, as org-id.guide lists them
_REGISTERED: Final = re.compile(r"(?:GB|IE)-[A-Z]{2,5}-\w", re.IGNORECASE)
_WIDE_SCOPES: Final = frozenset({"GLS010", "GLS020"})


@dataclass(slots=True)
class _Tally:
    """What is told once for the whole file."""

    finder: PlaceFinder
    # those that the file states and that are no pounds
    currencies: frozenset[str] = frozenset()
    outside: int = 0
    by_recipient: int = 0
    by_postcode_only: int = 0
    fillers: int = 0
    to_people: int = 0
    unplaced: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read_giving360(
    data: bytes,
    file: str,
    directory: Directory,
    register_id: str,
) -> Register:
    """Every grant that concerns Wales. Raises SourceProblem where the file as a whole is not 360Giving."""
    plain = unpacked(data, file)
    listed = _grants_of_json if is_json(plain) else _grants_of_table
    grants, left_out = listed(plain, file)
    if not grants:
        raise SourceProblem([problem("exchange_empty", file)])
    stated = frozenset(
        currency_at(each.fields.get("currency")) for each in grants
    )
    tally = _Tally(
        PlaceFinder(directory),
        stated - {"GBP", ""},
        problems=left_out,
    )
    read = [_entry(file, grant, tally) for grant in grants]
    return register_of(
        file,
        register_id,
        directory,
        [entry for entry in read if entry is not None],
        _told_once(file, tally),
        len(grants),
    )


@dataclass(frozen=True, slots=True)
class _Grant:
    """A grant as the file holds it: its number from 1, its address there, and its fields."""

    number: int
    place: str
    fields: dict[str, Any]


def _grants_of_json(
    plain: bytes, file: str
) -> tuple[list[_Grant], list[Problem]]:
    """The grants of a file in JSON, and what it says that it leaves out."""
    value = read_json(plain, file, STANDARD)
    package = value if isinstance(value, dict) else {}
    listed = package.get("grants") if isinstance(value, dict) else value
    if not isinstance(listed, list):
        raise SourceProblem(
            [problem("exchange_unreadable", file, format=STANDARD)]
        )
    grants = [
        _Grant(
            number,
            f"grants[{number - 1}]",
            fields,
        )
        for number, fields in enumerate(dictionaries(listed), 1)
    ]
    return grants, pages_left_out(package, file)


def _grants_of_table(
    plain: bytes, file: str
) -> tuple[list[_Grant], list[Problem]]:
    """The grants of a flattened file, and how many rows beside them belong to none."""
    grants, rows, loose = grants_of(plain, file)
    numbered = [
        _Grant(
            row,
            f"row {row}",
            fields,
        )
        for row, fields in zip(rows, grants, strict=True)
    ]
    if not loose:
        return numbered, []
    left_out = problem(
        "side_rows_without_grant",
        file,
        severity=Severity.WARNING,
        count=f"{loose:,}",
    )
    return numbered, [left_out]


def _entry(
    file: str,
    listed: _Grant,
    tally: _Tally,
) -> Entry | None:
    """A grant as the cells of a register's row; None where it is not loaded: a person's, or elsewhere."""
    grant = listed.fields
    if _is_a_persons(grant):
        # a person's hardship is no project: counted, and nothing of it read any further
        tally.to_people += 1
        return None
    entry = Entry(
        listed.number,
        listed.place,
        _cells_of_any(grant),
        _FIELDS,
    )
    years = _years(entry.cells, grant)
    carried = own_cells(grant, SAID)
    if carried is not None:
        _fill_ours(entry, grant, carried, years)
        return entry
    return entry if _fill(entry, file, grant, years, tally) else None


def _is_a_persons(grant: dict[str, Any]) -> bool:
    """Whether a grant helps one person, by its own fields or by whom it names."""
    if any(grant.get(field) for field in TO_PEOPLE):
        return True
    return own.KEY not in grant and _is_of_people(grant)


def _part(grant: dict[str, Any], name: str) -> dict[str, Any]:
    """The first object under a name of the standard; empty where there is none."""
    return next(
        iter(dictionaries(grant.get(name))),
        {},
    )


def _cells_of_any(grant: dict[str, Any]) -> dict[str, str]:
    """What the standard says of a grant, whoever published it."""
    dates = _part(grant, "plannedDates")
    recipient = _part(grant, "recipientOrganization")
    themes = [
        text_at(each.get("code"))
        for each in dictionaries(grant.get("classifications"))
        if each.get("vocabulary") == own.STATED_THEMES
    ]
    return {
        "project_id": text_at(grant.get("id")).removeprefix(own.GRANT_PREFIX),
        "title": text_at(grant.get("title")),
        "start": day_at(
            dates.get("startDate") or grant.get("Project Start Date")
        ),
        "end": day_at(dates.get("endDate") or grant.get("Project End Date")),
        "provider_name": _stated(recipient.get("name")),
        "provider_org_id": _stated(recipient.get("id")),
        "theme": ";".join(themes),
    }


def _years(cells: dict[str, str], grant: dict[str, Any]) -> float | None:
    """How long a grant runs, by its days, else by the months it states; those go into its cells where it
    has no last day.
    """
    dates = _part(grant, "plannedDates")
    months = number_at(dates.get("duration")) if "duration" in dates else None
    if months and not cells["end"]:
        cells["length_months"] = f"{max(1, round(months))}"
    has_both_days = bool(cells["start"] and cells["end"])
    return own.years_of(
        as_day(cells["start"]),
        as_day(cells["end"]),
        None if has_both_days else months,
    )


def _fill(
    entry: Entry,
    file: str,
    grant: dict[str, Any],
    years: float | None,
    tally: _Tally,
) -> bool:
    """Fills the cells of another body's grant; answers whether it is loaded."""
    cells = entry.cells
    _put_value(
        entry,
        file,
        _pounds(entry, file, grant, tally),
        years,
    )
    description = _description(grant, tally)
    titles = (
        text_at(p.get("title"))
        for p in dictionaries(grant.get("grantProgramme"))
    )
    programme = next(
        filter(None, titles),
        "",
    )
    directory = tally.finder.directory
    cells |= {
        "commissioner": text_at(_part(grant, "fundingOrganization").get("name"))
        or own.NOT_STATED,
        "programme": directory.programmes.get(
            folded(programme),
            "other",
        ),
        "decision_date": day_at(grant.get("awardDate")),
        "route_to_award": "grant",
        "source_url": text_at(grant.get("dataSource"))
        or text_at(grant.get("url")),
    }
    if regrant := text_at(grant.get("regrantType")):
        cells["regrant_type"] = regrant
    mark_refuge(entry, file, description)
    only_office = _place(entry, file, grant, tally)
    if only_office is None:
        return False
    keep_at_authority(cells, directory)
    office = _in_both("exchange.placed_by_recipient") if only_office else None
    entry.note = note_of(office, programme, description, cells=cells)
    return True


def _in_both(key: str) -> str:
    return f"{say('en', key)} · {say('cy', key)}"


def _put_value(
    entry: Entry,
    file: str,
    total: float | None,
    years: float | None,
) -> None:
    """Fills the value a year, or says that a sum has no length to be spread over."""
    if total is None:
        return
    if years is None:
        found_problem(
            entry,
            file,
            "length_not_known",
            "annual_value_gbp",
            amount=f"{total:,.2f}",
        )
        return
    entry.cells["annual_value_gbp"] = f"{own.annual_gbp(total, years):.2f}"


def _fill_ours(
    entry: Entry,
    grant: dict[str, Any],
    carried: tuple[dict[str, str], tuple[dict[str, str], ...]],
    years: float | None,
) -> None:
    """Fills the cells of a grant that is an export of ours: what it carries beside the standard, and the
    sum that may have been changed.
    """
    ours, citations = carried
    recipient = _part(grant, "recipientOrganization")
    # what a register of ours states is meant, a penny too; in another's file a penny says that nothing is
    # given
    total = number_at(grant.get("amountAwarded"))
    entry.cells |= {
        "title": verbatim(grant.get("title")),
        "provider_name": verbatim(recipient.get("name")),
    }
    ours["annual_value_gbp"] = own.annual_as_stated(
        ours["annual_value_gbp"],
        number_at(ours["annual_value_gbp"]),
        total,
        years,
    )
    entry.cells = {**ours, **entry.cells}
    entry.citations = with_first_citation(entry.cells, citations)
    entry.is_ours = True
    entry.cells["area_codes"] = _stated_codes(grant)


def _is_of_people(grant: dict[str, Any]) -> bool:
    """Whether the recipient is nobody's body: "Awards to eight individuals", "Unigolyn"; a registered body
    may have such a name.
    """
    listed = dictionaries(grant.get("recipientOrganization"))
    return any(
        _INDIVIDUALS.search(text_at(each.get("name")))
        and not _REGISTERED.match(text_at(each.get("id")))
        for each in listed
    )


def _pounds(
    entry: Entry,
    file: str,
    grant: dict[str, Any],
    tally: _Tally,
) -> float | None:
    amount = number_at(grant.get("amountAwarded"))
    currency = currency_at(grant.get("currency"))
    is_given = amount is not None and not 0 <= amount < 1
    # where there is no sum, that nothing says its currency is no news
    if (is_given or currency) and not is_in_pounds(
        entry,
        file,
        text_at(grant.get("amountAwarded")),
        currency,
        tally.currencies,
    ):
        return None
    if not is_given:
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
    tally: _Tally,
) -> bool | None:
    """Fills `area_codes`, or `recipient_area` where no place of benefit is stated; answers whether none is,
    or None where the grant is not loaded: it is elsewhere, or nothing says where it is.
    """
    recipient = _part(grant, "recipientOrganization")
    words = _benefit_words(grant)
    office = _office(recipient, tally.finder)
    home = _home(entry, office, tally.finder)
    benefit = _benefit(grant, home, tally.finder)
    if benefit is not None and benefit.is_in_wales:
        _put_benefit(entry, file, benefit, words, tally)
        return False
    if benefit is not None and benefit.reach is Reach.ELSEWHERE:
        tally.outside += 1
        return None
    if home is None:
        every_word = [
            *words,
            *_address_words(recipient),
        ]
        _leave_out(
            entry,
            file,
            benefit,
            office,
            every_word,
            tally,
        )
        return None
    if _is_too_wide(grant, benefit):
        scope = text_at(grant.get("locationScope"))
        stated = "; ".join(words) or scope
        found_problem(entry, file, "location_too_wide", "area_codes", stated)
        return False
    if benefit is not None:
        _tell_not_found(entry, file, words)
    is_placed = _put_office(entry, file, home, recipient, tally)
    return is_placed and benefit is None


def _benefit_words(grant: dict[str, Any]) -> list[str]:
    """What the grant says of where people benefit, as it says it."""
    return [
        text
        for each in dictionaries(grant.get("beneficiaryLocation"))
        for name in ("name", "geoCode", "countryCode")
        if (text := text_at(each.get(name)))
    ]


def _home(
    entry: Entry,
    office: Place | None,
    finder: PlaceFinder,
) -> Place | None:
    """The place in Wales of whoever receives or gives: by address, else by a name of Wales; None where
    neither is of Wales, or the address is elsewhere.
    """
    if office is not None and office.is_in_wales:
        return office
    is_elsewhere = office is not None and office.reach is Reach.ELSEWHERE
    if not is_elsewhere and _is_of_wales(entry, finder):
        return Place(Reach.IN_WALES, (), True)
    return None


def _benefit(
    grant: dict[str, Any],
    home: Place | None,
    finder: PlaceFinder,
) -> Place | None:
    """Where people benefit; None where the grant does not say."""
    locations = dictionaries(grant.get("beneficiaryLocation"))
    benefit = decided(_location(each, finder) for each in locations)
    if benefit is not None and benefit.likely and home is not None:
        # a name that is used elsewhere too counts here, beside an office or a body of Wales
        return replace(benefit, reach=Reach.IN_WALES, codes=benefit.likely)
    return benefit


def _put_benefit(
    entry: Entry,
    file: str,
    benefit: Place,
    words: list[str],
    tally: _Tally,
) -> None:
    """Fills where people in Wales benefit, and says what was not found or was read from a name."""
    if benefit.unknown or not benefit.codes:
        _tell_not_found(entry, file, words)
    elif benefit.how in (How.TOWN, How.DISTRICT):
        _tell_how(entry, file, benefit, words, tally)
    entry.cells["area_codes"] = ";".join(benefit.codes)


def _tell_not_found(
    entry: Entry,
    file: str,
    words: list[str],
) -> None:
    stated = "; ".join(dict.fromkeys(words))
    found_problem(entry, file, "location_not_found", "area_codes", stated)


def _is_too_wide(grant: dict[str, Any], benefit: Place | None) -> bool:
    """Whether people benefit in more than Wales, or in all of it and nowhere nearer."""
    if text_at(grant.get("locationScope")) in _WIDE_SCOPES:
        return True
    return benefit is not None and benefit.reach is Reach.WIDER


def _put_office(
    entry: Entry,
    file: str,
    home: Place,
    recipient: dict[str, Any],
    tally: _Tally,
) -> bool:
    """Keeps the authority of the recipient's office beside the grant; answers whether it is known."""
    authority = next(
        (code for code in home.codes if code.startswith("W06")),
        "",
    )
    entry.cells["recipient_area"] = authority
    if authority:
        tally.by_recipient += 1
    else:
        _tell_of_office(entry, file, recipient, tally)
    return bool(authority)


def _leave_out(
    entry: Entry,
    file: str,
    benefit: Place | None,
    office: Place | None,
    words: list[str],
    tally: _Tally,
) -> None:
    """Why a grant is not loaded: a recipient elsewhere (with the place of benefit named, where that is not
    recognised), else nothing says where it is and somebody has to.
    """
    if office is not None and office.reach is Reach.ELSEWHERE:
        if benefit is not None and benefit.reach is Reach.NOT_RECOGNISED:
            name = words[0] if words else ""
            tally.unplaced[name] = tally.unplaced.get(name, 0) + 1
        else:
            tally.outside += 1
        return
    tally.problems += hold_for_its_place(entry, file, words).problems[-1:]


def _tell_how(
    entry: Entry,
    file: str,
    place: Place,
    words: list[str],
    tally: _Tally,
) -> None:
    names = tally.finder.directory.area_names
    how = place.how or How.NAME
    found_problem(
        entry,
        file,
        "place_read_as",
        "area_codes",
        "; ".join(dict.fromkeys(words)),
        Severity.NOTE,
        area=", ".join(names.get(code, code) for code in place.codes),
        how=say("en", f"exchange.how.{how}"),
        how_cy=say("cy", f"exchange.how.{how}"),
    )


def _tell_of_office(
    entry: Entry,
    file: str,
    recipient: dict[str, Any],
    tally: _Tally,
) -> None:
    """A recipient in Wales whose authority is not known: a postcode that no list holds, or no list to look
    in.
    """
    postcode = text_at(recipient.get("postalCode"))
    if postcode and not tally.finder.directory.postcodes:
        tally.by_postcode_only += 1
    elif postcode:
        entry.fields = {
            **entry.fields,
            "recipient_area": "recipientOrganization.postalCode",
        }
        found_problem(
            entry, file, "postcode_not_found", "recipient_area", postcode
        )


def _location(location: dict[str, Any], finder: PlaceFinder) -> Place | None:
    # Publishers have put the code where the type belongs, so both fields are searched.
    return finder.location(
        (
            text_at(location.get("geoCode")),
            text_at(location.get("geoCodeType")),
        ),
        [text_at(location.get("name"))],
        text_at(location.get("postalCode")),
        text_at(location.get("countryCode")),
        (
            number_at(location.get("latitude")),
            number_at(location.get("longitude")),
        ),
    )


def _office(recipient: dict[str, Any], finder: PlaceFinder) -> Place | None:
    """Where the recipient's address is; None where it states none."""
    postcode = text_at(recipient.get("postalCode"))
    by_postcode = finder.postcode(postcode)
    if by_postcode is not None and (
        by_postcode.how is How.POSTCODE or by_postcode.reach is Reach.ELSEWHERE
    ):
        return by_postcode
    codes = [
        text
        for location in dictionaries(recipient.get("location"))
        for text in texts(
            [
                location.get("geoCode"),
                location.get("geoCodeType"),
            ]
        )
    ]
    names = [
        *texts(
            [
                recipient.get("addressRegion"),
                recipient.get("addressLocality"),
            ]
        )
    ]
    country = text_at(recipient.get("addressCountry"))
    return finder.location(codes, names, postcode, country)


def _address_words(recipient: dict[str, Any]) -> list[str]:
    names = ("addressLocality", "addressRegion", "postalCode", "addressCountry")
    return [text for name in names if (text := text_at(recipient.get(name)))]


def _is_of_wales(entry: Entry, finder: PlaceFinder) -> bool:
    """Whether the funder or the recipient is of Wales by its own name: an authority, or one that says
    Wales.
    """
    names = (
        entry.cells.get("commissioner", ""),
        entry.cells.get("provider_name", ""),
    )
    return any(
        finder.directory.authority(name) or finder.is_of_wales(name)
        for name in names
        if name
    )


def _stated_codes(grant: dict[str, Any]) -> str:
    return ";".join(
        text_at(each.get("geoCode"))
        for each in dictionaries(grant.get("beneficiaryLocation"))
        if each.get("geoCode")
    )


def _stated(value: Any) -> str:
    text = text_at(value)
    return (
        "" if text == own.NOT_STATED or text.endswith("-not-stated") else text
    )


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
        problem(
            code,
            file,
            severity=severity,
            count=f"{count:,}",
        )
        for code, count, severity in counts
        if count
    ]
    if tally.unplaced:
        told.append(
            problem(
                "places_not_recognised_elsewhere",
                file,
                severity=Severity.WARNING,
                count=f"{sum(tally.unplaced.values()):,}",
                names=", ".join(
                    quoted(name) for name in sorted(tally.unplaced)[:_NAMED]
                ),
            )
        )
    return [*told, *tally.problems]
