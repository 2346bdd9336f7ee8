"""What goes into the build that is exported, and what an export of the standards leaves in its folder."""

from __future__ import annotations

import csv
from pathlib import Path

from clearlink.exchange import export
from clearlink.words import Lang
from tests.registers import row

FILES = {
    "360giving": "360giving.json",
    "ocds": "ocds_release_package.json",
    "openreferral": "openreferral_services.json",
}
OURS = [
    row(
        project_id="X-FEW",
        title="Few people",
        users_by_area="W01001274=4;W01001275=40",
        area_codes="W01001274;W01001275",
    ),
    row(
        project_id="X-PART",
        title="Few people in one of three",
        users_by_area="W01001274=4;W01001275=40;W01001276=63",
        area_codes="W01001274;W01001275;W01001276",
    ),
    row(
        project_id="X-MANY",
        title="Many people",
        users_by_area="W01001274=21;W01001275=40",
        area_codes="W01001274;W01001275",
    ),
    row(
        project_id="X-SECRET",
        title="Safe accommodation",
        is_sensitive="yes",
        area_codes="RPB_GWENT;W06000016",
        delivery_model="confidential",
    ),
    row(
        project_id="X-OPEN",
        title="Half a year’s pence",
        start="2024-04-01",
        end="2024-09-30",
        annual_value_gbp="33333.33",
    ),
    row(
        project_id="X-BLANK",
        title="Nothing known",
        start="",
        end="",
        annual_value_gbp="",
        area_codes="",
    ),
]
DRAWN = 300
_LEFT: dict[Path, list[Path]] = {}


def left(folder: Path, format: str, lang: Lang) -> list[Path]:
    """What an export of the build of `folder` wrote: made once a run for each format and language, and read
    by every test that asks.
    """
    out = folder / "left" / lang / format
    if out not in _LEFT:
        _LEFT[out] = export(format, out, lang)
    return _LEFT[out]


def lines_of(path: Path) -> list[list[str]]:
    """Rows under the header of a CSV file; none where the export had no need to write it."""
    return (
        list(csv.reader(path.open(encoding="utf-8-sig")))[1:]
        if path.exists()
        else []
    )
