"""Flying Start, summary statistics 2018-19: Tables 1 to 9 and the 2012-13 baseline, by authority.

Table 6 contradicts itself as published and is kept out by the corrections register for as long as it does.
"""

from __future__ import annotations

from clearlink.rules.codes import WALES
from etl.files.refusal import FileRefused
from etl.files.sheet import Sheet, text_cell
from etl.records import Harvest
from etl.sources.catalogue import Source
from etl.sources.corrections import Correction, corrections_of
from etl.sources.figures.long import read_long
from etl.sources.figures.shorthand import number
from etl.sources.headers import headings
from etl.sources.opening import csv_sheet
from etl.sources.reading import Reading


def read(source: Source, data: bytes) -> Harvest:
    """Caseload, contacts, childcare, parenting and outcomes of each authority.

    Raises FileRefused when a correction is no longer needed: the publisher has mended the table, so it can be
    used.
    """
    reading = Reading(source)
    sheet = csv_sheet(source, data)
    read_long(reading, sheet)
    for correction in corrections_of(source.source_id):
        _exclude(reading, sheet, correction)
    return reading.finish()


def _exclude(
    reading: Reading,
    sheet: Sheet,
    correction: Correction,
) -> None:
    names = headings(sheet, 1, reading.source)
    table, measure, code, value = (
        names.index(name) for name in ("table", "measure", "area_code", "value")
    )
    rows = [
        row
        for row in sheet.rows[1:]
        if len(row) == len(names)
        and text_cell(row[table]) == correction.where["table"]
    ]
    counts = {
        text_cell(row[code]): number(text_cell(row[value])) or 0.0
        for row in rows
        if text_cell(row[measure]) == correction.where["measure"]
    }
    wales = counts.pop(WALES, 0.0)
    if abs(sum(counts.values()) - wales) <= 0.01 * wales:
        raise FileRefused(
            "correction_expired",
            f"table {correction.where['table']}",
            correction=correction.correction_id,
        )
    reading.warn(
        "correction_applied",
        f"table {correction.where['table']}",
        correction=correction.correction_id,
        reason=correction.what_en,
    )
