"""The Welsh Index of Multiple Deprivation as the Welsh Government publishes it: ranks, groups, scores by
small area.

Ranks: 1 = most deprived. Scores: 0 to 100, higher = more deprived; scores of different editions are not
comparable.
"""

from __future__ import annotations

from collections.abc import Sequence

from etl.records import Harvest
from etl.sources.catalogue import Column, Source
from etl.sources.figures.wide import read_wide
from etl.sources.opening import tables
from etl.sources.reading import Reading


def read(source: Source, data: bytes) -> Harvest:
    """Every rank, group or score of the edition. Refuses another edition by the year in its headings.

    Raises SourceProblem also where the ranks of a column are no ranking of all areas (1 … n, ties share the
    better).
    """
    reading = Reading(source)
    for table, sheet, header_row in tables(source, data):
        read_wide(reading, table, sheet, header_row)
    if not reading.refused_rows:
        _check_rankings(reading)
    return reading.finish()


def _check_rankings(reading: Reading) -> None:
    for column in reading.source.columns:
        if (
            column.unit == "rank"
            and (fault := _first_fault(_ranks(reading, column))) is not None
        ):
            place, rank = fault
            reading.warn(
                "ranking_broken",
                column.found,
                rank=int(rank),
                expected=place,
            )


def _ranks(reading: Reading, column: Column) -> list[float]:
    """The ranks of a column, the smallest first."""
    of_column = (
        o.value
        for o in reading.harvest.observations
        if o.indicator_id == column.indicator_id
    )
    return sorted(value for value in of_column if value is not None)


def _first_fault(ranks: Sequence[float]) -> tuple[int, float] | None:
    """The first place, with its rank, that is neither its own rank nor a tie with the one before."""
    for place, rank in enumerate(ranks, start=1):
        if rank != place and (place == 1 or rank != ranks[place - 2]):
            return place, rank
    return None
