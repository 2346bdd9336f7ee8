"""What a measure is broken down by, in words: a client group, a theme, an outcome, a sector, or a cluster's
own name.
"""

from __future__ import annotations

from clearlink.warehouse import reader
from clearlink.words import knows
from pages.frame.speech import Speech


def part_words(say: Speech, part: str) -> str:
    """The name of a part in the language of the page; nothing for the whole."""
    if not part:
        return ""
    if part in reader.target_groups():
        return say.group(part)
    if part in reader.themes():
        return say.theme(part)
    key = f"programmes.part.{part}"
    return say(key) if knows(key) else part
