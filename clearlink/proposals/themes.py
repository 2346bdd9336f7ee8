"""A theme for a record that has none, proposed from its own words: TF-IDF and a linear model, learnt from what people set."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from clearlink.proposals.theme_words import plainly, theme_words, words_found
from clearlink.warehouse import reader

# below this the machine says nothing: a proposal that is wrong as often as right costs a person more than none
SURE: Final = 0.5
# a record that a person classed says more of how records are written than a word of the catalogue
RECORD_WEIGHT: Final = 3.0
STRENGTH: Final = 10.0
SHOWN: Final = 4
_WORD: Final = re.compile(r"[^\W\d_][\w’-]+")
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
        "pobl",
        "gwasanaeth",
        "gwasanaethau",
    ]
)
BY_PEOPLE: Final = ("stated", "settled")


@dataclass(frozen=True, slots=True)
class Proposal:
    """`sure`: 0 to 1, the model's own probability; `words`: those of the record that led there, the weightiest first."""

    theme_id: str
    sure: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A text whose theme is known."""

    text: str
    theme_id: str


def record_text(row: Mapping[str, Any]) -> str:
    """The words of a record that can tell its theme: title, who provides it, for whom."""
    return " · ".join(str(row[name]) for name in ("title", "provider_name", "for_whom") if row[name])


def people_set(rows: Iterable[Mapping[str, Any]]) -> list[Example]:
    """Real records whose theme a person stated or settled. One that only follows from the programme says nothing of words."""
    return [
        Example(record_text(r), r["theme_id"])
        for r in rows
        if r["theme_id"] and r["method"] in BY_PEOPLE and not r["is_illustrative"]
    ]


def catalogue_examples() -> list[Example]:
    """What the catalogue says of each theme, in both languages: names, scope, words, and the priorities under it."""
    told = [
        Example(str(row[f"{name}_{language}"]), theme)
        for theme, row in reader.themes().items()
        for name in ("name", "scope", "population")
        for language in ("en", "cy")
        if row.get(f"{name}_{language}")
    ]
    listed = [
        Example(word.removesuffix("*"), theme) for theme, words in theme_words().items() for word in words
    ]
    priorities = [
        Example(str(row[name]), row["theme_id"])
        for row in reader.priorities()
        for name in ("statement", "statement_cy")
        if row[name] and row["theme_id"]
    ]
    return [*told, *listed, *priorities]


class ThemeModel:
    """Learnt once from examples; proposes for any text."""

    def __init__(self, records: Sequence[Example], catalogue: Sequence[Example]) -> None:
        # heavy: only when somebody asks for proposals
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.linear_model import LogisticRegression
        from threadpoolctl import threadpool_limits

        known = [*records, *catalogue]
        self._words = TfidfVectorizer(analyzer=_tokens, sublinear_tf=True)
        self._model = LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=2000)
        # so small a sum is fifty times slower where threads wait for each other on a busy machine
        with threadpool_limits(1):
            self._model.fit(
                self._words.fit_transform([e.text for e in known]),
                [e.theme_id for e in known],
                sample_weight=[RECORD_WEIGHT] * len(records) + [1.0] * len(catalogue),
            )
        self._names = self._words.get_feature_names_out()

    def propose(self, texts: Sequence[str]) -> list[Proposal | None]:
        """For each text the likeliest theme, or None where the model is not sure enough."""
        if not texts:
            return []
        seen = self._words.transform(texts)
        found: list[Proposal | None] = []
        for nth, chances in enumerate(self._model.predict_proba(seen)):
            best = int(chances.argmax())
            theme, sure = str(self._model.classes_[best]), float(chances[best])
            found.append(Proposal(theme, sure, self._led(seen[nth], best)) if sure >= SURE else None)
        return found

    def _led(self, row: Any, theme: int) -> tuple[str, ...]:
        weights = {
            str(self._names[at]): value * self._model.coef_[theme][at]
            for at, value in zip(row.indices, row.data, strict=True)
        }
        heavy = sorted((w for w in weights if weights[w] > 0), key=lambda w: (-weights[w], w))
        return tuple(w for w in heavy if not w.startswith(_LISTED))[:SHOWN]


def _tokens(text: str) -> list[str]:
    """Words, and a mark for each word of the catalogue's list."""
    listed = [_LISTED + theme for theme, hits in words_found(text).items() for _ in hits]
    return [*(w for w in _WORD.findall(plainly(text)) if w not in _SAY_NOTHING), *listed]
