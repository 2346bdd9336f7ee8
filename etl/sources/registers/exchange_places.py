"""Where a grant, a notice or a service reaches: codes, names, NUTS regions and postcodes → areas of Wales."""

from __future__ import annotations

import csv
import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

from etl.directory import CATALOGUE, Directory, folded

WALES: Final = "W92000004"
_CODE: Final = re.compile(r"[EWSNKJLM]\d{8}")
_POSTCODE: Final = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})\b")
_WELSH_POSTCODE: Final = re.compile(r"(?:CF|LD|LL|NP|NPT|SA)\d")
_WIDER: Final = frozenset(
    [
        "uk",
        "united kingdom",
        "uk whole",
        "uk wide",
        "whole uk",
        "great britain",
        "britain",
        "england and wales",
        "global",
        "international",
        "europe",
        "world",
    ]
)
_COUNCIL: Final = re.compile(r"\b(?:council|cyngor|cbc|city (?:and|&) county)\b", re.IGNORECASE)


class Reach(StrEnum):
    """How wide a stated place is."""

    IN_WALES = "in_wales"
    WIDER = "wider"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Place:
    """`codes` are areas of Wales; `unknown` says that a place in Wales was meant and its code is not ours."""

    reach: Reach
    codes: tuple[str, ...] = ()
    unknown: bool = False


def place_of_codes(codes: Iterable[str], directory: Directory) -> Place | None:
    """The place that GSS codes name, or None where there is none among the texts."""
    found = [code for text in codes for code in _CODE.findall(text.upper())]
    if not found:
        return None
    welsh = tuple(dict.fromkeys(code for code in found if code.startswith("W")))
    if welsh:
        known = tuple(code for code in welsh if directory.current_codes(code) or code == WALES)
        return Place(Reach.IN_WALES, known, len(known) < len(welsh))
    return Place(Reach.WIDER if any(code.startswith("K") for code in found) else Reach.ELSEWHERE)


def place_of_name(name: str, directory: Directory) -> Place:
    """The place that a name means: an authority, a region or Wales; a path such as "Wales/Powys" by its last part."""
    parts = [folded(part) for part in re.split(r"[/>|]", name) if folded(part)]
    if not parts:
        return Place(Reach.ELSEWHERE)
    if authority := directory.authority(parts[-1]) or _near_authority(parts[-1], directory):
        return Place(Reach.IN_WALES, (authority,))
    region = directory.regions.get(folded("RPB_" + parts[-1]))
    if region:
        return Place(Reach.IN_WALES, (region,))
    if parts[0] in {"wales", "cymru"} or parts[-1] in {"wales", "cymru"}:
        # "More than one Welsh region": which ones is not said, so nothing closer than Wales is known.
        return Place(Reach.IN_WALES, (WALES,), unknown=len(parts) > 1 and "more than one" not in parts[-1])
    return Place(Reach.WIDER if any(part in _WIDER for part in parts) else Reach.ELSEWHERE)


def place_of_nuts(codes: Iterable[str], la_code: str | None = None) -> Place | None:
    """Authorities in NUTS 2018 regions. UKL is Wales; a wider region beside a Welsh one is passed over.

    A region that holds the buying authority (`la_code`) is read as that authority: these regions are the finest that the form
    offers, and a council buys for its own people. Other regions stay whole.
    """
    listed = {code.strip().upper() for code in codes if code.strip()}
    if not listed:
        return None
    if "UKL" in listed:
        return Place(Reach.IN_WALES, (WALES,))
    found: set[str] = set()
    for code in listed:
        authorities = {la for nuts, la in _nuts() if code.startswith("UKL") and nuts.startswith(code)}
        found |= {la_code} if la_code in authorities and la_code is not None else authorities
    if found:
        return Place(Reach.IN_WALES, tuple(sorted(found)))
    return Place(Reach.WIDER if "UK" in listed else Reach.ELSEWHERE)


def authority_of_postcode(text: str, directory: Directory) -> str | None:
    """The authority in which a postcode lies, or None where the list does not hold it."""
    lsoa = directory.postcodes.get(plain_postcode(text))
    return directory.area_authority.get(lsoa) if lsoa else None


def plain_postcode(text: str) -> str:
    """The first postcode in a text, in capitals without its space; nothing where there is none."""
    found = _POSTCODE.search(text.upper())
    return "".join(found.groups()) if found else ""


def looks_welsh(postcode: str) -> bool:
    """Whether a postcode's first letters are used in Wales (some of those places lie in England)."""
    return bool(_WELSH_POSTCODE.match(postcode))


def authority_of_buyer(name: str, postcode: str, org_ids: Iterable[str], directory: Directory) -> str | None:
    """The authority that a buyer is: by org-id, by its name or a part of it, or by its postcode if it is named a council.

    A postcode alone never makes a buyer an authority: a health board has its office in somebody's area too.
    """
    for org_id in org_ids:
        if found := directory.authorities.get(folded(org_id)):
            return found
    plain = re.sub(r"\bCBC\b", "County Borough Council", name.replace("&", "and"), flags=re.IGNORECASE)
    if found := directory.authority(plain):
        return found
    for part in re.split(r"[,/()|]|\s[-–]\s", plain):
        if _COUNCIL.search(part) and (found := directory.authority(part)):
            return found
    return authority_of_postcode(postcode, directory) if _COUNCIL.search(name) else None


def _near_authority(name: str, directory: Directory) -> str | None:
    spellings = {s: code for s, code in directory.authorities.items() if not any(c.isdigit() for c in s)}
    close = difflib.get_close_matches(name, list(spellings), n=1, cutoff=0.92)
    return spellings[close[0]] if close else None


@cache
def _nuts() -> tuple[tuple[str, str], ...]:
    with (CATALOGUE / "nuts3_2018.csv").open(encoding="utf-8", newline="") as file:
        return tuple((row["nuts_code"], row["la_code"]) for row in csv.DictReader(file))
