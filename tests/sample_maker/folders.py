"""Where the sample lies, and how its files are written: UTF-8, one line end, the same bytes every time."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

PROJECT = Path(__file__).parents[2]
SAMPLE = PROJECT / "data" / "sample"
FAULTS = PROJECT / "tests" / "faults"
CATALOGUE = PROJECT / "data" / "catalogue"
TEMPLATES = Path(__file__).parent / "templates"


def read_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file. Raises OSError when it is not there."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_rows(
    path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, object]]
) -> None:
    """Writes `rows` under `columns`; a column that a row lacks is left empty, one that is not listed
    raises ValueError.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n", restval="")
        writer.writeheader()
        writer.writerows(rows)


def write_gzip(path: Path, text: str) -> None:
    """Writes `text` compressed, with no time and no name in the header, so that two runs give the same
    bytes.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(text.encode(), compresslevel=9, mtime=0))
