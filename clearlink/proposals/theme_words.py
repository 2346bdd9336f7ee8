"""Words that lead to a theme, in both languages: the catalogue's own list, and the rule that any better way
must beat.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from clearlink.proposals.listed_words import hits, listed_words

WORDS: Final = "theme_words.csv"
# A theme that says who a service is for gives way to the one that says what it is for, where a record names
# both: young people with a disability. Not to housing or work, which name young people as often as not.
WHO: Final = frozenset({"young_people", "family_support"})
WHAT: Final = frozenset(
    {
        "carers",
        "community_safety",
        "disability",
        "domestic_abuse",
        "mental_health",
        "older_people",
        "substance_misuse",
    }
)


def theme_words() -> dict[str, tuple[str, ...]]:
    """Theme → its words. A word that ends in a star is the beginning of longer ones."""
    return listed_words(WORDS, "theme_id")


def words_found(text: str) -> dict[str, tuple[str, ...]]:
    """Theme → the words of the text that stand in its list, in the order of the text."""
    return dict(hits(text, WORDS, "theme_id"))


def themes_told(found: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The themes that a record's words speak of, once those that say who have given way."""
    specific = [theme for theme in found if theme not in WHO]
    if len(specific) == 1 and specific[0] in WHAT:
        return specific
    return list(found)


def theme_by_words(text: str) -> str | None:
    """The one theme whose words the text holds most of; None where it holds none, or two themes hold as
    many.
    """
    counts = sorted(
        ((len(words), theme) for theme, words in words_found(text).items()),
        reverse=True,
    )
    if not counts or (len(counts) > 1 and counts[0][0] == counts[1][0]):
        return None
    return counts[0][1]
