"""The closed lists a register cell may choose from: each value with the words accepted for it in either
language.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from clearlink.rules.codes import DatesBasis, ValueKind
from etl.directory import folded
from etl.records import FieldState


def _choices(words: Mapping[str, str]) -> Mapping[str, str]:
    accepted = {folded(value): value for value in words}
    accepted |= {
        folded(word): value
        for value, line in words.items()
        for word in line.split("|")
    }
    return MappingProxyType(accepted)


_DELIVERY: Final = {
    "place_based": "seiliedig ar le",
    "dispersed": "gwasgaredig",
    "area_wide": "ardal gyfan",
    "confidential": "cyfrinachol",
}
_TIER: Final = {
    "universal": "cyffredinol",
    "targeted": "wedi ei dargedu|wedi’i dargedu",
    "intensive": "dwys",
}
_STATE: Final = {
    FieldState.CONFIRMED_NONE.value: "cadarnhawyd nad oes",
    FieldState.REQUESTED_NOT_SUPPLIED.value: "gofynnwyd ond nis cafwyd",
    FieldState.WITHHELD.value: "ataliwyd",
}
_VALUE_KIND: Final = {
    ValueKind.YEARLY.value: "blynyddol",
    ValueKind.FRAMEWORK_CEILING.value: "uchafswm fframwaith",
    ValueKind.TENDER_NOTICE.value: "hysbysiad tendro",
    ValueKind.NEVER_BOUGHT.value: "ni phrynwyd dim",
}
_DATES_BASIS: Final = {
    DatesBasis.END_FROM_LENGTH.value: "diwedd o’r hyd",
    DatesBasis.AWARD_AND_LENGTH.value: "dyfarniad a hyd",
}
_RESTS_ON: Final = {
    "figures": "ffigurau",
    "statements": "datganiadau",
    "both": "y ddau",
}
_FLAG: Final = {
    "yes": "ie|y|true|1|oes|ydy",
    "no": "na|n|false|0|nac oes|nac ydy|nage",
}

DELIVERY_MODELS: Final = _choices(_DELIVERY)
TIERS: Final = _choices(_TIER)
STATES: Final = _choices(_STATE)
FLAGS: Final = _choices(_FLAG)
VALUE_KINDS: Final = _choices(_VALUE_KIND)
DATES_BASES: Final = _choices(_DATES_BASIS)
RESTS_ON: Final = _choices(_RESTS_ON)


def options(words: Mapping[str, str]) -> tuple[str, str]:
    """What may be written, listed in English and in Welsh."""
    return ", ".join(words), ", ".join(
        line.split("|")[0] for line in words.values()
    )


OPTIONS: Final = {
    "standing": ("published, named", "published, named"),
    "delivery_model": options(_DELIVERY),
    "tier": options(_TIER),
    "state": options(_STATE),
    "flag": options(_FLAG),
    "value_kind": options(_VALUE_KIND),
    "dates_basis": options(_DATES_BASIS),
    "rests_on": options(_RESTS_ON),
}
