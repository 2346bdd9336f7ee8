"""What a name of a place means to somebody who commissions in one authority: the nearest thing of that name,
or every thing it could be.

The ladder: the authority itself and words for all of it; Wales and the health boards; then a ward or
neighbourhood of the authority in hand, at the level that was asked for where one was; then regions and
boards; then the one place of the name elsewhere. Where two things of one rung bear the name, neither is
taken: both are offered.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from clearlink.rules.as_read import as_read
from clearlink.rules.codes import WALES
from clearlink.rules.welsh_names import welsh_forms, without_land
from etl.directory import Directory, folded

_ALL_OF: Final = re.compile(
    r"^(?:all of|all over|all|the whole of|whole of|across|throughout|entire|holl|i gyd o|y cyfan o"
    r"|ledled|ar draws|drwy)\s+"
    r"|\s+(?:wide|i gyd|gyfan|as a whole)$"
)
_WHOLE_AUTHORITY: Final = re.compile(
    r"(?:county|authority|borough|council|city|area) ?wide|whole (?:county|authority|borough)"
    r"|across the (?:county|borough|authority)"
    r"|all (?:areas|wards|localities)|sir gyfan|ledled y sir|y sir gyfan|holl sir"
    r"|yr holl (?:ardaloedd|wardiau)"
)
_LEVEL_WORDS: Final = {
    "WD24": re.compile(
        r"^(?:ward|ward etholiadol|electoral ward|electoral division)\s+"
        r"|\s+(?:ward|electoral ward|electoral division|ed)$"
    ),
    "MSOA21": re.compile(r"\bmsoa\b|\bneighbou?rhood\b|\bcymdogaeth\b"),
    "LSOA21": re.compile(r"\blsoa\b"),
}
# The nearest rung first. A former committee's region counts only where no board of today bears the name.
_WIDE: Final = ("RPB", "PSB", "RCC")
_LOCAL: Final = ("WD24", "MSOA21", "LSOA21")
_CODE: Final = re.compile(r"[A-Z]\d{8}|(?:RPB|RCC|PSB)_[A-Z_]+", re.ASCII)
_POSTCODE: Final = re.compile(
    r"[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}",
    re.IGNORECASE | re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Meant:
    """`codes` are what a name means; where nothing is certain they are none, and `offered` is what it could
    be.
    """

    codes: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()


def level_asked(header: str) -> str:
    """The level that the name of a column asks for ("Ward" → WD24), or nothing."""
    plain = folded(header)
    if re.search(r"\b(?:wards?|wardiau|electoral divisions?)\b", plain):
        return "WD24"
    return next(
        (
            level
            for level in ("MSOA21", "LSOA21")
            if _LEVEL_WORDS[level].search(plain)
        ),
        "",
    )


def places_meant(
    text: str,
    directory: Directory,
    la_code: str | None,
    level: str = "",
) -> list[tuple[str, Meant]]:
    """Each name in a cell and what it means. A name with "and" or a comma in it ("Cardiff and Vale University
    Health Board") is tried whole.
    """

    def meaning(name: str) -> Meant:
        return place_meant(name, directory, la_code, level)

    meanings: list[tuple[str, Meant]] = []
    for part in filter(
        None,
        map(
            str.strip,
            re.split(r"[;\n]", text),
        ),
    ):
        whole = meaning(part)
        if _is_known(whole):
            meanings.append((part, whole))
            continue
        pieces = [part]
        for mark in (r"[,/]", r"\s*&\s*|\s+(?:and|a|ac)\s+"):
            pieces = _split_unknown(pieces, mark, meaning)
        meanings += [(piece, meaning(piece)) for piece in pieces]
    return meanings


def _split_unknown(
    pieces: Iterable[str],
    mark: str,
    meaning: Callable[[str], Meant],
) -> list[str]:
    """The pieces, those that mean nothing as they stand taken apart at a mark."""
    apart = [
        [piece] if _is_known(meaning(piece)) else re.split(mark, piece)
        for piece in pieces
    ]
    return [piece.strip() for each in apart for piece in each if piece.strip()]


def _is_known(meant: Meant) -> bool:
    return bool(meant.codes or meant.offered)


def place_meant(
    text: str,
    directory: Directory,
    la_code: str | None,
    level: str = "",
) -> Meant:
    """What one name means, by the ladder."""
    if (coded := _by_code(text, directory)) is not None:
        return coded
    plain = folded(without_land(text.replace("&", " and ")))
    if not plain:
        return Meant()
    if la_code and _WHOLE_AUTHORITY.fullmatch(plain):
        return Meant((la_code,))
    bare = _ALL_OF.sub("", plain).strip() or plain
    for name in dict.fromkeys((plain, bare)):
        if code := directory.authority(name):
            return Meant((code,))
    if bare in ("wales", "cymru"):
        return Meant((WALES,))
    if _LEVEL_WORDS["WD24"].search(bare):
        level, bare = "WD24", _LEVEL_WORDS["WD24"].sub("", bare).strip() or bare
    forms = (bare, *welsh_forms(bare))
    named = next(
        (form for form in forms if form in directory.place_names),
        bare,
    )
    return _by_ladder(named, directory, la_code, level)


def _by_code(text: str, directory: Directory) -> Meant | None:
    """What codes or a postcode mean; None for a name."""
    tokens = as_read(text).upper().split()
    if tokens and all(_CODE.fullmatch(token) for token in tokens):
        return Meant(tuple(tokens))
    if not _POSTCODE.fullmatch(" ".join(tokens)):
        return None
    lsoa = directory.postcodes.get("".join(tokens))
    return Meant((lsoa,) if lsoa else ())


def _by_ladder(
    name: str,
    directory: Directory,
    la_code: str | None,
    level: str,
) -> Meant:
    codes = directory.place_names.get(name, ())
    kinds = directory.area_types
    local = [c for c in codes if kinds.get(c, frozenset()) & {*_LOCAL}]
    here = [
        c
        for c in local
        if la_code and directory.area_authority.get(c) == la_code
    ]
    if boards := _of_kind(codes, kinds, "LHB"):
        return Meant((boards[0],))
    if here:
        return _of_one_rung(here, kinds, level)
    for kind in _WIDE:
        if wide := _of_kind(codes, kinds, kind):
            return Meant((wide[0],))
    if la_code is None and local:
        return _of_one_rung(local, kinds, level)
    return Meant((), tuple(local))


def _of_kind(
    codes: Iterable[str],
    kinds: Mapping[str, frozenset[str]],
    kind: str,
) -> list[str]:
    return [code for code in codes if kind in kinds.get(code, ())]


def _of_one_rung(
    codes: Sequence[str],
    kinds: Mapping[str, frozenset[str]],
    level: str,
) -> Meant:
    """The one place of the level that was asked; the only one of the name; else all of them, to choose
    from.
    """
    asked = [c for c in codes if level in kinds[c]]
    if len(asked) == 1:
        return Meant((asked[0],))
    left = asked or list(codes)
    return Meant((left[0],)) if len(left) == 1 else Meant((), tuple(left))
