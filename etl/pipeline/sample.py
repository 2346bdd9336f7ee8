"""The embedded sample as an intake: what a fresh machine shows with no network."""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Final

from etl.build.intake import (
    EditionRow,
    Intake,
    Layer,
    RowCount,
    SnapshotRow,
    Statement,
)
from etl.records import Observation
from etl.sources.figures.sample import read_boxes, read_sample

# The sample is judged as at this day, so that it shows the same verdicts whenever it is built.
SAMPLE_DAY: Final = date(2026, 11, 23)
WIMD: Final = (
    "sample_wimd2025",
    "Welsh Index of Multiple Deprivation 2025, ranks",
    "Mynegai Amddifadedd Lluosog Cymru 2025, safleoedd",
    "Welsh Government",
    False,
)
COUNTS: Final = (
    "sample_counts",
    "Small-area counts, illustrative",
    "Cyfrifon ardaloedd bach, darluniadol",
    "Clear Link (illustrative)",
    True,
)
COUNCIL: Final = (
    "council_papers",
    "Flying Start in published council papers",
    "Dechrau’n Deg ym mhapurau cyhoeddedig cynghorau",
    "Nine council papers, 2012–2023",
    False,
)
OGL: Final = "Open Government Licence v3.0"


def sample_intake(folder: Path) -> Intake:
    """Areas, figures, outlines and statements of the sample; partnerships, money and registers are added
    by the pipeline.
    """
    harvest = read_sample(folder)
    intake = Intake(
        "sample",
        SAMPLE_DAY,
        True,
        areas=harvest.areas,
        links=harvest.links,
        problems=harvest.problems,
    )
    intake.boxes = read_boxes(folder)
    by_edition: dict[str, list[Observation]] = {}
    for observation in harvest.observations:
        by_edition.setdefault(observation.edition, []).append(observation)
    for edition, observations in sorted(by_edition.items()):
        _add_edition(intake, folder, edition, observations)
    intake.snapshots.append(
        _snapshot(
            folder,
            COUNCIL,
            "council_papers",
            "2012 to 2023",
            315,
        )
    )
    intake.editions = [_edition(row) for row in _rows(folder / "editions.csv")]
    intake.statements = [
        _statement(row) for row in _rows(folder / "statements.csv")
    ]
    for path in sorted((folder / "geometry").glob("*.geojson.gz")):
        intake.layers.append(
            layer(
                path.name.removesuffix(".geojson.gz"),
                path.read_bytes(),
            )
        )
    return intake


def _source_of(edition: str) -> tuple[str, str, str, str, bool]:
    return WIMD if edition == "2025" else COUNTS


def _add_edition(
    intake: Intake,
    folder: Path,
    edition: str,
    observations: list[Observation],
) -> None:
    """The figures of one edition, with the snapshot they are of."""
    source, count = _source_of(edition), len(observations)
    snapshot_id = f"{source[0]}_{edition.replace(' ', '_')}"
    intake.observations.append((snapshot_id, observations))
    snapshot = _snapshot(
        folder,
        source,
        snapshot_id,
        edition,
        count,
    )
    intake.snapshots.append(snapshot)
    intake.row_counts.append(
        RowCount(
            snapshot_id,
            "source",
            count,
            count,
            0,
        )
    )


def _edition(row: Mapping[str, str]) -> EditionRow:
    return EditionRow(
        _source_of(row["edition"])[0],
        row["edition"],
        _day(row["published"]),
        _day(row["reference_end"]),
        row["slow_moving"] == "yes",
        row["is_illustrative"] == "yes",
    )


def _statement(row: Mapping[str, str]) -> Statement:
    return Statement(
        row["statement_id"],
        row["area_code"],
        row["theme_id"],
        _day(row["date"]),
        row["who_en"],
        row["who_cy"],
        row["text_en"],
        row["text_cy"],
        row["supports"] == "yes",
        row["is_illustrative"] == "yes",
    )


def layer(name: str, gz: bytes) -> Layer:
    """A map layer from its gzipped GeoJSON; the hash is over the outlines, not over their packing."""
    plain = gzip.decompress(gz)
    return Layer(
        name,
        gz,
        hashlib.sha256(plain).hexdigest(),
        len(json.loads(plain)["features"]),
    )


def _snapshot(
    folder: Path,
    source: tuple[str, str, str, str, bool],
    snapshot_id: str,
    edition: str,
    rows: int,
) -> SnapshotRow:
    files = {
        "sample_wimd2025": "wimd2025_ranks.csv",
        "council_papers": "flying_start_council_papers.csv",
    }
    name = files.get(source[0]) or {
        "illustrative 2014": "illustrative_counts_2014.csv",
        "illustrative 2019": "illustrative_counts_2019.csv",
    }.get(
        edition,
        "illustrative_counts.csv",
    )
    data = (folder / name).read_bytes()
    own_or_open = "MIT (illustrative)" if source[4] else OGL
    licence = (
        "Facts from published papers" if source is COUNCIL else own_or_open
    )
    return SnapshotRow(
        snapshot_id,
        source[0],
        source[1],
        source[2],
        edition,
        None,
        hashlib.sha256(data).hexdigest(),
        licence,
        source[3],
        "",
        "",
        "current",
        rows,
        len(data),
        "",
        source[4],
    )


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
