"""Returns of programmes on their way into a build: once each, and counts of people only as they may be
served.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from clearlink.rules.codes import WALES
from clearlink.rules.programmes.returns import Count, served_counts
from clearlink.rules.settings import Settings
from etl.build.intake import Intake
from etl.pipeline.clusters import (
    in_one_spelling,
    list_of,
    lists_replaced,
    settle_clusters,
)
from etl.records import Marker, ProgrammeReturn, Register, Severity
from etl.sources.papers.programme_returns import measures
from etl.sources.registers.register_problems import problem


def add_returns(intake: Intake, register: Register) -> None:
    """Adds the figures of one file as they were given; `serve_returns` makes them what may be served. What
    another file gave already is left out and said: two figures for one quarter are none. The list of a
    cluster is one thing: another one takes its place whole.
    """
    given = in_one_spelling(
        register.programme_returns, intake.programme_returns
    )
    _make_way(intake, given)
    had = {r.key for r in intake.programme_returns}
    lists = {list_of(r) for r in intake.programme_returns} - {None}
    # of a list that stands nothing is added to: shares of two lists are a place that neither names
    twice = [r for r in given if r.key in had or list_of(r) in lists]
    if twice:
        file = twice[0].cell.rsplit(", row ", 1)[0]
        listed = ", ".join(
            dict.fromkeys(
                f"{r.measure_id} {r.area_code} {r.period}" for r in twice[:3]
            )
        )
        intake.problems.append(
            problem(
                "return_twice",
                file,
                severity=Severity.WARNING,
                count=str(len(twice)),
                listed=listed,
            )
        )
    left_out = {id(r) for r in twice}
    intake.programme_returns += [r for r in given if id(r) not in left_out]


def _make_way(intake: Intake, given: Sequence[ProgrammeReturn]) -> None:
    """Leaves out the lists of clusters that a later file changes, and says so."""
    replaced = lists_replaced(given, intake.programme_returns)
    intake.problems += replaced.values()
    intake.programme_returns = [
        r for r in intake.programme_returns if list_of(r) not in replaced
    ]


def serve_returns(intake: Intake, settings: Settings) -> None:
    """Makes of all returns together what may be served: a total in one file and its parts in another are
    judged as one. Clusters become areas of the build.
    """
    settle_clusters(intake)
    intake.programme_returns = as_served(
        intake.programme_returns,
        _holders(intake),
        settings,
    )


def as_served(
    rows: Sequence[ProgrammeReturn],
    holders: Mapping[str, set[str]],
    settings: Settings,
) -> list[ProgrammeReturn]:
    """The rows with counts of people in fives or withheld. A numerator and a denominator are counts of people
    as well: what they give away is withheld with them.
    """
    known = measures()
    counted = [
        r
        for r in rows
        if known[r.measure_id].counts_people and r.value is not None
    ]
    counts = [
        Count(
            *r.key,
            r.value or 0.0,
        )
        for r in counted
    ]
    told = dict(
        zip(
            (r.key for r in counted),
            served_counts(counts, known, holders, settings),
            strict=True,
        )
    )
    return [_served(row, told, settings) for row in rows]


def _served(
    row: ProgrammeReturn,
    told: Mapping[tuple[str, str, str, str], float | None],
    settings: Settings,
) -> ProgrammeReturn:
    few = settings.disclosure_below
    part, whole = row.numerator, row.denominator
    # a share of few, or of all but a few, is those few
    is_few = part is not None and (
        part < few or (whole is not None and 0 < whole - part < few)
    )
    bare = replace(row, numerator=None, denominator=None)
    if is_few:
        return replace(
            bare,
            value=None,
            marker=row.marker or Marker.LOW,
        )
    if row.key not in told:
        return bare
    shown = told[row.key]
    return replace(
        bare,
        value=shown,
        marker=Marker.LOW if shown is None else None,
    )


def _holders(intake: Intake) -> Mapping[str, set[str]]:
    holders: dict[str, set[str]] = defaultdict(set)
    for link in intake.links:
        holders[link.child_code].add(link.parent_code)
    for area in intake.areas:
        if area.area_type == "LA":
            holders[area.area_code].add(WALES)
    return holders
