"""Which heading of a return could hold a family or a person. Such a column is refused at the door, whole and
unread: a return is counts by area and period, and nothing else has a place in it.

Acts itself, where a return is read (`etl.sources.papers.programme_returns`): it has no twin.
"""

from __future__ import annotations

import re
from typing import Final

from clearlink.rules.as_read import as_read


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# a heading that is one of these names a person by itself, in either language
_BY_ITSELF: Final = _words(
    "id ids name names enw enwau initials llythrennau ref reference cyfeirnod rhif age dob upn uprn nhs nino "
    "gender sex ethnicity rhyw rhywedd oed oedran ethnigrwydd"
)
# a word that makes any heading the mark of a person or of where they live
_ANYWHERE: Final = _words(
    "surname forename firstname lastname cyfenw dob birth birthdate geni postcode postcodes postal uprn upn "
    "nhs nino address addresses cyfeiriad phone telephone mobile ffon email ebost diagnosis wccis paris"
)
# people whose number, name or key would be one family's
_PEOPLE: Final = _words(
    "family families teulu teuluoedd child children plentyn plant parent parents rhiant rhieni mother father "
    "mam tad carer gofalwr person unigolyn pupil disgybl client cleient case achos user defnyddiwr sibling "
    "household aelwyd patient claf young"
)
_KEYS: Final = _words(
    "id ids no number rhif name names enw enwau ref reference cyfeirnod code cod initials key unique"
)
# “number of families” counts them
_COUNTED: Final = re.compile(r"\b(?:number|no|rhif|nifer) (?:of|o)\b")
_POSTCODE: Final = re.compile(
    r"\b(?:post ?code|cod ?post|date of birth|dyddiad geni|first name|last name)\b"
)
_JOINED: Final = re.compile(r"(?<=[a-z])(?=[A-Z])|[\W_]+")


def could_be_a_family(heading: str) -> bool:
    """Whether a heading, however it is written, could stand over a family, a person or their home."""
    words = [
        word
        for word in _JOINED.sub(
            " ",
            _without_accents(as_read(heading)),
        )
        .casefold()
        .split()
        if word
    ]
    whole = " ".join(words)
    if (
        whole in _BY_ITSELF
        or _POSTCODE.search(whole)
        or _ANYWHERE.intersection(words)
    ):
        return True
    named = _COUNTED.sub("", whole).split()
    return bool(_PEOPLE.intersection(named) and _KEYS.intersection(named))


def _without_accents(text: str) -> str:
    return text.translate(str.maketrans("âêîôûŵŷÂÊÎÔÛŴŶ", "aeiouwyAEIOUWY"))
