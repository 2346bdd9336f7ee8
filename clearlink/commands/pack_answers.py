"""The meeting pack by command: what is asked for is checked, then the files are made and named."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from clearlink.commands.answers import known_year, nothing_built, place_code
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
) -> int:
    """Writes the pack of a region (code or name) for a day, its money of a year; the last lines name the
    files. `progress` is told pages made and in all.
    """
    try:
        found, store, of_year = region_code(region), review_store(), known_year(year)
    except NothingBuilt as missing:
        return nothing_built(missing)
    except ValueError as wrong:
        print(wrong, file=sys.stderr)
        return Exit.USAGE
    try:
        with reader.money_of(of_year):
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
    except OSError as wrong:
        print(
            f"--out: found {str(out)!r} ({wrong.strerror}), expected a folder that can be written; "
            f"choose another",
            file=sys.stderr,
        )
        return Exit.USAGE
    print("\n".join(str(path) for path in written))
    return Exit.DONE


def region_code(said: str) -> str:
    """The code of a region that has a committee or a board. Raises ValueError naming those there are."""
    rows = {code: row for code, row in reader.place_rows().items() if row["area_type"] in ("RCC", "RPB")}
    expected = ", ".join(sorted({row["name_en"] for row in rows.values()}))
    try:
        code = place_code(said)
    except ValueError:
        code = ""
    if code not in rows:
        raise ValueError(f"--region: found {said!r}, expected one of {expected}; give a code or a name")
    return code
