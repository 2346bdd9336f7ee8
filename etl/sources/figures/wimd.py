"""The Welsh Index of Multiple Deprivation as the Welsh Government publishes it: ranks, groups, scores by
small area.

Ranks: 1 = most deprived. Scores: 0 to 100, higher = more deprived; scores of different editions are not
comparable.
"""

from __future__ import annotations

from etl.records import Harvest
from etl.sources.catalogue import Source
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
        if column.unit != "rank":
            continue
        ranks = sorted(
            o.value
            for o in reading.harvest.observations
            if o.indicator_id == column.indicator_id and o.value is not None
        )
        for place, rank in enumerate(ranks, start=1):
            if rank != place and (place == 1 or rank != ranks[place - 2]):
                reading.warn("ranking_broken", column.found, rank=int(rank), expected=place)
                break
