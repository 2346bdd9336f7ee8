"""How good the proposals are: by cross-validation on records whose theme people had set, beside the rule by
words alone; and on records that were read for it alone and are never learnt from.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from clearlink.proposals.listed_words import plainly
from clearlink.proposals.theme_words import theme_by_words
from clearlink.proposals.themes import Example, ThemeModel

FOLDS: Final = 10
# the theme of a record whose words tell its reader none
TELLS_NONE: Final = ""
# bulk acceptance asks for both: measured on fewer, a share is no measure
BULK_PRECISION: Final = 0.9
BULK_PROPOSED: Final = 10


@dataclass(frozen=True, slots=True)
class Measure:
    """Counts of records. `theme_id` None: all themes together. `asked`: whose theme this is, `answered` those
    of them with any proposal; `proposed`: for which this theme was proposed, `right` those of them that
    people had set so.
    """

    theme_id: str | None
    asked: int
    answered: int
    proposed: int
    right: int

    @property
    def precision(self) -> float | None:
        """Share of proposals that are right; None where nothing was proposed."""
        return self.right / self.proposed if self.proposed else None

    @property
    def coverage(self) -> float | None:
        """Share of records for which anything was proposed; None where there are none."""
        return self.answered / self.asked if self.asked else None

    @property
    def may_be_accepted_in_bulk(self) -> bool:
        """Only above the precision that the method asks, on enough proposals to say so."""
        return (
            self.precision is not None
            and self.precision > BULK_PRECISION
            and self.proposed >= BULK_PROPOSED
        )

    def with_held_out(self, other: Measure | None) -> Measure:
        """The counts of both: what the gate of bulk acceptance asks."""
        if other is None:
            return self
        return Measure(
            self.theme_id,
            self.asked + other.asked,
            self.answered + other.answered,
            self.proposed + other.proposed,
            self.right + other.right,
        )


def measured(
    set_by_people: Sequence[Example],
    proposed: Sequence[str | None],
) -> dict[str | None, Measure]:
    """Theme → its measure, and None → that of all. `proposed`: for each record the theme proposed without
    having seen it.
    """
    pairs = [
        (e.theme_id, p) for e, p in zip(set_by_people, proposed, strict=True)
    ]
    themes = {theme for pair in pairs for theme in pair if theme}
    measures: dict[str | None, Measure] = {
        theme: _of_theme(theme, pairs)
        for theme in sorted(themes - {TELLS_NONE})
    }
    measures[None] = _of_all(pairs)
    return measures


def _of_all(pairs: Sequence[tuple[str, str | None]]) -> Measure:
    told = [p for theme, p in pairs if theme != TELLS_NONE]
    return Measure(
        None,
        len(told),
        len(told) - told.count(None),
        # a theme proposed for a record that tells none is wrong
        sum(p is not None for _, p in pairs),
        sum(theme == p for theme, p in pairs),
    )


def _of_theme(theme: str, pairs: Sequence[tuple[str, str | None]]) -> Measure:
    """How a theme fared: the records that people set it for, those of them with a proposal, the records it
    was proposed for, and where both agree.
    """
    of_people = [p for t, p in pairs if t == theme]
    times_proposed = [p for _, p in pairs].count(theme)
    return Measure(
        theme,
        len(of_people),
        len(of_people) - of_people.count(None),
        times_proposed,
        of_people.count(theme),
    )


def by_words(set_by_people: Sequence[Example]) -> dict[str | None, Measure]:
    """The rule by the catalogue's words alone, which the model must beat."""
    return measured(
        set_by_people,
        [theme_by_words(e.text) for e in set_by_people],
    )


def by_model(
    set_by_people: Sequence[Example],
    catalogue: Sequence[Example],
) -> dict[str | None, Measure]:
    """The model, each record proposed for by one that saw neither it nor its like (records whose titles begin
    alike).
    """
    proposed: list[str | None] = [None] * len(set_by_people)
    for held_out in _folds(set_by_people):
        model = ThemeModel(
            _seen_without(set_by_people, held_out),
            catalogue,
        )
        places = sorted(held_out)
        answers = model.propose([set_by_people[n].text for n in places])
        for place, p in zip(places, answers, strict=True):
            proposed[place] = p.theme_id if p else None
    return measured(set_by_people, proposed)


def _seen_without(
    set_by_people: Sequence[Example],
    held_out: Collection[int],
) -> list[Example]:
    """What a model may learn from: records that tell a theme, but for those held out."""
    return [
        example
        for nth, example in enumerate(set_by_people)
        if nth not in held_out and example.theme_id != TELLS_NONE
    ]


def _folds(examples: Sequence[Example]) -> list[set[int]]:
    """Ten parts in which records that are alike stand together, the same on every machine."""
    alike: dict[str, list[int]] = {}
    for nth, e in enumerate(examples):
        alike.setdefault(
            " ".join(plainly(e.text).split()[:3]),
            [],
        ).append(nth)
    folds: list[set[int]] = [set() for _ in range(FOLDS)]
    for group in sorted(
        alike.values(),
        key=lambda g: (-len(g), g),
    ):
        min(folds, key=len).update(group)
    return [fold for fold in folds if fold]
