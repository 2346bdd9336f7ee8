"""The publishers' files, as they lie in snapshots, as an intake."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Final

from clearlink import folders
from clearlink.rules.codes import WALES
from etl.build.builder import Progress
from etl.build.geometry import make_layers
from etl.build.intake import EditionRow, Intake, Layer, RowCount, SnapshotRow
from etl.fetch import snapshots
from etl.fetch.fetch import Outcome
from etl.fetch.fetch_note import NotRenewed, not_renewed, note_file
from etl.fetch.snapshots import Snapshot
from etl.files.refusal import FileRefused, problem
from etl.pipeline.source_states import source_states
from etl.records import (
    Area,
    AreaLink,
    Harvest,
    Problem,
    Severity,
    SourceProblem,
)
from etl.sources import formats
from etl.sources.catalogue import Role, Source, load_sources
from etl.sources.figures.agreement import differences

LAYER_TYPES: Final = {
    "la": "LA",
    "rcc": "RCC",
    "rpb": "RPB",
    "lhb": "LHB",
    "msoa21": "MSOA21",
    "csp": "CSP",
}


def snapshot_files() -> list[Path]:
    """The newest snapshot of every source, for the hash of the inputs."""
    folder = folders.data_folder()
    held = (snapshots.latest(folder, source_id) for source_id in load_sources())
    files = [
        snapshots.folder_of(folder, s.source_id) / s.file
        for s in held
        if s is not None
    ]
    return [
        *files,
        *(note for note in [note_file(folder)] if note.exists()),
    ]


def published_registers() -> list[tuple[bytes, str]]:
    """Registers of projects among the snapshots, as bytes with the publisher's file name."""
    folder = folders.data_folder()
    held = (
        (s, snapshots.newest_good(folder, s.source_id))
        for s in load_sources().values()
        if s.role is Role.REGISTER
    )
    return [(good[1], source.file) for source, good in held if good is not None]


def postcode_links() -> list[AreaLink]:
    """Which small area each postcode lies in, where that list has been fetched."""
    folder = folders.data_folder()
    held = (
        (s, snapshots.newest_good(folder, s.source_id))
        for s in load_sources().values()
        if s.role is Role.POSTCODE
    )
    return [
        link
        for source, good in held
        if good is not None
        for link in formats.read(
            source,
            good[1],
        ).links
    ]


def published_intake(
    kind: str,
    as_of: date,
    progress: Progress,
) -> Intake:
    """Reads every snapshot. A file that is refused is reported, and the newest one before it that is good
    is read.
    """
    intake = Intake(kind, as_of, False)
    late = not_renewed(folders.data_folder())
    intake.problems += [
        problem for each in late.values() for problem in each.problems
    ]
    sources = [
        s
        for s in load_sources().values()
        if s.role in (Role.LOAD, Role.OUTLINE, Role.CROSS_CHECK)
    ]
    outline: bytes | None = None
    for at, source in enumerate(sources):
        progress(
            at,
            len(sources) + 1,
            source.title_en,
        )
        read = _read(source, intake)
        if read is None:
            continue
        snapshot, data, harvest = read
        _add(
            intake,
            source,
            snapshot,
            harvest,
            _snapshot_state(late.get(source.source_id)),
        )
        if source.role is Role.OUTLINE:
            outline = data
    intake.source_states = source_states(intake.snapshots, late)
    _settle_areas(intake)
    progress(
        len(sources),
        len(sources) + 1,
        "map layers",
    )
    if outline is not None:
        _add_layers(intake, outline)
    return intake


def _snapshot_state(late: NotRenewed | None) -> str:
    if late is None:
        return "current"
    return "withdrawn" if late.outcome is Outcome.WITHDRAWN else "late"


def areas_and_links() -> tuple[list[Area], list[AreaLink]]:
    """The areas and memberships in the snapshots, without their figures: what a register is checked
    against.
    """
    intake = Intake("official", date.min, False)
    for source in load_sources().values():
        if source.role is Role.LOAD and (
            source.format.startswith("area_lookup")
            or source.format in ("area_changes", "boundary_geojson")
        ):
            read = _read(source, intake)
            if read is not None:
                intake.areas += read[2].areas
                intake.links += read[2].links
                intake.names += read[2].names
    _settle_areas(intake)
    return intake.areas, intake.links


def _read(
    source: Source, intake: Intake
) -> tuple[Snapshot, bytes, Harvest] | None:
    folder = folders.data_folder()
    for snapshot in snapshots.all_of(folder, source.source_id):
        try:
            data = snapshots.read_bytes(folder, snapshot)
            return snapshot, data, formats.read(source, data)
        except SourceProblem as refusal:
            intake.problems += refusal.problems
        except FileRefused as refusal:
            intake.problems.append(
                problem(
                    source.source_id,
                    source.file,
                    refusal.code,
                    refusal.place,
                    **refusal.facts,
                )
            )
    if source.mirror_path:
        intake.row_counts.append(
            RowCount(
                source.source_id,
                "source",
                0,
                0,
                0,
            )
        )
    return None


def _add(
    intake: Intake,
    source: Source,
    snapshot: Snapshot,
    harvest: Harvest,
    state: str,
) -> None:
    """What one file gave, and how much of it was kept."""
    intake.areas += harvest.areas
    intake.links += harvest.links
    intake.names += harvest.names
    intake.problems += harvest.problems
    intake.row_counts.append(_row_count(source, harvest))
    intake.snapshots.append(
        _snapshot_row(source, snapshot, harvest.rows_read, state)
    )
    if source.role is Role.CROSS_CHECK:
        # a second publication of the same table is compared with the first, never loaded beside it
        loaded = Harvest(
            observations=[
                o
                for _, observations in intake.observations
                for o in observations
            ]
        )
        intake.problems += differences(source, loaded, harvest)
    elif harvest.observations:
        intake.observations.append((snapshot.snapshot_id, harvest.observations))
        _add_editions(intake, source, harvest)


def _row_count(source: Source, harvest: Harvest) -> RowCount:
    """How many rows a file has, how many were kept of the kind it is for, how many refused."""
    refused = sum(1 for p in harvest.problems if p.severity is Severity.REFUSED)
    rows_of_each_kind = (
        harvest.observations,
        harvest.areas,
        harvest.links,
        harvest.names,
    )
    kept = next(
        (len(rows) for rows in rows_of_each_kind if rows),
        0,
    )
    return RowCount(
        source.source_id,
        "source",
        harvest.rows_read,
        kept,
        refused,
    )


def _add_editions(
    intake: Intake,
    source: Source,
    harvest: Harvest,
) -> None:
    """The editions that the figures belong to, and a note where nobody says when they were published."""
    if source.published is None:
        intake.problems.append(
            problem(
                source.source_id,
                source.file,
                "published_unknown",
                "whole file",
                Severity.NOTE,
            )
        )
    for edition in sorted({o.edition for o in harvest.observations}):
        intake.editions.append(
            EditionRow(
                source.source_id,
                edition,
                source.published,
                source.reference_end,
                source.slow_moving,
                source.is_illustrative,
            )
        )


def _snapshot_row(
    source: Source,
    snapshot: Snapshot,
    rows_read: int,
    state: str,
) -> SnapshotRow:
    retrieved: datetime = snapshot.retrieved_at.replace(
        tzinfo=None, microsecond=0
    )
    return SnapshotRow(
        snapshot.snapshot_id,
        source.source_id,
        source.title_en,
        source.title_cy,
        snapshot.edition,
        retrieved,
        snapshot.sha256,
        source.licence,
        source.publisher,
        snapshot.url,
        source.landing_page,
        state,
        rows_read,
        snapshot.bytes,
        source.attribution,
        source.is_illustrative,
    )


def _settle_areas(intake: Intake) -> None:
    """One row an area: today's areas first, then those of 2011 that are no more. Figures for areas we do
    not draw are kept apart.
    """
    areas = _one_row_an_area(intake)
    intake.areas = list(areas.values())
    links: dict[tuple[str, str, str, date | None], AreaLink] = {}
    for link in intake.links:
        key = (
            link.child_code,
            link.parent_code,
            link.parent_type,
            link.valid_from,
        )
        links.setdefault(key, link)
    intake.links = list(links.values())
    intake.problems += _leave_out_figures_elsewhere(intake, areas.keys())


def _one_row_an_area(intake: Intake) -> dict[str, Area]:
    order = {"LSOA21": 0, "LA": 1}
    best: dict[str, Area] = {}
    for area in sorted(
        intake.areas,
        key=lambda a: order.get(a.area_type, 2),
    ):
        best.setdefault(area.area_code, area)
    for row in _place_rows():
        code = row["area_code"]
        is_region = code.startswith(("RCC_", "RPB_"))
        if code == WALES or is_region:
            kind = code[:3] if is_region else "WALES"
            best.setdefault(
                code,
                Area(
                    code,
                    kind,
                    row["name_en"],
                    row["name_cy"],
                ),
            )
    for name in intake.names:
        # whoever publishes names says them; an area of a later year that no small area lies in stays away
        if name.area_code in best:
            best[name.area_code] = replace(
                best[name.area_code],
                name_en=name.name_en,
                name_cy=name.name_cy,
            )
    return best


def _leave_out_figures_elsewhere(
    intake: Intake, drawn: Collection[str]
) -> list[Problem]:
    """Keeps the figures of areas that are drawn; says how many others each source has."""
    dropped: list[Problem] = []
    for at, (snapshot_id, observations) in enumerate(intake.observations):
        kept = [o for o in observations if o.area_code in drawn]
        intake.observations[at] = (snapshot_id, kept)
        if len(kept) == len(observations):
            continue
        first = next(o for o in observations if o.area_code not in drawn)
        dropped.append(
            Problem(
                snapshot_id.split("@")[0],
                snapshot_id,
                first.cell,
                Severity.NOTE,
                f"{len(observations) - len(kept)} figures for areas such as {first.area_code}",
                "areas of 2011, 2021 or today",
                "Figures on older or wider areas are not mapped; nothing to do.",
            )
        )
    return dropped


def _add_layers(intake: Intake, outline: bytes) -> None:
    """The map layers, and the box of every area in them."""
    names = {a.area_code: (a.name_en, a.name_cy) for a in intake.areas}
    membership = _membership(intake.links)
    for made in make_layers(outline, membership, names, mended_codes=_mended()):
        intake.layers.append(
            Layer(
                made.name,
                made.gz,
                made.sha256,
                made.features,
            )
        )
        for code, box in made.boxes.items():
            intake.boxes.setdefault(code, box)


def _membership(links: Sequence[AreaLink]) -> dict[str, dict[str, str]]:
    """Layer → small area → the area of that layer it lies in."""
    authority = _parents(links, "LA")
    membership: dict[str, dict[str, str]] = {}
    for layer, kind in LAYER_TYPES.items():
        parents = _parents(links, kind)
        is_of_authorities = next(iter(parents), "").startswith("W06")
        if kind != "LA" and is_of_authorities:
            parents = {
                small: parents[la]
                for small, la in authority.items()
                if la in parents
            }
        if parents:
            membership[layer] = {
                child: parent
                for child, parent in parents.items()
                if child in authority
            }
    return membership


def _parents(links: Sequence[AreaLink], kind: str) -> dict[str, str]:
    return {
        link.child_code: link.parent_code
        for link in links
        if link.parent_type == kind
    }


def _mended() -> Iterable[str]:
    from etl.sources.corrections import mended_outlines

    return mended_outlines("lsoa21_outlines")


def _place_rows() -> list[dict[str, str]]:
    with (folders.CATALOGUE / "places.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        return list(csv.DictReader(file))
