"""The ledger of imported registers: in which order they came, what each was promised when it was kept, and
which edition stands.

It lies beside the registers, so a build from the same folder always reads them in the same order, whatever
their files are called.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from clearlink import folders
from etl.sources.registers.own_references import Reference

FILE: Final = "registers.json"


@dataclass(frozen=True, slots=True)
class Entry:
    """One kept register. `sequence`: its place in the order of arrival (an edition has the place of the one
    it replaced).

    `accepted`: rows accepted when it was kept. `names`: its references that are called otherwise here.
    `takes_over`: references of earlier registers of the same commissioner whose rows this one's stand for.
    """

    sequence: int
    accepted: int
    names: Mapping[Reference, str]
    takes_over: frozenset[Reference]


def entries() -> dict[str, Entry]:
    """Kept file → its entry; a register kept by an earlier version has none."""
    path = folders.data_folder() / FILE
    if not path.is_file():
        return {}
    return {
        name: _read(value)
        for name, value in json.loads(path.read_text(encoding="utf-8")).items()
    }


def write(kept: Mapping[str, Entry]) -> None:
    """Replaces the ledger in one step."""
    path = folders.data_folder() / FILE
    staged = path.with_suffix(".part")
    plain = {name: _plain(entry) for name, entry in sorted(kept.items())}
    staged.write_text(
        json.dumps(plain, ensure_ascii=False, indent=1) + "\n",
        encoding="utf-8",
    )
    staged.replace(path)


def _plain(entry: Entry) -> dict[str, Any]:
    return {
        "sequence": entry.sequence,
        "accepted": entry.accepted,
        "names": [
            [*reference, name]
            for reference, name in sorted(entry.names.items())
        ],
        "takes_over": [[*reference] for reference in sorted(entry.takes_over)],
    }


def _read(value: Mapping[str, Any]) -> Entry:
    names = {
        (owner, reference): name for owner, reference, name in value["names"]
    }
    taken = frozenset(
        (owner, reference) for owner, reference in value["takes_over"]
    )
    return Entry(
        int(value["sequence"]),
        int(value["accepted"]),
        names,
        taken,
    )
