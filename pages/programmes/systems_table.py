"""Where each of the ten systems lives in the app, and whether its rows are real or illustrative."""

from __future__ import annotations

import streamlit as st

from clearlink.rules.programmes.systems import RETURNED_AS, System
from clearlink.warehouse import reader
from clearlink.warehouse.reader import once_a_build
from pages.frame.frame import plain, table
from pages.frame.speech import Speech


def systems_table(say: Speech) -> None:
    """One row a system, in the letter's order."""
    with st.expander(say("programmes.ten.title")):
        st.markdown(plain(say("programmes.ten.lead")))
        rows = _rows(say)
        labels = {
            c: say(f"programmes.ten.col.{c}")
            for c in ("system", "lives", "rows")
        }
        table(
            rows,
            labels,
            key="ten_systems",
            config={"lives": st.column_config.TextColumn(width="large")},
        )


@once_a_build
def _rows(say: Speech) -> tuple[dict[str, str], ...]:
    return tuple(
        {
            "system": say(f"programmes.system.{system}"),
            "lives": say(f"programmes.ten.lives.{system}"),
            "rows": _rows_held(say, system),
        }
        for system in System
    )


def _rows_held(say: Speech, system: System) -> str:
    if system not in RETURNED_AS:
        return say("programmes.ten.on_its_page")
    held = reader.return_rows_held().get(RETURNED_AS[system])
    if held is None:
        return say("programmes.ten.none")
    own = held["figures"] - held["illustrative"] - held["published"]
    counts = {
        "published": held["published"],
        "returned": own,
        "illustrative": held["illustrative"],
    }
    return say.names(
        [
            say(f"programmes.ten.held.{kind}", n=n)
            for kind, n in counts.items()
            if n
        ]
    )
