"""What a register may name: areas of each vintage, authorities, programmes, themes and target groups.

Names match whatever their case, accents, apostrophes and spacing, in English or Welsh.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from pathlib import Path

from clearlink.rules.settings import Settings, settings_from_toml
from clearlink.rules.welsh_names import radicals, welsh_forms
from etl.records import Area, AreaLink

CATALOGUE = Path(__file__).parents[1] / "data" / "catalogue"
REGION_TYPES = frozenset({"RCC", "RPB"})
WIDER_THAN_AUTHORITY = REGION_TYPES | {"WALES", "LHB", "PSB"}
_NO_LETTER = re.compile(r"[^a-z0-9]+")
_COUNCIL_WORDS = (
    "county borough council",
    "city and county of",
    "county council",
    "city council",
    "council",
    "cyngor bwrdeistref sirol",
    "cyngor dinas a sir",
    "cyngor dinas",
    "cyngor sir",
    "cyngor",
    "city of",
    "the",
)


def folded(name: str) -> str:
    """`name` as names are compared: no case, accents, punctuation or runs of spaces."""
    if name.isascii():
        return _NO_LETTER.sub(
            " ",
            name.lower().replace("'", ""),
        ).strip()
    plain = "".join(
        c
        for c in unicodedata.normalize("NFKD", name)
        if not unicodedata.combining(c)
    )
    return " ".join(
        "".join(
            c if c.isalnum() else " "
            for c in plain.casefold()
            .replace("’", "")
            .replace(
                "'",
                "",
            )
        ).split()
    )


@dataclass(frozen=True, slots=True)
class Directory:
    """The names and codes a register is checked against.

    `area_types`: code → its types (one code may be an LSOA of 2011 and of 2021). `area_authority`: code →
    authority. `retired`: code no longer used → its successors. `lsoa_successors`: LSOA 2011 code → its LSOA
    2021 codes, for the codes that changed. `names` hold folded names and identifiers → identifier.
    `amount_limit_gbp`: pounds a year above which one project's value is questioned. `settings`: the
    thresholds of the build that the register is for. `priority_ids`, `assessment_ids` and `project_owners`
    (project → whose it is) None means: not checked here. `shared_references`: a reference that several bodies
    gave to projects of theirs → what each is called.
    `postcodes`: postcode without space → LSOA 2021; empty where the list was not loaded. `place_names`:
    folded name of any place → its codes. `bodies`: those that commission and are no authority, as folded
    names.
    """

    area_types: Mapping[str, frozenset[str]]
    area_authority: Mapping[str, str]
    area_names: Mapping[str, str]
    authorities: Mapping[str, str]
    regions: Mapping[str, str]
    retired: Mapping[str, tuple[str, ...]]
    lsoa_successors: Mapping[str, tuple[str, ...]]
    programmes: Mapping[str, str]
    themes: Mapping[str, str]
    target_groups: Mapping[str, str]
    target_group_themes: Mapping[str, str]
    names_en: Mapping[str, str]
    names_cy: Mapping[str, str]
    settings: Settings
    amount_limit_gbp: float = 100_000_000.0
    priority_ids: frozenset[str] | None = field(default=None)
    assessment_ids: frozenset[str] | None = field(default=None)
    plan_ends: Mapping[str, date | None] | None = field(default=None)
    project_owners: Mapping[str, str] | None = field(default=None)
    shared_references: Mapping[str, tuple[str, ...]] = field(
        default_factory=dict
    )
    postcodes: Mapping[str, str] = field(default_factory=dict)
    bodies: Mapping[str, str] = field(default_factory=dict)
    area_names_cy: Mapping[str, str] = field(default_factory=dict)
    place_names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def from_catalogue(
        cls,
        areas: Iterable[Area],
        links: Iterable[AreaLink] = (),
        catalogue: Path = CATALOGUE,
    ) -> Directory:
        """The directory of `areas` and `links` together with the catalogue's closed lists.

        `links` from LSOA 2011 children to LSOA21 parents give the successors of changed codes.
        Raises OSError or KeyError when a catalogue file or one of its columns is missing: that is ours to
        mend.
        """
        areas, links = list(areas), list(links)
        successors = _lsoa_successors(links)
        types = _area_types(areas, successors)
        programmes = list(_rows(catalogue / "programmes.csv"))
        themes = list(_rows(catalogue / "themes.csv"))
        groups = list(_rows(catalogue / "target_groups.csv"))
        named = [
            *_named(programmes, "programme_id"),
            *_named(themes, "theme_id"),
            *_named(groups, "id"),
        ]
        law = (catalogue / "settings.toml").read_text(encoding="utf-8")
        return cls(
            area_types=types,
            area_authority=_authority_of(areas),
            area_names=_first_names((a.area_code, a.name_en) for a in areas),
            area_names_cy=_first_names(
                (a.area_code, a.name_cy) for a in areas if a.name_cy
            ),
            place_names=_place_names(areas, catalogue),
            authorities=_authorities(areas, types, catalogue),
            # A region's name alone is ambiguous (Gwent was a region of both kinds), so only its identifier
            # counts.
            regions={
                folded(a.area_code): a.area_code
                for a in areas
                if a.area_type in REGION_TYPES
            },
            bodies=_bodies(catalogue),
            retired=_retired(catalogue),
            lsoa_successors=successors,
            programmes=_spellings(programmes, "programme_id"),
            themes=_spellings(themes, "theme_id"),
            target_groups=_spellings(groups, "id"),
            target_group_themes={row["id"]: row["theme_id"] for row in groups},
            names_en={identifier: en for identifier, en, _ in named},
            names_cy={identifier: cy for identifier, _, cy in named},
            settings=settings_from_toml(law),
            postcodes={
                link.child_code: link.parent_code
                for link in links
                if link.parent_type == "POSTCODE_LSOA21"
            },
        )

    def authority(self, name: str) -> str | None:
        """The authority meant by a name in either language (with or without "Council"), a code or an
        org-id.
        """
        spellings = {folded(name)}
        for _ in range(2):  # "City of Cardiff Council" has words on both sides
            spellings |= {
                bare
                for whole in spellings
                for bare in _without_council_words(whole)
            }
        in_order = sorted(spellings)
        # "Cyngor Gwynedd" is called "Gyngor Wynedd" behind some words
        mutated = (
            form
            for bare in in_order
            for form in (
                *welsh_forms(bare),
                *radicals(bare),
            )
        )
        known = (
            self.authorities[form]
            for form in chain(in_order, mutated)
            if form in self.authorities
        )
        return next(known, None)

    def name_cy(self, code: str) -> str:
        """What a code is called in Welsh; its English name where none is held, the code itself where
        nothing is.
        """
        return (
            self.area_names_cy.get(code)
            or self.names_cy.get(code)
            or self.area_names.get(code, code)
        )

    def current_codes(self, code: str) -> tuple[str, ...] | None:
        """The codes that stand for `code` today: itself, or the 2021 LSOAs that replaced it. None if not
        known.
        """
        kinds = self.area_types.get(code, frozenset())
        if kinds - {"LSOA11"}:
            return (code,)
        return self.lsoa_successors.get(code) or ((code,) if kinds else None)

    def is_below_region(self, code: str) -> bool:
        """Whether `code` tells more about a place than its region does."""
        return (
            not self.area_types.get(code, frozenset()) <= WIDER_THAN_AUTHORITY
        )


def _area_types(
    areas: Iterable[Area], successors: Iterable[str]
) -> dict[str, frozenset[str]]:
    """Code → the kinds of area it is, LSOA 2011 among them where the code was replaced."""
    types: dict[str, set[str]] = defaultdict(set)
    for area in areas:
        types[area.area_code].add(area.area_type)
    for code in successors:
        types[code].add("LSOA11")
    return {code: frozenset(kinds) for code, kinds in types.items()}


def _authority_of(areas: Iterable[Area]) -> dict[str, str]:
    """Code → the authority that the area lies in, or is."""
    authority_of: dict[str, str] = {}
    for area in areas:
        if area.area_type == "LA":
            authority_of[area.area_code] = area.area_code
        elif area.la_code:
            authority_of[area.area_code] = area.la_code
    return authority_of


def _first_names(named: Iterable[tuple[str, str | None]]) -> dict[str, str]:
    """Code → the first name given for it."""
    names: dict[str, str] = {}
    for code, name in named:
        if name is not None:
            names.setdefault(code, name)
    return names


def _authorities(
    areas: Iterable[Area],
    types: Mapping[str, frozenset[str]],
    catalogue: Path,
) -> dict[str, str]:
    """Folded name, code, org-id or other name → authority."""
    authorities: dict[str, str] = {}
    for area in areas:
        if area.area_type == "LA":
            spelt = filter(
                None,
                (area.area_code, area.name_en, area.name_cy),
            )
            authorities |= {folded(name): area.area_code for name in spelt}
    for row in _rows(catalogue / "authority_org_ids.csv"):
        if row["la_code"] in types:
            authorities[folded(row["org_id"])] = row["la_code"]
    for row in _rows(catalogue / "place_aliases.csv"):
        if "LA" in types.get(
            row["area_code"],
            (),
        ):
            authorities.setdefault(
                folded(row["alias"]),
                row["area_code"],
            )
    return authorities


def _bodies(catalogue: Path) -> dict[str, str]:
    """Bodies of the public record that commission and are no authority, by folded name: a health board, the
    Welsh Government.
    """
    rows = _rows(catalogue / "public_record.csv")
    commissioners = {row["commissioner"] for row in rows}
    return {folded(name): name for name in commissioners}


def _retired(catalogue: Path) -> dict[str, tuple[str, ...]]:
    """A code that is no longer used → those that replaced it."""
    retired: dict[str, list[str]] = defaultdict(list)
    for row in _rows(catalogue / "retired.csv"):
        retired[row["retired_code"]].append(row["successor_code"])
    return {code: tuple(new) for code, new in retired.items()}


def _place_names(
    areas: Iterable[Area], catalogue: Path
) -> dict[str, tuple[str, ...]]:
    """Every name of a place in either language, its short forms, and the ONS's numbers ("Rhondda Cynon Taf
    003A").
    """
    codes_of: dict[str, dict[str, None]] = defaultdict(dict)
    held = list(areas)
    authorities = {
        a.area_code: (a.name_en, a.name_cy) for a in held if a.area_type == "LA"
    }
    for area in held:
        names = [
            area.name_en,
            area.name_cy,
            *_numbered_names(area, authorities),
        ]
        for name in filter(None, names):
            codes_of[folded(name.replace("&", " and "))][area.area_code] = None
    codes = {a.area_code for a in held}
    for row in _rows(catalogue / "place_aliases.csv"):
        if row["area_code"] in codes:
            codes_of[folded(row["alias"])][row["area_code"]] = None
    return {name: tuple(each) for name, each in codes_of.items()}


def _numbered_names(
    area: Area, authorities: Mapping[str, tuple[str, str | None]]
) -> list[str]:
    """A small area as the ONS numbers it within its authority, in either language."""
    if area.area_type != "LSOA21":
        return []
    # its Welsh name ends with the number that the ONS counts within the authority
    number = (area.name_cy or area.name_en).rsplit(
        " ",
        1,
    )[-1]
    names = authorities.get(
        area.la_code or "",
        (),
    )
    return [f"{name} {number}" for name in names if name]


def _without_council_words(name: str) -> set[str]:
    return {
        bare
        for words in _COUNCIL_WORDS
        for bare in (
            name.removeprefix(words + " "),
            name.removesuffix(" " + words),
        )
    }


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _lsoa_successors(links: Iterable[AreaLink]) -> dict[str, tuple[str, ...]]:
    successors: dict[str, set[str]] = defaultdict(set)
    for link in links:
        if link.parent_type == "LSOA21":
            successors[link.child_code].add(link.parent_code)
    return {
        old: tuple(sorted(new))
        for old, new in successors.items()
        if new != {old}
    }


def _spellings(rows: Iterable[dict[str, str]], key: str) -> dict[str, str]:
    return {
        folded(row[column]): row[key]
        for row in rows
        for column in (key, "name_en", "name_cy")
    }


def _named(
    rows: Iterable[dict[str, str]], key: str
) -> list[tuple[str, str, str]]:
    return [
        (
            row[key],
            row["name_en"],
            row["name_cy"],
        )
        for row in rows
    ]
