"""Known errors of publishers (`data/catalogue/corrections.toml`). A correction expires: once the error is
gone, the load fails and says so, so that a mended table is never left out and a mended outline never
"repaired".
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from etl.sources.catalogue import CATALOGUE


@dataclass(frozen=True, slots=True)
class Correction:
    """One known error: in which source and where, what is wrong, and what we do about it."""

    correction_id: str
    source_id: str
    action: str
    what_en: str
    what_cy: str
    where: Mapping[str, str]


def corrections_of(
    source_id: str, folder: Path = CATALOGUE
) -> list[Correction]:
    """The corrections that apply to a source."""
    stated = tomllib.loads(
        (folder / "corrections.toml").read_text(encoding="utf-8")
    )
    return [
        Correction(**entry)
        for entry in stated["correction"]
        if entry["source_id"] == source_id
    ]


def mended_outlines(source_id: str, folder: Path = CATALOGUE) -> list[str]:
    """The areas whose faulty outline is a listed correction of this source."""
    return [
        each.where["area_code"]
        for each in corrections_of(source_id, folder)
        if each.action == "mend_ring"
    ]
