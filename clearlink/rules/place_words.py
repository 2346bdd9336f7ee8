"""Which place somebody means by what they typed: a whole postcode, half of one, or a name in either language.

What is close is offered and never taken; what is exact and alone may be opened at once. Nothing here keeps
what was typed.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from functools import lru_cache
from typing import Final

from clearlink.rules.as_read import as_read
from clearlink.rules.welsh_names import radicals, welsh_forms, without_land

MOST_ASKED: Final = 80
MOST_OFFERED: Final = 12
CLOSE_ENOUGH: Final = 0.72
# the larger place first: who types the name of a town means the town
SMALL: Final = "LSOA21"
LEVELS: Final = ("LA", "MSOA21", "WD24", SMALL)
_OUTWARD: Final = r"(?:[A-Z]{1,2}\d[A-Z\d]?|NPT)"
_WHOLE: Final = re.compile(rf"({_OUTWARD})(\d[A-Z]{{2}})")
_HALF: Final = re.compile(rf"({_OUTWARD})(\d[A-Z]?)?")
_LETTERS: Final = re.compile(r"[^\W\d_]")
# an article or "and" is written or left out at will, in both languages
_LIGHT: Final = frozenset(
    {
        "and",
        "a",
        "ac",
        "the",
        "y",
        "yr",
        "r",
    }
)


class Outcome(StrEnum):
    """What came of the asking."""

    NOTHING_ASKED = "nothing_asked"
    TOO_LONG = "too_long"
    NO_LETTERS = "no_letters"
    POSTCODE = "postcode"
    POSTCODE_ENDED = "postcode_ended"
    POSTCODE_HALF = "postcode_half"
    POSTCODE_UNKNOWN = "postcode_unknown"
    POSTCODE_ELSEWHERE = "postcode_elsewhere"
    POSTCODES_NOT_HELD = "postcodes_not_held"
    ONE = "one"
    SEVERAL = "several"
    NEAR = "near"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A place by its names. `within` are codes of the places it lies in; `small` the small areas that a
    ward is opened by, none where it is opened itself.
    """

    area_code: str
    area_type: str
    names: tuple[str, ...]
    within: tuple[str, ...] = ()
    small: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of the asking: codes of the places to offer, best first. Holds the district of a postcode,
    never the postcode.
    """

    outcome: Outcome
    offers: tuple[str, ...] = ()
    district: str = ""
    more: int = 0

    @property
    def taken(self) -> str | None:
        """The one place that was meant beyond doubt."""
        return (
            self.offers[0]
            if self.outcome in (Outcome.POSTCODE, Outcome.ONE)
            else None
        )


@dataclass(frozen=True, slots=True)
class Postcodes:
    """The list of postcodes as it is asked: which districts it has, which of them are no longer used, and
    what lies in one.
    """

    districts: Collection[str]
    ended: Collection[str]
    of_district: Callable[[str], Mapping[str, str]]


def search_form(text: str) -> str:
    """A name as it is compared: small letters without accents, signs or light words; "Y Trallwng" and
    "trallwng" are one.
    """
    plain = unicodedata.normalize(
        "NFKD",
        text.casefold().replace("&", " and "),
    )
    kept = "".join(c for c in plain if not unicodedata.combining(c))
    words = re.findall(r"[^\W_]+", kept)
    heavy = [w for w in words if w not in _LIGHT]
    return " ".join(heavy or words)


def places_asked(
    text: str,
    named: Sequence[NamedPlace],
    postcodes: Postcodes,
) -> Asked:
    """What a person may have meant. An empty, overlong or letterless text is said to be so."""
    typed = as_read(text).strip()
    if not typed:
        return Asked(Outcome.NOTHING_ASKED)
    if len(typed) > MOST_ASKED:
        return Asked(Outcome.TOO_LONG)
    tight = re.sub(r"[\s.\-]+", "", typed).upper()
    if (whole := _WHOLE.fullmatch(tight)) is not None:
        return _whole_postcode(
            tight,
            whole[1],
            postcodes,
        )
    if (half := _HALF.fullmatch(tight)) is not None:
        return _half_postcode(
            half[1],
            named,
            postcodes,
        )
    if not _LETTERS.search(typed):
        return Asked(Outcome.NO_LETTERS)
    asked = _by_name(
        search_form(typed),
        named,
    )
    is_found = asked.outcome in (Outcome.ONE, Outcome.SEVERAL)
    return asked if is_found else _otherwise(typed, named) or asked


def _otherwise(typed: str, named: Sequence[NamedPlace]) -> Asked | None:
    """What is meant by a name in a Welsh sentence, or with what it lies in behind it: exact and alone, else
    nothing.
    """
    name, _, outer = without_land(typed).partition(",")
    form = search_form(name)
    forms = (
        form,
        *welsh_forms(form),
        *radicals(form),
    )
    inside = _lying_in(
        search_form(outer),
        named,
    )
    for each in forms:
        exact = _exactly(each, inside)
        if exact is not None:
            return exact
    return None


def _lying_in(outer: str, named: Sequence[NamedPlace]) -> Sequence[NamedPlace]:
    """Places that lie in one of this name, and those of the name themselves; all where no place has it."""
    around = {
        p.area_code
        for p, names in _forms(tuple(named))
        if outer and outer in names
    }
    if not around:
        return named
    return [
        p
        for p in named
        if around.intersection(p.within) or p.area_code in around
    ]


def _exactly(asked: str, named: Sequence[NamedPlace]) -> Asked | None:
    exact = [place for place, names in _forms(tuple(named)) if asked in names]
    offers = _offers(
        _in_order(exact),
        named,
    )
    if not offers:
        return None
    return Asked(
        Outcome.ONE if len(offers) == 1 else Outcome.SEVERAL,
        offers[:MOST_OFFERED],
    )


def _whole_postcode(
    tight: str,
    district: str,
    postcodes: Postcodes,
) -> Asked:
    if not postcodes.districts:
        return Asked(Outcome.POSTCODES_NOT_HELD)
    if district not in postcodes.districts:
        return Asked(Outcome.POSTCODE_ELSEWHERE, district=district)
    place = postcodes.of_district(district).get(tight)
    if place is None:
        return Asked(Outcome.POSTCODE_UNKNOWN, district=district)
    ended = district in postcodes.ended
    return Asked(
        Outcome.POSTCODE_ENDED if ended else Outcome.POSTCODE,
        (place,),
        district,
    )


def _half_postcode(
    district: str,
    named: Sequence[NamedPlace],
    postcodes: Postcodes,
) -> Asked:
    """Half a postcode is a district of many streets: the places in it that have a name are offered."""
    if not postcodes.districts:
        return Asked(Outcome.POSTCODES_NOT_HELD)
    if district not in postcodes.districts:
        return Asked(Outcome.POSTCODE_ELSEWHERE, district=district)
    often = _middle_areas(
        postcodes.of_district(district).values(),
        named,
    )
    ordered = sorted(
        often,
        key=lambda code: (-often[code], code),
    )
    offers = tuple(ordered[:MOST_OFFERED])
    return Asked(
        Outcome.POSTCODE_HALF,
        offers,
        district,
        len(ordered) - len(offers),
    )


def _middle_areas(
    small_areas: Iterable[str],
    named: Sequence[NamedPlace],
) -> Counter[str]:
    """The named middle areas that these small areas lie in, each with how many of them it holds."""
    by_code = {place.area_code: place for place in named}
    middle = {
        code for code, place in by_code.items() if place.area_type == "MSOA21"
    }
    small = (by_code[code] for code in small_areas if code in by_code)
    return Counter(
        code for place in small for code in place.within if code in middle
    )


def _by_name(asked: str, named: Sequence[NamedPlace]) -> Asked:
    forms = _forms(tuple(named))
    exact = [p for p, names in forms if asked in names]
    inside = [
        p
        for p, names in forms
        if asked not in names and any(_holds(n, asked) for n in names)
    ]
    offers = _offers(
        [
            *_in_order(exact),
            *_in_order(inside),
        ],
        named,
    )
    if not offers:
        return _near(asked, forms, named)
    is_one = len(offers) == 1 and bool(exact)
    return Asked(
        Outcome.ONE if is_one else Outcome.SEVERAL,
        offers[:MOST_OFFERED],
        more=len(offers[MOST_OFFERED:]),
    )


def _near(
    asked: str,
    forms: Sequence[tuple[NamedPlace, Collection[str]]],
    named: Sequence[NamedPlace],
) -> Asked:
    """What is spelled nearly so: offered, never taken."""
    every = {name: place for place, names in reversed(forms) for name in names}
    close = get_close_matches(
        asked,
        list(every),
        n=6,
        cutoff=CLOSE_ENOUGH,
    )
    near = _offers(
        [every[name] for name in close],
        named,
    )[:6]
    return Asked(
        Outcome.NEAR if near else Outcome.NONE,
        near,
    )


def _holds(name: str, asked: str) -> bool:
    """Whether a name has what was asked at the beginning of one of its words."""
    return name.startswith(asked) or f" {asked}" in name


def _in_order(found: Sequence[NamedPlace]) -> list[NamedPlace]:
    return sorted(
        found,
        key=lambda p: (
            LEVELS.index(p.area_type),
            min(p.names, key=len),
            p.area_code,
        ),
    )


def _offers(
    found: Sequence[NamedPlace],
    named: Sequence[NamedPlace],
) -> tuple[str, ...]:
    """Codes that can be opened: a ward itself or its small areas; no small area that lies in a place which
    is offered already.
    """
    whole = {p.area_code for p in found if p.area_type != SMALL and not p.small}
    codes = dict.fromkeys(code for place in found for code in _opened_by(place))
    known = _by_code(codes, named)
    return tuple(
        code for code, place in known.items() if not _lies_in(place, whole)
    )


def _by_code(
    codes: Iterable[str],
    named: Sequence[NamedPlace],
) -> dict[str, NamedPlace]:
    """The places of these codes that are named, in the order of the codes."""
    by_code = {place.area_code: place for place in named}
    return {code: by_code[code] for code in codes if code in by_code}


def _opened_by(place: NamedPlace) -> Sequence[str]:
    return place.small or (place.area_code,)


def _lies_in(place: NamedPlace, whole: set[str]) -> bool:
    """Whether a small area lies in one of these places."""
    return place.area_type == SMALL and not whole.isdisjoint(place.within)


@lru_cache(maxsize=4)
def _forms(
    named: tuple[NamedPlace, ...],
) -> tuple[tuple[NamedPlace, tuple[str, ...]], ...]:
    return tuple(
        (
            p,
            tuple({search_form(n): None for n in p.names if n}),
        )
        for p in named
    )
