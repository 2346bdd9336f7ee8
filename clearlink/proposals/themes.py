"""A theme for a record that has none, proposed from its own words: TF-IDF and a linear model, learnt from
what people set.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from clearlink.proposals.listed_words import plainly
from clearlink.proposals.theme_words import (
    theme_words,
    themes_told,
    words_found,
)
from clearlink.warehouse import reader
from clearlink.words import say

# Chosen by cross-validation on what people set and what was read to learn from: the highest coverage at which
# at least 95 in 100 are right there, because what is measured so is a little better than what comes after.
# Below this the model says nothing: a proposal that is wrong as often as right costs a person more than none
SURE: Final = 0.7
# where no word of the catalogue stands behind it
SURE_ALONE: Final = 0.7
# where the catalogue's words name one theme, the model must not think it unlikely
LEAST_SURE: Final = 0.3
# what importers of ours write into a note says nothing of the record
OUR_NOTES: Final = ("exchange.placed_by_recipient", "exchange.framework")
# a record that a person classed says more of how records are written than a word of the catalogue
RECORD_WEIGHT: Final = 3.0
STRENGTH: Final = 10.0
SHOWN: Final = 4
# a word that weighs less than this share of the weightiest led nowhere by itself
SAYS_MUCH: Final = 0.3
_WORD: Final = re.compile(r"[^\W\d_][\w’-]+")
_DIGIT: Final = re.compile(r"\d")
_LISTED: Final = "listed:"
# words that every record may hold lead nowhere, and would be shown as what led there
_SAY_NOTHING: Final = frozenset(
    [
        "a",
        "ac",
        "am",
        "ar",
        "at",
        "cyf",
        "cymru",
        "da",
        "dros",
        "for",
        "from",
        "fund",
        "gan",
        "grant",
        "gyda",
        "gyfer",
        "hyd",
        "i",
        "in",
        "into",
        "limited",
        "ltd",
        "mewn",
        "nac",
        "of",
        "on",
        "or",
        "other",
        "our",
        "people",
        "project",
        "prosiect",
        "service",
        "services",
        "that",
        "the",
        "their",
        "this",
        "to",
        "towards",
        "wales",
        "who",
        "with",
        "yn",
        "yng",
        "ym",
        "yr",
        "all",
        "an",
        "and",
        "by",
        "at",
        "as",
        "be",
        "is",
        "are",
        "it",
        "cost",
        "costs",
        "running",
        "wedi",
        "sydd",
        "sy’n",
        "bod",
        "eu",
        "ei",
        "neu",
        "o’r",
        "i’r",
        "a’r",
        "based",
        "charity",
        "community",
        "elusen",
        "salary",
        "up",
        "pobl",
        "gwasanaeth",
        "gwasanaethau",
    ]
)
BY_PEOPLE: Final = ("stated", "settled")


@dataclass(frozen=True, slots=True)
class Proposal:
    """`sure`: 0 to 1, the model's own probability; `words`: those of the record that led there, those of the
    catalogue first.
    """

    theme_id: str
    sure: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A text whose theme is known."""

    text: str
    theme_id: str


def record_text(row: Mapping[str, Any]) -> str:
    """The words of a record that can tell its theme: title, who provides it, for whom, and what its publisher
    says of it.
    """
    title, provider = str(row["title"]), str(row["provider_name"] or "")
    # a title that only repeats who got the grant says it once
    parts = [
        "" if plainly(title) == plainly(f"grant to {provider}") else title,
        provider,
    ]
    parts += [
        str(row["for_whom"] or ""),
        *note_parts(row["note"]),
    ]
    return " · ".join(part for part in parts if part)


def note_parts(note: str | None) -> list[str]:
    """What the publisher says beside a record, without the sentences that our importers put there."""
    ours = {
        say(language, key) for key in OUR_NOTES for language in ("en", "cy")
    }
    return [
        part for part in (note or "").split(" · ") if part and part not in ours
    ]


def people_set(rows: Iterable[Mapping[str, Any]]) -> list[Example]:
    """Real records whose theme a person stated or settled. One that only follows from the programme says
    nothing of words.
    """
    return [
        Example(
            record_text(r),
            r["theme_id"],
        )
        for r in rows
        if r["theme_id"]
        and r["method"] in BY_PEOPLE
        and not r["is_illustrative"]
    ]


def catalogue_examples() -> list[Example]:
    """What the catalogue says of each theme, in both languages: names, scope, words, and the priorities under
    it.
    """
    columns = [
        f"{name}_{language}"
        for name in ("name", "scope", "population")
        for language in ("en", "cy")
    ]
    told = [
        Example(
            str(row[column]),
            theme,
        )
        for theme, row in reader.themes().items()
        for column in columns
        if row.get(column)
    ]
    listed = [
        Example(
            word.removesuffix("*"),
            theme,
        )
        for theme, words in theme_words().items()
        for word in words
    ]
    return [
        *told,
        *listed,
        *_priority_examples(),
    ]


def _priority_examples() -> list[Example]:
    return [
        Example(
            str(row[name]),
            row["theme_id"],
        )
        for row in reader.priorities()
        for name in ("statement", "statement_cy")
        if row[name] and row["theme_id"]
    ]


class ThemeModel:
    """Learnt once from examples; proposes for any text."""

    def __init__(
        self,
        records: Sequence[Example],
        catalogue: Sequence[Example],
    ) -> None:
        # heavy: only when somebody asks for proposals
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.linear_model import LogisticRegression
        from threadpoolctl import threadpool_limits

        known = [*records, *catalogue]
        self._words = TfidfVectorizer(analyzer=tokens, sublinear_tf=True)
        self._model = LogisticRegression(
            C=STRENGTH, class_weight="balanced", max_iter=2000
        )
        # so small a sum is fifty times slower where threads wait for each other on a busy machine
        with threadpool_limits(1):
            self._model.fit(
                self._words.fit_transform([e.text for e in known]),
                [e.theme_id for e in known],
                sample_weight=[RECORD_WEIGHT] * len(records)
                + [1.0] * len(catalogue),
            )
        self._names = self._words.get_feature_names_out()

    def propose(self, texts: Sequence[str]) -> list[Proposal | None]:
        """For each text a theme, or None where neither its words nor the model say enough."""
        if not texts:
            return []
        seen = self._words.transform(texts)
        themes = [str(t) for t in self._model.classes_]
        chances = self._model.predict_proba(seen)
        return [
            self._proposal(
                text,
                seen[nth],
                dict(
                    zip(
                        themes,
                        map(
                            float,
                            chances[nth],
                        ),
                        strict=True,
                    )
                ),
            )
            for nth, text in enumerate(texts)
        ]

    def _proposal(
        self,
        text: str,
        row: Any,
        chances: Mapping[str, float],
    ) -> Proposal | None:
        hits = words_found(text)
        theme = decided(hits, chances)
        if theme is None:
            return None
        listed = hits.get(theme, ())
        led = [
            w
            for w in self._led(
                row,
                list(chances).index(theme),
            )
            if not any(w in each for each in listed)
        ]
        return Proposal(
            theme,
            chances[theme],
            (*listed, *led)[:SHOWN],
        )

    def _led(
        self,
        row: Any,
        theme: int,
    ) -> tuple[str, ...]:
        weights = {
            str(self._names[at]): value * self._model.coef_[theme][at]
            for at, value in zip(
                row.indices,
                row.data,
                strict=True,
            )
        }
        least = SAYS_MUCH * max(
            weights.values(),
            default=0.0,
        )
        heavy = sorted(
            (w for w in weights if weights[w] > 0 and weights[w] >= least),
            key=lambda w: (-weights[w], w),
        )
        return tuple(w for w in heavy if _is_word(w))


def _is_word(name: str) -> bool:
    """Whether a thing counted is a word of the record: no mark of the catalogue's, no code of a fund."""
    return not name.startswith(_LISTED) and not _DIGIT.search(name)


def decided(
    hits: Mapping[str, tuple[str, ...]],
    chances: Mapping[str, float],
) -> str | None:
    """The theme that the catalogue's words and the model come to together; None where they disagree or say
    too little.

    Words of one theme decide unless the model is sure of a theme of which no word stands there, or thinks
    theirs unlikely; words of several, or none, need the model to be sure.
    """
    best = max(
        chances,
        key=lambda theme: chances[theme],
    )
    told = themes_told(hits)
    if len(told) == 1:
        is_likely = (
            chances.get(
                told[0],
                0.0,
            )
            >= LEAST_SURE
        )
        is_open = best in hits or chances[best] < SURE
        return told[0] if is_likely and is_open else None
    sure = SURE if told else SURE_ALONE
    if chances[best] < sure or (told and best not in told):
        return None
    return best


def tokens(text: str) -> list[str]:
    """Words, and a mark for each word of the catalogue's list."""
    listed = [
        _LISTED + theme
        for theme, hits in words_found(text).items()
        for _ in hits
    ]
    return [
        *(w for w in _WORD.findall(plainly(text)) if w not in _SAY_NOTHING),
        *listed,
    ]
