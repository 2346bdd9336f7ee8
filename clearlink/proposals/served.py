"""Proposals for the records of the served build, and their measure: learnt once for a build, asked by the
desk and the command.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from typing import Final

from clearlink import folders
from clearlink.proposals.measured import (
    TELLS_NONE,
    Measure,
    by_model,
    by_words,
    measured,
)
from clearlink.proposals.themes import (
    Example,
    Proposal,
    ThemeModel,
    catalogue_examples,
    people_set,
    record_text,
)
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Row, once_a_build

LABELS: Final = "proposal_labels.csv"


@dataclass(frozen=True, slots=True)
class Measured:
    """Theme → measure, None for all themes: of the model, and of the rule by words alone, cross-validated on
    `records` records whose theme people set, or (`learnt` of them) whose words told it to a reader;
    `held_out`: of the model, on `read` records that were read for it alone and never learnt from (empty where
    this build holds none). `without_theme` and `proposed_for`: records that have none, and those of them for
    which one is proposed.
    """

    records: int
    learnt: int
    model: dict[str | None, Measure]
    words: dict[str | None, Measure]
    without_theme: int
    proposed_for: int
    read: int
    held_out: dict[str | None, Measure]

    def in_bulk(self, theme: str) -> bool:
        """Whether the proposals of a theme may be accepted as one act: measured on both kinds of records."""
        both = self.model[theme].with_held_out(self.held_out.get(theme))
        return both.may_be_accepted_in_bulk


@once_a_build
def proposals() -> dict[str, Proposal]:
    """Project → the theme proposed, for those of the records without a theme of which the model is sure
    enough.
    """
    without = _without_theme()
    proposed = _model().propose([record_text(r) for r in without])
    return {
        r["project_id"]: p
        for r, p in zip(without, proposed, strict=True)
        if p is not None
    }


@once_a_build
def theme_measures() -> Measured:
    """Cross-validated on the real records of this build whose theme people set, and held against those that
    were read for it.
    """
    read_to_learn = _read("learn")
    known = [
        *people_set(reader.proposal_records()),
        *read_to_learn.values(),
    ]
    # one that somebody has settled since is learnt from, and measures nothing any more
    offered, read = proposals(), _read("measure")
    proposed = [offered.get(project_id) for project_id in read]
    return Measured(
        sum(e.theme_id != TELLS_NONE for e in known),
        sum(e.theme_id != TELLS_NONE for e in read_to_learn.values()),
        by_model(known, catalogue_examples()),
        by_words(known),
        len(_without_theme()),
        len(offered),
        len(read),
        measured(
            [*read.values()],
            [p.theme_id if p else None for p in proposed],
        )
        if read
        else {},
    )


@once_a_build
def _model() -> ThemeModel:
    told = [e for e in _read("learn").values() if e.theme_id != TELLS_NONE]
    return ThemeModel(
        [
            *people_set(reader.proposal_records()),
            *told,
        ],
        catalogue_examples(),
    )


def _without_theme() -> list[Row]:
    return [r for r in reader.proposal_records() if r["theme_id"] is None]


def _read(used_to: str) -> dict[str, Example]:
    """Record → its words and what they told a reader, of those records without a theme that were read to
    `learn` from or to `measure` by.
    """
    labels = _labels(used_to)
    return {
        r["project_id"]: Example(
            record_text(r),
            labels[r["project_id"]],
        )
        for r in _without_theme()
        if r["project_id"] in labels
    }


@cache
def _labels(used_to: str) -> dict[str, str]:
    """Record → the theme that its words told a reader who saw no proposal; empty where they told none."""
    with (folders.CATALOGUE / LABELS).open(
        encoding="utf-8", newline=""
    ) as file:
        return {
            row["project_id"]: row["theme_id"]
            for row in csv.DictReader(file)
            if row["used_to"] == used_to
        }
