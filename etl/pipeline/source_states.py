"""Where every source of the catalogue stands in a build: in use, late, refused, withdrawn, awaiting its
columns, or never fetched.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from clearlink import folders
from etl.build.intake import SnapshotRow, SourceState
from etl.fetch import snapshots
from etl.fetch.fetch_note import NotRenewed
from etl.sources.catalogue import Role, Source, load_sources


def source_states(
    held: Sequence[SnapshotRow], late: Mapping[str, NotRenewed]
) -> list[SourceState]:
    """One row a source, in the order of the catalogue."""
    in_use = {row.source_id: row.snapshot_id for row in held}
    return [
        _state(
            source,
            in_use.get(source.source_id),
            late.get(source.source_id),
        )
        for source in load_sources().values()
    ]


def _why_not_fetched(source: Source) -> str:
    """The code of the problem that kept it from being asked for; empty where there was none."""
    if source.url is None:
        return "no_fixed_address"
    return "" if source.mirror_path else "not_in_mirror"


def _state(
    source: Source,
    snapshot_id: str | None,
    late: NotRenewed | None,
) -> SourceState:
    if snapshot_id is None and source.role in (Role.REGISTER, Role.POSTCODE):
        newest = snapshots.latest(
            folders.data_folder(),
            source.source_id,
        )
        snapshot_id = None if newest is None else newest.snapshot_id
    code, facts = "", {}
    if late is not None:
        state = late.outcome.value
        if late.problems:
            code, facts = late.problems[-1].code, dict(late.problems[-1].facts)
    elif snapshot_id is None:
        state, code = "not_fetched", _why_not_fetched(source)
    else:
        state = "awaiting" if source.awaits_columns else "current"
    return SourceState(
        source.source_id,
        source.title_en,
        source.title_cy,
        source.publisher,
        source.edition,
        state,
        snapshot_id,
        code,
        json.dumps(facts, ensure_ascii=False),
        source.url or "",
        source.landing_page,
    )
