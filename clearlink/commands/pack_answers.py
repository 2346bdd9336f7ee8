"""The meeting pack by command: what is asked for is checked, then the files are made and named."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from clearlink.commands.answers import known_year, names_of, place_code
from clearlink.commands.refusals import (
    NotKnown,
    not_known,
    not_written,
    nothing_built,
)
from clearlink.exit_codes import Exit
from clearlink.report.pack import make_pack
from clearlink.review.roles import NotPermitted, local_viewer
from clearlink.review.store import review_store
from clearlink.warehouse import reader
from clearlink.warehouse.reader import NothingBuilt
from clearlink.words import Lang


def write_pack(
    region: str,
    held_on: date,
    out: Path,
    lang: Lang | str,
    progress: Callable[[int, int, str], None],
    year: str | None = None,
    records: str = "",
) -> int:
    """Writes the pack of a region (code or name) for a day, its money of a year, of the real records or all;
    the last lines name the files. `progress` is told pages made and in all.
    """
    try:
        found, store, of_year = (
            region_code(region),
            review_store(),
            known_year(year),
        )
    except NothingBuilt as missing:
        return nothing_built(missing, lang)
    except NotKnown as wrong:
        return not_known(wrong, lang)
    try:
        with reader.money_of(of_year), reader.records_of(records):
            written = make_pack(
                found,
                held_on,
                out,
                lang,
                lambda done, of: progress(done, of, "pages"),
                store=store,
                viewer=local_viewer("clearlink pack"),
            )
    except NotPermitted as refused:
        print(refused, file=sys.stderr)
        return Exit.NOT_PERMITTED
    except OSError:
        return not_written(out, lang)
    print("\n".join(str(path) for path in written))
    return Exit.DONE


def region_code(said: str) -> str:
    """The code of a region that has a committee or a board. Raises NotKnown naming those there are."""
    rows = {
        code: row
        for code, row in reader.place_rows().items()
        if row["area_type"] in ("RCC", "RPB")
    }
    try:
        code = place_code(said)
    except NotKnown:
        code = ""
    if code not in rows:
        raise NotKnown(
            "--region",
            said,
            names_of(rows.values()),
        )
    return code
