"""Whether two names mean one organisation: a member's, as typed, and a provider's, as a register states it.

Authority codes and both languages, organisation ids, charity and company numbers, and every name that the
register itself has for one id count as the same. Names that are alike are offered for a person to confirm.
Where either side does not say who it is, that is said: it is never "different".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final

LIKE: Final = 0.82
_IN_HOUSE: Final = re.compile(r"\b(?:in house|inhouse|mewnol|yn fewnol)\b")
_COUNCIL: Final = re.compile(
    r"\b(?:county borough council|city and county council|city and county of|county council|city "
    r"council|borough council|council|"
    r"county borough|county of|city of|cyngor bwrdeistref sirol|cyngor dinas a sir|cyngor sir|cyngor "
    r"dinas|cyngor|bwrdeistref sirol|dinas a sir)\b"
)
# words of a legal form and words that many names share: they tell no organisation from another
_FORM: Final = re.compile(
    r"\b(?:the|y|yr|of|and|a|ac|for|in|o|yn|limited|ltd|cyf|cyfyngedig|plc|llp|cic|cio|charity|trust|"
    r"charitable|elusen|ymddiriedolaeth|company|cwmni|group|grwp)\b"
)
_COMMON: Final = frozenset(
    [
        "centre",
        "canolfan",
        "wales",
        "cymru",
        "welsh",
        "family",
        "families",
        "teulu",
        "teuluoedd",
        "children",
        "plant",
        "young",
        "people",
        "pobl",
        "ifanc",
        "community",
        "cymuned",
        "housing",
        "tai",
        "association",
        "cymdeithas",
        "group",
        "service",
        "services",
        "gwasanaeth",
        "gwasanaethau",
        "support",
        "cymorth",
        "cefnogaeth",
        "action",
        "north",
        "south",
        "east",
        "west",
        "gogledd",
        "de",
        "dwyrain",
        "gorllewin",
        "care",
        "gofal",
        "health",
        "iechyd",
        "public",
        "university",
        "board",
        "bwrdd",
        "playgroup",
        "cylch",
        "meithrin",
        "nursery",
        "day",
        "home",
        "project",
        "prosiect",
        "society",
        "council",
    ]
)
_NUMBER: Final = re.compile(r"\b(?:[a-z]{2})?\d{6,8}\b")
_PARTS: Final = re.compile(r"[;/|]|\s+and\s+partners\b")


class Likeness(StrEnum):
    """`unknown`: one side does not say who it is."""

    SAME = "same"
    LIKE = "like"
    DIFFERENT = "different"
    UNKNOWN = "unknown"


def fold(name: str) -> str:
    """A name as names are compared: no case, accents, punctuation or runs of spaces."""
    plain = "".join(
        c
        for c in unicodedata.normalize("NFKD", name)
        if not unicodedata.combining(c)
    )
    words = "".join(
        c if c.isalnum() else " "
        for c in plain.casefold().replace("’", "").replace("'", "")
    )
    return " ".join(words.split())


@dataclass(frozen=True, slots=True)
class KnownNames:
    """`authorities`: folded name, code or org-id → authority code. `ids_of`: folded name → organisation ids
    that a register gives it; two names of one id, as when a charity was renamed, are one organisation.
    """

    authorities: Mapping[str, str] = field(default_factory=dict)
    ids_of: Mapping[str, frozenset[str]] = field(default_factory=dict)


def known_names(
    authorities: Iterable[tuple[str, str]],
    providers: Iterable[tuple[str | None, str | None]],
) -> KnownNames:
    """From (authority code, a name, code or org-id of it) and (organisation id, a name of it)."""
    ids: dict[str, set[str]] = {}
    for org_id, name in providers:
        if org_id and name:
            ids.setdefault(
                fold(name),
                set(),
            ).add(fold(org_id))
    return KnownNames(
        {fold(said): code for code, said in authorities if fold(said)},
        {name: frozenset(found) for name, found in ids.items()},
    )


@dataclass(frozen=True, slots=True)
class Organisation:
    """Who somebody is taken for: `marks` are codes, ids and numbers, of which one in common is enough;
    `names` are folded, without form.
    """

    marks: frozenset[str]
    names: frozenset[str]

    @property
    def is_known(self) -> bool:
        return bool(self.marks or self.names)


def organisation(
    name: str | None,
    org_id: str | None,
    known: KnownNames,
) -> Organisation:
    """The organisation that a name and an id mean. Several providers in one cell are all of them."""
    marks: set[str] = set()
    names: set[str] = set()
    for said in (org_id, *_PARTS.split(name or "")):
        folded = fold(said or "")
        if not folded:
            continue
        bare = " ".join(_IN_HOUSE.sub(" ", folded).split())
        marks |= _marks_in(bare, known)
        if said == org_id:
            marks.add(f"id {folded}")
        elif words := " ".join(_FORM.sub(" ", bare).split()):
            names.add(words)
    return Organisation(
        frozenset(marks),
        frozenset(names),
    )


def _marks_in(bare: str, known: KnownNames) -> set[str]:
    """What a name says beside its words: a number, the ids of who bears it, an authority."""
    numbers = {f"number {n.lstrip('0')}" for n in _NUMBER.findall(bare)}
    ids = {f"id {i}" for i in known.ids_of.get(bare, ())}
    code = _authority(bare, known)
    return numbers | ids | ({f"authority {code}"} if code else set())


def likeness(
    one: Organisation,
    other: Organisation,
    known: KnownNames,
) -> Likeness:
    """Whether two organisations are the same, alike, different, or cannot be told."""
    if not (one.is_known and other.is_known):
        return Likeness.UNKNOWN
    if one.marks & other.marks or one.names & other.names:
        return Likeness.SAME
    if _authorities(one) and _authorities(other):
        return Likeness.DIFFERENT
    if _have_like_names(one, other, known):
        return Likeness.LIKE
    return _unlike(one, other)


def _unlike(one: Organisation, other: Organisation) -> Likeness:
    """An id alone, against a name alone, tells nothing."""
    if one.names and other.names:
        return Likeness.DIFFERENT
    return Likeness.UNKNOWN


def _have_like_names(
    one: Organisation,
    other: Organisation,
    known: KnownNames,
) -> bool:
    # the name of a place is in the names of many who work there
    places = {word for name in known.authorities for word in name.split()}
    return any(_are_alike(a, b, places) for a in one.names for b in other.names)


def _authorities(each: Organisation) -> set[str]:
    return {mark for mark in each.marks if mark.startswith("authority ")}


def _authority(folded: str, known: KnownNames) -> str | None:
    bare = " ".join(_COUNCIL.sub(" ", folded).split())
    return known.authorities.get(folded) or (
        known.authorities.get(bare) if bare else None
    )


def _are_alike(
    one: str,
    other: str,
    places: set[str],
) -> bool:
    if SequenceMatcher(None, one, other, autojunk=False).ratio() >= LIKE:
        return True
    ours, theirs = set(one.split()), set(other.split())
    telling = {
        word
        for word in ours & theirs
        if len(word) > 3 and word not in _COMMON | places
    }
    initials = {
        _initials(one),
        _initials(other),
    }
    return bool(telling) or bool(
        initials
        & {
            one.replace(" ", ""),
            other.replace(" ", ""),
        }
    )


def _initials(name: str) -> str:
    words = name.split()
    return "".join(word[0] for word in words) if len(words) > 2 else "?"
