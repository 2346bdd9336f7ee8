"""Publishers → snapshots: what came, what had not changed, what is late, what was refused.

A file is judged by its own reader before it takes the place of the last good one. Whatever fails, the last
good snapshot stays in use and the source is reported late, with its age.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from etl.fetch import snapshots
from etl.fetch.sites import Download, MirrorSite, Site
from etl.fetch.snapshots import Snapshot
from etl.fetch.web_site import WebSite, refuse_page
from etl.files.refusal import FileRefused, problem
from etl.records import Problem, SourceProblem
from etl.sources import formats
from etl.sources.catalogue import Role, Source

Progress = Callable[[int, int, str], None]


class Outcome(StrEnum):
    """What an attempt came to. Whatever it was, the last good file stays until a better one is there.

    `late`: the file could not be had. `refused`: it came and cannot be trusted. `withdrawn`: its publisher
    says that it is gone. `not_offered`: the folder that stands in for the publishers does not hold it, so
    nobody was asked.
    """

    FETCHED = "fetched"
    UNCHANGED = "unchanged"
    LATE = "late"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    NOT_OFFERED = "not_offered"


@dataclass(frozen=True, slots=True)
class Fetched:
    """One source after the attempt. `snapshot` is the file in use, `age_days` its age; none if there never
    was one.
    """

    source_id: str
    outcome: Outcome
    snapshot: Snapshot | None
    age_days: int | None
    problems: tuple[Problem, ...] = ()


@dataclass(slots=True)
class FetchReport:
    """Every source of a run, in order."""

    sources: list[Fetched] = field(default_factory=list)

    def of(self, outcome: Outcome) -> list[Fetched]:
        """The sources with one outcome."""
        return [each for each in self.sources if each.outcome is outcome]

    def counts(self) -> dict[Outcome, int]:
        """How many sources had each outcome."""
        return {outcome: len(self.of(outcome)) for outcome in Outcome}


def fetch(
    sources: Iterable[Source],
    mirror: Path | None,
    data_dir: Path,
    progress: Progress | None = None,
    *,
    site: Site | None = None,
    now: datetime | None = None,
) -> FetchReport:
    """Fetches every source from its publisher, or from the folder `mirror` that stands in for all of them.

    `progress` is told (done, total, title) before each source and once at the end.
    """
    stand = site or (WebSite() if mirror is None else MirrorSite(mirror))
    moment = now or datetime.now(UTC)
    snapshots.sweep(data_dir)
    wanted, report = list(sources), FetchReport()
    for done, source in enumerate(wanted):
        if progress is not None:
            progress(
                done,
                len(wanted),
                source.title_en,
            )
        report.sources.append(_fetch_one(source, stand, data_dir, moment))
    if progress is not None:
        progress(
            len(wanted),
            len(wanted),
            "",
        )
    return report


def _fetch_one(
    source: Source, site: Site, data_dir: Path, now: datetime
) -> Fetched:
    """One source asked for anew: what it gives is kept where it is good, else what is held stands."""
    damage = _damage(source, data_dir)
    good = snapshots.newest_good(data_dir, source.source_id)
    held = good[0] if good else None

    def kept(outcome: Outcome, *problems: Problem) -> Fetched:
        return _kept(
            source,
            outcome,
            held,
            now,
            [*damage, *problems],
        )

    if not source.mirror_path and isinstance(site, MirrorSite):
        return kept(Outcome.NOT_OFFERED)
    try:
        given = site.get(
            source,
            held,
            snapshots.folder_of(data_dir, source.source_id),
        )
    except FileRefused as failure:
        return kept(*_why_not_given(source, failure))
    if good is not None and given.data in (None, good[1]):
        return kept(Outcome.UNCHANGED)
    data = given.data or b""
    problems = _why_not_taken(source, held, given, data)
    if problems:
        return kept(Outcome.REFUSED, *problems)
    stored, _ = snapshots.store(
        data_dir,
        source,
        data,
        given.url,
        retrieved_at=now,
        published_at=given.published_at,
        etag=given.etag,
    )
    return Fetched(
        source.source_id,
        Outcome.FETCHED,
        stored,
        0,
        tuple(damage),
    )


def _why_not_given(
    source: Source, failure: FileRefused
) -> tuple[Outcome, Problem]:
    """What a site that gave no file means: its publisher withdrew it, or it is late."""
    is_withdrawn = failure.code == "source_withdrawn"
    why = _said(
        source,
        failure.code,
        failure.place,
        **failure.facts,
    )
    return Outcome.WITHDRAWN if is_withdrawn else Outcome.LATE, why


def _damage(source: Source, data_dir: Path) -> list[Problem]:
    """What is told of snapshots whose bytes are no longer those that were kept."""
    return [
        _said(
            source,
            "snapshot_damaged",
            each.file,
            sha256=each.sha256[:16],
        )
        for each in snapshots.damaged(data_dir, source.source_id)
    ]


def _why_not_taken(
    source: Source,
    held: Snapshot | None,
    given: Download,
    data: bytes,
) -> list[Problem]:
    """What is wrong with a file that was given: it is older than the one that is held, or cannot be read."""
    published = given.published_at
    if (
        held is not None
        and held.published_at
        and published
        and published < held.published_at
    ):
        days = {
            "offered": published.date(),
            "held": held.published_at.date(),
        }
        return [_said(source, "older_than_held", "whole file", **days)]
    try:
        refuse_page(data)
        if source.role is not Role.REGISTER:
            formats.read(source, data)
    except FileRefused as failure:
        return [
            _said(
                source,
                failure.code,
                failure.place,
                **failure.facts,
            )
        ]
    except SourceProblem as failure:
        return list(failure.problems)
    return []


def _kept(
    source: Source,
    outcome: Outcome,
    held: Snapshot | None,
    now: datetime,
    problems: list[Problem],
) -> Fetched:
    return Fetched(
        source.source_id,
        outcome,
        held,
        None if held is None else held.age_days(now),
        tuple(problems),
    )


def _said(source: Source, code: str, place: str, /, **facts: object) -> Problem:
    return problem(
        source.source_id,
        source.file,
        code,
        place,
        **facts,
    )
