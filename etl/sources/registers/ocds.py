"""Notices in the Open Contracting Data Standard (Sell2Wales, Find a Tender) → projects.

A buyer is an authority only by org-id, by name, or by a postcode behind the name of a council. Delivery
regions are NUTS 2018. Names, addresses and telephones of officers (`contactPoint`) are never read. Amounts of
0 and 0.01 mean “not given”.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from clearlink.exchange import own_fields as own
from clearlink.rules.codes import ValueKind
from clearlink.words import Lang, say
from etl.directory import Directory, folded
from etl.records import Problem, Register, Severity
from etl.sources.registers import exchange_places as places
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
    day_at,
    dictionaries,
    number_at,
    read_json,
    text_at,
    unpacked,
)
from etl.sources.registers.exchange_places import How, Place, Reach
from etl.sources.registers.feed_pages import pages_left_out
from etl.sources.registers.ocds_bought import (
    SMALLEST_GBP,
    Money,
    ended_early,
    frameworks_above,
    is_framework,
    live_awards,
    money,
    outcome_of,
    period,
    tender_of,
)
from etl.sources.registers.ocds_releases import STANDARD, UNMERGED, processes_of
from etl.sources.registers.place_finder import PlaceFinder, decided
from etl.sources.registers.procurement_scope import ScopeRule, rule_of
from etl.sources.registers.register_problems import problem, quoted

SAID: Final = (
    "project_id",
    "title",
    "start",
    "end",
    "provider_name",
    "route_to_award",
    "area_codes",
)
_FIELDS: Final = {
    "project_id": "ocid",
    "title": "tender.title",
    "start": "contractPeriod.startDate",
    "end": "contractPeriod.endDate",
    "decision_date": "awards.date",
    "annual_value_gbp": "tender.value",
    "area_codes": "items.deliveryAddresses.region",
    "provider_name": "awards.suppliers",
    "commissioner": "buyer.name",
}
_TEST: Final = re.compile(
    r"^\W*(?:test|prawf)\b(?!ing)|\bplease ignore\b|\btest (?:notice|tender|only)\b",
    re.IGNORECASE,
)
_NEEDS_DOCUMENTS: Final = frozenset({"needsAssessment"})


def read_ocds(
    data: bytes,
    file: str,
    directory: Directory,
    register_id: str,
) -> Register:
    """Every contracting process that reaches Wales and buys what the programmes are for; what is left out is
    counted with its reason.

    Raises SourceProblem where the file as a whole is not OCDS.
    """
    value = read_json(
        unpacked(data, file),
        file,
        STANDARD,
    )
    processes, count = processes_of(value, file)
    stated = frozenset(money(process).currency for _, process in processes)
    sorted_out = _SortedOut(
        file,
        PlaceFinder(directory),
        stated - {"GBP", ""},
        problems=pages_left_out(value, file),
    )
    for number, (place, process) in enumerate(processes, 1):
        sorted_out.take(
            Entry(number, place, {}, _FIELDS),
            process,
        )
    sorted_out.tell_what_is_left_out(len(processes))
    _mark_repeated_notices(file, sorted_out.entries)
    return register_of(
        file,
        register_id,
        directory,
        sorted_out.entries,
        sorted_out.problems,
        count,
    )


@dataclass(slots=True)
class _SortedOut:
    """The processes of one file: those that are loaded, and what is told or counted of the others.
    `elsewhere`: the currencies of the file that are no pounds.
    """

    file: str
    finder: PlaceFinder
    elsewhere: frozenset[str]
    problems: list[Problem]
    entries: list[Entry] = field(default_factory=list)
    outside: int = 0
    out_of_scope: Counter[ScopeRule] = field(default_factory=Counter)

    def take(
        self,
        entry: Entry,
        process: dict[str, Any],
    ) -> None:
        """Loads a process, or says or counts why it is not loaded."""
        if _reads_as_test(process):
            title = text_at(tender_of(process).get("title"))
            found_problem(
                entry,
                self.file,
                "test_notice",
                "title",
                title,
                Severity.NOTE,
            )
            self.problems += entry.problems
            return
        rule = None if own.KEY in process else rule_of(process)
        if rule is not None and not rule.is_in_scope:
            self.out_of_scope[rule] += 1
            return
        self._take_by_place(entry, process)

    def _take_by_place(
        self,
        entry: Entry,
        process: dict[str, Any],
    ) -> None:
        reach = _fill(
            entry,
            self.file,
            process,
            self.finder,
            self.elsewhere,
        )
        if reach is Reach.IN_WALES:
            self.entries.append(entry)
        elif reach is Reach.ELSEWHERE:
            self.outside += 1
        else:
            buyer = entry.cells.get("commissioner", "")
            words = [
                *_regions(tender_of(process)),
                buyer,
            ]
            held = hold_for_its_place(entry, self.file, words)
            self.problems += held.problems[-1:]

    def tell_what_is_left_out(self, of_all: int) -> None:
        """Says how many processes are elsewhere, and how many buy what no programme is for."""
        if self.outside:
            self.problems.append(
                problem(
                    "entries_outside_wales",
                    self.file,
                    severity=Severity.NOTE,
                    count=f"{self.outside:,}",
                )
            )
        for rule, times in self.out_of_scope.most_common():
            self.problems.append(
                problem(
                    "notices_out_of_scope",
                    self.file,
                    severity=Severity.NOTE,
                    count=f"{times:,}",
                    of=f"{of_all:,}",
                    reason=rule.reason_en,
                    reason_cy=rule.reason_cy,
                )
            )


def _fill(
    entry: Entry,
    file: str,
    process: dict[str, Any],
    finder: PlaceFinder,
    elsewhere: frozenset[str],
) -> Reach:
    """Fills the cells of an entry; answers whether the process reaches Wales, is elsewhere, or says
    neither. `elsewhere`: the currencies of the file that are no pounds.
    """
    tender = tender_of(process)
    cells = entry.cells = _cells_of_any(process, tender)
    years = _years(cells, process)
    carried = own_cells(process, SAID)
    if carried is not None:
        _fill_ours(entry, process, cells, carried, years)
        return Reach.IN_WALES
    buyer = _buyer(process, finder.directory)
    kind, status = outcome_of(process)
    cells |= _cells_of_others(process, tender, buyer, kind)
    _tell_of_state(entry, file, process, status)
    if not buyer.name:
        found_problem(entry, file, "commissioner_not_stated", "commissioner")
    _put_value(
        entry,
        file,
        money(process),
        years,
        is_framework(process),
        elsewhere,
    )
    mark_refuge(
        entry,
        file,
        text_at(tender.get("description")),
    )
    reach = _put_place(entry, file, tender, buyer, finder)
    if reach is not Reach.IN_WALES:
        return reach
    keep_at_authority(cells, finder.directory)
    _tell_of_planning(entry, file, process)
    entry.note = note_of(
        *_beside(process, kind, status),
        cells=cells,
    )
    return Reach.IN_WALES


def _cells_of_any(
    process: dict[str, Any], tender: dict[str, Any]
) -> dict[str, str]:
    """What the standard says of a process, whoever published it."""
    start, end, months = period(process)
    suppliers = _suppliers(process)
    names = (text_at(s.get("name")) for s in suppliers if s.get("name"))
    # of several suppliers no one identifier is the provider's
    org_ids = _org_ids(suppliers[0]) if len(suppliers) == 1 else iter(())
    cells = {
        "project_id": text_at(process.get("ocid")).removeprefix(
            own.OCID_PREFIX
        ),
        "title": text_at(tender.get("title")) or text_at(process.get("title")),
        "start": start,
        "end": end,
        "provider_name": "; ".join(dict.fromkeys(names)),
        "provider_org_id": next(org_ids, ""),
        "route_to_award": _route(tender),
    }
    if months and not end:
        cells["length_months"] = f"{max(1, round(months))}"
    return cells


def _years(cells: dict[str, str], process: dict[str, Any]) -> float | None:
    """How long a process runs: by its days, else by the months that it states."""
    _, _, months = period(process)
    has_both_days = bool(cells["start"] and cells["end"])
    return own.years_of(
        as_day(cells["start"]),
        as_day(cells["end"]),
        None if has_both_days else months,
    )


def _cells_of_others(
    process: dict[str, Any],
    tender: dict[str, Any],
    buyer: _Buyer,
    kind: ValueKind,
) -> dict[str, str]:
    """What is read of a process that is no export of ours, beside its standard cells."""
    days = (day_at(award.get("date")) for award in live_awards(process))
    return {
        "commissioner": buyer.la_code or buyer.name or own.NOT_STATED,
        "programme": "other",
        "decision_date": max(
            filter(None, days),
            default="",
        ),
        "source_url": _notice_url(process, tender),
        "value_kind": kind.value,
        "called_off_from": ";".join(frameworks_above(process)),
    }


def _buyer(process: dict[str, Any], directory: Directory) -> _Buyer:
    """Who buys, by its reference and its entry among the parties."""
    reference = _object(process.get("buyer"))
    party = _party(process, reference)
    name = text_at(reference.get("name")) or text_at(party.get("name"))
    if not name:
        return _Buyer(name, None, party)
    postcode = text_at(_object(party.get("address")).get("postalCode"))
    org_ids = [
        *_org_ids(reference),
        *_org_ids(party),
    ]
    la_code = places.authority_of_buyer(name, postcode, org_ids, directory)
    return _Buyer(name, la_code, party)


def _fill_ours(
    entry: Entry,
    process: dict[str, Any],
    cells: dict[str, str],
    carried: tuple[dict[str, str], tuple[dict[str, str], ...]],
    years: float | None,
) -> None:
    """Fills the cells of a process that is an export of ours: what it carries beside the standard, and the
    sum that may have been changed.
    """
    ours, citations = carried
    tender, total = tender_of(process), money(process).total
    ours["annual_value_gbp"] = own.annual_as_stated(
        ours["annual_value_gbp"],
        number_at(ours["annual_value_gbp"]),
        total,
        years,
    )
    cells["title"] = verbatim(tender.get("title"))
    names = (verbatim(s.get("name")) for s in _suppliers(process))
    cells["provider_name"] = next(
        (name for name in names if name),
        "",
    )
    cells["route_to_award"] = verbatim(tender.get("procurementMethodDetails"))
    # an identifier without a register of its own has no place in the standard, so ours says it
    ours["provider_org_id"] = (
        ours["provider_org_id"] or cells["provider_org_id"]
    )
    entry.cells = {
        **cells,
        **ours,
        "area_codes": ";".join(dict.fromkeys(_regions(tender))),
    }
    entry.citations = with_first_citation(entry.cells, citations)
    entry.is_ours = True


@dataclass(frozen=True, slots=True)
class _Buyer:
    """Who buys: the name as printed, the authority that it is (if it is one), and its entry among the
    parties.
    """

    name: str
    la_code: str | None
    party: dict[str, Any]


def _put_place(
    entry: Entry,
    file: str,
    tender: dict[str, Any],
    buyer: _Buyer,
    finder: PlaceFinder,
) -> Reach:
    """Fills `area_codes` from where it is delivered; answers in Wales, elsewhere, or not recognised.

    A buyer of Wales buys for Wales where no place of delivery says otherwise; one elsewhere does not, though
    it buys for "the UK".
    """
    delivery = _delivery(tender, buyer.la_code, finder)
    stated = "; ".join(dict.fromkeys(_delivery_words(tender)))
    if delivery is not None and delivery.is_in_wales:
        if delivery.unknown or not delivery.codes:
            found_problem(
                entry, file, "location_not_found", "area_codes", stated
            )
        entry.cells["area_codes"] = ";".join(delivery.codes)
        return Reach.IN_WALES
    reach = _reach_by_seat(delivery, buyer, finder)
    if reach is not Reach.IN_WALES or delivery is None:
        return reach
    is_wide = delivery.reach is Reach.WIDER
    code = "location_too_wide" if is_wide else "location_not_found"
    found_problem(entry, file, code, "area_codes", stated)
    return Reach.IN_WALES


def _reach_by_seat(
    delivery: Place | None,
    buyer: _Buyer,
    finder: PlaceFinder,
) -> Reach:
    """Where a process is whose delivery names no place in Wales: where its buyer sits."""
    stated = Reach.NOT_RECOGNISED if delivery is None else delivery.reach
    if stated is Reach.ELSEWHERE:
        return Reach.ELSEWHERE
    seat = Place(Reach.IN_WALES) if buyer.la_code else _seat(buyer, finder)
    if seat is not None and seat.reach is Reach.ELSEWHERE:
        return Reach.ELSEWHERE
    is_of_wales = seat is not None and seat.is_in_wales
    if is_of_wales or stated is Reach.WIDER:
        return Reach.IN_WALES
    return Reach.NOT_RECOGNISED


def _delivery(
    tender: dict[str, Any],
    la_code: str | None,
    finder: PlaceFinder,
) -> Place | None:
    """Where a notice says that it is delivered; None where it says nothing."""
    by_nuts = places.place_of_nuts(
        _regions(tender),
        la_code,
    )
    if by_nuts is not None and by_nuts.is_in_wales:
        return by_nuts
    return decided(
        [
            by_nuts,
            *(_address(each, finder) for each in _addresses(tender)),
        ]
    )


def _seat(buyer: _Buyer, finder: PlaceFinder) -> Place | None:
    """Where a buyer that is no authority of Wales sits: by its address, else by a name that says Wales."""
    address = _object(buyer.party.get("address"))
    place = decided(
        [
            places.place_of_nuts([text_at(address.get("region"))]),
            _address(address, finder),
        ]
    )
    if place is not None and place.reach in (Reach.IN_WALES, Reach.ELSEWHERE):
        return place
    return (
        Place(
            Reach.IN_WALES,
            (),
            True,
            How.NAME,
        )
        if finder.is_of_wales(buyer.name)
        else place
    )


def _address(address: dict[str, Any], finder: PlaceFinder) -> Place | None:
    region = text_at(address.get("region"))
    names = [
        text_at(address.get("locality")),
        "" if places.is_nuts(region) else region,
    ]
    country = text_at(address.get("countryName")) or text_at(
        address.get("country")
    )
    place = finder.location(
        [region],
        [n for n in names if n],
        text_at(address.get("postalCode")),
        country,
    )
    # "United Kingdom" is no country that decides, and yet it is where the notice says it is delivered
    return place or finder.name(country)


def _put_value(
    entry: Entry,
    file: str,
    agreed: Money,
    years: float | None,
    is_ceiling: bool,
    elsewhere: frozenset[str],
) -> None:
    """Fills the value a year, and says what a reader should know of the sum it is made from."""
    entry.fields = {**entry.fields, "annual_value_gbp": agreed.read_from}
    total = agreed.total
    if total is None or 0 <= total < SMALLEST_GBP:
        amount = "" if total is None else f"{total:g}"
        found_problem(
            entry,
            file,
            "amount_not_given",
            "annual_value_gbp",
            amount,
            Severity.NOTE,
        )
        return
    amount = f"{total:,.2f}"
    _tell_of_sum(entry, file, agreed, amount)
    if not is_in_pounds(
        entry,
        file,
        total,
        agreed.currency,
        elsewhere,
    ):
        return
    if years is None:
        found_problem(
            entry,
            file,
            "length_not_known",
            "annual_value_gbp",
            amount=amount,
        )
        return
    entry.cells["annual_value_gbp"] = f"{own.annual_gbp(total, years):.2f}"
    if is_ceiling:
        found_problem(
            entry,
            file,
            "framework_ceiling",
            "annual_value_gbp",
            severity=Severity.NOTE,
            amount=amount,
        )


def _tell_of_sum(
    entry: Entry,
    file: str,
    agreed: Money,
    amount: str,
) -> None:
    """Says of a sum that it stands elsewhere in the notice, or is of a part of it."""
    if agreed.nil:
        found_problem(
            entry,
            file,
            "amount_from_elsewhere",
            "annual_value_gbp",
            nil=agreed.nil,
            amount=amount,
            field=agreed.read_from,
        )
    if agreed.is_partial:
        found_problem(
            entry,
            file,
            "amount_in_part",
            "annual_value_gbp",
            amount=amount,
        )


def _tell_of_state(
    entry: Entry,
    file: str,
    process: dict[str, Any],
    status: str,
) -> None:
    """What a notice's status says: nothing bought, only planned, ended early; or releases that contradict
    each other.
    """
    title = entry.cells["title"]
    if entry.cells["value_kind"] == ValueKind.NEVER_BOUGHT:
        told = {
            "status": _status_word("en", status),
            "status_cy": _status_word("cy", status),
        }
        found_problem(
            entry,
            file,
            "never_bought",
            "title",
            title,
            Severity.NOTE,
            **told,
        )
    elif status:
        found_problem(
            entry,
            file,
            "only_planned",
            "title",
            title,
            Severity.NOTE,
        )
    early, end = ended_early(process), entry.cells["end"]
    first, last = as_day(early), as_day(end)
    if first and (last is None or first < last):
        entry.cells["end"] = early
        found_problem(
            entry,
            file,
            "contract_terminated",
            "end",
            end,
            other=early,
        )
    if process.get(UNMERGED):
        found_problem(
            entry,
            file,
            "releases_not_merged",
            "project_id",
            text_at(process.get("ocid")),
        )


def _beside(
    process: dict[str, Any],
    kind: ValueKind,
    status: str,
) -> list[str | None]:
    """What else a reader should see beside the project: how it came about and why so, in the notice's own
    words.
    """
    tender = tender_of(process)
    regions = ", ".join(sorted(set(_regions(tender))))
    above = ", ".join(frameworks_above(process))
    reason = _reason(tender)
    planned = text_at((process.get("planning") or {}).get("rationale"))
    return [
        _state_in_words(kind, status),
        _both("exchange.call_off", framework=above) if above else None,
        f"NUTS {regions}" if regions else None,
        _category(tender),
        f"{_both('exchange.route_reason')}: {reason}" if reason else None,
        f"{_both('exchange.planned_for')}: {planned}" if planned else None,
    ]


def _state_in_words(kind: ValueKind, status: str) -> str | None:
    """That a notice is a framework, bought nothing, or is only planned; None for one that buys."""
    if kind is ValueKind.FRAMEWORK_CEILING:
        return _both("exchange.framework")
    if kind is ValueKind.NEVER_BOUGHT:
        return _nothing_bought(status)
    if kind is ValueKind.TENDER_NOTICE and status:
        return _both("exchange.only_planned")
    return None


def _both(key: str, **facts: str) -> str:
    return f"{say('en', key, **facts)} · {say('cy', key, **facts)}"


def _nothing_bought(status: str) -> str:
    languages: tuple[Lang, ...] = ("en", "cy")
    return " · ".join(
        say(
            lang,
            "exchange.never_bought",
            status=_status_word(lang, status),
        )
        for lang in languages
    )


def _status_word(lang: Lang, status: str) -> str:
    return say(lang, f"exchange.status.{status}")


def _route(tender: dict[str, Any]) -> str:
    """How it was bought, as the notice words it, and the standard's own word for the method (open,
    selective, limited, direct).
    """
    details, method = (
        text_at(tender.get(n))
        for n in ("procurementMethodDetails", "procurementMethod")
    )
    if not details:
        return method
    names_method = not method or folded(method) in folded(details).split()
    return details if names_method else f"{details} ({method})"


def _reason(tender: dict[str, Any]) -> str:
    """Why this way of buying was taken, where the notice says so: its words, then the grounds it names."""
    grounds = [
        text_at(each.get("description")) or text_at(each.get("id"))
        for each in dictionaries(
            tender.get("procurementMethodRationaleClassifications")
        )
    ]
    reasons = [
        text_at(tender.get("procurementMethodRationale")),
        *grounds,
    ]
    return "; ".join(dict.fromkeys(text for text in reasons if text))


def _reads_as_test(process: dict[str, Any]) -> bool:
    return bool(_TEST.search(text_at(tender_of(process).get("title"))))


def _category(tender: dict[str, Any]) -> str | None:
    classification = tender.get("classification") or {}
    code = text_at(classification.get("id"))
    return (
        f"{text_at(classification.get('scheme'))} {code}".strip()
        if code
        else None
    )


def _regions(tender: dict[str, Any]) -> list[str]:
    return [
        text
        for address in _addresses(tender)
        if (text := text_at(address.get("region")))
    ]


def _addresses(tender: dict[str, Any]) -> list[dict[str, Any]]:
    parts = [
        tender,
        *dictionaries(tender.get("items")),
        *dictionaries(tender.get("lots")),
    ]
    return [
        address
        for part in parts
        for address in dictionaries(part.get("deliveryAddresses"))
    ]


def _delivery_words(tender: dict[str, Any]) -> list[str]:
    names = ("region", "locality", "postalCode", "countryName")
    return [
        text
        for each in _addresses(tender)
        for name in names
        if (text := text_at(each.get(name)))
    ]


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _party(
    process: dict[str, Any], reference: dict[str, Any]
) -> dict[str, Any]:
    wanted = reference.get("id")
    parties = dictionaries(process.get("parties"))
    same = [p for p in parties if wanted is not None and p.get("id") == wanted]
    return next(
        iter(same),
        next(
            (p for p in parties if "buyer" in (p.get("roles") or [])),
            {},
        ),
    )


def _org_ids(organisation: dict[str, Any]) -> Iterator[str]:
    identifiers = [
        organisation.get("identifier"),
        *dictionaries(organisation.get("additionalIdentifiers")),
    ]
    for each in dictionaries(identifiers):
        scheme, code = text_at(each.get("scheme")), text_at(each.get("id"))
        if scheme and code:
            yield code if code.startswith(scheme) else f"{scheme}-{code}"


def _suppliers(process: dict[str, Any]) -> list[dict[str, Any]]:
    named = [
        s
        for a in live_awards(process)
        for s in dictionaries(a.get("suppliers"))
    ]
    named = named or [
        s for s in dictionaries(process.get("parties")) if _supplies(process, s)
    ]
    return [
        {**_supplier_party(process, s), **s}
        for s in named
        if text_at(s.get("name")) != own.NOT_STATED
    ]


def _supplies(process: dict[str, Any], party: dict[str, Any]) -> bool:
    """Whether a party is the supplier of a process that has contracts and lists no award."""
    roles = party.get("roles")
    has_no_award = not dictionaries(process.get("awards")) and bool(
        dictionaries(process.get("contracts"))
    )
    return has_no_award and isinstance(roles, list) and "supplier" in roles


def _supplier_party(
    process: dict[str, Any], supplier: dict[str, Any]
) -> dict[str, Any]:
    return next(
        (
            p
            for p in dictionaries(process.get("parties"))
            if p.get("id") == supplier.get("id")
        ),
        {},
    )


def _notice_url(process: dict[str, Any], tender: dict[str, Any]) -> str:
    listed = [
        *dictionaries(tender.get("documents")),
        *(
            {"url": link.get("href")}
            for link in dictionaries(process.get("links"))
        ),
    ]
    return next(
        (url for each in listed if (url := text_at(each.get("url")))),
        "",
    )


def _tell_of_planning(
    entry: Entry,
    file: str,
    process: dict[str, Any],
) -> None:
    for document in dictionaries(
        (process.get("planning") or {}).get("documents")
    ):
        if text_at(document.get("documentType")) in _NEEDS_DOCUMENTS:
            title = text_at(document.get("title")) or text_at(
                document.get("url")
            )
            found_problem(
                entry,
                file,
                "planning_document",
                "priority_id",
                title,
                Severity.NOTE,
            )


def _mark_repeated_notices(file: str, entries: list[Entry]) -> None:
    first: dict[tuple[str, ...], Entry] = {}
    for entry in entries:
        key = (
            folded(entry.cells["title"]),
            entry.cells.get("commissioner", ""),
            entry.cells.get("annual_value_gbp", ""),
        )
        other = first.setdefault(key, entry)
        # A notice without a value may be one lot of several, so an equal title alone is not enough.
        if other is not entry and key[2] and own.KEY not in entry.cells:
            found_problem(
                entry,
                file,
                "advertised_twice",
                "title",
                entry.cells["title"],
                other=quoted(other.cells["project_id"]),
            )
