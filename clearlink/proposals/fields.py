"""What else may be proposed for a record from its own words (method B11): whom it is for, where, which
programme, which priorities.

Nothing acts until a person accepts it. Place names are those of the build in both languages, with the first
letter mutated as Welsh does; a place that stands in a provider's name is only where the provider says it is
from, so the person decides.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, Final

from clearlink.proposals.listed_words import hits, plainly
from clearlink.proposals.themes import record_text
from clearlink.review.codes import SettledField, SettledState
from clearlink.review.records import Settled
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Row, once_a_build

GROUP_WORDS: Final = "target_group_words.csv"
CANDIDATES: Final = 5
# Welsh begins a name otherwise after a preposition: Caerdydd, yng Nghaerdydd, i Gaerdydd
_MUTATED: Final = {
    "c": ("g", "ngh", "ch"),
    "p": ("b", "mh", "ph"),
    "t": ("d", "nh", "th"),
    "g": ("ng", ""),
    "b": ("f", "m"),
    "d": ("dd", "n"),
    "ll": ("l",),
    "m": ("f",),
    "rh": ("r",),
}


@dataclass(frozen=True, slots=True)
class FieldProposal:
    """A value for one field; `value` as the store keeps it (areas: codes with semicolons), `words` of the
    record that led there.
    """

    field: SettledField
    value: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A priority that a record could serve. `like`: 0 to 1, how much its words and the record's are alike;
    `is_same`: on its own theme.
    """

    row: Row
    like: float
    words: tuple[str, ...]


def field_proposals(
    words: Row, rejected: Collection[tuple[str, str]] = ()
) -> list[FieldProposal]:
    """Proposals for what a record does not hold: target group, areas, programme. `words`: its row of
    `reader.proposal_records`; `rejected`: (field, value) that a person has refused for it.
    """
    text = record_text(words)
    proposals = [
        *_one(
            SettledField.TARGET_GROUP,
            hits(text, GROUP_WORDS, "id"),
            bool(words["target_group"]),
        ),
        *_areas(
            text,
            words["areas_state"] != "blank" or bool(words["is_sensitive"]),
        ),
        *_one(
            SettledField.PROGRAMME,
            _programmes(text),
            words["programme_id"] not in (None, "other"),
        ),
    ]
    return [p for p in proposals if (str(p.field), p.value) not in rejected]


def rejected_values(
    settled: Iterable[Settled], project_id: str
) -> set[tuple[str, str]]:
    """(field, value) that a person refused for a record: never proposed again."""
    return {
        (str(s.field), s.value)
        for s in settled
        if s.project_id == project_id and s.state is SettledState.REJECTED
    }


def candidates(
    words: Row,
    theme: str | None,
    rejected: Collection[tuple[str, str]] = (),
) -> list[Candidate]:
    """The likeliest priorities for a record: in force when it was decided, same or related theme, overlapping
    area; the likest first.
    """
    if theme is None:
        return []
    field = str(SettledField.PRIORITY)
    rows = [
        r
        for r in reader.answer(
            "priority_candidates",
            project_id=words["project_id"],
            theme=theme,
        )
        if (field, r["priority_id"]) not in rejected
    ]
    if not rows:
        return []
    statements = [
        " ".join(
            filter(
                None,
                (r["statement"], r["statement_cy"]),
            )
        )
        for r in rows
    ]
    likely = [
        Candidate(r, like, led)
        for r, (like, led) in zip(
            rows,
            _alike(record_text(words), statements),
            strict=True,
        )
    ]
    return sorted(
        likely,
        key=lambda c: (
            not c.row["is_same"],
            -c.like,
            c.row["priority_id"],
        ),
    )[:CANDIDATES]


def _alike(
    text: str, statements: list[str]
) -> list[tuple[float, tuple[str, ...]]]:
    """How alike a text is to each statement by the weight of shared words, and the words shared, the
    weightiest first.
    """
    from sklearn.feature_extraction.text import TfidfVectorizer

    from clearlink.proposals.themes import tokens

    vectors = TfidfVectorizer(analyzer=tokens, sublinear_tf=True).fit(
        [text, *statements]
    )
    names = vectors.get_feature_names_out()
    told, of_each = vectors.transform([text]), vectors.transform(statements)
    alike = []
    for nth in range(len(statements)):
        shared = told.multiply(of_each[nth]).tocoo()
        weights = sorted(
            zip(
                shared.data,
                (str(names[at]) for at in shared.col),
                strict=True,
            ),
            reverse=True,
        )
        words = tuple(word for _, word in weights if ":" not in word)[:3]
        alike.append((float(shared.sum()), words))
    return alike


def _one(
    field: SettledField,
    found: Any,
    is_held: bool,
) -> list[FieldProposal]:
    """The value with most words; nothing where it is held, none is named, or two are named as often."""
    ordered = sorted(
        ((len(words), value) for value, words in found.items()),
        reverse=True,
    )
    if (
        is_held
        or not ordered
        or (len(ordered) > 1 and ordered[0][0] == ordered[1][0])
    ):
        return []
    value = ordered[0][1]
    return [
        FieldProposal(
            field,
            value,
            tuple(found[value]),
        )
    ]


def _areas(text: str, is_held: bool) -> list[FieldProposal]:
    plain = plainly(text)
    named = (
        {}
        if is_held
        else {
            code: m.group(0)
            for code, p in _names().items()
            if (m := p.search(plain))
        }
    )
    if not named:
        return []
    return [
        FieldProposal(
            SettledField.AREAS,
            ";".join(sorted(named)),
            tuple(named[c] for c in sorted(named)),
        )
    ]


@once_a_build
def _names() -> dict[str, re.Pattern[str]]:
    """Authority → its names in both languages as they stand in a sentence."""
    names = {}
    for code, row in reader.place_rows().items():
        if row["area_type"] != "LA":
            continue
        forms = {
            plainly(row["name_en"]),
            *_welsh_forms(plainly(row["name_cy"])),
        }
        names[code] = re.compile(
            r"\b(?:"
            + "|".join(
                map(
                    re.escape,
                    sorted(forms, key=len, reverse=True),
                )
            )
            + r")\b"
        )
    return names


def _welsh_forms(name: str) -> set[str]:
    first = next(
        (c for c in ("ll", "rh", *_MUTATED) if name.startswith(c)),
        None,
    )
    if first is None:
        return {name}
    return {
        name,
        *(m + name[len(first) :] for m in _MUTATED[first]),
    }


def _programmes(text: str) -> dict[str, tuple[str, ...]]:
    # as a name and not as a phrase: an instructor supporting people is not of Supporting People
    words_of = {}
    for programme, row in reader.programmes().items():
        names = sorted(
            {
                row["name_en"],
                row["name_cy"],
            }
        )
        told = tuple(
            n
            for n in names
            if programme != "other"
            and re.search(
                rf"\b{re.escape(n)}\b",
                text,
            )
        )
        if told:
            words_of[programme] = told
    return words_of
