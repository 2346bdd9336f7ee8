"""Similar areas and trends of real Wales are those of an independent computation: SciPy's standard scores,
distances and Kendall test, from the served rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import numpy as np
import pytest
from scipy.spatial.distance import cdist
from scipy.stats import kendalltau, zscore

from clearlink.report.likeness import like_here
from clearlink.rules.need.similar import NEAREST
from clearlink.rules.need.trend import LATEST, LEAST, SIGNIFICANT, Trend, trend
from clearlink.warehouse import reader


@pytest.fixture(autouse=True)
def served(
    built: tuple[Path, duckdb.DuckDBPyConnection],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[None]:
    monkeypatch.setenv("CLEARLINK_DATA", str(built[0]))
    yield


@pytest.mark.parametrize(
    ("level", "areas"), [("LA", 22), ("MSOA21", 408), ("LSOA21", 1917)]
)
def test_the_ten_nearest_are_those_of_an_independent_computation(
    level: str, areas: int
) -> None:
    rows = reader.area_characteristics(level)
    names = sorted({r["characteristic"] for r in rows})
    by_area: dict[str, dict[str, float]] = {}
    for r in rows:
        held = by_area.setdefault(r["area_code"], {})
        held[r["characteristic"]] = float(r["share"])
    whole = sorted(a for a, held in by_area.items() if len(held) == len(names))
    assert len(whole) == areas and len(names) >= 8
    shares = np.array([[by_area[a][c] for c in names] for a in whole])
    scores = zscore(shares, axis=0)
    for at in range(0, areas, max(1, areas // 40)):
        apart = cdist(scores[[at]], scores)[0] / np.sqrt(len(names))
        ours = like_here(whole[at], level)
        nearest = np.sort(np.delete(apart, at))[:NEAREST]
        assert [s.distance for s in ours] == pytest.approx(
            list(nearest), abs=1e-8
        )
        for s in ours:
            there = whole.index(s.area_code)
            assert s.distance == pytest.approx(apart[there], abs=1e-8)
            differ = np.abs(scores[at] - scores[there])
            assert s.farthest_in == names[int(differ.argmax())]


def test_every_trend_is_that_of_an_independent_computation() -> None:
    tested = 0
    for indicator in {r["indicator_id"] for r in reader.indicators()}:
        series: dict[str, list[float]] = {}
        for point in reader.indicator_series(indicator):
            series.setdefault(point["area_code"], []).append(point["value"])
        for values in series.values():
            latest = values[-LATEST:]
            if len(latest) < LEAST or len(set(latest)) == 1:
                continue
            theirs = kendalltau(range(len(latest)), latest, method="asymptotic")
            ours = trend(values)
            assert ours.probability == pytest.approx(theirs.pvalue, abs=1e-9)
            is_clear = theirs.pvalue < SIGNIFICANT
            assert (ours.trend is not Trend.NO_CLEAR_CHANGE) == is_clear
            if is_clear:
                way = Trend.UP if theirs.statistic > 0 else Trend.DOWN
                assert ours.trend is way
            tested += 1
    assert tested > 200, "ten series of twenty-three areas and more"
