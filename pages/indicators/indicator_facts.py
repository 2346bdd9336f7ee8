"""What one indicator is: who is counted, of whom, how, what to beware of, and which editions are held from
whom.
"""

from __future__ import annotations

from typing import Any, Final

import streamlit as st

from clearlink.warehouse import reader
from clearlink.warehouse.reader import Row, once_a_build
from clearlink.words.numbers import sorted_names
from pages.frame.frame import carry_away, plain, table
from pages.frame.speech import Speech
from pages.frame.state import Box

URL: Final = "indicator"
_CHOSEN: Final = Box[str]("indicator_chosen")


@once_a_build
def indicators_held() -> dict[str, Row]:
    """Id → the indicator and the themes it serves, of those that this build holds figures of."""
    held = {row["indicator_id"] for row in reader.coverage()}
    facts: dict[str, Row] = {}
    for row in reader.indicators():
        if row["indicator_id"] in held:
            one = facts.setdefault(
                row["indicator_id"],
                {**row, "serves": []},
            )
            if row["serves_theme"]:
                one["serves"].append(row["serves_theme"])
    return facts


@once_a_build
def _names(say: Speech) -> dict[str, str]:
    held = indicators_held()
    return {
        i: say.of(held[i])
        for i in sorted_names(
            say.lang,
            held,
            lambda i: say.of(held[i]),
        )
    }


def choose_indicator(say: Speech) -> Row:
    """The indicator of the link, or the first; the choice is kept in the link."""
    held, names = indicators_held(), _names(say)
    asked = st.query_params.get(URL)
    _CHOSEN.keep(asked if asked in held else next(iter(names)))

    def changed() -> None:
        st.query_params[URL] = _CHOSEN.value()

    chosen = st.selectbox(
        say("indicator.choose"),
        list(names),
        format_func=names.__getitem__,
        key=_CHOSEN.key,
        on_change=changed,
    )
    return held[chosen]


def indicator_facts(say: Speech, indicator: Row) -> None:
    """Definition, method and caveats in sentences; coverage by level and edition as a table."""
    st.markdown(
        "\n".join(f"- {plain(line)}" for line in _sentences(say, indicator))
    )
    rows = [
        _edition(say, e)
        for e in reader.indicator_editions(indicator["indicator_id"])
    ]
    columns = (
        "level",
        "edition",
        "periods",
        "areas",
        "markers",
        "file",
        "publisher",
        "licence",
        "url",
    )
    labels = {c: say(f"indicator.col.{c}") for c in columns}
    st.subheader(say("indicator.coverage"))
    table(rows, labels, key="indicator_editions", height=280)
    carry_away(
        say,
        f"indicator-{indicator['indicator_id']}",
        rows,
        labels,
        (say.of(indicator),),
    )


def _sentences(say: Speech, indicator: Row) -> list[str]:
    """What an indicator counts, of whom, which way it points, what it serves and what it does not tell."""
    lines = [
        say(
            f"indicator.kind.{indicator['kind']}",
            unit=say.of(indicator, "unit"),
        )
    ]
    of = next(
        (
            r
            for r in reader.indicators()
            if r["indicator_id"] == indicator["denominator_id"]
        ),
        None,
    )
    lines.append(
        say(
            "indicator.of_whom",
            whom=say.of(of),
        )
        if of
        else say("indicator.of_whom_unsaid")
    )
    directions = {"+": "more", "-": "less"}
    lines.append(
        say(
            f"indicator.direction_{directions.get(indicator['direction'], 'neither')}"
        )
    )
    if indicator["serves"]:
        themes = say.names(
            [say.theme(t) for t in dict.fromkeys(indicator["serves"])]
        )
        lines.append(say("indicator.serves", themes=themes))
    lines.append(
        say(
            "indicator.caveat",
            caveat=say.of(indicator, "caveat") or say("indicator.caveat_none"),
        )
    )
    return lines


def _edition(say: Speech, e: Row) -> dict[str, Any]:
    """One edition at one level: its periods, its areas and the file that it comes from."""
    first, last = e["first_period"], e["last_period"]
    example = f" ({say('common.illustrative')})" if e["is_illustrative"] else ""
    return {
        "level": say(f"area_type.{e['area_type']}"),
        "edition": say.edition(e["edition"]),
        "periods": first
        if first == last
        else say("indicator.periods", first=first, last=last),
        "areas": e["areas_with_value"],
        "markers": e["markers"],
        "file": (say.of(e, "title") or "–") + example,
        "publisher": e["publisher"] or "–",
        "licence": e["licence"] or "–",
        "url": e["url"] or "",
    }
