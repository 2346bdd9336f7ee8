"""LSOA 2011 → LSOA 2021: the ONS exact-fit lookup with its change code (U unchanged, S split, M merged, X
irregular).

A split area's share of each part is not in the lookup: parts get equal shares here and the build replaces
them by the people counted in each part in 2021.
"""

from __future__ import annotations

from collections import Counter

from etl.files.sheet import cell_name
from etl.records import AreaLink, Harvest
from etl.sources.areas.area_codes import codes_of
from etl.sources.areas.area_lookup import lookup_rows
from etl.sources.catalogue import Source
from etl.sources.opening import csv_sheet
from etl.sources.reading import Reading


def read(source: Source, data: bytes) -> Harvest:
    """One link per pair of codes. Pairs of irregular change and codes of the wrong year are refused by
    row.
    """
    reading = Reading(source)
    sheet = csv_sheet(source, data)
    pairs = []
    for row, values in lookup_rows(reading, sheet, "LSOA11CD"):
        if values["CHGIND"] not in ("U", "S", "M"):
            reading.refuse(
                "change_irregular",
                cell_name(sheet, row, 2, "CHGIND"),
                (sheet.name, row),
                cell=values["CHGIND"],
            )
        elif values["LSOA21CD"] not in codes_of("LSOA21"):
            facts = {
                "code": values["LSOA21CD"],
                "area_type": "LSOA21",
            }
            reading.refuse(
                "area_code_unknown",
                cell_name(sheet, row, 3, "LSOA21CD"),
                (sheet.name, row),
                **facts,
            )
        else:
            pairs.append(values)
    parts = Counter(pair["LSOA11CD"] for pair in pairs)
    reading.harvest.links += [
        AreaLink(
            pair["LSOA11CD"],
            pair["LSOA21CD"],
            "LSOA21",
            1 / parts[pair["LSOA11CD"]],
            change=pair["CHGIND"],
        )
        for pair in pairs
    ]
    return reading.finish()
