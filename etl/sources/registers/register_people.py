"""Whether a text of a register speaks of a person: an identity number, a birth date, a name beside a
hardship, how the person is reached or where the person lives.

A person is not a project. Such a row is held for somebody to look at, and nothing of it is repeated. Names of
bodies, of buildings and of streets that bear a person's name are let through, and so is a name where nothing
else is said of the person.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from typing import Final

from clearlink.rules.as_read import as_read
from clearlink.rules.one_person import (
    has_e_mail,
    is_of_one_person,
    names_somebody_at_an_address,
)
from clearlink.rules.whereabouts import is_addressed
from clearlink.words.vocabulary import name_words
from etl.directory import CATALOGUE, folded
from etl.sources.registers.register_problems import quoted

# officers, suppliers and sources stand under their own names
NAMES_BELONG_HERE: Final = frozenset(
    {
        "approver",
        "recorded_by",
        "sighted_by",
        "engagement_with",
        "provider_name",
        "provider_org_id",
        "commissioner",
        "source_ref",
        "source_url",
        "quotation",
        "project_id",
        "area_codes",
        "priority_id",
    }
)
# numbers and addresses of records, not of people
_IDS: Final = frozenset(
    {
        "provider_org_id",
        "source_ref",
        "source_url",
        "project_id",
        "area_codes",
        "priority_id",
        "users_by_area",
    }
)
# who decided, wrote, saw or was heard: nothing about them needs an address, whatever their name
_WHO: Final = frozenset(
    {
        "approver",
        "recorded_by",
        "sighted_by",
        "engagement_with",
        "owed_by",
    }
)
_HARDSHIP: Final = re.compile(
    r"\b(?:hardship|washing machine|fridges?|freezers?|cookers?|beds?|bedding|mattress(?:es)?|carpets?|"
    r"white goods|furniture|"
    r"school uniform|clothing grant|crisis grant|debts?|arrears|eviction|evicted|homeless|funeral|"
    r"bereavements?|bereaved|"
    r"(?:leaving|left|after) (?:hospital|prison|care)|terminal(?:ly)?|cancer|diagnos\w+|wheelchair|"
    r"mobility scooter|"
    r"disabled son|disabled daughter|overdose|suicide|self harm|abuse[ds]?|abusive|fleeing|refuge|"
    r"assault\w*|rape|addict\w*|"
    r"alcoholi\w+|detox\w*|benefit sanction|food (?:voucher|parcel)|emergency (?:grant|payment)|lost "
    r"(?:his|her|their) (?:job|home|"
    r"husband|wife|partner|son|daughter)|caledi|peiriant golchi|oergell\w*|rhewgell\w*|popty|gwelyau|"
    r"gwely|matres|carped\w*|dodrefn|"
    r"gwisg ysgol|dyled\w*|ôl ddyledion|troi allan|digartref|angladd|profedigaeth|gadael (?:yr "
    r")?(?:ysbyty|carchar|gofal)|canser|"
    r"diagnosis|cadair olwyn|cam drin|cam driniaeth|lloches|hunanladdiad|hunan niwed|dibyniaeth|taleb "
    r"fwyd|parsel bwyd)\b"
)
# where a name ends: the words of an address behind it are no part of it
_NAME_ENDS: Final = re.compile(r"[,;:()|/\n]|\s[–—-]\s|\d+")
_PATRONYMIC: Final = re.compile(
    r"\b[A-Z][\w’'-]+\s+(?:ap|ab|ferch|verch)\s+[A-Z]"
)
_INITIALS: Final = re.compile(r"(?:[A-Z]\.){1,3}|[A-Z]")
_WORD: Final = re.compile(r"[^\W\d_][\w’'-]*\.?|[.;:!?\n]")
_PARTICLES: Final = frozenset({"ap", "ab", "ferch", "verch"})
_TITLES: Final = frozenset(
    {
        "mr",
        "mrs",
        "ms",
        "miss",
        "mx",
        "master",
    }
)
_OFFICES: Final = frozenset(
    {
        "dr",
        "prof",
        "cllr",
        "councillor",
        "cyng",
        "cynghorydd",
        "rev",
        "parch",
        "dame",
    }
)
# a name before one of these is a body's, a building's or a street's
_OF_A_BODY: Final = re.compile(
    r"(?:trust|foundation|house|centre|center|hospice|hospital|fund|court|ward|school|college|lodge|"
    r"project|street|road|avenue|lane|society|charity|ltd|limited|cyf|memorial|hall|church|chapel|"
    r"institute|association|home|homes|club|scheme|appeal|award|awards|academy|library|park|gardens|"
    r"place|close|crescent|group|partnership|service|services|support|unit|clinic|surgery|day|cancer|"
    r"care|elusen|ymddiriedolaeth|sefydliad|canolfan|ysgol|ysbyty|ty|cronfa|cymdeithas|clwb|neuadd|"
    r"llys|heol|stryd|prosiect|bursary|scholarship|act|law|programme|theatre|gallery|museum|arms|"
    r"brigade|hostel)"
)

# Welsh says what it is before the name: Canolfan Mair Prys
_BODY_BEFORE: Final = re.compile(
    r"elusen|ymddiriedolaeth|sefydliad|(?:c|g|ngh|ch)anolfan|ysgol|ysbyty|ty|dy|(?:c|g|ch)ronfa|"
    r"(?:c|g|ch)ymdeithas|(?:c|g|ch)lwb|neuadd|ll?ys|heol|stryd|ffordd|lon|prosiect|brosiect|parc|barc|"
    r"(?:c|g|ch)apel|eglwys|theatr|(?:m|f)enter|plas|blas|ward"
)


def speaks_of_a_person(
    texts: Iterable[str], bodies: Iterable[str] = ()
) -> bool:
    """Whether the texts of one row, taken together, speak of a person. `bodies`: names of those that
    supply and pay, which are no persons.
    """
    listed = [as_read(text) for text in texts if text and text.strip()]
    return any(map(is_of_one_person, listed)) or _names_a_person_in_hardship(
        listed, bodies
    )


def _names_a_person_in_hardship(
    listed: list[str], bodies: Iterable[str]
) -> bool:
    known = [folded(body) for body in bodies if body]
    whole = " ".join(folded(text) for text in listed)
    return bool(_HARDSHIP.search(whole)) and any(
        _names_a_person(text, known) for text in listed
    )


def speaks_of_a_person_in(
    cells: Mapping[str, str], *further: str | None
) -> bool:
    """The same of the cells of a row by column, and of further texts that would be kept beside them."""
    seen = {column: as_read(text) for column, text in cells.items() if text}
    beside = [as_read(text) for text in further if text]

    def texts_but(left_out: Collection[str]) -> list[str]:
        return [text for column, text in seen.items() if column not in left_out]

    if any(
        map(
            _leads_to_a_person,
            (*texts_but(_IDS), *beside),
        )
    ):
        return True
    if any(map(has_e_mail, seen.values())):
        return True
    if any(
        is_addressed(text) for column, text in seen.items() if column in _WHO
    ):
        return True
    bodies = (
        cells.get("provider_name", ""),
        cells.get("commissioner", ""),
    )
    texts = [
        *texts_but(NAMES_BELONG_HERE),
        *beside,
    ]
    return _names_a_person_in_hardship(texts, bodies)


def is_personal(text: str) -> bool:
    """Whether a text by itself names a person or gives an identity number or a birth date: what no copy of
    a held row repeats.
    """
    seen = as_read(text)
    return _leads_to_a_person(seen) or _names_a_person(seen, [])


def quoted_heading(text: str) -> str:
    """The name of a column or a sheet in quotation marks; a dash for one that leads to a person or gives an
    address.
    """
    return "–" if is_addressed(text) or is_personal(text) else quoted(text)


def is_one_person(text: str) -> bool:
    """Whether a text that should name a group or a body names one person."""
    return is_personal(text) or _is_a_name(text)


def _is_a_name(text: str) -> bool:
    """Whether a text is the name of one person: a given name alone ("Siân"), "Evans, Gareth", "G. Evans", or
    begins with a title and a name.
    """
    seen = as_read(text)
    words = seen.split()
    if _PATRONYMIC.search(seen):
        return True
    if not words or not all(word[:1].isupper() for word in words[:2]):
        return False
    if len(words) == 2:
        return _is_name_of_two(
            words[0],
            words[1],
        )
    return folded(words[0]) in (
        _TITLES | _OFFICES if len(words) > 2 else _given_names()
    )


def _is_name_of_two(first: str, second: str) -> bool:
    """Whether two words are "Mrs Evans", "Evans, Gareth" or "G. Evans"."""
    is_turned = first.endswith(",") and folded(second) in _given_names()
    return (
        is_turned
        or bool(_INITIALS.fullmatch(first))
        or folded(first) in _TITLES | _OFFICES
    )


def _leads_to_a_person(text: str) -> bool:
    """Whether a text gives a number or an address of one person, or a name with an address of the post."""
    if is_of_one_person(text):
        return True
    if not is_addressed(text):
        return False
    # a name of the list, or one that no list has and that is written as a name
    return any(
        _names_a_person(part, []) for part in _NAME_ENDS.split(text)
    ) or names_somebody_at_an_address(text, name_words())


def _names_a_person(text: str, bodies: list[str]) -> bool:
    # "Rhys ap Enghraifft" is a name as "Rhys Enghraifft" is
    words = [
        word for word in _WORD.findall(text) if folded(word) not in _PARTICLES
    ]
    return any(_is_name(words, at, bodies) for at in range(len(words) - 1))


def _is_name(
    words: list[str],
    at: int,
    bodies: list[str],
) -> bool:
    """Whether a given name or a title, and after it a surname, stand at a place in a text and belong to no
    body.
    """
    word, surname = words[at], words[at + 1]
    given = folded(word).split(" ")[0]
    if (
        not word[:1].isupper()
        or not surname[:1].isupper()
        or given not in _given_names() | _TITLES
    ):
        return False
    if at and _BODY_BEFORE.fullmatch(folded(words[at - 1])):
        return False
    following = [
        folded(w.removesuffix("’s").removesuffix("'s"))
        for w in words[at + 1 : at + 4]
    ]
    if (
        any(_OF_A_BODY.fullmatch(w) for w in following)
        or folded(surname) in _given_names()
    ):
        return False
    name = folded(f"{word} {surname}")
    return not any(name in body for body in bodies)


@cache
def _given_names() -> frozenset[str]:
    """Given names in use in Wales, from the catalogue; words that are names and common words at once are
    not among them.
    """
    text = (CATALOGUE / "given_names.csv").read_text(encoding="utf-8")
    return frozenset(
        folded(line) for line in text.splitlines()[1:] if line.strip()
    )
