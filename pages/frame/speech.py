"""The voice of a page: the same as that of a pack, in the language of this run."""

from __future__ import annotations

from clearlink.report.voice import Voice as Speech
from pages.frame.language import chosen_language

__all__ = ["Speech", "speech"]


def speech() -> Speech:
    """The voice of this run."""
    return Speech(chosen_language())
