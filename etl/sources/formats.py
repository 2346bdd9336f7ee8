"""The one way from a source's bytes to its rows: its format's reader, found by name in a closed list."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from etl.files.refusal import FileRefused, refused_file
from etl.records import Harvest
from etl.sources.areas import (
    area_changes,
    area_lookup,
    boundary_geojson,
    flying_start_areas,
    postcode_lookup,
)
from etl.sources.catalogue import Role, Source
from etl.sources.figures import (
    area_table,
    census_age,
    census_bulk,
    els,
    flying_start,
    health_index,
    nomis_csv,
    rough_sleepers,
    safety_partnerships,
    statswales_excerpt,
    statswales_raw_extended,
    statswales_v2,
    wfs_features,
    wimd,
)

Reader = Callable[[Source, bytes], Harvest]

FORMATS: Final[Mapping[str, Reader]] = {
    "area_changes": area_changes.read,
    "area_lookup_authorities": area_lookup.read_authorities,
    "area_lookup_small_areas": area_lookup.read_small_areas,
    "area_lookup_nuts": area_lookup.read_nuts,
    "area_parents_2011": area_lookup.read_parents_2011,
    "area_table": area_table.read,
    "boundary_geojson": boundary_geojson.read,
    "census_age": census_age.read,
    "census_bulk": census_bulk.read,
    "els": els.read,
    "flying_start": flying_start.read,
    "flying_start_areas": flying_start_areas.read,
    "health_index": health_index.read,
    "nomis_csv": nomis_csv.read,
    "postcode_lookup": postcode_lookup.read,
    "rough_sleepers": rough_sleepers.read,
    "safety_partnerships": safety_partnerships.read,
    "statswales_excerpt": statswales_excerpt.read,
    "statswales_raw_extended": statswales_raw_extended.read,
    "statswales_v2": statswales_v2.read,
    "wfs_features": wfs_features.read,
    "wimd": wimd.read,
}


def read(source: Source, data: bytes) -> Harvest:
    """A source's file read. Raises SourceProblem, with every reason, where the file as a whole cannot be
    trusted.

    Rows that were refused by themselves are in the harvest's problems; the others are loaded. Registers of
    projects have readers of their own (ValueError here).
    """
    if source.role is Role.REGISTER:
        raise ValueError(
            f"{source.source_id} is a register of projects: it has its own reader"
        )
    try:
        return FORMATS[source.format](source, data)
    except FileRefused as refusal:
        raise refused_file(source.source_id, source.file, refusal) from refusal
