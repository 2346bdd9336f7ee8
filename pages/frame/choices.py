"""What a person has chosen, kept for the visit and in the URL.

The row of choices is the same on every page and in the same order. A link carries every choice; whatever a
link says that this build does not know is ignored, never merged and never an error.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import Final

import streamlit as st

from clearlink.report.which_records import records_said
from clearlink.rules.codes import NEED_DEFINITIONS, VERDICT_ORDER, Basis
from clearlink.rules.link.standing import ON_RECORD, SERVES, SIGNS
from clearlink.warehouse import reader
from clearlink.warehouse.reader import once_a_build
from clearlink.warehouse.records import WHICH_RECORDS
from clearlink.words.numbers import sorted_names
from pages.frame.language import address_is_whole
from pages.frame.speech import Speech
from pages.frame.state import Box, Kept
from pages.frame.which_projects import follow_records, record_names
from pages.need.standing import has_figure

ALL: Final = ""
BASES: Final = (Basis.AT_DECISION, Basis.TODAY)
# From the smallest areas to the largest; the layer that draws each is named after it.
LEVELS: Final = ("LSOA21", "MSOA21", "LA", "CSP")
SQUARES: Final = frozenset(f"{s}.{o}" for s in SERVES for o in ON_RECORD)
MOST_TEXT: Final = 80
# Six boxes fill a laptop's row of 1,302 px with the longest Welsh option of each (but the themes') uncut.
WIDTH_PX: Final = {
    "place": 250,
    "programme": 165,
    "theme": 260,
    "need": 220,
    "level": 160,
    "basis": 200,
    "year": 225,
    "records": 190,
}
# choices that a new build may no longer hold
OF_A_BUILD: Final = ("place", "programme", "theme", "year", "area", "project")


@dataclass(frozen=True, slots=True)
class Choices:
    """One person's choices. An empty text means all; `area` and `project` are what is open; no `year` means
    what runs on the day; no `records` means the real ones where a page of a mixed build has any.
    """

    place: str = reader.WALES
    programme: str = ALL
    theme: str = ALL
    need: str = "lead"
    level: str = "LSOA21"
    basis: str = Basis.AT_DECISION
    year: str = ALL
    records: str = ALL
    verdict: str = ALL
    area: str = ALL
    project: str = ALL
    words: str = ALL
    square: str = ALL
    sign: str = ALL


DEFAULTS: Final = Choices()
_KEPT: Final = Kept[Choices]("choices")
# Areas that people govern by and that no map layer draws.
GOVERNED: Final = ("PSB", "PARTNERSHIP", "LHB", "CLUSTER", "WD24")


def _allowed() -> Mapping[str, Callable[[str], bool]]:
    return {
        "place": lambda v: v in reader.place_rows(),
        "programme": lambda v: v in reader.programmes(),
        "theme": lambda v: v in reader.themes(),
        "need": lambda v: v in NEED_DEFINITIONS,
        "level": lambda v: v in LEVELS,
        "basis": lambda v: v in BASES,
        "year": lambda v: v in reader.years(),
        "records": lambda v: v in WHICH_RECORDS,
        "verdict": lambda v: v in VERDICT_ORDER,
        "area": lambda v: (
            v.isascii()
            and v.replace("_", "").isalnum()
            and len(v) <= 48
            and (reader.area(v) or {}).get("area_type") in (*LEVELS, *GOVERNED)
        ),
        "project": lambda v: len(v) <= 60 and reader.project(v) is not None,
        "square": lambda v: v in SQUARES,
        "sign": lambda v: v in (*SIGNS, "any", "without"),
        "words": lambda v: len(v) <= MOST_TEXT and v.isprintable(),
    }


def current_choices() -> Choices:
    """The choices of this run: the URL's, over those kept since the last page, over the defaults.

    An address that a page wrote says all of them, so a step back to a default is a step back.
    """
    before = _KEPT.value_or(DEFAULTS)
    kept = DEFAULTS if address_is_whole() else before
    in_url = _asked_in_address(kept)
    chosen = _without_what_went(replace(kept, **in_url))
    is_link = bool(in_url) and chosen != before and _KEPT.is_held()
    _write(chosen)
    if is_link:
        _say_again(in_url)
    return chosen


def _asked_in_address(kept: Choices) -> dict[str, str]:
    """What the address asks for that is not chosen already and that this build knows."""
    allowed = _allowed()
    # Streamlit parses the address anew for every parameter that is asked for by itself
    in_address = st.query_params.to_dict()
    changes = {}
    for field in fields(Choices):
        asked = in_address.get(field.name)
        if asked is None or asked == getattr(kept, field.name):
            continue
        if asked == ALL or allowed[field.name](asked):
            changes[field.name] = asked or getattr(DEFAULTS, field.name)
    return changes


def _without_what_went(chosen: Choices) -> Choices:
    """The same choices, without those that a new build no longer holds."""
    allowed = _allowed()
    gone = {}
    for name in OF_A_BUILD:
        value, default = getattr(chosen, name), getattr(DEFAULTS, name)
        if value != default and not allowed[name](value):
            gone[name] = default
    return replace(chosen, **gone) if gone else chosen


def _say_again(found: Iterable[str]) -> None:
    """A link from a page to itself leaves the browser's address as it was, and the address is what people
    share.
    """
    for name in found:
        if name in st.query_params:
            st.query_params[name] = st.query_params[name]


def choose(**changes: str) -> None:
    """Changes some choices, for the visit and in the URL."""
    _write(
        replace(
            _KEPT.value_or(DEFAULTS),
            **changes,
        )
    )


def address(**changes: str) -> dict[str, str]:
    """Query parameters of a link that carries the present choices with some changed."""
    kept = _KEPT.value_or(DEFAULTS)
    return dict(
        _address(
            kept,
            st.query_params.get("lang", "en"),
            **changes,
        )
    )


@lru_cache(maxsize=2048)
def _address(kept: Choices, lang: str, **changes: str) -> dict[str, str]:
    # a page has dozens of links, and each run writes the same ones again
    chosen = replace(kept, **changes)
    parameters = {
        f.name: getattr(chosen, f.name)
        for f in fields(Choices)
        if getattr(chosen, f.name) != getattr(DEFAULTS, f.name)
    }
    for name in changes:
        parameters.setdefault(
            name,
            getattr(chosen, name),
        )
    return {**parameters, "lang": lang}


def _write(chosen: Choices) -> None:
    """Keeps the choices for the visit and puts those that are not at their default into the address, in one
    step of it.
    """
    _KEPT.keep(chosen)
    in_address = st.query_params.to_dict()
    named = {field.name for field in fields(Choices)}
    wanted = {
        name: value for name, value in in_address.items() if name not in named
    }
    for field in fields(Choices):
        value = getattr(chosen, field.name)
        if value != getattr(DEFAULTS, field.name):
            wanted[field.name] = value
    if wanted != in_address:
        st.query_params.from_dict(wanted)


def _changed(field: str) -> None:
    choose(**{field: _box_of(field).value()})


def _box_of(field: str) -> Box[str]:
    return Box(f"choose_{field}")


def select(
    speech: Speech,
    field: str,
    names: Mapping[str, str],
    *,
    label: str | None = None,
    help: str | None = None,
    shown: str | None = None,
) -> None:
    """A select box bound to one choice: its options in their order, with their names. `shown`: what holds
    where nobody has chosen.
    """
    box = _box_of(field)
    value = shown or getattr(
        _KEPT.value(),
        field,
    )
    value = value if value in names else next(iter(names))
    # set from outside only where it differs: else it starts at the choice, which a page drawn anew after a
    # step back shows too
    is_set = box.is_held() and box.value() != value
    if is_set:
        box.keep(value)
    st.selectbox(
        label or speech(f"choices.{field}"),
        list(names),
        index=0 if is_set else list(names).index(value),
        format_func=names.__getitem__,
        key=box.key,
        on_change=_changed,
        args=(field,),
        help=help,
        width=WIDTH_PX.get(field, 200),
    )


@once_a_build
def levels_held() -> tuple[str, ...]:
    """The levels of which this build holds need and can draw the outlines."""
    offered = {
        offer["area_type"] for offer in reader.need_offer() if offer["areas"]
    }
    return tuple(
        level
        for level in LEVELS
        if level in offered and level.lower() in reader.layers()
    )


@once_a_build
def place_names(speech: Speech) -> dict[str, str]:
    """Code → name of Wales, the collaborative regions, authorities, their successors and boards, as the
    chooser shows them.

    Each kind in the order of the language; regions say which footprint they belong to.
    """
    rows = reader.place_rows()
    names = {code: speech.of(row) for code, row in rows.items()}
    listed: dict[str, str] = {}
    for kind in ("WALES", "RCC", "LA", "RPB", *GOVERNED):
        codes = (code for code, row in rows.items() if row["area_type"] == kind)
        for code in sorted_names(speech.lang, codes, names.__getitem__):
            is_named_by_kind = kind in ("RCC", "RPB", *GOVERNED)
            listed[code] = (
                speech(
                    f"choices.place_{kind}",
                    name=names[code],
                )
                if is_named_by_kind
                else names[code]
            )
    return listed


@once_a_build
def theme_names(speech: Speech) -> dict[str, str]:
    """Theme id → its name, in order."""
    return {theme: speech.of(row) for theme, row in reader.themes().items()}


@once_a_build
def theme_options(speech: Speech) -> dict[str, str]:
    """Theme id → how a chooser names it: one of which this build holds no figure of need says so."""
    return {
        theme: name
        if has_figure(theme)
        else speech("choices.theme_without", theme=name)
        for theme, name in theme_names(speech).items()
    }


@once_a_build
def programme_names(speech: Speech) -> dict[str, str]:
    """Programme id → its name, those that have a project."""
    return {
        p: speech.of(row)
        for p, row in reader.programmes().items()
        if row["projects"]
    }


@once_a_build
def year_options(speech: Speech) -> dict[str, str]:
    """Financial year → as it is written, the newest first; before them what runs on the day, which is no
    year.
    """
    day = speech(
        "choices.year_of_the_day",
        date=speech.date(reader.build()["as_of"]),
    )
    return {
        ALL: day,
        **{year: year for year in reader.years()},
    }


def choices_row(
    speech: Speech,
    show: Sequence[str],
    bases: Mapping[str, str] | None = None,
) -> Choices:
    """The row of choices on top of a page, in the same order on every page, with one button that clears all.

    `bases` are other names of the two bases, where a page knows more of the day than that a decision was
    made.
    """
    chosen = current_choices()
    # first of all: what stands in the other boxes is of these records
    if "records" in show:
        area = chosen.area if "area" in show else ALL
        follow_records(
            chosen.records,
            chosen.place,
            chosen.programme,
            chosen.theme,
            area,
        )
    with st.container(
        horizontal=True, vertical_alignment="bottom", key="choices_row"
    ):
        _boxes(speech, show, chosen, bases)
        _clear_button(speech, chosen)
    kept = _KEPT.value()
    reader.choose_year(kept.year if "year" in show else ALL)
    _say_what_is_counted(speech, kept, show)
    return kept


def _boxes(
    speech: Speech,
    show: Sequence[str],
    chosen: Choices,
    bases: Mapping[str, str] | None,
) -> None:
    for name, box in _BOXES.items():
        if name in show:
            box(speech)
    if "basis" in show:
        _basis_box(speech, bases)
    if "year" in show:
        select(
            speech,
            "year",
            year_options(speech),
            help=speech("choices.year_help"),
        )
    if "words" in show:
        _words_box(speech, chosen.words)
    if "records" in show:
        records_box(speech, reader.chosen_records())


def _place_box(speech: Speech) -> None:
    select(
        speech,
        "place",
        place_names(speech),
    )


def _programme_box(speech: Speech) -> None:
    everything = {ALL: speech("choices.all_programmes")}
    select(
        speech,
        "programme",
        {**everything, **programme_names(speech)},
    )


def _theme_box(speech: Speech) -> None:
    everything = {ALL: speech("choices.all_themes")}
    select(
        speech,
        "theme",
        {**everything, **theme_options(speech)},
    )


def _one_theme_box(speech: Speech) -> None:
    select(
        speech,
        "theme",
        theme_options(speech),
    )


def _need_box(speech: Speech) -> None:
    names = {d: speech(f"need.definition.{d}") for d in NEED_DEFINITIONS}
    select(
        speech,
        "need",
        names,
        help=speech("need.definition.help"),
    )


def _level_box(speech: Speech) -> None:
    names = {level: speech(f"choices.level_{level}") for level in levels_held()}
    select(speech, "level", names)


_BOXES: Final[Mapping[str, Callable[[Speech], None]]] = {
    "place": _place_box,
    "programme": _programme_box,
    "theme": _theme_box,
    "one_theme": _one_theme_box,
    "need": _need_box,
    "level": _level_box,
}


def _basis_box(speech: Speech, bases: Mapping[str, str] | None) -> None:
    names = bases or {b: speech(f"choices.basis_{b}") for b in BASES}
    select(
        speech,
        "basis",
        names,
        help=speech("choices.basis_help"),
    )


def _clear_button(speech: Speech, chosen: Choices) -> None:
    """Offered where anything is chosen; a click begins the page anew."""
    if chosen == DEFAULTS:
        return
    if st.button(
        speech("choices.clear"),
        key="clear_choices",
        type="tertiary",
    ):
        _write(DEFAULTS)
        st.rerun()


def _words_box(speech: Speech, written: str) -> None:
    box = _box_of("words")
    box.keep(written)
    st.text_input(
        speech("choices.words"),
        key=box.key,
        max_chars=MOST_TEXT,
        # what is left of the row beside the five boxes, each with its longest option uncut
        width=160,
        on_change=lambda: choose(words=box.value().strip()),
    )


def records_box(speech: Speech, shown: str) -> None:
    """The choice between real records and all, where the build mixes them. `shown`: which of them answer."""
    if reader.is_mixed():
        select(
            speech,
            "records",
            record_names(speech),
            shown=shown,
            help=speech("choices.records_help"),
        )


def _say_what_is_counted(
    speech: Speech,
    kept: Choices,
    show: Sequence[str],
) -> None:
    """Under the row: which records are left out, and that a year chosen elsewhere does not act here."""
    if "records" in show and reader.is_mixed():
        area = kept.area if "area" in show else ALL
        st.caption(
            records_said(
                speech,
                kept.place,
                kept.programme,
                kept.theme,
                area,
            )
        )
    if kept.year and "year" not in show:
        st.caption(
            speech(
                "choices.year_not_here",
                chosen=kept.year,
                year=reader.year(),
            )
        )
