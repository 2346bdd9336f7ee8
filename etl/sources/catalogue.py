"""The publishers' files we use: `data/catalogue/sources.toml` and, for each table, its reviewed columns."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

CATALOGUE: Final = Path(__file__).resolve().parents[2] / "data" / "catalogue"


# Formats whose readers can say what a table holds before anybody has catalogued its columns.
DESCRIBED_FORMATS: Final = (
    "nomis_csv",
    "statswales_raw_extended",
    "statswales_v2",
    "wfs_features",
)
ENDINGS: Final = {
    "statswales_v2": ".json",
    "wfs_features": ".geojson",
    "boundary_geojson": ".geojson",
}


class Role(StrEnum):
    """What a source is for: figures and areas to load, a second copy to compare, outlines, postcodes, or a
    register.
    """

    LOAD = "load"
    CROSS_CHECK = "cross_check"
    OUTLINE = "outline"
    POSTCODE = "postcode"
    REGISTER = "register"


@dataclass(frozen=True, slots=True)
class Column:
    """A column (or a category) of a publisher's table: its heading as published and the indicator it holds.

    `low` and `high` bound a single figure; `mean_low` and `mean_high` bound the mean of the column, so that a
    change of scale (per 1,000 to per 10,000) is noticed. `unit` is compared where the publisher states one.
    """

    table: str
    found: str
    indicator_id: str
    unit: str = ""
    low: float | None = None
    high: float | None = None
    mean_low: float | None = None
    mean_high: float | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """One file of one edition: who publishes it, where, under which licence, and how it is laid out.

    Without a `mirror_path` no stand-in folder holds it: it comes from the publisher's own address only.
    """

    source_id: str
    title_en: str
    title_cy: str
    publisher: str
    licence: str
    attribution: str
    edition: str
    published: date | None
    reference_end: date | None
    slow_moving: bool
    format: str
    role: Role
    area_type: str
    mirror_path: str = ""
    url: str | None = None
    landing_page: str = ""
    expected_rows: int | None = None
    is_illustrative: bool = False
    columns: tuple[Column, ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict)

    @property
    def file(self) -> str:
        """The file's name, for messages."""
        return (
            Path(self.mirror_path).name
            or f"{self.source_id}{ENDINGS.get(self.format, '.csv')}"
        )

    @property
    def awaits_columns(self) -> bool:
        """Whether nobody has yet said which of its figures are which indicator: it is fetched and
        described, not loaded.
        """
        return self.format in DESCRIBED_FORMATS and not self.columns

    def option(
        self,
        name: str,
        default: Any = None,
    ) -> Any:
        """A setting of this source's layout."""
        return self.options.get(name, default)


def load_sources(folder: Path = CATALOGUE) -> dict[str, Source]:
    """Every source by its id, in the order of the catalogue. Raises ValueError for an entry that lacks a
    field.
    """
    stated = tomllib.loads(
        (folder / "sources.toml").read_text(encoding="utf-8")
    )
    defaults = stated["defaults"]
    sources = {
        entry["source_id"]: _source({**defaults, **entry}, folder)
        for entry in stated["source"]
    }
    if len(sources) != len(stated["source"]):
        raise ValueError("sources.toml: a source_id stands twice")
    return sources


def _source(entry: dict[str, Any], folder: Path) -> Source:
    fields = {
        name: entry.pop(name)
        for name in list(entry)
        if name in Source.__dataclass_fields__
    }
    missing = [
        name
        for name in ("title_en", "title_cy", "edition", "format")
        if not fields.get(name)
    ]
    if missing or entry:
        raise ValueError(
            f"sources.toml: {fields.get('source_id')}: missing {missing}, not known {sorted(entry)}"
        )
    fields["role"] = Role(fields.get("role", "load"))
    for name in ("published", "reference_end"):
        fields.setdefault(name, None)
    return Source(
        **fields,
        columns=_columns(folder / "columns" / f"{fields['source_id']}.csv"),
    )


def _columns(path: Path) -> tuple[Column, ...]:
    if not path.exists():
        return ()
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(
            Column(
                row["table"],
                row["found"],
                row["indicator_id"],
                row["unit"],
                *(
                    float(row[name]) if row[name] else None
                    for name in ("low", "high", "mean_low", "mean_high")
                ),
            )
            for row in csv.DictReader(file)
        )
