"""The figures themselves, each with its file and row, the blank to load more, and what may stand in it."""

from __future__ import annotations

from typing import Any

import streamlit as st

from clearlink.report.returned import part_words
from clearlink.rules.programmes.systems import RETURNED_AS, System
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Row, once_a_build
from pages.frame.frame import carry_away, plain, table
from pages.frame.speech import Speech
from pages.programmes.returned import TEMPLATE, template

COLUMNS = (
    "measure",
    "area",
    "period",
    "part",
    "value",
    "why",
    "says",
    "source",
    "cell",
    "note",
)


def returns_table(
    say: Speech,
    system: System,
    place: str,
) -> None:
    """Every figure of the system in a place, and how to load a return."""
    rows = _shown(say, system, place)
    if not rows:
        _nothing_loaded(say, system, place)
        return
    with st.expander(say("programmes.returns.title", n=len(rows))):
        st.markdown(plain(say("programmes.returns.lead")))
        _template(say, system)
        labels = {c: say(f"programmes.returns.col.{c}") for c in COLUMNS}
        table(
            rows,
            labels,
            key=f"returns_{system}",
            height=320,
        )
        carry_away(
            say,
            f"returns-{system}",
            rows,
            labels,
            (say(f"programmes.system.{system}"),),
        )


def _nothing_loaded(
    say: Speech,
    system: System,
    place: str,
) -> None:
    """What to do about a panel that nobody has filled, once for all its sections."""
    st.info(
        plain(
            say(
                "programmes.nothing_loaded",
                system=say(f"programmes.system.{system}"),
                place=say.place(place),
            )
        )
    )
    _template(say, system)


def _template(say: Speech, system: System) -> None:
    st.download_button(
        say("programmes.returns.template"),
        data=template(),
        file_name=TEMPLATE,
        mime="text/csv",
        on_click="ignore",
        key=f"template_{system}",
        type="tertiary",
    )


@once_a_build
def _shown(
    say: Speech,
    system: System,
    place: str,
) -> tuple[dict[str, Any], ...]:
    """The rows in words: hundreds, so they are put into words once."""
    return tuple(
        _row(say, r)
        for r in reader.programme_returns(
            place,
            RETURNED_AS[system],
        )
    )


def _row(say: Speech, row: Row) -> dict[str, Any]:
    return {
        **row,
        "measure": say.of(row),
        "area": say.place(row["area_code"]),
        "part": part_words(say, row["part"]),
        "why": say(f"programmes.marker.{row['marker']}")
        if row["marker"]
        else "",
        "says": say(f"programmes.says.{_who(row)}"),
        "cell": say.reference(row["cell"]),
        "note": say.of(
            {
                "note_en": row["note"],
                "note_cy": row["note_cy"],
            },
            "note",
        ),
    }


def _who(row: Row) -> str:
    if row["is_illustrative"]:
        return "illustrative"
    return "published" if row["is_published"] else "returned"
