"""Illustrative projects: each is made to one recipe, so that every outcome of the link test is met with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from tests.sample_maker.citing import (
    REGIONS_MOVED,
    WITHOUT_DOCUMENT,
    Citing,
    Shelf,
)
from tests.sample_maker.documents import NamedNeed
from tests.sample_maker.draws import pick, share, shuffled, whole
from tests.sample_maker.folders import TEMPLATES, read_rows
from tests.sample_maker.kinds import (
    FAMILIES,
    WITHOUT_CLUSTERS,
    Kind,
    kinds,
    last_day,
    programme,
)
from tests.sample_maker.patches import (
    LEADS,
    ONLY_AUTHORITIES,
    Level,
    PatchFinder,
)
from tests.sample_maker.places import Wales

TODAY = date(2026, 11, 23)
_EDITIONS = (
    (date(2025, 11, 27), 2025),
    (date(2019, 11, 27), 2019),
    (date(2014, 11, 26), 2014),
)
_TRIES = 400


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a project is to show: how it works, what its areas are, how it cites, and what it says of its
    theme.
    """

    intent: str
    count: int
    model: str
    areas: str
    level: Level | None
    citing: Citing
    theme: str
    era: str


@dataclass(frozen=True, slots=True)
class Made:
    """A project before its columns are written. `la_code` is its home authority even where a region
    commissions it.
    """

    recipe: Recipe
    kind: Kind
    title: tuple[str, str]
    la_code: str
    programme: str
    start: date
    end: date
    decision: date
    areas: tuple[str, ...]
    users: tuple[tuple[str, int], ...]
    cited: NamedNeed | None
    tier: str
    key: str

    @property
    def is_regional(self) -> bool:
        return self.recipe.areas in ("region", "across")

    @property
    def is_live(self) -> bool:
        return self.start <= TODAY <= self.end


def recipes() -> list[Recipe]:
    """The recipes, as written in the template."""
    return [
        Recipe(
            row["intent"],
            int(row["count"]),
            row["model"],
            row["areas"],
            Level(row["level"]) if row["level"] else None,
            Citing(row["citing"]),
            row["theme"],
            row["era"],
        )
        for row in read_rows(TEMPLATES / "recipes.csv")
    ]


@dataclass(slots=True)
class Maker:
    """Tries places, dates and services in a fixed order until one fits the recipe."""

    wales: Wales
    finder: PatchFinder
    shelf: Shelf
    authority_of: Mapping[str, str]
    catalogue: list[Kind] = field(default_factory=kinds)
    _per_authority: Counter[str] = field(default_factory=Counter)
    _taken: set[tuple[str, ...]] = field(default_factory=set)

    def all_projects(self) -> list[Made]:
        """One project for every count of every recipe, then doubles and ladders beside some of the first."""
        made = [
            self._make(recipe, number)
            for recipe in recipes()
            for number in range(recipe.count)
        ]
        return made + list(
            _beside(
                [m for m in made if m.recipe == made[0].recipe and m.is_live]
            )
        )

    def _make(self, recipe: Recipe, number: int) -> Made:
        name = (
            recipe.intent,
            recipe.model,
            recipe.areas,
            recipe.level,
            recipe.citing,
            recipe.theme,
            number,
        )
        for attempt in range(_TRIES):
            found = self._try(recipe, attempt, *name)
            if found:
                self._per_authority[found.la_code] += 1
                return found
        raise ValueError(
            f"recipe {name}: no place, day and service fits; change the recipe or the documents"
        )

    def _try(self, recipe: Recipe, attempt: int, *name: object) -> Made | None:
        la_code = self._authority(attempt, *name)
        start, end, decision = _dates(recipe, attempt, *name)
        kind = self._kind(recipe, attempt, *name)
        paid_by = programme(kind.family, start) if kind else None
        if (
            kind is None
            or paid_by is None
            or not self._may_repeat(recipe, la_code, kind, start)
        ):
            return None
        if (
            paid_by in ("communities_first", "legacy_fund")
            and la_code in WITHOUT_CLUSTERS
        ):
            return None
        if ended := last_day(paid_by):
            end = min(end, ended)
        if end - start < timedelta(days=300):
            return None
        cited = None
        if recipe.citing not in WITHOUT_DOCUMENT:
            cited = self.shelf.priority(
                recipe.citing,
                la_code,
                recipe.areas in ("region", "across"),
                kind.theme,
                decision,
                attempt,
                *name,
            )
            if cited is None:
                return None
        areas = self._areas(recipe, la_code, kind, decision, attempt, *name)
        if areas is None:
            return None
        users = (
            tuple(
                (code, 5 * whole(2, 7, "users", code, *name)) for code in areas
            )
            if recipe.areas == "users"
            else ()
        )
        self._taken.add(_identity(recipe, la_code, kind, start))
        title = pick(kind.titles, "title", attempt, *name)
        key = "|".join(str(part) for part in name)
        return Made(
            recipe,
            kind,
            title,
            la_code,
            paid_by,
            start,
            end,
            decision,
            areas,
            users,
            cited,
            kind.tier,
            key,
        )

    def _authority(self, attempt: int, *name: object) -> str:
        # Authorities with few projects for their size come first, so that every one of the 22 is there.
        def fullness(la_code: str) -> float:
            return (self._per_authority[la_code] + 0.5) / (
                4 + self.wales.authorities[la_code].residents / 16000
            )

        order = sorted(
            shuffled(sorted(self.wales.authorities), *name), key=fullness
        )
        return order[attempt % len(order)]

    def _kind(self, recipe: Recipe, attempt: int, *name: object) -> Kind | None:
        family = pick(FAMILIES, "family", attempt, *name)
        if recipe.areas == "region" and recipe.model == "area_wide":
            family = pick("RRI", "family", attempt, *name)
        if recipe.theme == "blank" and family in "TS":
            return None
        suited = [
            k
            for k in self.catalogue
            if recipe.model in k.models
            and (k.family == family or recipe.model == "confidential")
        ]
        if recipe.level is not None:
            suited = [k for k in suited if k.theme in LEADS]
        if recipe.areas == "authority_only":
            suited = [k for k in suited if k.theme in ONLY_AUTHORITIES]
        weighted = [k for k in suited for _ in range(k.weight)]
        return pick(weighted, "kind", attempt, *name) if weighted else None

    def _may_repeat(
        self, recipe: Recipe, la_code: str, kind: Kind, start: date
    ) -> bool:
        return (
            recipe.areas in ("patch", "region")
            or _identity(recipe, la_code, kind, start) not in self._taken
        )

    def _areas(
        self,
        recipe: Recipe,
        la_code: str,
        kind: Kind,
        decision: date,
        *name: object,
    ) -> tuple[str, ...] | None:
        authority = self.wales.authorities[la_code]
        if recipe.areas in ("blank", "requested"):
            return ()
        if recipe.areas == "authority":
            return (la_code,)
        if recipe.areas == "region":
            return (
                authority.rpb if decision >= REGIONS_MOVED else authority.rcc,
            )
        if recipe.areas == "authority_only":
            inside = sorted(
                code for code, la in self.authority_of.items() if la == la_code
            )
            first = pick(inside, "first", *name)
            return tuple(
                sorted(
                    {
                        first,
                        *shuffled(self.finder.near[first], *name)[
                            : whole(1, 3, *name)
                        ],
                    }
                    & set(inside)
                )
            )
        if recipe.level is None:
            raise ValueError(
                f"recipe {recipe}: areas by need are wanted, so it must say how much need"
            )
        codes = self.finder.patch(
            la_code,
            kind.theme,
            _edition_year(decision),
            recipe.level,
            recipe.areas == "across",
            *name,
        )
        if codes and recipe.areas == "across":
            regions = {
                (
                    self.wales.authorities[self.authority_of[code]].rcc,
                    self.wales.authorities[self.authority_of[code]].rpb,
                )
                for code in codes
            }
            return codes if len(regions) == 1 else None
        return codes


def _identity(
    recipe: Recipe, la_code: str, kind: Kind, start: date
) -> tuple[str, ...]:
    return (
        la_code,
        kind.theme,
        kind.target_group,
        kind.tier,
        recipe.model,
        "live" if start.year >= 2022 else str(start.year // 4),
    )


def _edition_year(decision: date) -> int:
    """The edition in force; decisions before the first one loaded are judged on that first one."""
    return next(
        (year for published, year in _EDITIONS if decision >= published), 2014
    )


def _dates(
    recipe: Recipe, attempt: int, *name: object
) -> tuple[date, date, date]:
    """Start, end and day of decision. A tested place needs a decision no earlier than the first loaded
    edition.
    """
    is_live = recipe.era == "live" or (
        recipe.era == "any" and share("live", *name) < 0.62
    )
    if is_live:
        start = date(
            whole(2022, 2026, "year", attempt, *name),
            pick((4, 4, 4, 7, 9, 10), "month", attempt, *name),
            1,
        )
        end = pick(
            (
                date(2027, 3, 31),
                date(2027, 3, 31),
                date(2026, 12, 31),
                date(2027, 9, 30),
                date(2027, 12, 31),
            ),
            "end",
            attempt,
            *name,
        )
    else:
        first = 2015 if recipe.level and recipe.era != "early" else 2013
        year = (
            whole(2013, 2014, "year", attempt, *name)
            if recipe.era == "early"
            else whole(first, 2021, "year", attempt, *name)
        )
        start = date(year, 4, 1)
        end = date(
            min(year + whole(2, 4, "years", attempt, *name), 2026), 3, 31
        )
    return (
        start,
        end,
        start - timedelta(days=whole(24, 118, "decision", attempt, *name)),
    )


def _beside(bases: list[Made]) -> Iterator[Made]:
    """Eight projects that may double another, and ten that stand above or below one as rungs of a ladder."""
    for number, base in enumerate(shuffled(bases, "beside")[:18]):
        if number < 8:
            others = [
                title for title in base.kind.titles if title != base.title
            ] or [base.title]
            yield replace(base, title=others[0], key=f"{base.key}|double")
        else:
            tier = "intensive" if base.tier != "intensive" else "universal"
            en, cy = base.title
            named = (
                (f"One-to-one help: {en}", f"Cymorth un i un: {cy}")
                if tier == "intensive"
                else (f"Open sessions: {en}", f"Sesiynau agored: {cy}")
            )
            yield replace(base, title=named, tier=tier, key=f"{base.key}|rung")
