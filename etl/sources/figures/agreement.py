"""Two publications of the same figures, compared: a difference is reported, never averaged away."""

from __future__ import annotations

from etl.files.refusal import problem
from etl.records import Harvest, Problem, Severity
from etl.sources.catalogue import Source


def differences(
    source: Source,
    loaded: Harvest,
    second: Harvest,
) -> list[Problem]:
    """Figures of `second` (the cross-check `source`) that differ from those loaded, and figures that one
    of them lacks.
    """
    ours = {
        (o.indicator_id, o.area_code, o.period): o for o in loaded.observations
    }
    problems = []
    for other in second.observations:
        mine = ours.get((other.indicator_id, other.area_code, other.period))
        if mine is None or (mine.value, mine.marker) != (
            other.value,
            other.marker,
        ):
            facts = {
                "indicator": other.indicator_id,
                "area": other.area_code,
                "first": "nothing"
                if mine is None
                else _said(mine.value, mine.marker),
                "second": _said(other.value, other.marker),
            }
            problems.append(
                problem(
                    source.source_id,
                    source.file,
                    "copies_differ",
                    other.cell,
                    Severity.WARNING,
                    **facts,
                )
            )
    return problems


def _said(value: float | None, marker: object) -> str:
    return f"{value:g}" if value is not None else str(marker)
