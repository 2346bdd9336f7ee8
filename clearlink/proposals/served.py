"""Proposals for the records of the served build, and their measure: learnt once for a build, asked by the
desk and the command.
"""

from __future__ import annotations

from dataclasses import dataclass

from clearlink.proposals.measured import Measure, by_model, by_words
from clearlink.proposals.themes import Proposal, ThemeModel, catalogue_examples, people_set, record_text
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Row, once_a_build


@dataclass(frozen=True, slots=True)
class Measured:
    """Theme → measure, None for all themes: of the model, and of the rule by words alone. `records`: how many
    it rests on;
    `without_theme` and `proposed_for`: records that have none, and those of them for which one is proposed.
    """

    records: int
    model: dict[str | None, Measure]
    words: dict[str | None, Measure]
    without_theme: int
    proposed_for: int


@once_a_build
def proposals() -> dict[str, Proposal]:
    """Project → the theme proposed, for those of the records without a theme of which the model is sure
    enough.
    """
    without = _without_theme()
    proposed = _model().propose([record_text(r) for r in without])
    return {r["project_id"]: p for r, p in zip(without, proposed, strict=True) if p is not None}


@once_a_build
def theme_measures() -> Measured:
    """Cross-validated on the real records of this build whose theme people set."""
    known = people_set(reader.proposal_records())
    return Measured(
        len(known),
        by_model(known, catalogue_examples()),
        by_words(known),
        len(_without_theme()),
        len(proposals()),
    )


@once_a_build
def _model() -> ThemeModel:
    return ThemeModel(people_set(reader.proposal_records()), catalogue_examples())


def _without_theme() -> list[Row]:
    return [r for r in reader.proposal_records() if r["theme_id"] is None]
