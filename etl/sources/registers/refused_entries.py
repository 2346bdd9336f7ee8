"""The refused entries of an exchange file in JSON: the same standard, only what was refused, each with
what to mend.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from clearlink.rules.whereabouts import may_give_place_away
from clearlink.words import Lang, say
from etl.records import Problem, Register, Severity
from etl.sources.registers.exchange_formats import GIVING360, OCDS
from etl.sources.registers.exchange_json import dictionaries, read_json, text_at
from etl.sources.registers.feed_pages import PAGE_LISTS
from etl.sources.registers.ocds_releases import processes_of
from etl.sources.registers.refused_rows import what_to_fix
from etl.sources.registers.register_people import is_personal

# Beside the standard's own fields; readers of the standard pass over it, and so does ours when the file comes
# back.
REASONS: Final = "clearlink_what_to_fix"


def refused_entries(
    register: Register,
    data: bytes,
    file: str,
    standard: str,
    lang: Lang,
) -> bytes:
    """The file as it came with its refused entries only. A text that could give a sensitive place away is
    replaced by a remark.

    `data` has been read as this standard before.
    """
    by_number: dict[int, list[Problem]] = {}
    for found in register.problems:
        if found.severity is Severity.REFUSED and found.row is not None:
            by_number.setdefault(found.row, []).append(found)
    value = read_json(data, file, standard)
    if standard == OCDS:
        kept = _processes(value, file, by_number, lang)
    else:
        kept = _listed(
            value,
            ("grants",) if standard == GIVING360 else PAGE_LISTS,
            by_number,
            lang,
        )
    return (json.dumps(kept, ensure_ascii=False, indent=2) + "\n").encode(
        "utf-8"
    )


def _listed(
    value: Any,
    names: Sequence[str],
    by_number: Mapping[int, list[Problem]],
    lang: Lang,
) -> Any:
    """A package or a bare list, with the refused of its entries; entries count from 1."""
    within = next(
        (name for name in names if isinstance(value, dict) and name in value),
        None,
    )
    entries = dictionaries(value if within is None else value[within])
    kept = [
        _explained(
            entries[number - 1],
            found,
            lang,
        )
        for number, found in sorted(by_number.items())
    ]
    return kept if within is None else {**value, within: kept}


def _processes(
    value: Any,
    file: str,
    by_number: Mapping[int, list[Problem]],
    lang: Lang,
) -> Any:
    """Every release or record of the refused contracting processes: one that was laid over another is
    mended in either.
    """
    processes, _ = processes_of(value, file)
    refused = {
        text_at(processes[number - 1][1].get("ocid")): found
        for number, found in by_number.items()
    }
    packages: list[Any] = []
    for package in dictionaries(value):
        name = _list_in(package)
        kept = _refused_of(
            package[name] if name else package,
            refused,
            lang,
        )
        if kept:
            packages += [{**package, name: kept}] if name else kept
    return packages if isinstance(value, list) else next(iter(packages), {})


def _list_in(package: Mapping[str, Any]) -> str | None:
    """The list of entries of a package; None where it is an entry itself."""
    return next(
        (
            n
            for n in ("releases", "records")
            if n in package and "ocid" not in package
        ),
        None,
    )


def _refused_of(
    entries: Any,
    refused: Mapping[str, Sequence[Problem]],
    lang: Lang,
) -> list[dict[str, Any]]:
    """The entries of refused processes, each with what is wrong with it."""
    by_process = [(text_at(e.get("ocid")), e) for e in dictionaries(entries)]
    return [
        _explained(
            e,
            refused[ocid],
            lang,
        )
        for ocid, e in by_process
        if ocid in refused
    ]


def _explained(
    entry: dict[str, Any],
    found: Sequence[Problem],
    lang: Lang,
) -> dict[str, Any]:
    guarded = any(
        p.code in ("whereabouts", "person_named")
        or ("withheld", "yes") in p.facts
        for p in found
    )
    remark = say(lang, "problems.removed")
    shown: dict[str, Any] = (
        _replaced(
            entry,
            lambda text: (
                remark
                if may_give_place_away(text) or is_personal(text)
                else text
            ),
        )
        if guarded
        else entry
    )
    return {
        REASONS: what_to_fix(found, lang),
        **{name: part for name, part in shown.items() if name != REASONS},
    }


def _replaced(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, dict):
        return {name: _replaced(part, change) for name, part in value.items()}
    if isinstance(value, list):
        return [_replaced(part, change) for part in value]
    return change(value) if isinstance(value, str) else value
