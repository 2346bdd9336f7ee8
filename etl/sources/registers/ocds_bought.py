"""What a contracting process came to: bought, sought, or never bought; from whom; for how much and how long.

Status counts. An award or a contract that was cancelled or came to nothing holds no money and no supplier; a
tender that was cancelled, withdrawn or unsuccessful bought nothing. A sum under a pound says that no sum is
given, and never hides one that is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from clearlink.rules.codes import ValueKind
from etl.sources.registers.exchange_json import (
    currency_at,
    day_at,
    dictionaries,
    number_at,
    text_at,
)
from etl.sources.registers.ocds_releases import AGAIN

# statuses by which the standard says that something did not come about
DEAD: Final = frozenset({"cancelled", "unsuccessful", "withdrawn"})
NOT_YET: Final = frozenset({"pending"})
PLANNED: Final = frozenset({"planning", "planned"})
SMALLEST_GBP: Final = 1.0


@dataclass(frozen=True, slots=True)
class Money:
    """`total` before tax, its currency (nothing where none is stated), and the field it was read from. `nil`:
    the sum that another field gives in its place, which says that none is given; `is_partial`: some of what
    was bought states no sum.
    """

    total: float | None
    currency: str
    read_from: str
    nil: str = ""
    is_partial: bool = False


def live_awards(process: dict[str, Any]) -> list[dict[str, Any]]:
    """The awards that stand: neither cancelled, unsuccessful nor pending, and not all of their contracts
    cancelled.
    """
    gone = _cancelled_by_contract(process)
    return [
        award
        for award in dictionaries(process.get("awards"))
        if _status(award) not in DEAD | NOT_YET
        and text_at(award.get("id")) not in gone
    ]


def live_contracts(process: dict[str, Any]) -> list[dict[str, Any]]:
    """The contracts that stand or stood; one that is still to be signed is none, nor is one of an award
    that was cancelled.
    """
    fallen = {
        text_at(a.get("id"))
        for a in dictionaries(process.get("awards"))
        if _status(a) in DEAD
    } - {""}
    return [
        contract
        for contract in dictionaries(process.get("contracts"))
        if _status(contract) not in DEAD | NOT_YET
        and _award_of(contract) not in fallen
    ]


def outcome_of(process: dict[str, Any]) -> tuple[ValueKind, str]:
    """What the value of a process is, and the status word that decided where nothing was bought."""
    if live_awards(process) or live_contracts(process):
        return (
            ValueKind.FRAMEWORK_CEILING
            if is_framework(process)
            else ValueKind.YEARLY
        ), ""
    if ended := _why_never_bought(process):
        return ValueKind.NEVER_BOUGHT, ended
    if is_framework(process):
        return ValueKind.FRAMEWORK_CEILING, ""
    status = _status(tender_of(process))
    return ValueKind.TENDER_NOTICE, status if status in PLANNED else ""


def _why_never_bought(process: dict[str, Any]) -> str:
    """The status of a process that came to nothing: its tender's, its lots', else that of what was decided;
    empty where something may still be bought.
    """
    tender = tender_of(process)
    status, lots = _status(tender), _statuses(tender.get("lots"))
    if status in DEAD:
        return status
    if lots and lots <= DEAD:
        return min(lots)
    decided = _statuses(process.get("awards")) | _statuses(
        process.get("contracts")
    )
    if not decided or decided & NOT_YET or status == "active":
        return ""
    return min(decided & DEAD, default="cancelled")


def is_framework(process: dict[str, Any]) -> bool:
    """Whether a process sets up a framework; one that is called off under another's is a contract like
    any.
    """
    tender = tender_of(process)
    parts = [
        tender,
        *dictionaries(tender.get("lots")),
    ]
    says_so = any(
        _object(part.get("techniques")).get("hasFrameworkAgreement") is True
        for part in parts
    )
    return says_so and not frameworks_above(process)


def frameworks_above(process: dict[str, Any]) -> list[str]:
    """The processes that set up the frameworks under which this one is a call-off."""
    return [
        text_at(each.get("identifier"))
        for each in dictionaries(process.get("relatedProcesses"))
        if "framework" in _texts(each.get("relationship"))
        and each.get("identifier")
    ]


def money(process: dict[str, Any]) -> Money:
    """What was agreed, award by award (a contract's sum before its award's), else what the tender or its
    lots that stand seek.
    """
    nil = ""
    partial: Money | None = None
    for read_from, listed in (
        *_agreed(process),
        *_sought(process),
    ):
        nil = nil or _nil_in(listed)
        agreed = _added(listed, read_from, nil)
        if agreed is not None and not agreed.is_partial:
            return agreed
        partial = partial or agreed
    return partial or Money(
        float(nil) if nil else None,
        "GBP",
        _first_asked(process),
        nil,
    )


def _sought(process: dict[str, Any]) -> list[tuple[str, list[dict[str, Any]]]]:
    """What carries the money of what is sought: the tender, then its lots that stand."""
    tender = tender_of(process)
    lots = dictionaries(tender.get("lots"))
    standing = [lot for lot in lots if _status(lot) not in DEAD]
    sought = [
        ("tender.value", [tender]),
        ("tender.lots.value", standing),
    ]
    # where a lot came to nothing, the value of the whole tender holds what was never bought
    return sought[::-1] if len(standing) < len(lots) else sought


def _added(
    listed: list[dict[str, Any]],
    read_from: str,
    nil: str,
) -> Money | None:
    """The sums that these state, added up; None where none states one."""
    given = [total for each in listed if (total := _given(each)) is not None]
    if not given:
        return None
    return Money(
        sum(amount for amount, _ in given),
        _stated({currency for _, currency in given}),
        read_from,
        nil,
        is_partial=len(given) < len(listed),
    )


def _stated(currencies: set[str]) -> str:
    """The currencies of one total; pounds beside a sum that states none are not stated throughout."""
    others = currencies - {""}
    return (
        ""
        if "" in currencies and others <= {"GBP"}
        else "+".join(sorted(others))
    )


def _nil_in(listed: list[dict[str, Any]]) -> str:
    """The first sum among these that says that none is given; empty where there is none."""
    sums = (_sum(each) for each in listed)
    return next(
        (
            f"{s[0]:g}"
            for s in sums
            if s is not None and 0 <= s[0] < SMALLEST_GBP
        ),
        "",
    )


def _agreed(process: dict[str, Any]) -> list[tuple[str, list[dict[str, Any]]]]:
    """What carries the money of what was bought: each award's contracts where they state a sum, else the
    award; then loose contracts.
    """
    contracts = live_contracts(process)
    awards = _by_identifier(live_awards(process) or _awards_to_come(process))
    loose = [c for c in contracts if _award_of(c) not in awards]
    if not awards:
        return [("contracts.value", loose)] if loose else []
    # contracts that name no award say the same money once more, so they speak first and alone
    if loose and all(_given(c) for c in loose):
        return [
            (
                "contracts.value",
                sorted(
                    contracts,
                    key=lambda c: c not in loose,
                ),
            )
        ]
    return [_carried(awards, contracts)]


def _awards_to_come(process: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        a for a in dictionaries(process.get("awards")) if _status(a) in NOT_YET
    ]


def _by_identifier(
    awards: list[dict[str, Any]],
) -> dict[str, list[dict[str, Any]]]:
    """Publishers give lots one identifier: what names it is then counted once for all of them."""
    known: dict[str, list[dict[str, Any]]] = {}
    for at, award in enumerate(awards):
        known.setdefault(
            text_at(award.get("id")).split(AGAIN)[0] or f"#{at}", []
        ).append(award)
    return known


def _carried(
    awards: dict[str, list[dict[str, Any]]], contracts: list[dict[str, Any]]
) -> tuple[str, list[dict[str, Any]]]:
    """Each award's contracts that state a sum, else the award itself, and the fields that they stand in."""
    carried: list[dict[str, Any]] = []
    read_from: dict[str, None] = {}
    for identifier, same in awards.items():
        signed = [
            c for c in contracts if _award_of(c) == identifier and _given(c)
        ]
        carried += signed or same
        read_from["contracts.value" if signed else "awards.value"] = None
    return "+".join(read_from), carried


def _given(each: dict[str, Any]) -> tuple[float, str] | None:
    """The sum that a part of a process states; None where it states none, or one that says so."""
    total = _sum(each)
    return None if total is None or 0 <= total[0] < SMALLEST_GBP else total


def _first_asked(process: dict[str, Any]) -> str:
    for name in ("contracts", "awards"):
        if dictionaries(process.get(name)):
            return f"{name}.value"
    return "tender.value"


def _sum(each: dict[str, Any]) -> tuple[float, str] | None:
    value = each.get("value")
    amount = number_at(value.get("amount")) if isinstance(value, dict) else None
    return (
        None
        if amount is None
        else (
            amount,
            currency_at(_object(value).get("currency")),
        )
    )


def period(process: dict[str, Any]) -> tuple[str, str, float | None]:
    """First and last day of what stands of the process, and its length in months where only that is given."""
    for listed in _periods(process):
        starts, ends = (
            _days_of(listed, "startDate"),
            _days_of(listed, "endDate"),
        )
        days = [
            n
            for p in listed
            if (n := number_at(p.get("durationInDays"))) is not None
        ]
        if starts or ends or days:
            return (
                min(starts, default=""),
                max(ends, default=""),
                _months(max(days)) if days else None,
            )
    return "", "", None


def _periods(process: dict[str, Any]) -> list[list[dict[str, Any]]]:
    """Where a process states its days, the surest first: contracts, awards, the tender, the lots that stand
    (all of them where none does).
    """
    tender = tender_of(process)
    lots = dictionaries(tender.get("lots"))
    standing = [lot for lot in lots if _status(lot) not in DEAD] or lots
    return [
        dictionaries([c.get("period") for c in live_contracts(process)]),
        dictionaries([a.get("contractPeriod") for a in live_awards(process)]),
        dictionaries([tender.get("contractPeriod")]),
        dictionaries([lot.get("contractPeriod") for lot in standing]),
    ]


def _days_of(periods: list[dict[str, Any]], name: str) -> list[str]:
    return [day for p in periods if (day := day_at(p.get(name)))]


def ended_early(process: dict[str, Any]) -> str:
    """The day by which every contract was terminated: their own, else that of the release that says so;
    nothing where one stands.
    """
    contracts = live_contracts(process)
    if not contracts or any(_status(c) != "terminated" for c in contracts):
        return ""
    days = [
        day_at(_object(c.get("implementation")).get("endDate"))
        for c in contracts
    ]
    return max(days) if all(days) else day_at(process.get("date"))


def tender_of(process: dict[str, Any]) -> dict[str, Any]:
    """The tender of a process; nothing where it is no object."""
    return _object(process.get("tender"))


def _cancelled_by_contract(process: dict[str, Any]) -> frozenset[str]:
    """Awards all of whose contracts were cancelled: what was awarded was then not bought."""
    by_award: dict[str, list[bool]] = {}
    for contract in dictionaries(process.get("contracts")):
        if award := _award_of(contract):
            by_award.setdefault(award, []).append(_status(contract) in DEAD)
    return frozenset(award for award, dead in by_award.items() if all(dead))


def _award_of(contract: dict[str, Any]) -> str:
    return text_at(contract.get("awardID"))


def _status(each: dict[str, Any]) -> str:
    # version 1.2 says how something ended in a field of its own
    return (
        text_at(each.get("finalStatus")) or text_at(each.get("status"))
    ).casefold()


def _statuses(listed: Any) -> set[str]:
    return {_status(each) for each in dictionaries(listed)}


def _texts(value: Any) -> Iterable[str]:
    return [
        text_at(each)
        for each in (value if isinstance(value, list) else [value])
    ]


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _months(days: float) -> float:
    # Sell2Wales turns months into days at 30 a month.
    return (
        days / 30
        if days % 30 == 0 and days % 365
        else float(round(days / 30.4375))
    )
