"""OCDS packages opened: release packages, record packages and bare releases → one compiled view of each
contracting process.
"""

from __future__ import annotations

import warnings
from collections import Counter
from datetime import UTC, datetime
from typing import Any, Final

from etl.files.json_text import is_record
from etl.records import SourceProblem
from etl.sources.registers.exchange_json import dictionaries, text_at
from etl.sources.registers.register_problems import problem

STANDARD: Final = "OCDS"
# Lists that the standard replaces whole (its merge rules, 1.1); lists of objects with an id are joined by it.
WHOLE_LISTS: Final = {
    ("parties", "additionalIdentifiers"): "wholeListMerge",
    ("parties", "roles"): "wholeListMerge",
}
# between an id that stands twice in one list and how many times it has stood there
AGAIN: Final = "#again#"
# set on a process whose releases contradict each other's shape, so that only the last could be read
UNMERGED: Final = "clearlink_unmerged"


def processes_of(
    value: Any, file: str
) -> tuple[list[tuple[str, dict[str, Any]]], int]:
    """Every contracting process with its address in the file, and the number of releases or records read.

    Releases of one process are merged by id in the order of their dates: what a later one says of a thing
    counts. Raises SourceProblem where the file is not OCDS.
    """
    releases: list[tuple[str, dict[str, Any]]] = []
    count = 0
    for package_at, package in enumerate(dictionaries(value)):
        within = f"[{package_at}]." if isinstance(value, list) else ""
        if "releases" in package and "ocid" not in package:
            held = dictionaries(package["releases"])
            releases += [
                (
                    f"{within}releases[{at}]",
                    each,
                )
                for at, each in enumerate(held)
            ]
            count += len(held)
        elif "records" in package:
            records = dictionaries(package["records"])
            for at, record in enumerate(records):
                place = f"{within}records[{at}]"
                releases += [(place, each) for each in _releases_of(record)]
            count += len(records)
        elif "ocid" in package:
            place = within.rstrip(".") or "release"
            held = [package]
            if is_record(package):
                held = _releases_of(package)
            releases += [
                (
                    place,
                    each,
                )
                for each in held
            ]
            count += 1
        else:
            raise SourceProblem(
                [problem("exchange_unreadable", file, format=STANDARD)]
            )
    if not releases:
        raise SourceProblem([problem("exchange_empty", file)])
    return _compiled(releases), count


def _releases_of(record: dict[str, Any]) -> list[dict[str, Any]]:
    """A record as one release where it is compiled, else its releases but those that are only linked."""
    whole = record.get("compiledRelease")
    listed = dictionaries(record.get("releases"))
    if isinstance(whole, dict):
        listed = [whole]
    return [
        {
            "ocid": record.get("ocid"),
            **each,
        }
        for each in listed
        if "url" not in each or "tag" in each
    ]


def _compiled(
    releases: list[tuple[str, dict[str, Any]]],
) -> list[tuple[str, dict[str, Any]]]:
    by_process: dict[str, list[tuple[str, dict[str, Any]]]] = {}
    for place, release in releases:
        by_process.setdefault(
            text_at(release.get("ocid")) or place,
            [],
        ).append((place, release))
    compiled = []
    for listed in by_process.values():
        listed.sort(key=lambda each: _moment(each[1]))
        told = [_with_states(release) for _, release in listed]
        compiled.append(
            (
                listed[-1][0],
                told[0] if len(told) == 1 else _merged(told),
            )
        )
    return compiled


def _merged(releases: list[dict[str, Any]]) -> dict[str, Any]:
    """One view of a process by the standard's own rules: objects of a list are one where their id is,
    whatever release says it.
    """
    # the library asks for nothing from the network while it is given the rules
    from ocdsmerge import CompiledRelease
    from ocdsmerge.exceptions import OCDSMergeError

    whole = CompiledRelease(merge_rules=dict(WHOLE_LISTS))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore"
            )  # an id that stands twice in one list: the later object counts
            for release in releases:
                whole.append(_numbered(release))
            merged: dict[str, Any] = whole.asdict()
    except (OCDSMergeError, TypeError, AttributeError):
        # an object in one release and a list in another: no rule lays them together, so the last one speaks
        # alone
        return {
            **releases[-1],
            UNMERGED: True,
        }
    return merged


def _numbered(value: Any) -> Any:
    """The value with an id of its own for each object of a list, so that none is lost when releases are
    joined.

    Objects without an id are numbered: such lists follow one another, they never add up. One whose id stands
    in the list before it (some publishers give all lots one) is told from that by its place.
    """
    if isinstance(value, dict):
        return {name: _numbered(part) for name, part in value.items()}
    if not isinstance(value, list):
        return value
    parts = [_numbered(part) for part in value]
    if not all(isinstance(part, dict) for part in parts):
        return parts
    seen: Counter[str] = Counter()
    told = []
    for at, part in enumerate(parts):
        identifier = part.get("id")
        key = str(identifier)
        seen[key] += 1
        if identifier is None:
            part = {**part, "id": at}
        elif seen[key] > 1:
            part = {
                **part,
                "id": f"{key}{AGAIN}{seen[key]}",
            }
        told.append(part)
    return told


def _moment(release: dict[str, Any]) -> str:
    """The release's moment in UTC, so that two offsets compare; one without a date comes first."""
    text = text_at(release.get("date"))
    try:
        moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        return text
    return (
        (moment if moment.tzinfo else moment.replace(tzinfo=UTC))
        .astimezone(UTC)
        .isoformat()
    )


def _with_states(release: dict[str, Any]) -> dict[str, Any]:
    """The release with the states that its tag says and its parts do not: a tenderCancellation is one
    whatever its tender says.
    """
    tags = {
        text_at(tag)
        for tag in release.get("tag") or ()
        if isinstance(
            release.get("tag"),
            list,
        )
    }
    told = dict(release)
    if "tenderCancellation" in tags:
        told["tender"] = {
            **_object(release.get("tender")),
            "status": "cancelled",
        }
    for tag, name, state in (
        ("awardCancellation", "awards", "cancelled"),
        ("contractTermination", "contracts", "terminated"),
    ):
        if tag in tags:
            told[name] = [
                {"status": state, **each}
                for each in dictionaries(release.get(name))
            ]
    return told


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
