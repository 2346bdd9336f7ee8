"""Pictures of the easy-read page: one beside each part, drawn here in one colour, each a small SVG."""

from __future__ import annotations

from typing import Final

INK: Final = "#045a8d"


def _person(
    x: int,
    y: int,
    size: int = 8,
) -> str:
    """A head over shoulders; `x` is the middle, `y` the middle of the head."""
    top, wide, foot = y + size + 2, size + 4, y + 3 * size + 2
    return (
        f'<circle cx="{x}" cy="{y}" r="{size}"/>'
        f'<path d="M{x - wide} {foot} V{top + size} '
        f'Q{x - wide} {top} {x} {top} Q{x + wide} {top} {x + wide} {top + size} V{foot} Z"/>'
    )


# somebody who holds out a hand to another
_NEEDED: Final = (
    _person(20, 18) + _person(46, 24, 6) + '<path d="M14 54 h38 v5 h-38 Z"/>'
)
# a house with its door open, and who comes to it
_RUNS: Final = (
    '<path d="M32 6 L58 28 H52 V56 H12 V28 H6 Z" fill="none" stroke="{ink}" stroke-width="5" '
    'stroke-linejoin="round"/><path d="M26 56 V38 h12 v18 Z"/>'
)
# words that somebody says
_HEARD: Final = (
    '<path d="M6 8 H58 V42 H30 L18 56 V42 H6 Z" fill="none" stroke="{ink}" stroke-width="5" '
    'stroke-linejoin="round"/><path d="M15 18 h34 v4 h-34 Z M15 28 h24 v4 h-24 Z"/>'
)
# a sheet of paper with a tick on it
_DECIDED: Final = (
    '<path d="M12 5 H52 V59 H12 Z M21 32 l8 9 l15 -19" fill="none" stroke="{ink}" stroke-width="5" '
    'stroke-linejoin="round"/>'
)
# a question
_UNKNOWN: Final = (
    '<circle cx="32" cy="32" r="26" fill="none" stroke="{ink}" stroke-width="5"/>'
    '<path d="M23 26 q0 -10 9 -10 q9 0 9 9 q0 6 -9 10 v4" fill="none" stroke="{ink}" stroke-width="5"/>'
    '<circle cx="32" cy="48" r="3.4"/>'
)
# a pin on a map
_MAP: Final = (
    '<path d="M32 4 C18 4 10 14 10 25 C10 40 32 60 32 60 C32 60 54 40 54 25 C54 14 46 4 32 4 Z" '
    'fill="none" stroke="{ink}" stroke-width="5"/><circle cx="32" cy="25" r="7"/>'
)
# a telephone's receiver
_ASK: Final = (
    '<path d="M16 8 l10 4 l2 14 l-7 4 q4 10 13 15 l6 -6 l13 4 l3 10 q-4 5 -12 4 '
    'q-36 -6 -38 -38 q2 -9 10 -11 Z"/>'
)
PICTURES: Final = {
    "needed": _NEEDED,
    "runs": _RUNS,
    "heard": _HEARD,
    "decided": _DECIDED,
    "unknown": _UNKNOWN,
    "ask": _ASK,
    "map": _MAP,
}


def easy_picture(name: str) -> str:
    """The picture of a part of the page as SVG text."""
    drawn = PICTURES[name].replace("{ink}", INK)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" width="64" height="64">'
        f'<g fill="{INK}">{drawn}</g></svg>'
    )
