"""Words of a table are cut nowhere at the width of a laptop: what does not fit stands on several lines, and
the columns keep to their room.
"""

from __future__ import annotations

import pyarrow
from hypothesis import given
from hypothesis import strategies as st

from pages.frame.table_room import (
    BESIDE,
    HALF,
    WHOLE,
    is_wrapped,
    narrowest,
    widths_of,
)

LONG = "Substance Use Recovery Interventions for Justice Services, South Wales"


def listed(*columns: tuple[str, list[object]]) -> pyarrow.Table:
    return pyarrow.table(dict(columns))


def test_what_fits_is_left_alone_and_what_is_set_too_narrow_is_not() -> None:
    shown = listed(("Prosiect", [LONG]), ("Cofnodion", [12]))
    assert widths_of(shown, {}, WHOLE, pick=False) == {}
    narrow = widths_of(shown, {"Prosiect": {"width": 230}}, WHOLE, pick=False)
    assert narrow["Prosiect"] > 500
    assert not is_wrapped(shown, narrow)


def test_a_long_text_wraps_and_a_short_one_beside_it_stays_whole() -> None:
    shown = listed(
        ("Prosiect", [LONG]), ("Dyfarniad", ["? Ni ellir asesu eto"])
    )
    widths = widths_of(shown, {}, HALF, pick=True)
    assert is_wrapped(shown, widths)
    assert widths["Dyfarniad"] > 160
    assert sum(widths.values()) <= HALF


@given(
    texts=st.lists(st.integers(0, 300), min_size=1, max_size=4),
    numbers=st.integers(0, 3),
    room=st.sampled_from((WHOLE, BESIDE)),
)
def test_columns_keep_to_their_room_while_there_is_any(
    texts: list[int], numbers: int, room: int
) -> None:
    shown = listed(
        *((f"t{n}", ["x" * length]) for n, length in enumerate(texts)),
        *((f"n{n}", [1]) for n in range(numbers)),
    )
    widths = widths_of(shown, {}, room, pick=False)
    needed = [round(7.4 * max(length, 2)) + 18 for length in texts]
    least = sum(min(n, narrowest("t0", n)) for n in needed) + 33 * numbers
    assert sum(widths.values()) <= max(room, least)
    # and no text takes more than the lines of its row
    assert all(
        n <= 2.6 * width
        for n, width in zip(needed, widths.values(), strict=False)
    )
