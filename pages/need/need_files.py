"""The need map's colours and words as files: what depends on the build and the language alone, and on
nobody's rights.

`/maps/BUILD/KNOWN/LANG/THEME.MEASURE.LEVEL.json` holds one layer and `…/choices.json` names the layer of
every choice. BUILD is the served build; KNOWN follows from our own sources and from how much of the need
everybody may read today, so that a file is never another under the same name and the browser may keep it for
ever. They are made as somebody of whom nothing is known would read the build: nothing of a project is in
them, nor a statistic before its day. Who may read more gets the layer with the run.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from clearlink import folders
from clearlink.rules.codes import NEED_DEFINITIONS
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Scope, reading_as
from clearlink.words import Lang
from pages.area_map import Ahead
from pages.area_map.map_words import map_words
from pages.area_map.payload import layer_content
from pages.frame.choices import (
    DEFAULTS,
    LEVELS,
    Choices,
    levels_held,
    theme_options,
)
from pages.frame.speech import Speech
from pages.need.need_layer import (
    NeedShown,
    geometry_of,
    hover_lines,
    layer_url,
    need_layer,
    need_shown,
    outline_names,
)
from pages.server.served_files import not_found, packed_response
from pages.server.url_prefix import url_prefix

MAP_HEIGHT_PX: Final = 690
CHOICES: Final = "choices"
BOXES: Final = ("theme", "need", "level")
_NAME: Final = re.compile(
    r"(?P<build>[A-Za-z0-9_-]{1,80})/(?P<known>[0-9a-f]{12})/(?P<lang>en|cy)/"
    rf"(?:(?P<choices>{CHOICES})|"
    rf"(?P<theme>[a-z0-9_]{{1,60}})\.(?P<need>[a-z]{{1,20}})\.(?P<level>[A-Z0-9]{{1,12}}))\.json"
)
_SOURCES: Final = (".py", ".toml", ".sql")


@lru_cache(maxsize=1)
def _sources() -> str:
    """A hash of our own sources, which write the words and choose the classes: other sources, other files."""
    digest = hashlib.sha256()
    for folder in ("clearlink", "pages"):
        for path in sorted((folders.ROOT / folder).rglob("*")):
            if path.suffix in _SOURCES:
                digest.update(
                    path.name.encode() + b"\0" + path.read_bytes() + b"\0"
                )
    return digest.hexdigest()


@lru_cache(maxsize=32)
def _known(_key: tuple[int, int, int]) -> str:
    read = [
        reader.need_offer(),
        reader.need_known(),
    ]
    return hashlib.sha256(
        json.dumps(
            [_sources(), read],
            default=str,
        ).encode()
    ).hexdigest()[:12]


def _folder(lang: str) -> str:
    """Where everybody's files are now, after `/maps/`. Raises NothingBuilt."""
    with reading_as(Scope()):
        return (
            f"{reader.build()['build_id']}/{_known(reader.build_key())}/{lang}"
        )


def _as_everybody() -> bool:
    """Whether who asks reads the same need as everybody."""
    mine = _known(reader.build_key())
    with reading_as(Scope()):
        return mine == _known(reader.build_key())


def addresses(
    say: Speech,
    chosen: Choices,
    shown: NeedShown,
) -> tuple[str, Ahead] | None:
    """Where the browser gets the layer that is drawn, and how it paints another choice by itself; None where
    who asks may read need that not everybody may.
    """
    if not _as_everybody():
        return None
    folder = f"{url_prefix()}/maps/{_folder(say.lang)}"
    chosen_now = {box: str(getattr(chosen, box)) for box in BOXES}
    return (
        f"{folder}/{chosen.theme}.{shown.definition}.{shown.level}.json",
        Ahead(
            f"{folder}/{CHOICES}.json",
            chosen_now,
            say("map.ahead"),
        ),
    )


def first_layer(
    asked: Mapping[str, str],
    lang: Lang,
    theme_of: Callable[[str], str],
) -> tuple[str, str] | None:
    """Address and level of the layer that everybody's map shows first at an address with these choices; None
    where there is none.

    What the build does not know is ignored, as the page ignores it; `theme_of` says what a place opens on
    where no theme is asked for. Raises NothingBuilt.
    """
    with reading_as(Scope()):
        theme, place = asked.get("theme", ""), asked.get("place", "")
        if theme not in reader.themes():
            theme = theme_of(
                place if place in reader.place_rows() else reader.WALES
            )
        need = asked.get("need", DEFAULTS.need)
        level = asked.get("level", DEFAULTS.level)
        shown = need_shown(
            theme,
            need if need in NEED_DEFINITIONS else DEFAULTS.need,
            level if level in LEVELS else DEFAULTS.level,
        )
    if shown is None:
        return None
    name = f"{theme}.{shown.definition}.{shown.level}.json"
    folder = f"{url_prefix()}/maps/{_folder(lang)}"
    return f"{folder}/{name}", shown.level


def need_content(
    say: Speech,
    theme: str,
    shown: NeedShown,
) -> dict[str, Any]:
    """Colours and words of one layer, as the scope of now reads them."""
    layer = need_layer(say, theme, shown)
    return layer_content(
        geometry=geometry_of(shown.level),
        class_of=layer.class_of,
        classes=layer.classes,
        words=map_words(say, theme, shown),
        welsh=say.lang == "cy",
        prefix=url_prefix(),
        hover=hover_lines(say, theme, shown),
        outlines_url=layer_url("la"),
        outline_names=outline_names(say),
        picture_name=f"clear-link-{theme}-{shown.definition}",
    )


def choices_content(say: Speech) -> dict[str, Any]:
    """The file of the layer of every choice (null where nothing is drawn), and which choice the words of
    an option stand for.
    """
    words = {
        "theme": {name: theme for theme, name in theme_options(say).items()},
        "need": {
            say(f"need.definition.{need}"): need for need in NEED_DEFINITIONS
        },
        "level": {
            say(f"choices.level_{level}"): level for level in levels_held()
        },
    }
    layers = {
        theme: {
            need: {
                level: _file_of(theme, need, level) for level in levels_held()
            }
            for need in NEED_DEFINITIONS
        }
        for theme in reader.themes()
    }
    return {"words": words, "layers": layers}


def _file_of(
    theme: str,
    need: str,
    level: str,
) -> str | None:
    shown = need_shown(theme, need, level)
    return (
        None
        if shown is None
        else f"{theme}.{shown.definition}.{shown.level}.json"
    )


def file_bytes(name: str) -> bytes | None:
    """Gzipped content of the file of that name, or None where it is not one that everybody may read of the
    served build.
    """
    asked = _NAME.fullmatch(name)
    if asked is None:
        return None
    with reading_as(Scope()):
        try:
            if name.rpartition("/")[0] != _folder(asked["lang"]):
                return None
            return _packed(
                reader.build_key(),
                "cy" if asked["lang"] == "cy" else "en",
                _parts(asked),
            )
        except reader.NothingBuilt:
            return None


def _parts(asked: re.Match[str]) -> tuple[str, str, str] | None:
    return (
        None
        if asked["choices"]
        else (
            asked["theme"],
            asked["need"],
            asked["level"],
        )
    )


# All layers of both languages are under half a megabyte; one is about eight kilobytes.
@lru_cache(maxsize=512)
def _packed(
    _key: tuple[int, int, int],
    lang: Lang,
    parts: tuple[str, str, str] | None,
) -> bytes | None:
    say = Speech(lang)
    content: Mapping[str, Any]
    if parts is None:
        content = choices_content(say)
    else:
        theme, need, level = parts
        shown = need_shown(theme, need, level)
        # only what is drawn has a file, under its own name
        if shown is None or not shown.as_chosen:
            return None
        content = need_content(say, theme, shown)
    written = json.dumps(
        content,
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return gzip.compress(
        written.encode(),
        compresslevel=6,
        mtime=0,
    )


def map_file(request: Request) -> Response:
    # Not async: Starlette runs it in a thread, so that a layer that is not made yet never holds the event
    # loop.
    body = file_bytes(request.path_params["name"])
    return (
        not_found()
        if body is None
        else packed_response(request, body, "application/json")
    )


def map_routes(prefix: str = "") -> list[Route]:
    """The route of the files under `prefix` (Streamlit's baseUrlPath)."""
    return [Route(f"{prefix}/maps/{{name:path}}", map_file)]
