"""Names and sentences in one language, for what is made without a screen: packs, briefs, minutes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from clearlink import words
from clearlink.warehouse import reader
from clearlink.words import Lang, numbers


@dataclass(frozen=True, slots=True)
class Voice:
    """Says things in one language. Calling it with a key gives the sentence."""

    lang: Lang

    def __call__(self, key: str, **values: object) -> str:
        return words.say(self.lang, key, **values)

    def of(self, row: Mapping[str, Any], stem: str = "name") -> str:
        """`row['name_cy']` in Welsh where there is one, else `row['name_en']`."""
        return str(row.get(f"{stem}_{self.lang}") or row.get(f"{stem}_en") or "")

    def place(self, code: str | None) -> str:
        row = reader.place_rows().get(code or "")
        return str(code or "—") if row is None else self.of(row)

    def in_place(self, code: str) -> str:
        row = reader.place_rows().get(code)
        return self("common.in_place", place=code) if row is None else self.of(row, "in")

    def theme(self, theme_id: str | None) -> str:
        row = reader.themes().get(theme_id or "")
        return self("common.no_theme") if row is None else self.of(row)

    def programme(self, programme_id: str | None) -> str:
        row = reader.programmes().get(programme_id or "")
        return self("common.no_programme") if row is None else self.of(row)

    def verdict(self, verdict: str) -> str:
        return self(f"verdict.{verdict}.marked")

    def date(self, day: date | str | None) -> str:
        return numbers.day(self.lang, date.fromisoformat(day[:10]) if isinstance(day, str) else day)

    def money(self, gbp: float) -> str:
        return numbers.gbp_in_words(self.lang, gbp)

    def names(self, parts: list[str]) -> str:
        return numbers.join(self.lang, parts)
