"""Names and sentences in one language: of places, themes, programmes, verdicts, dates and money."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from clearlink import words
from clearlink.warehouse import reader
from clearlink.words import Lang, numbers
from clearlink.words.problems import name_as_given
from clearlink.words.published_names import in_welsh

# what stands in the names of editions beside years and months (words/edition.toml)
EDITION_WORDS: Final = (
    "illustrative",
    "census",
    "fetched",
    "recovered",
    "wards",
    "to",
)
# how readers of files write a row
_ROW: Final = re.compile(r"\brow (\d+)\b")


@dataclass(frozen=True, slots=True)
class Voice:
    """Says things in one language. Calling it with a key gives the sentence."""

    lang: Lang

    def __call__(self, key: str, **values: object) -> str:
        return words.say(self.lang, key, **values)

    def of(
        self,
        row: Mapping[str, Any],
        stem: str = "name",
    ) -> str:
        """`row['name_cy']` in Welsh where there is one, else `row['name_en']`."""
        return str(
            row.get(f"{stem}_{self.lang}") or row.get(f"{stem}_en") or ""
        )

    def place(self, code: str | None) -> str:
        """The name of Wales, a region or an authority; an em dash for none."""
        row = reader.place_rows().get(code or "")
        return str(code or "—") if row is None else self.of(row)

    def in_place(self, code: str) -> str:
        """'in Cardiff' / 'yng Nghaerdydd'."""
        row = reader.place_rows().get(code)
        return (
            self("common.in_place", place=code)
            if row is None
            else self.of(row, "in")
        )

    def theme(self, theme_id: str | None) -> str:
        """The name of a theme, or the sentence for none."""
        row = reader.themes().get(theme_id or "")
        return self("common.no_theme") if row is None else self.of(row)

    def programme(self, programme_id: str | None) -> str:
        """The name of a programme, or the sentence for none."""
        row = reader.programmes().get(programme_id or "")
        return self("common.no_programme") if row is None else self.of(row)

    def group(self, group_id: str | None) -> str:
        """The name of a target group, or the sentence for none."""
        row = reader.target_groups().get(group_id or "")
        return self("common.not_recorded") if row is None else self.of(row)

    def needed(self, priority: Mapping[str, Any]) -> str:
        """A need as its paper words it, in this language where it is held, and marked where it rests on what
        people said alone.
        """
        in_welsh = priority["statement_cy"] if self.lang == "cy" else None
        worded = str(in_welsh or priority["statement"] or "")
        # facts that an agenda froze before this was recorded do not hold it
        if worded and priority.get("rests_on") == "statements":
            return self("common.rests_on_statements", need=worded.rstrip("."))
        return worded

    def verdict(self, verdict: str) -> str:
        """Mark and word of a verdict: '● Clear link'."""
        return self(f"verdict.{verdict}.marked")

    def edition(self, edition: object) -> str:
        """The publisher's name of an edition, its months and plain words in the language of the page: 'June
        2026' / 'Mehefin 2026'.
        """
        told = numbers.months_named(
            self.lang,
            str(edition or "—"),
        )
        for name in EDITION_WORDS:
            told = re.sub(
                rf"\b{words.say('en', f'edition.{name}')}\b",
                self(f"edition.{name}"),
                told,
            )
        return told

    def date(self, day: date | str | None) -> str:
        """22 November 2026 / 22 Tachwedd 2026."""
        return numbers.day(
            self.lang,
            date.fromisoformat(day[:10]) if isinstance(day, str) else day,
        )

    def money(self, gbp: float) -> str:
        """£1.2 million / £1.2 miliwn, for a sentence."""
        return numbers.gbp_in_words(self.lang, gbp)

    def year(self) -> str:
        """The financial year that sums of money are of: 2026-27; the one chosen, else that of the build."""
        return reader.year()

    def when(self) -> str:
        """'on 27 November 2026', or 'in 2014-15' where a year is chosen: when a record counts as running."""
        if reader.chosen_year():
            return self("common.when_year", year=reader.year())
        return self(
            "common.when_day",
            date=self.date(reader.build()["as_of"]),
        )

    def money_in_year(self, gbp: float) -> str:
        """£1.2 million in 2026-27 / £1.2 miliwn yn 2026-27: the one label of a sum of money a year."""
        return self(
            "common.money_in_year",
            money=self.money(gbp),
            year=self.year(),
        )

    def sum_in_year(
        self,
        gbp: float,
        records: int,
        unvalued: int,
    ) -> str:
        """The money of some records in the year, for how many it is known and for how many not: a nought of
        the few that are known is none of the others.

        '£1.2 million in 2026-27' · '£0 in 2026-27 for the one whose money is known; not known for 45' ·
        'money in 2026-27 not known'.
        """
        if records and unvalued >= records:
            return self("common.sum_unknown", year=self.year())
        money = self.money_in_year(gbp)
        if not unvalued:
            return money
        return self(
            "common.sum_in_part",
            money=money,
            n=records - unvalued,
            unknown=self.number(unvalued),
        )

    def sum_cell(
        self,
        gbp: float,
        records: int,
        unvalued: int,
    ) -> str:
        """The same in a table whose heading names the year: '£951,182' · '£0 (known: 1; not known: 45)' ·
        '—'.
        """
        if records and unvalued >= records:
            return "—"
        money = numbers.gbp(gbp)
        if not unvalued:
            return money
        return self(
            "common.sum_cell",
            money=money,
            known=self.number(records - unvalued),
            unknown=self.number(unvalued),
        )

    def money_of(self, project: Mapping[str, Any]) -> str:
        """What a record has in the year, and beside it what it states: '£61,000 in 2026-27; £84,500 a year,
        as the register states it'.

        Nothing in the year where it had ended; no word of a year where its days are not known, or its value
        is none of a year.
        """
        if project["annual_value_gbp"] is None:
            return self("common.not_recorded")
        stated, gbp = self.stated_value(project), project.get("year_gbp")
        if gbp is None:
            return stated
        # the facts of an agenda hold the year that they were frozen with
        year = project["money_year"]
        if round(gbp) == 0:
            return self("record.money_none", year=year, stated=stated)
        return self(
            "record.money",
            money=self(
                "common.money_in_year",
                money=numbers.gbp(gbp),
                year=year,
            ),
            stated=stated,
        )

    def stated_value(self, project: Mapping[str, Any]) -> str:
        """What a record states: £84,500 a year; the ceiling of a framework and the sum of a tender notice say
        what they are.
        """
        # facts that an agenda froze before there were kinds state yearly money
        kind = project.get("value_kind") or "yearly"
        return self(
            f"record.value_kind.{kind}",
            money=numbers.gbp(project["annual_value_gbp"]),
        )

    def capacity(self, project: Mapping[str, Any]) -> str:
        """'598 families a year' / '598 o deuluoedd y flwyddyn'; a unit of a register's own is quoted. Empty
        where none is recorded.
        """
        count, unit = project["capacity"], project["capacity_unit"] or ""
        text = " ".join(str(x) for x in (count, unit) if x)
        key = f"unit.{_key(unit)}"
        if count and words.knows(key):
            return self(
                key,
                n=count,
                count=self.number(count),
            )
        return self("unit.as_recorded", text=text) if unit and text else text

    def unit(self, unit: str) -> str:
        """'families a year' / 'teuluoedd y flwyddyn', without a number."""
        key = f"unit_of.{_key(unit)}"
        return (
            self(key)
            if words.knows(key)
            else self("unit.as_recorded", text=unit)
        )

    def printed(self, name: str | None) -> str:
        """A body or grant by its name: in Cymraeg by its Welsh one, where that is known."""
        told = str(name or "—")
        if self.lang == "en":
            return told
        try:
            places = _welsh_places()
        except (
            reader.NothingBuilt
        ):  # minutes and bundles are read without a build too
            places = {}
        return in_welsh(told, places) or told

    def title(self, text: str | None) -> str:
        """The title of a paper as it bears it; the mark of an illustrative one is said in the language of the
        page.
        """
        bare = str(text or "—")
        mark = " (illustrative)"
        return (
            f"{bare.removesuffix(mark)} ({self('common.illustrative')})"
            if bare.endswith(mark)
            else bare
        )

    def reference(self, text: str | None) -> str:
        """Where a record stands, 'register.csv, row 89' / 'register.csv, rhes 89': the file under the name it
        was given under.
        """
        source = name_as_given(str(text or "—"))
        if self.lang == "en":
            return source
        return _ROW.sub(
            lambda m: self("problems.place.row", row=m[1]),
            source,
        )

    def runs(self, project: Mapping[str, Any]) -> str:
        """From and until when, as far as it is known, how that is known, and how the record stands on the day
        of the build.
        """
        start, end = project["start_date"], project["end_date"]
        kind = (
            "_".join(
                word for word, day in (("from", start), ("to", end)) if day
            )
            or "not_dated"
        )
        days = self(
            f"record.runs_{kind}",
            start=self.date(start),
            end=self.date(end),
        )
        basis, state = project.get("dates_basis"), project.get("time_state")
        how = [self(f"record.dates_basis.{basis}")] if basis else []
        stands = (
            [self(f"common.time_state.{state}")]
            if state and (start or end)
            else []
        )
        return " · ".join((days, *how, *stands))

    def number(self, n: float) -> str:
        """1,234."""
        return numbers.whole(n)

    def rank(
        self,
        n: int,
        of: int,
    ) -> str:
        """12th of 1,917 / 12fed o 1,917."""
        return numbers.rank(self.lang, n, of)

    def names(self, parts: list[str]) -> str:
        """'a, b and c' / 'a, b ac ch'."""
        return numbers.join(self.lang, parts)


def _key(unit: str) -> str:
    """The key of a unit's words: 'Families a year' → families_a_year."""
    return re.sub(
        r"[^a-z0-9]+",
        "_",
        unit.lower(),
    ).strip("_")


@reader.once_a_build
def _welsh_places() -> dict[str, str]:
    """English name of a place, folded → its Welsh one."""
    return {
        row["name_en"].casefold(): row["name_cy"]
        for row in reader.place_rows().values()
    }
