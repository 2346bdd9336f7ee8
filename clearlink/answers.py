"""The served answers for scripts: verdicts and checks, as JSON or CSV on standard output."""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from clearlink.exit_codes import Exit
from clearlink.gap_answers import fairness_rows, gap_rows, overlap_rows
from clearlink.warehouse import reader
from clearlink.warehouse.reader import NothingBuilt, Rows
from clearlink.words import Lang


def print_answers(name: str, region: str | None, theme: str | None, form: str) -> int:
    """Prints the rows of one question for a region (its code, or its name in either language) and a theme."""
    try:
        rows = _rows(name, place_code(region), theme)
    except NothingBuilt as missing:
        return nothing_built(missing)
    except ValueError as wrong:
        print(wrong, file=sys.stderr)
        return Exit.USAGE
    if form == "json":
        print(json.dumps(rows, ensure_ascii=False, indent=1, default=str))
    elif rows:
        writer = csv.DictWriter(sys.stdout, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return Exit.DONE


def place_code(said: str | None) -> str:
    """The code of a place said by code or by name. Raises ValueError naming the places there are."""
    if said is None:
        return reader.WALES
    rows = reader.place_rows()
    if said in rows:
        return said
    found = [code for code, row in rows.items() if said.casefold() in ((row["name_en"] or "").casefold(), (row["name_cy"] or "").casefold())]
    if not found:
        raise ValueError(f"region: found {said!r}, expected one of {', '.join(sorted({r['name_en'] for r in rows.values()}))}")
    # regions of 2012 to 2019 first: the committees' own
    return sorted(found, key=lambda code: (not code.startswith("RCC_"), code))[0]


def _rows(name: str, place: str, theme: str | None) -> Rows:
    if theme is not None and theme not in reader.themes():
        raise ValueError(f"theme: found {theme!r}, expected one of {', '.join(reader.themes())}")
    questions: dict[str, Callable[[str, str | None], Rows]] = {
        "verdicts": lambda at, on: reader.projects(at, None, on),
        "gaps": gap_rows,
        "overlaps": overlap_rows,
        "fairness": fairness_rows,
    }
    return questions[name](place, theme)


def print_checks(*, as_json: bool) -> int:
    """What the steward should know of the served build: problems by severity, sources that are late."""
    try:
        build, problems, files = reader.build(), reader.problems(), reader.snapshots()
    except NothingBuilt as missing:
        return nothing_built(missing)
    counts: Counter[str] = Counter(p["severity"] for p in problems)
    late: list[dict[str, Any]] = [f for f in files if f["state"] != "current"]
    if as_json:
        print(json.dumps({"build": build, "problems": problems, "late": late, "row_counts": reader.row_counts()}, ensure_ascii=False, indent=1, default=str))
    else:
        for p in problems:
            print(f"{p['severity']:>8}  {p['file']} · {p['place']} · found {p['found']} · expected {p['expected']} · {p['remedy']}")
        for f in late:
            print(f"    {f['state']}  {f['title_en']} (edition {f['edition']})")
        print(f"{counts['refused']} refused, {counts['warning']} to look at, {counts['note']} notes, {len(late)} sources late")
    return Exit.DONE


def write_export(form: str, out: Path, lang: Lang) -> int:
    """Writes the register and its answers in one of the exchange formats; the last line names the files."""
    from clearlink.exchange import export

    try:
        written = export(form, out, lang)
    except NothingBuilt as missing:
        return nothing_built(missing)
    print("\n".join(str(path) for path in written))
    return Exit.DONE


def nothing_built(missing: NothingBuilt) -> int:
    """Says that nothing is built and what to run; the exit code for it."""
    print(f"nothing is built yet ({missing}); run: clearlink build --sample", file=sys.stderr)
    return Exit.SOURCE_UNAVAILABLE
