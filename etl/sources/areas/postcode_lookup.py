"""Postcode → LSOA 2021 (Welsh Government, from the ONS postcode directory); ended postcodes are in it too.

A link per postcode, of parent type POSTCODE_LSOA21, so that it is never taken for an area lying in an area.
"""

from __future__ import annotations

import re
from typing import Final

from etl.files.sheet import cell_name, text_cell
from etl.records import AreaLink, Harvest
from etl.sources.catalogue import Source
from etl.sources.headers import locate
from etl.sources.opening import csv_sheet
from etl.sources.reading import Reading

PARENT_TYPE: Final = "POSTCODE_LSOA21"
_POSTCODE: Final = re.compile(r"(?:[A-Z]{1,2}\d[A-Z\d]?|NPT)\d[A-Z]{2}")


def read(source: Source, data: bytes) -> Harvest:
    """Postcodes without space, in capitals, each with its small area."""
    reading = Reading(source)
    sheet = csv_sheet(source, data)
    at = locate(
        reading,
        sheet,
        1,
        ["pcd_nospace", "LSOA21CD"],
    )
    seen: set[str] = set()
    for row in range(
        1,
        len(sheet.rows),
    ):
        reading.harvest.rows_read += 1
        if len(sheet.rows[row]) != len(sheet.rows[0]):
            reading.refuse(
                "row_ragged",
                f"row {row + 1}",
                (sheet.name, row),
                cells=len(sheet.rows[row]),
                headings=len(sheet.rows[0]),
            )
            continue
        postcode = text_cell(sheet.rows[row][at["pcd_nospace"]])
        if not _POSTCODE.fullmatch(postcode) or postcode in seen:
            reading.refuse(
                "postcode_unknown",
                cell_name(
                    sheet,
                    row,
                    at["pcd_nospace"],
                    "pcd_nospace",
                ),
                (sheet.name, row),
                cell=postcode,
            )
            continue
        area = reading.area_of(
            sheet,
            row,
            at["LSOA21CD"],
            "LSOA21CD",
        )
        if area is not None:
            seen.add(postcode)
            reading.harvest.links.append(AreaLink(postcode, area, PARENT_TYPE))
    return reading.finish()
