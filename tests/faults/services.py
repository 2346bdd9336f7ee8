"""A catalogue entry for each kind of service that the publisher on this machine is, and one fetch of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from publisher import Publisher

from etl.fetch import snapshots
from etl.fetch.fetch import Fetched, fetch
from etl.fetch.web_site import WebSite
from etl.records import Harvest
from etl.sources import formats
from etl.sources.catalogue import Column, Role, Source

DAY = datetime(2026, 11, 1, tzinfo=UTC)
KINDS = ("bulk", "statswales_v1", "statswales_v2", "nomis", "arcgis", "wfs")
COLUMNS = (Column("", "Rate", "a_rate", low=0, high=1000),)
BASE = Source(
    "s",
    "A source",
    "Ffynhonnell",
    "A publisher",
    "OGL",
    "",
    "2024",
    None,
    None,
    False,
    "area_table",
    Role.LOAD,
    "LSOA21",
    columns=COLUMNS,
)
# Of each service the word that marks its request for rows, not for counts or for what the dataset is.
ROWS = {
    "bulk": "/bulk",
    "statswales_v1": "download",
    "statswales_v2": "format=json",
    "nomis": "/nomis",
    "arcgis": "resultOffset",
    "wfs": "startIndex",
}


def source_of(kind: str, at: Publisher) -> Source:
    """A catalogue entry for each service, small pages so that there are several."""
    entries: dict[str, tuple[str, str, dict[str, object]]] = {
        "bulk": ("area_table", "/bulk/file.csv", {"code_heading": "LSOA Code"}),
        "statswales_v1": (
            "statswales_raw_extended",
            "/v1/id/download/csv?view=raw_extended",
            {
                "dimensions": ["description", "area", "area_name", "period"],
                "about_url": f"{at.address}/v1/id",
            },
        ),
        "statswales_v2": (
            "statswales_v2",
            "/v2/id/data?lang=en-gb",
            {
                "paging": "statswales_v2",
                "page_size": 4,
                "query": {
                    "filters": {"Data description": ["Rate"]},
                    "options": {
                        "use_reference_values": True,
                        "data_value_type": "raw",
                    },
                },
                "keys": {
                    "value": ["Data values", "Gwerthoedd data"],
                    "area": ["Area code", "Cod ardal"],
                    "period": ["Year", "Blwyddyn"],
                    "notes": ["Notes", "Nodiadau"],
                },
                "category_keys": [["Data description", "Disgrifiad data"]],
            },
        ),
        "nomis": (
            "nomis_csv",
            "/nomis/NM_1_1.data.csv?select=GEOGRAPHY_CODE,GEOGRAPHY_NAME,C_NAME,OBS_VALUE",
            {
                "paging": "nomis",
                "page_size": 4,
                "code_heading": "GEOGRAPHY_CODE",
                "category_headings": ["C_NAME"],
                "value_headings": ["OBS_VALUE"],
                "known_headings": ["GEOGRAPHY_NAME", "RECORD_COUNT"],
            },
        ),
        "arcgis": (
            "boundary_geojson",
            "/arcgis/query?f=geojson",
            {
                "paging": "arcgis",
                "order_by": "LSOA21CD",
                "code_property": "LSOA21CD",
            },
        ),
        "wfs": (
            "wfs_features",
            "/wfs?service=WFS",
            {
                "paging": "wfs",
                "order_by": "lsoa_code",
                "code_heading": "lsoa_code",
            },
        ),
    }
    form, path, options = entries[kind]
    return replace(
        BASE,
        source_id=f"s_{kind}",
        format=form,
        url=at.address + path,
        options=options,
    )


@dataclass
class Clock:
    """Time that passes only by waiting; `step` seconds pass with each look at it."""

    at: float = 0.0
    step: float = 0.0

    def now(self) -> float:
        self.at += self.step
        return self.at

    def pause(self, seconds: float) -> None:
        self.at += seconds


def fetched(
    source: Source, data_dir: Path, clock: Clock | None = None
) -> Fetched:
    clock = clock or Clock()
    # each new file comes a day later, so that the newest is never in doubt
    day = DAY + timedelta(
        days=len(snapshots.all_of(data_dir, source.source_id))
    )
    return fetch(
        [source], None, data_dir, site=WebSite(clock.pause, clock.now), now=day
    ).sources[0]


def held(source: Source, data_dir: Path) -> bytes:
    good = snapshots.newest_good(data_dir, source.source_id)
    assert good is not None
    return good[1]


def harvest(source: Source, data_dir: Path) -> Harvest:
    return formats.read(source, held(source, data_dir))


def revised(at: Publisher) -> None:
    """The publisher has newer figures, so that an unharmed answer would replace the file held."""
    at.values = {code: value + 1 for code, value in at.values.items()}
