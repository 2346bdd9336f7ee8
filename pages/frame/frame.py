"""The frame of a page: sample banner, the finding first, the source last, and what can be carried away."""

from __future__ import annotations

import csv
import io
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from threading import Lock
from typing import Any, Final, Literal

import pyarrow
import streamlit as st
from streamlit.elements.arrow import DataframeState

from clearlink.exchange.cell_text import never_calculated
from clearlink.exchange.sheet_file import sheet_file
from clearlink.review.store import review_store
from clearlink.warehouse import reader
from clearlink.warehouse.reader import under_this_scope
from clearlink.words import numbers
from clearlink.words.problems import name_as_given
from etl.settling import settle_now
from pages.frame.speech import Speech, speech
from pages.frame.state import Box, Kept
from pages.frame.table_room import ROOMS, WHOLE, laid_out
from pages.frame.visit.list_page import list_page

KEPT_TABLES: Final = 100
# that something was settled in this visit
SETTLED_HERE: Final = Kept[bool]("settled_here")
_kept_tables: OrderedDict[
    tuple[Any, ...], tuple[Sequence[Mapping[str, Any]], pyarrow.Table]
] = OrderedDict()
_guard: Final = Lock()


def open_page(title_key: str, *, shows_money: bool = True) -> Speech:
    """Title and standing notices of a page. Stops with a sentence where nothing has been built yet.

    A page that shows no money, gap or fairness need not wait until what people settled is worked into them.
    """
    voice = speech()
    try:
        settle_now(
            review_store(),
            whole=shows_money,
            # whoever settled something sees it in the money at once
            patient=SETTLED_HERE.value_or(False),
            while_it_lasts=lambda: st.spinner(voice("common.settling")),
        )
        build = reader.build()
    except reader.NothingBuilt as missing:
        st.title(voice(title_key))
        is_older = isinstance(missing, reader.BuiltEarlier)
        st.info(
            voice(
                "common.built_earlier" if is_older else "common.nothing_built"
            )
        )
        st.stop()
    if build["is_illustrative"]:
        with st.container(key="sample_banner"):
            st.markdown(plain(voice("common.sample_banner")))
    if reader.is_previous():
        st.error(voice("common.previous_build"))
    _say_what_is_not_here(voice)
    st.title(voice(title_key))
    return voice


# Rows of a register that is loaded: they stand by themselves in the list of problems.
_OF_A_LOADED_FILE: Final = ("project_in_other_file", "kept_rows_left_out")


def _say_what_is_not_here(voice: Speech) -> None:
    """Files that were refused whole and rows that a loaded register lacks, each said as what it is: only a
    publisher's file has earlier figures.
    """
    refused = [
        p
        for p in reader.problems()
        if p["severity"] == "refused" and p["row_no"] is None
    ]
    kinds: dict[str, set[str]] = {
        "refused_files": set(),
        "refused_registers": set(),
        "rows_left_out": set(),
    }
    for p in refused:
        kind = (
            "rows_left_out"
            if p["code"] in _OF_A_LOADED_FILE
            else "refused_registers"
        )
        kinds[kind if p["in_register"] else "refused_files"].add(
            name_as_given(p["file"])
        )
    for kind, files in kinds.items():
        if files:
            named = numbers.join(
                voice.lang,
                sorted(files),
            )
            st.warning(
                plain(
                    voice(
                        f"common.{kind}",
                        n=len(files),
                        files=named,
                    )
                )
            )


def finding(text: str, *beside: str) -> None:
    """The one sentence, from the numbers, that a page opens with; what must stand beside it, smaller."""
    st.markdown(
        "\n\n".join(
            [
                f"## {plain(text)}",
                *([plain(" ".join(beside))] if beside else []),
            ]
        )
    )


_ESCAPED: Final = {ord(mark): "\\" + mark for mark in "\\`*_{}[]<>()#+-.!|~$:^"}


def plain(text: str) -> str:
    """Text from a file made safe for a place that reads Markdown: every mark that Markdown knows is
    escaped.
    """
    return text.translate(_ESCAPED)


def source_line(voice: Speech, text: str) -> None:
    """Where the figures come from, under the picture and the table."""
    build = reader.build()
    of_build = voice(
        "common.build_line",
        date=voice.date(build["as_of"]),
        build=build["build_id"],
    )
    st.caption(f"{plain(text)}  \n{plain(of_build)}")


def table(
    rows: Sequence[Mapping[str, Any]],
    labels: Mapping[str, str],
    *,
    key: str,
    config: Mapping[str, Any] | None = None,
    height: int | Literal["auto"] = "auto",
    pick: bool = False,
    on_pick: Callable[[int], None] | None = None,
) -> int | None:
    """A table of the rows under labels in words; with `pick`, a row can be chosen (mouse or keyboard) and its
    place is answered. Texts that would be cut on a laptop wrap. A long list is shown by page, and its places
    are those of the whole list.

    Rows given as a tuple are shared and never change (`once_a_build`): what the browser gets of them is made
    once. `on_pick` is called with the place of the row at the moment it is chosen, before the page runs
    again; a choice made elsewhere since then is left alone.
    """
    room = ROOMS.get(key, WHOLE)
    rows, key, first = _paged(key, rows)
    shown = _as_drawn(rows, labels)
    configured = {
        labels[c]: value for c, value in (config or {}).items() if c in labels
    }
    layout = laid_out(
        shown,
        configured,
        room,
        height,
        pick=pick,
    )
    if not pick:
        st.dataframe(
            shown,
            hide_index=True,
            column_config=layout.columns,
            key=key,
            height=layout.height,
            row_height=layout.row_height,
            width="stretch",
            placeholder="–",
        )
        return None

    event = st.dataframe(
        shown,
        hide_index=True,
        column_config=layout.columns,
        key=key,
        height=layout.height,
        row_height=layout.row_height,
        width="stretch",
        placeholder="–",
        on_select=_teller(key, on_pick, first),
        selection_mode="single-row",
    )
    chosen = event.selection.rows
    return first + int(chosen[0]) if chosen else None


def _paged(
    key: str,
    rows: Sequence[Mapping[str, Any]],
) -> tuple[Sequence[Mapping[str, Any]], str, int]:
    """The rows of the page that is shown, the key of its table, for a row chosen on one page is none of
    another, and the place of the first of them; rows of one page stay the very rows that are kept.
    """
    page = list_page(speech(), key, len(rows))
    if page.stop - page.start == len(rows):
        return rows, key, 0
    first = int(page.start)
    return [*rows[page]], f"{key}_{first}" if first else key, first


def _as_drawn(
    rows: Sequence[Mapping[str, Any]],
    labels: Mapping[str, str],
) -> pyarrow.Table:
    voice = speech()
    if isinstance(rows, tuple):
        return _kept_columns(voice, rows, labels)
    return _arrow(voice, rows, labels)


def _teller(
    key: str,
    on_pick: Callable[[int], None] | None,
    first: int,
) -> Callable[[], None]:
    """Tells `on_pick` the place of the row that was just chosen; `first`: of the first row of the page."""

    def told() -> None:
        places = Box[DataframeState](key).value().selection.rows
        if on_pick is not None and places:
            on_pick(first + int(places[0]))

    return told


def _arrow(
    voice: Speech,
    rows: Sequence[Mapping[str, Any]],
    labels: Mapping[str, str],
) -> pyarrow.Table:
    """The columns as the browser reads them. Left to itself Streamlit goes by way of pandas, which costs six
    times as much.
    """
    made = {
        label: _column(
            voice,
            [row.get(column) for row in rows],
        )
        for column, label in labels.items()
    }
    # a column in which nothing stands tells nothing; what is carried away keeps it
    told = {
        label: values
        for label, values in made.items()
        if any(v not in (None, "") for v in values)
    }
    return pyarrow.table(told or made)


def _kept_columns(
    voice: Speech,
    rows: tuple[Mapping[str, Any], ...],
    labels: Mapping[str, str],
) -> pyarrow.Table:
    """The columns as the browser gets them. Kept by which rows these are: the rows are held with them, so
    that no others take their place.
    """
    key = (
        id(rows),
        voice.lang,
        *labels.items(),
    )
    with _guard:
        if key in _kept_tables:
            _kept_tables.move_to_end(key)
            return _kept_tables[key][1]
    made = _arrow(voice, rows, labels)
    with _guard:
        _kept_tables[key] = (rows, made)
        while len(_kept_tables) > KEPT_TABLES:
            _kept_tables.popitem(last=False)
    return made


def _column(voice: Speech, values: list[Any]) -> list[Any]:
    # an absent number stays absent; in a column of words the table would write the word None, in English
    words = [voice.date(v) if isinstance(v, date) else v for v in values]
    return (
        ["" if w is None else w for w in words]
        if any(isinstance(w, str) for w in words)
        or all(w is None for w in words)
        else words
    )


def carry_away(
    voice: Speech,
    name: str,
    rows: Sequence[Mapping[str, Any]]
    | Callable[[], Sequence[Mapping[str, Any]]],
    labels: Mapping[str, str],
    notes: Sequence[str],
) -> None:
    """The table as CSV and as Excel, each saying what it is: title, date, source, marks of illustrative data.

    Nothing is written until somebody asks for it; rows that take work to make are given as a function.
    """

    def all_rows() -> Sequence[Mapping[str, Any]]:
        return rows() if callable(rows) else rows

    with st.container(horizontal=True, key=f"carry_{name}"):
        st.download_button(
            voice("common.download_csv"),
            data=under_this_scope(
                lambda: csv_bytes(voice, all_rows(), labels, notes)
            ),
            file_name=f"{name}.csv",
            mime="text/csv",
            on_click="ignore",
            key=f"csv_{name}",
            type="tertiary",
        )
        st.download_button(
            voice("common.download_xlsx"),
            data=under_this_scope(
                lambda: sheet_file(
                    all_rows(),
                    labels,
                    _notes(voice, notes),
                    (voice("common.sheet_rows"), voice("common.sheet_notes")),
                )
            ),
            file_name=f"{name}.xlsx",
            mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            on_click="ignore",
            key=f"xlsx_{name}",
            type="tertiary",
        )


def _notes(voice: Speech, notes: Sequence[str]) -> list[str]:
    build = reader.build()
    told = [
        voice("common.app_name"),
        *notes,
        voice(
            "common.build_line",
            date=voice.date(build["as_of"]),
            build=build["build_id"],
        ),
    ]
    return (
        [*told, voice("common.sample_banner")]
        if build["is_illustrative"]
        else told
    )


def csv_bytes(
    voice: Speech,
    rows: Sequence[Mapping[str, Any]],
    labels: Mapping[str, str],
    notes: Sequence[str],
) -> bytes:
    """UTF-8 with a byte order mark, so that spreadsheets read the Welsh letters."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for note in _notes(voice, notes):
        writer.writerow([note])
    writer.writerow([])
    writer.writerow(labels.values())
    for row in rows:
        writer.writerow([_cell(row.get(column)) for column in labels])
    return out.getvalue().encode("utf-8-sig")


def _cell(value: Any) -> str | float | int:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return value
    return never_calculated(str(value))
