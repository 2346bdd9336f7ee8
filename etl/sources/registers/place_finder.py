"""Names, postcodes, countries and coordinates → a place, in four states (`exchange_places.Reach`), and how it
is known.

A name is an authority, a region, Wales, a town of Wales (`data/catalogue/town_names.csv`) or a place
elsewhere (`places_elsewhere.csv`), in either language. A postcode that the list does not hold is still in
Wales where all of its district is, still elsewhere where none of it is, and not recognised along the border.
"""

from __future__ import annotations

import csv
import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Final

from clearlink.rules.codes import WALES
from clearlink.rules.welsh_names import welsh_forms
from etl.directory import CATALOGUE, Directory, folded
from etl.sources.registers.exchange_places import (
    How,
    Place,
    Reach,
    place_of_codes,
    plain_postcode,
)

_WIDER: Final = frozenset(
    [
        "uk",
        "united kingdom",
        "uk whole",
        "uk wide",
        "whole uk",
        "great britain",
        "britain",
        "gb",
        "england and wales",
        "global",
        "international",
        "europe",
        "world",
        "worldwide",
        "national",
        "nationwide",
        "y deyrnas unedig",
        "lloegr a chymru",
    ]
)
_WALES: Final = frozenset(
    {
        "wales",
        "cymru",
        "wls",
        "gb wls",
        "cymru gyfan",
        "all wales",
        "wales whole",
        "whole of wales",
    }
)
# two letters that say no more than the state, and the codes of its parts
_PARTS: Final = {
    "gb eng": Reach.ELSEWHERE,
    "gb sct": Reach.ELSEWHERE,
    "gb nir": Reach.ELSEWHERE,
}
_AND_ENGLAND: Final = re.compile(
    r"\bengland\b|\blloegr\b|\bnew south wales\b|\bprince (?:and princess )?of wales\b"
)
_SAYS_WALES: Final = re.compile(r"\b(?:wales|cymru|welsh)\b")
# words around a name that only say what kind of area it is
_KIND: Final = re.compile(
    r"\b(?:unitary authority|local authority|principal area|county borough|county of|borough of|council "
    r"area|awdurdod "
    r"unedol|awdurdod lleol|bwrdeistref sirol|ua|la|cbc|cb|mbc|cc|county)\b"
)
_ITEMS: Final = re.compile(r";|\band\b|\bac?\b|&|\+")
_PATH: Final = re.compile(r"[/>|\n]|\s[-–]\s")
_COMMA: Final = re.compile(r"[,()]")
_OUTWARD: Final = re.compile(r"^([A-Z]{1,2})(\d[A-Z\d]?)\d[A-Z]{2}$")
# a box around Wales, in degrees: outside it nothing is in Wales, within it much of the border counties is not
_SOUTH, _NORTH, _WEST, _EAST = 51.3, 53.5, -5.8, -2.6
# what speaks where nothing says Wales, the first before the second
_SPEAKS: Final = {Reach.WIDER: 0, Reach.ELSEWHERE: 1}
# west of this line, and north of the Bristol Channel, there is only Wales in the box
_ONLY_WALES_WEST_OF, _CHANNEL = -3.3, 51.37


@dataclass(slots=True)
class PlaceFinder:
    """Finds places for one file; what it works out of the directory is worked out once."""

    directory: Directory
    _districts: dict[str, set[str]] = field(default_factory=dict)

    def location(
        self,
        codes: Iterable[str] = (),
        names: Iterable[str] = (),
        postcode: str = "",
        country: str = "",
        at: tuple[float | None, float | None] = (None, None),
    ) -> Place | None:
        """The place that a location states, by its surest part first; None where it states nothing at all."""
        by_code = place_of_codes(codes, self.directory)
        if by_code is not None and (by_code.codes or not by_code.is_in_wales):
            return by_code
        named = [
            place for name in names if (place := self.name(name)) is not None
        ]
        land, where = self.country(country), coordinates(*at)
        rest = [
            place
            for place in (
                self.postcode(postcode),
                *named,
                land,
                where,
            )
            if place is not None
        ]
        if by_code is not None or (land is not None and land.is_in_wales):
            return self._within_wales(
                [by_code] if by_code else [],
                rest,
                only_country=len(rest) == 1,
            )
        return decided(rest)

    def _within_wales(
        self,
        first: list[Place],
        rest: list[Place],
        only_country: bool,
    ) -> Place:
        """The closest of what is known where something says Wales; a part that says otherwise is passed
        over.
        """
        listed = [*first, *rest]
        for place in listed:
            close = (
                tuple(code for code in place.codes if code != WALES)
                or place.likely
            )
            if place.reach in (Reach.IN_WALES, Reach.NOT_RECOGNISED) and close:
                return Place(
                    Reach.IN_WALES,
                    close,
                    bool(first),
                    place.how,
                )
        if only_country and not first:
            return Place(
                Reach.IN_WALES,
                (WALES,),
                how=How.COUNTRY,
            )
        return Place(
            Reach.IN_WALES,
            (),
            True,
            listed[0].how,
        )

    def postcode(self, text: str) -> Place | None:
        """Where a postcode lies: by the list, else by its district; None where the text holds no postcode."""
        plain = plain_postcode(text)
        parts = _OUTWARD.match(plain)
        lies_in = _lies_in()
        if parts is None or parts[1] not in lies_in:
            return None
        lsoa = self.directory.postcodes.get(plain)
        if lsoa is not None:
            return Place(
                Reach.IN_WALES,
                (self.directory.area_authority[lsoa],),
                how=How.POSTCODE,
            )
        district = parts[1] + parts[2]
        side = lies_in.get(
            district,
            lies_in[parts[1]],
        )
        if side == "border":
            return Place(Reach.NOT_RECOGNISED, how=How.DISTRICT)
        if side == "wales":
            authorities = self._authorities_of(district)
            codes = tuple(authorities) if len(authorities) == 1 else ()
            return Place(
                Reach.IN_WALES,
                codes,
                not codes,
                How.DISTRICT,
            )
        return Place(Reach.ELSEWHERE, how=How.DISTRICT)

    def _authorities_of(self, district: str) -> set[str]:
        if not self._districts:
            for postcode, lsoa in self.directory.postcodes.items():
                if (
                    authority := self.directory.area_authority.get(lsoa)
                ) is not None:
                    self._districts.setdefault(
                        postcode[:-3],
                        set(),
                    ).add(authority)
        return self._districts.get(district, set())

    def country(self, text: str) -> Place | None:
        """Wales, elsewhere, or nothing: “GB” and “United Kingdom” say no more than the state."""
        plain = folded(text)
        if plain in _WALES:
            return Place(
                Reach.IN_WALES,
                (WALES,),
                how=How.COUNTRY,
            )
        is_code = re.fullmatch(
            r"[a-z]{2}", plain
        ) is not None and plain not in {
            "gb",
            "uk",
        }
        if is_code or plain in _PARTS or plain in _elsewhere():
            return Place(Reach.ELSEWHERE, how=How.COUNTRY)
        return None

    def name(self, text: str) -> Place | None:
        """The place that a name means; a path or an address by its parts, a list by all of its items. None
        for no name.
        """
        if not folded(text):
            return None
        if (whole := self._known(text)) is not None:
            return whole
        items = _items_of(text)
        places = [
            place for each in items if (place := self._item(each)) is not None
        ]
        if len(items) > 1 and any(
            place.reach is Reach.NOT_RECOGNISED for place in places
        ):
            return _certain_of(places)
        return decided(places)

    def _item(self, text: str) -> Place | None:
        """One place, perhaps written with what it lies in: "Caernarfon, Gwynedd", "Wales/Powys", "Newport,
        Pembrokeshire".
        """
        parts = self._parts(text)
        if len(parts) < 2:
            return self._one(parts[0]) if parts else None
        known = [
            place for part in parts if (place := self._one(part)) is not None
        ]
        towns = _towns_in(parts)
        if any(place.reach is Reach.ELSEWHERE for place in known):
            return _beside_elsewhere(known, towns)
        if (within := _town_in_authority(known, towns)) is not None:
            return within
        return _closest(known, parts)

    def _parts(self, text: str) -> list[str]:
        """The parts of a path, and of each that is no name as it stands ("Rhondda, Cynon, Taff" is one)
        its parts between commas.
        """
        parts: list[str] = []
        for step in _PATH.split(text):
            parts += (
                [step] if self._known(step) is not None else _COMMA.split(step)
            )
        return [
            part for part in parts if folded(part) not in {"", "the", "y", "yr"}
        ]

    def _one(self, text: str) -> Place | None:
        """The place that a name without parts means; one that speaks of Wales is there, wherever that is."""
        plain = folded(text)
        if not plain or (known := self._known(text)) is not None:
            return known if plain else None
        if _SAYS_WALES.search(plain):
            return Place(
                Reach.IN_WALES,
                (),
                True,
                How.NAME,
            )
        return Place(Reach.NOT_RECOGNISED)

    def _known(self, text: str) -> Place | None:
        """The place of a name that is on a list, as it stands or as a Welsh sentence writes it, or all but
        spelled like an authority's.
        """
        plain = folded(text)
        forms = (plain, *welsh_forms(plain))
        named = next(
            (
                place
                for form in forms
                if (place := self._named(form)) is not None
            ),
            None,
        )
        if named is not None:
            return named
        authority = self._near_authority(plain)
        return (
            Place(
                Reach.IN_WALES,
                (authority,),
                how=How.NAME,
            )
            if authority
            else None
        )

    def _named(self, plain: str) -> Place | None:
        """The place of a folded name that is on a list."""
        if (listed := self._listed(plain)) is not None:
            return listed
        if plain in _WALES:
            return Place(
                Reach.IN_WALES,
                (WALES,),
                how=How.COUNTRY,
            )
        if plain in _WIDER:
            return Place(Reach.WIDER, how=How.NAME)
        if (town := self._one_town(plain)) is not None:
            return town
        if plain in _elsewhere() or plain in _PARTS:
            return Place(Reach.ELSEWHERE, how=How.NAME)
        return None

    def _listed(self, plain: str) -> Place | None:
        """The authority or region of that name, with or without the kind of body it is."""
        for spelling in dict.fromkeys(
            (
                plain,
                " ".join(_KIND.sub(" ", plain).split()),
            )
        ):
            if spelling and (authority := self.directory.authority(spelling)):
                return Place(
                    Reach.IN_WALES,
                    (authority,),
                    how=How.NAME,
                )
        region = self.directory.regions.get(folded("RPB_" + plain))
        return (
            Place(
                Reach.IN_WALES,
                (region,),
                how=How.NAME,
            )
            if region
            else None
        )

    def _one_town(self, plain: str) -> Place | None:
        """The authority of a town whose name one authority alone has; only likely where the name is used
        elsewhere too.
        """
        town = _town(plain)
        codes = tuple(
            code for code in town.codes if code in self.directory.area_types
        )
        if len(codes) != 1:
            return None
        if town.is_elsewhere_too:
            return Place(Reach.NOT_RECOGNISED, how=How.TOWN, likely=codes)
        return Place(
            Reach.IN_WALES,
            codes,
            how=How.TOWN,
            likely=codes,
        )

    def is_of_wales(self, name: str) -> bool:
        """Whether the name of a body says that it is of Wales ("… Cymru", "Welsh …"), and not of England
        too.
        """
        plain = folded(name)
        return bool(_SAYS_WALES.search(plain)) and not _AND_ENGLAND.search(
            plain
        )

    def _near_authority(self, plain: str) -> str | None:
        spellings = {
            s: code
            for s, code in self.directory.authorities.items()
            if not any(c.isdigit() for c in s)
        }
        close = difflib.get_close_matches(
            plain,
            list(spellings),
            n=1,
            cutoff=0.92,
        )
        return spellings[close[0]] if close else None


def coordinates(
    latitude: float | None, longitude: float | None
) -> Place | None:
    """Elsewhere, for a point outside the box around Wales; in Wales, for one well within it; along the border
    a point alone says nothing. None where there is no point.
    """
    if latitude is None or longitude is None:
        return None
    if not (_SOUTH <= latitude <= _NORTH and _WEST <= longitude <= _EAST):
        return Place(Reach.ELSEWHERE, how=How.COORDINATES)
    if latitude >= _CHANNEL and longitude < _ONLY_WALES_WEST_OF:
        return Place(
            Reach.IN_WALES,
            (),
            True,
            How.COORDINATES,
        )
    return Place(Reach.NOT_RECOGNISED, how=How.COORDINATES)


def decided(places: Iterable[Place | None]) -> Place | None:
    """What several statements about one thing come to: in Wales before wider, wider before elsewhere; None
    where there is none.

    A place not recognised beside one elsewhere is elsewhere; a name that is used elsewhere too counts where
    another says Wales.
    """
    listed = [place for place in places if place is not None]
    if not listed:
        return None
    if any(place.is_in_wales for place in listed):
        of_wales = [
            place for place in listed if place.is_in_wales or place.likely
        ]
        return joined(
            [
                replace(
                    p,
                    codes=p.codes or p.likely,
                )
                for p in of_wales
            ]
        )
    return min(
        listed,
        key=lambda place: _SPEAKS.get(
            place.reach,
            len(_SPEAKS),
        ),
    )


def _items_of(text: str) -> list[str]:
    return [each for each in _ITEMS.split(text) if folded(each)]


def _towns_in(parts: Iterable[str]) -> list[_Town]:
    """What each part of a name is as a town; a part that is none has no authority."""
    return [_town(folded(part)) for part in parts]


def _certain_of(places: Sequence[Place]) -> Place:
    """What a text names for certain, with something that stays unknown: "Bangor and around" is no list of
    places.
    """
    sure = [
        place
        for place in places
        if place.is_in_wales and place.how is not How.TOWN
    ]
    return joined(sure, unknown=True) if sure else Place(Reach.NOT_RECOGNISED)


def _beside_elsewhere(known: Sequence[Place], towns: Sequence[_Town]) -> Place:
    """A name with a part that lies elsewhere: in Wales only by a part whose name is used nowhere else."""
    sure = [
        place
        for place, town in zip(known, towns, strict=False)
        if place.is_in_wales and place.codes and not town.is_elsewhere_too
    ]
    return joined(sure) if sure else Place(Reach.ELSEWHERE, how=How.NAME)


def _town_in_authority(
    known: Sequence[Place], towns: Sequence[_Town]
) -> Place | None:
    """A town beside the authority that it lies in, whatever else bears the town's name; None where no town
    lies in an authority that is named with it.
    """
    authorities = {
        code for place in known if place.how is How.NAME for code in place.codes
    } - {WALES}
    held = [set(town.codes) & authorities for town in towns]
    within = set().union(*held)
    if not within:
        return None
    without_town = (
        place for place, codes in zip(known, held, strict=False) if not codes
    )
    outer = {
        code for place in without_town for code in place.codes
    } & authorities
    return Place(
        Reach.IN_WALES,
        tuple(sorted(within | outer)),
        how=How.NAME,
    )


def _closest(known: Sequence[Place], parts: Iterable[str]) -> Place | None:
    """The closest of places named together, none of which lies elsewhere or holds another."""
    says_wales = any(place.is_in_wales for place in known)
    closest = [
        replace(
            p,
            codes=p.codes or p.likely,
        )
        for p in known
        if _is_close(p, says_wales)
    ]
    if closest:
        return joined(closest)
    return _somewhere_in_wales(parts) if says_wales else decided(known)


def _is_close(place: Place, says_wales: bool) -> bool:
    """Whether a place is closer than the country; a likely one counts where another part says Wales."""
    return place.codes not in ((), (WALES,)) or (
        says_wales and bool(place.likely)
    )


def _somewhere_in_wales(parts: Iterable[str]) -> Place:
    """Wales, of which nothing closer is known: "More than one Welsh region" does not say which ones."""
    several = any("more than one" in folded(part) for part in parts)
    return Place(
        Reach.IN_WALES,
        (WALES,) if several else (),
        not several,
        How.NAME,
    )


def joined(places: Iterable[Place], unknown: bool = False) -> Place:
    """Places in Wales as one: all their areas; Wales as a whole counts only where nothing closer is known."""
    listed = list(places)
    codes = tuple(
        dict.fromkeys(code for place in listed for code in place.codes)
    )
    close = tuple(code for code in codes if code != WALES)
    return Place(
        Reach.IN_WALES,
        close or codes,
        unknown or any(p.unknown for p in listed),
        _how_known(listed),
    )


def _how_known(listed: Sequence[Place]) -> How | None:
    """How the first place that has an area is known, else the first."""
    with_areas = [place for place in listed if place.codes]
    return next(
        (place.how for place in (*with_areas, *listed)),
        None,
    )


@dataclass(frozen=True, slots=True)
class _Town:
    codes: tuple[str, ...] = ()
    is_elsewhere_too: bool = False


def _town(plain: str) -> _Town:
    return _towns().get(plain, _Town())


@cache
def _towns() -> dict[str, _Town]:
    towns: dict[str, _Town] = {}
    for row in _rows("town_names.csv"):
        for name in dict.fromkeys(
            (
                folded(row["name_en"]),
                folded(row["name_cy"]),
            )
        ):
            before = towns.get(name, _Town())
            codes = tuple(dict.fromkeys((*before.codes, row["la_code"])))
            towns[name] = _Town(
                codes,
                before.is_elsewhere_too or row["also_elsewhere"] == "yes",
            )
    return towns


@cache
def _elsewhere() -> frozenset[str]:
    return frozenset(
        folded(name)
        for row in _rows("places_elsewhere.csv")
        for name in (row["name_en"], row["name_cy"])
        if name
    )


@cache
def _lies_in() -> dict[str, str]:
    """Postcode areas of Royal Mail, and the districts that differ from theirs: wales, border (both sides
    of it) or elsewhere.
    """
    return {
        row["area_or_district"]: row["lies_in"]
        for row in _rows("postcode_areas.csv")
    }


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (CATALOGUE / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
