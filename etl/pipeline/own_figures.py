"""Indicators of an authority's own, as observations of a build beside those of the publishers."""

from __future__ import annotations

from etl.build.intake import EditionRow, Intake, SnapshotRow
from etl.records import Observation, OwnFigure, Register, Severity
from etl.sources.registers.register_problems import problem

TITLE_EN = "An authority’s own indicators"
TITLE_CY = "Dangosyddion awdurdod ei hun"


def add_own_figures(intake: Intake, register: Register) -> None:
    """Adds the figures of one file. What another file gave already is left out and said: two figures for
    one cell are none.
    """
    known = {area.area_code for area in intake.areas}
    had = {_key(f) for f in intake.own_figures}
    fresh = [
        f
        for f in register.own_figures
        if f.area_code in known and _key(f) not in had
    ]
    twice = sum(_key(f) in had for f in register.own_figures)
    if twice:
        intake.problems.append(
            problem(
                "own_figure_in_other_file",
                register.register_id,
                severity=Severity.WARNING,
                count=f"{twice:,}",
            )
        )
    if fresh:
        intake.own_figures += fresh
        _add_as_source(intake, register, fresh)


def _add_as_source(
    intake: Intake,
    register: Register,
    fresh: list[OwnFigure],
) -> None:
    """The figures as observations of a source of their own, with its snapshot and its editions."""
    source_id = f"own_{register.register_id}"
    snapshot_id = f"{source_id}@{register.register_id[:8]}"
    intake.observations.append((snapshot_id, [_observation(f) for f in fresh]))
    editions = sorted({f.edition for f in fresh})
    intake.editions += [
        EditionRow(
            source_id,
            edition,
            None,
            None,
            False,
            False,
        )
        for edition in editions
    ]
    intake.snapshots.append(
        SnapshotRow(
            snapshot_id,
            source_id,
            TITLE_EN,
            TITLE_CY,
            editions[-1],
            None,
            register.register_id,
            fresh[0].licence,
            fresh[0].publisher or TITLE_EN,
            "",
            "",
            "current",
            register.rows_read,
            0,
            "",
            False,
        )
    )


def _observation(figure: OwnFigure) -> Observation:
    return Observation(
        figure.indicator_id,
        figure.area_code,
        figure.period,
        figure.edition,
        figure.value,
        figure.marker,
        figure.cell,
    )


def _key(figure: OwnFigure) -> tuple[str, str, str, str]:
    return figure.indicator_id, figure.area_code, figure.period, figure.edition
