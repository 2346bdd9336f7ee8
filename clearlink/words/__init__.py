"""Every sentence a person sees, in English and Cymraeg.

Sentences live in the `.toml` files beside this module, one file per room of the app. A key holds `en` and
`cy`; a sentence that counts holds plural forms (`en.one`, `en.other`; `cy.zero` … `cy.other`) chosen by the
value `n`. A missing pair fails the tests, and a missing key raises here rather than showing a key to a
person.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final, Literal, cast

from clearlink.words.numbers import plural_category

Lang = Literal["en", "cy"]
LANGUAGES: Final[tuple[Lang, ...]] = ("en", "cy")
ROOM: Final = Path(__file__).parent


class MissingSentence(KeyError):
    """A key or one of its two languages is not in the catalogue."""


@cache
def sentences() -> dict[str, dict[str, object]]:
    """Every key (dotted, file name first) → its entry with `en` and `cy`."""
    entries: dict[str, dict[str, object]] = {}

    def walk(prefix: str, node: dict[str, object]) -> None:
        if "en" in node or "cy" in node:
            entries[prefix] = node
            return
        for name, child in node.items():
            if isinstance(child, dict):
                walk(
                    f"{prefix}.{name}",
                    child,
                )

    for path in sorted(ROOM.glob("*.toml")):
        walk(
            path.stem,
            tomllib.loads(path.read_text(encoding="utf-8")),
        )
    return entries


def language(text: object) -> Lang:
    """`cy` where Welsh is asked for, otherwise `en`: an unknown value is never an error on a link."""
    return "cy" if str(text).lower().startswith("cy") else "en"


def say(lang: Lang, key: str, **values: object) -> str:
    """The sentence for `key` in `lang`, with `{names}` filled from `values`.

    `n` chooses the plural form where the sentence has forms. Raises MissingSentence for an unknown key.
    """
    try:
        entry = sentences()[key][lang]
    except KeyError:
        raise MissingSentence(f"{key} ({lang})") from None
    if isinstance(entry, dict):
        forms = cast("dict[str, str]", entry)
        count = values.get("n")
        count = count if isinstance(count, (int, float)) else 0
        # English has no form of its own for none, and “0 end” is no sentence: one may be given
        category = (
            "zero"
            if count == 0 and "zero" in forms
            else plural_category(lang, count)
        )
        text = forms.get(
            category,
            forms.get("other", ""),
        )
    else:
        text = cast("str", entry)
    return text.format(**(values | _counts(values))) if values else text


def _counts(values: Mapping[str, object]) -> dict[str, str]:
    """The counts of a sentence as they are written everywhere, with a comma at each thousand: 20,602."""
    return {
        name: f"{count:,}"
        for name in ("n", "of")
        if isinstance(
            count := values.get(name),
            int,
        )
        and not isinstance(count, bool)
    }


def knows(key: str) -> bool:
    """Whether the catalogue holds `key`."""
    return key in sentences()
