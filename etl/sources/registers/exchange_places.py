"""What a grant, a notice or a service says of a place → areas of Wales: codes, NUTS regions, and who a buyer
is.

Four answers, never mixed up: in Wales (with how it is known), wider than Wales, elsewhere, and *not
recognised*: no evidence either way, for somebody to settle. Names, postcodes and addresses are found by
`place_finder`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

from clearlink.rules.as_read import as_read
from clearlink.rules.codes import WALES
from etl.directory import CATALOGUE, Directory, folded

_CODE: Final = re.compile(r"(?<![A-Z0-9])[EWSNKJLM]\d{8}(?!\d)")
# the codes of authorities before 2011, two noughts and two letters; those of Wales run from 00NA to 00PT
_OLD_CODE: Final = re.compile(r"(?<![A-Z0-9])00[A-Z]{2}(?![A-Z0-9])")
_POSTCODE: Final = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?)\s*([\dO][A-Z]{2})\b")
_NUTS: Final = re.compile(r"(?:UK|TL)[A-Z]?\d{0,2}")
_COUNCIL: Final = re.compile(
    r"\b(?:council|cyngor|cbc|city (?:and|&) county)\b", re.IGNORECASE
)


class Reach(StrEnum):
    """Where a stated place is. `not_recognised`: nothing says that it is in Wales, nor that it is not."""

    IN_WALES = "in_wales"
    WIDER = "wider"
    ELSEWHERE = "elsewhere"
    NOT_RECOGNISED = "not_recognised"


class How(StrEnum):
    """By what a place is known."""

    CODE = "code"
    POSTCODE = "postcode"
    DISTRICT = "district"
    NAME = "name"
    TOWN = "town"
    COUNTRY = "country"
    COORDINATES = "coordinates"


@dataclass(frozen=True, slots=True)
class Place:
    """`codes` are areas of Wales; `unknown`: a place in Wales was meant and no area of ours is it. `likely`:
    areas that a name which is also used elsewhere would mean, if anything else says Wales.
    """

    reach: Reach
    codes: tuple[str, ...] = ()
    unknown: bool = False
    how: How | None = None
    likely: tuple[str, ...] = ()

    @property
    def is_in_wales(self) -> bool:
        return self.reach is Reach.IN_WALES


def place_of_codes(codes: Iterable[str], directory: Directory) -> Place | None:
    """The place that GSS codes (or the older ones of authorities) name, or None where there is none among the
    texts.

    A code that another took over is read as that one.
    """
    named = _codes_in(codes)
    if not named:
        return None
    welsh = tuple(dict.fromkeys(code for code in named if _is_welsh(code)))
    if welsh:
        today = [_today(code, directory) for code in welsh]
        known = tuple(dict.fromkeys(code for each in today for code in each))
        return Place(
            Reach.IN_WALES,
            known,
            not all(today),
            How.CODE,
        )
    wider = any(code.startswith("K") for code in named)
    return Place(
        Reach.WIDER if wider else Reach.ELSEWHERE,
        how=How.CODE,
    )


def _codes_in(texts: Iterable[str]) -> list[str]:
    """The codes of today and of before in texts, each text's in their order."""
    capitals = [text.upper() for text in texts]
    return [
        code
        for text in capitals
        for code in (
            *_CODE.findall(text),
            *_OLD_CODE.findall(text),
        )
    ]


def _is_welsh(code: str) -> bool:
    return code.startswith("W") or "00NA" <= code <= "00PT"


def _today(code: str, directory: Directory) -> tuple[str, ...]:
    if code == WALES or directory.current_codes(code):
        return (code,)
    after = directory.retired.get(code, ())
    return after if len(after) == 1 else ()


def place_of_nuts(
    codes: Iterable[str], la_code: str | None = None
) -> Place | None:
    """Authorities in NUTS 2018 regions (or ITL, which count alike). UKL is Wales; a wider region beside a
    Welsh one is passed over.

    A region that holds the buying authority (`la_code`) is read as that authority: these regions are the
    finest that the form offers, and a council buys for its own people. Other regions stay whole. None where
    no text is such a code.
    """
    listed = _nuts_among(codes)
    if not listed:
        return None
    if "UKL" in listed:
        return Place(
            Reach.IN_WALES,
            (WALES,),
            how=How.CODE,
        )
    regions = [
        _authorities_of_nuts(code) for code in listed if code.startswith("UKL")
    ]
    if not regions:
        return Place(
            Reach.WIDER if "UK" in listed else Reach.ELSEWHERE,
            how=How.CODE,
        )
    own = {la_code} if la_code else set()
    held = {la for region in regions for la in (own & region or region)}
    return Place(
        Reach.IN_WALES,
        tuple(sorted(held)),
        not all(regions),
        How.CODE,
    )


def _nuts_among(texts: Iterable[str]) -> set[str]:
    """The texts that are codes of NUTS or ITL, as NUTS writes them."""
    codes = (text.strip().upper() for text in texts)
    return {f"UK{code[2:]}" for code in codes if _NUTS.fullmatch(code)}


def _authorities_of_nuts(code: str) -> set[str]:
    return {la for nuts, la in _nuts() if nuts.startswith(code)}


def is_nuts(text: str) -> bool:
    """Whether a text is a code of a region of the United Kingdom (NUTS or ITL)."""
    return bool(_NUTS.fullmatch(text.strip().upper()))


def authority_of_postcode(text: str, directory: Directory) -> str | None:
    """The authority in which a postcode lies, or None where the list does not hold it."""
    lsoa = directory.postcodes.get(plain_postcode(text))
    return directory.area_authority.get(lsoa) if lsoa else None


def plain_postcode(text: str) -> str:
    """The first postcode in a text, in capitals without its space; nothing where there is none. LL17 OJD
    is meant as LL17 0JD.
    """
    postcode = _POSTCODE.search(as_read(text).upper())
    if postcode and postcode[2][0] == "O":
        return postcode[1] + postcode[2].replace(
            "O",
            "0",
            1,
        )
    return _joined(postcode)


def _joined(found: re.Match[str] | None) -> str:
    return "".join(found.groups()) if found else ""


def authority_of_buyer(
    name: str,
    postcode: str,
    org_ids: Iterable[str],
    directory: Directory,
) -> str | None:
    """The authority that a buyer is: by org-id, by its name or a part of it, or by its postcode if it is
    named a council.

    A postcode alone never makes a buyer an authority: a health board has its office in somebody's area too.
    """
    for org_id in org_ids:
        if found := directory.authorities.get(folded(org_id)):
            return found
    plain = re.sub(
        r"\bCBC\b",
        "County Borough Council",
        name.replace("&", "and"),
        flags=re.IGNORECASE,
    )
    if found := directory.authority(plain):
        return found
    for part in re.split(r"[,/()|]|\s[-–]\s", plain):
        if _COUNCIL.search(part) and (found := directory.authority(part)):
            return found
    return (
        authority_of_postcode(postcode, directory)
        if _COUNCIL.search(name)
        else None
    )


@cache
def _nuts() -> tuple[tuple[str, str], ...]:
    with (CATALOGUE / "nuts3_2018.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        return tuple(
            (row["nuts_code"], row["la_code"]) for row in csv.DictReader(file)
        )
