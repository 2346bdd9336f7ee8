"""Numbers, money, dates and ranks as words in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, Final, TypeVar, overload

from babel import Locale

T = TypeVar("T")

# What the CLDR knows of the two languages: months, plural rules.
_CLDR: Final = {
    "en": Locale("en", "GB"),
    "cy": Locale("cy"),
}

# The Welsh alphabet sorts digraphs as letters: ch after c, dd after d, ff after f, ng after g, ll after l,
# ph, rh, th.
WELSH_ALPHABET: Final = [
    "a",
    "b",
    "c",
    "ch",
    "d",
    "dd",
    "e",
    "f",
    "ff",
    "g",
    "ng",
    "h",
    "i",
    "j",
    "k",
    "l",
    "ll",
    "m",
    "n",
    "o",
    "p",
    "ph",
    "q",
    "r",
    "rh",
    "s",
    "t",
    "th",
    "u",
    "v",
    "w",
    "x",
    "y",
    "z",
]
_PLACE: Final = {letter: index for index, letter in enumerate(WELSH_ALPHABET)}
_PLAIN: Final = str.maketrans(
    "âêîôûŵŷáéíóúẃýäëïöüẅÿàèìòùẁỳ", "aeiouwyaeiouwyaeiouwyaeiouwy"
)


def plural_category(lang: str, n: float) -> str:
    """The CLDR plural category of `n`: English one/other; Welsh zero, one, two, few (3), many (6), other."""
    return str(_CLDR[lang].plural_form(n))


def whole(n: float) -> str:
    """1234.4 → '1,234' (the same in both languages)."""
    return f"{round(n):,}"


def gbp(n: float) -> str:
    """Pounds for a table: '£1,234,567'."""
    return f"-£{abs(round(n)):,}" if round(n) < 0 else f"£{round(n):,}"


def gbp_short(n: float) -> str:
    """Pounds for a square of a picture, the same in both languages: '£4.1m', '£340k', '£900'."""
    if abs(n) >= 999_500:
        return f"£{n / 1e6:.1f}m"
    return f"£{round(n / 1e3)}k" if abs(n) >= 10_000 else gbp(n)


def gbp_in_words(lang: str, n: float) -> str:
    """Pounds for a sentence: '£1.2 million' / '£1.2 miliwn', '£340,000'."""
    million = {"en": "million", "cy": "miliwn"}[lang]
    if abs(n) >= 999_500:
        return f"£{n / 1e6:.1f} {million}"
    if abs(n) >= 10_000:
        return f"£{round(n, -3):,.0f}"
    return gbp(n)


def pct(share: float, digits: int = 0) -> str:
    """0.4237 → '42%'."""
    return f"{100 * share:.{digits}f}%"


def day(lang: str, d: date | None) -> str:
    """22 November 2026 / 22 Tachwedd 2026; an em dash where no date is recorded."""
    return (
        "—"
        if d is None
        else f"{d.day} {_CLDR[lang].months['format']['wide'][d.month]} {d.year}"
    )


def months_named(lang: str, text: str) -> str:
    """An English text with the months it names in the language: 'June 2026' / 'Mehefin 2026'."""
    named = _CLDR[lang].months["format"]["wide"]
    for number, english in _CLDR["en"].months["format"]["wide"].items():
        text = re.sub(
            rf"\b{english}\b(?= \d{{4}}| to )",
            named[number],
            text,
        )
    return text


def month(lang: str, d: date) -> str:
    """Nov 2026 / Tach 2026, for the axis of a chart."""
    return f"{_CLDR[lang].months['format']['abbreviated'][d.month]} {d.year}"


_ORDINALS: Final = {
    "af": (1,),
    "il": (2,),
    "ydd": (3, 4),
    "ed": (5, 6),
    "fed": (
        7,
        8,
        9,
        10,
        12,
        15,
        18,
        20,
    ),
    "eg": (11, 13, 14, 16, 17, 19),
}


def ordinal(lang: str, n: int) -> str:
    """1st, 2nd, 12th / 1af, 2il, 12fed."""
    if lang == "cy":
        return f"{n}{_welsh_ordinal(n)}"
    suffix = (
        "th"
        if n % 100 in (11, 12, 13)
        else {1: "st", 2: "nd", 3: "rd"}.get(
            n % 10,
            "th",
        )
    )
    return f"{n:,}{suffix}"


def _welsh_ordinal(n: int) -> str:
    if n > 20:
        return "fed" if n % 20 == 0 else "ain"
    return next(
        (ending for ending, of in _ORDINALS.items() if n in of),
        "ain",
    )


def rank(
    lang: str,
    n: int,
    of: int,
) -> str:
    """'12th of 1,917' / '12fed o 1,917'."""
    return f"{ordinal(lang, n)} {'o' if lang == 'cy' else 'of'} {of:,}"


# figures whose Welsh name begins with a vowel: un, wyth, un ar ddeg or un deg un (and to 19), wyth deg, wyth
# cant, wyth mil
_VOWEL_FIGURE: Final = re.compile(r"£?(?:1(?![\d,])|1[1-9](?!\d)|8)")


def join(lang: str, parts: Iterable[str]) -> str:
    """'a, b and c' / 'a, b ac ch' (ac before a vowel, a before a consonant)."""
    items = [p for p in parts if p]
    if len(items) < 2:
        return "".join(items)
    link = _link_before(
        lang,
        items[-1],
    )
    last = _aspirated(items[-1]) if link == "a" else items[-1]
    return f"{', '.join(items[:-1])} {link} {last}"


def _link_before(lang: str, word: str) -> str:
    """The word for 'and' before another."""
    if lang != "cy":
        return "and"
    vowel = (
        word[:1].lower().translate(_PLAIN) in "aeiouwy"
        or _VOWEL_FIGURE.match(word) is not None
    )
    return (
        "ac"
        if vowel
        or word.split(" ", 1)[0].lower() in ("mae", "nid", "ni", "felly")
        else "a"
    )


def _aspirated(word: str) -> str:
    # after "a" (and), c, p and t become ch, ph and th: Caerdydd → a Chaerdydd; letters that are part of ch,
    # ph, th stay
    if word[:1] in "cptCPT" and word[1:2].lower() != "h":
        return word[0] + "h" + word[1:]
    return word


def welsh_order(text: str) -> tuple[int, ...]:
    """A sort key by the Welsh alphabet: Dinbych before Ddinbych, Llandudno after Luton."""
    plain = text.lower().translate(_PLAIN)
    key: list[int] = []
    at = 0
    while at < len(plain):
        pair = plain[at : at + 2]
        if pair in _PLACE and len(pair) == 2:
            key.append(_PLACE[pair])
            at += 2
        else:
            key.append(
                _PLACE.get(
                    plain[at],
                    -1,
                )
            )
            at += 1
    return tuple(key)


@overload
def sorted_names(lang: str, things: Iterable[str]) -> list[str]: ...
@overload
def sorted_names(
    lang: str,
    things: Iterable[T],
    name_of: Callable[[T], str],
) -> list[T]: ...
def sorted_names(
    lang: str,
    things: Iterable[Any],
    name_of: Callable[[Any], str] = str,
) -> list[Any]:
    """Names, or things by their name, in the alphabetical order of the language they are shown in."""
    order: Callable[[str], Any] = welsh_order if lang == "cy" else str.casefold
    return sorted(
        things,
        key=lambda thing: order(name_of(thing)),
    )
