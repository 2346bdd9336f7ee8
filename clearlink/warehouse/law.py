"""The thresholds in force: those that the served build was made with and, before anything is built, those of
the catalogue.

`data/catalogue/settings.toml` is the only place where a threshold is written. The next build reads it;
whatever acts beside a build that is served acts on that build's thresholds, so that a verdict and what
follows from it are never of two laws.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from functools import lru_cache
from pathlib import Path

from clearlink import folders
from clearlink.rules.settings import Settings, settings_from_toml
from clearlink.warehouse.asking import UNANSWERED, answer, once_a_build


def catalogue_law() -> Settings:
    """The thresholds as they stand in the catalogue: those of the next build. Raises ValueError with every
    fault of the file.
    """
    path = folders.CATALOGUE / "settings.toml"
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=8)
def _read(path: Path, modified_ns: int) -> Settings:
    return settings_from_toml(path.read_text(encoding="utf-8"))


@once_a_build
def served_law() -> Settings:
    """The thresholds that the served build was made with. One that the build is too old to know is the
    catalogue's. Raises NothingBuilt.
    """
    rows = answer("law")
    held = {row["name"]: row["value"] for row in rows if row["name"]}
    whole = {"int": int, "float": float}
    numbers = {
        f.name: whole[str(f.type)](held[f.name])
        for f in fields(Settings)
        if f.name in held
    }
    law = catalogue_law().with_changes(**numbers)
    years = {str(row["kind"]): int(row["value"]) for row in rows if row["kind"]}
    if not years:
        return law
    return law.with_changes(life_years=_in_the_catalogues_order(years, law))


def _in_the_catalogues_order(
    years: Mapping[str, int],
    law: Settings,
) -> tuple[tuple[str, int], ...]:
    """In the order of the catalogue, the last of which stands for every other kind."""
    order = [kind for kind, _ in law.life_years if kind in years]
    order += sorted(years.keys() - set(order))
    return tuple((kind, years[kind]) for kind in order)


def law_in_force() -> Settings:
    """The served build's thresholds; the catalogue's where no build answers."""
    try:
        return served_law()
    except UNANSWERED:
        return catalogue_law()
