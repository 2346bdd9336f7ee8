"""The sentences that every map says in the same words."""

from __future__ import annotations

from typing import Final

from pages.parts.speech import Speech

_STANDING: Final = ("no_webgl", "not_loaded", "not_matching", "zoom_in", "zoom_out", "whole", "save_picture", "scroll_hint", "scroll_hint_mac", "touch_hint")
_SEARCH: Final = ("search", "search_hint", "search_none")


def standing_words(say: Speech, *, search: bool = True) -> dict[str, str]:
    """Keyword arguments for `MapWords`; without `search` the map has no box to find an area by name."""
    return {name: say(f"map.{name}") for name in _STANDING} | {name: say(f"map.{name}") if search else "" for name in _SEARCH}
