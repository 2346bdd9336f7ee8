"""OCDS packages opened: release packages, record packages and bare releases → one compiled view of each contracting process."""

from __future__ import annotations

from typing import Any, Final

from etl.records import SourceProblem
from etl.sources.registers.exchange_json import day_at, dictionaries, number_at, read_json, text_at
from etl.sources.registers.register_problems import problem

STANDARD: Final = "OCDS"


def processes_of(data: bytes, file: str) -> tuple[list[tuple[str, dict[str, Any]]], int]:
    """Every contracting process with its address in the file, and the number of releases or records read.

    Releases of one process are laid over one another in the order of their dates: what a later one says counts.
    Raises SourceProblem where the file is not OCDS.
    """
    value = read_json(data, file, STANDARD)
    releases: list[tuple[str, dict[str, Any]]] = []
    count = 0
    for package_at, package in enumerate(dictionaries(value)):
        within = f"[{package_at}]." if isinstance(value, list) else ""
        if "releases" in package and "ocid" not in package:
            found = dictionaries(package["releases"])
            releases += [(f"{within}releases[{at}]", each) for at, each in enumerate(found)]
            count += len(found)
        elif "records" in package:
            for at, record in enumerate(dictionaries(package["records"])):
                count += 1
                whole = record.get("compiledRelease")
                listed = [whole] if isinstance(whole, dict) else dictionaries(record.get("releases"))
                releases += [
                    (f"{within}records[{at}]", {"ocid": record.get("ocid"), **each})
                    for each in listed
                    if "url" not in each or "tag" in each
                ]
        elif "ocid" in package:
            releases.append((within.rstrip(".") or "release", package))
            count += 1
        else:
            raise SourceProblem([problem("exchange_unreadable", file, format=STANDARD)])
    if not releases:
        raise SourceProblem([problem("exchange_empty", file)])
    return _compiled(releases), count


def _compiled(releases: list[tuple[str, dict[str, Any]]]) -> list[tuple[str, dict[str, Any]]]:
    by_process: dict[str, list[tuple[str, dict[str, Any]]]] = {}
    for place, release in releases:
        by_process.setdefault(text_at(release.get("ocid")) or place, []).append((place, release))
    compiled = []
    for listed in by_process.values():
        listed.sort(key=lambda each: text_at(each[1].get("date")))
        whole: dict[str, Any] = {}
        for _, release in listed:
            whole = _laid_over(whole, release)
        compiled.append((listed[-1][0], whole))
    return compiled


def _laid_over(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    whole = dict(below)
    for name, value in above.items():
        under = whole.get(name)
        whole[name] = (
            _laid_over(under, value) if isinstance(under, dict) and isinstance(value, dict) else value
        )
    return whole


def money(process: dict[str, Any]) -> tuple[float | None, str, str]:
    """The value of a process before tax, its currency and what it was read from: contracts, awards, the tender, or all its lots."""
    tender = process.get("tender") or {}
    for part, listed in (
        ("contracts.value", dictionaries(process.get("contracts"))),
        ("awards.value", dictionaries(process.get("awards"))),
        ("tender.value", [tender]),
        ("tender.lots.value", dictionaries(tender.get("lots"))),
    ):
        values = [each.get("value") for each in listed]
        amounts = [number_at(v.get("amount")) for v in values if isinstance(v, dict)]
        if amounts and len(amounts) == len(listed) and all(a is not None for a in amounts):
            currencies = {text_at(v.get("currency")) or "GBP" for v in values if isinstance(v, dict)}
            return sum(a for a in amounts if a is not None), "+".join(sorted(currencies)), part
    return None, "GBP", "tender.value"


def period(process: dict[str, Any]) -> tuple[str, str, float | None]:
    """First and last day of the contract, and its length in months where only that is given."""
    tender = process.get("tender") or {}
    lots = [lot.get("contractPeriod") for lot in dictionaries(tender.get("lots"))]
    for listed in (
        [c.get("period") for c in dictionaries(process.get("contracts"))],
        [a.get("contractPeriod") for a in dictionaries(process.get("awards"))],
        [tender.get("contractPeriod")],
        lots,
    ):
        periods = [p for p in listed if isinstance(p, dict)]
        starts, ends = (
            [d for p in periods if (d := day_at(p.get(name)))] for name in ("startDate", "endDate")
        )
        days = [n for p in periods if (n := number_at(p.get("durationInDays"))) is not None]
        if starts or ends or days:
            return min(starts, default=""), max(ends, default=""), _months(max(days)) if days else None
    return "", "", None


def _months(days: float) -> float:
    # Sell2Wales turns months into days at 30 a month.
    return days / 30 if days % 30 == 0 and days % 365 else float(round(days / 30.4375))
