"""The two questions apart, as a picture whose squares open their records; what stands in the way; what the
record lacks; the signs.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final, TypeAlias

import streamlit as st

from clearlink.figures.picture import Picture
from clearlink.figures.question_squares import question_squares
from clearlink.report.standing_words import (
    share_words,
    sign_columns,
    sign_rows,
    square_words,
)
from clearlink.rules.codes import VERDICT_ORDER, Basis
from clearlink.rules.link.standing import ON_RECORD, SERVES, SIGNS
from clearlink.rules.link.two_questions import (
    GROUP_OF,
    HELD,
    Holding,
    Sum,
    added,
    answers_that_settle,
    by_payer,
    holdings,
    is_held,
    share_of_money,
    share_of_records,
    shares,
    signs,
    squares,
)
from clearlink.warehouse import plans
from clearlink.warehouse.reader import Rows
from clearlink.words import numbers
from etl.supposed import as_if_accepted
from pages.frame.choices import address, choose
from pages.frame.frame import plain, table
from pages.frame.pictures import show_picture
from pages.frame.speech import Speech
from pages.frame.state import Box

# (serves need, on record) → the records of a square
Squares: TypeAlias = Mapping[tuple[str, str], Sum]
IN_WORDS: Final = 4
ALWAYS: Final = ("named", "silent", "not_recorded")
COMPARED: Final = ("above", "above_later", "about", "below")
ANY: Final = "any"
WITHOUT: Final = "without"


def question_picture(
    say: Speech,
    rows: Rows,
    *,
    key: str,
) -> None:
    """The squares, the largest in words, and the way into each."""
    st.subheader(say("standing.title"))
    sums = squares(rows)
    if not sums:
        st.info(say("standing.none"))
        return
    st.markdown(plain(_held_against_need(say, sums)))
    largest = sorted(
        sums,
        key=lambda at: (-sums[at].gbp, -sums[at].records),
    )
    names = {at: square_words(say, at, held) for at, held in sums.items()}
    show_picture(
        say,
        _squares_drawn(
            say,
            sums,
            names[largest[0]],
        ),
        key=key,
        name="two-questions",
    )
    st.caption(plain(say("standing.help", year=say.year())))
    for at in largest[:IN_WORDS]:
        st.page_link(
            "pages/projects.py",
            label=plain(names[at]),
            query_params=_to(at),
            icon=":material/arrow_forward:",
        )
    if len(largest) > IN_WORDS:
        _open_square(say, largest, names, key)


def _squares_drawn(
    say: Speech,
    sums: Squares,
    largest: str,
) -> Picture:
    """The picture of the squares, with the table that stands beside it."""
    year = say.year()
    serves = {
        s: say(f"standing.serves.{s}")
        for s in SERVES
        if any(at[0] == s for at in sums)
    }
    # the three that matter stand there even when they are empty: that nothing is known is what the picture
    # says
    across = [
        o for o in ON_RECORD if o in ALWAYS or any(at[1] == o for at in sums)
    ]
    on_record = {o: say(f"standing.record.{o}") for o in across}
    return question_squares(
        {
            (serves[s], on_record[o]): (held.records, _on_square(held))
            for (s, o), held in sums.items()
        },
        list(serves.values()),
        [(words, GROUP_OF[o]) for o, words in on_record.items()],
        say("standing.alt", square=largest),
        [
            _square_row(
                serves[s],
                on_record[o],
                held,
            )
            for (s, o), held in sums.items()
        ],
        {
            name: say(f"standing.col.{name}", year=year)
            for name in (
                "serves",
                "on_record",
                "records",
                "money",
                "unvalued",
                "signs",
            )
        },
    )


def _on_square(held: Sum) -> str:
    """What is written on a square beside its number: its money, and how many of its records bear a sign."""
    signs_borne = f"▲{held.with_sign}" if held.with_sign else ""
    return " ".join(part for part in (_short(held), signs_borne) if part)


def _short(held: Sum) -> str:
    """Its money in few letters: at least so much, where some records do not tell theirs."""
    if not held.unvalued:
        return numbers.gbp_short(held.gbp)
    return f"≥{numbers.gbp_short(held.gbp)}" if held.gbp else ""


def _square_row(
    serves: str,
    on_record: str,
    held: Sum,
) -> dict[str, Any]:
    return {
        "serves": serves,
        "on_record": on_record,
        "records": held.records,
        "money": round(held.gbp) if held.is_valued else None,
        "unvalued": held.unvalued,
        "signs": held.with_sign,
    }


def _held_against_need(say: Speech, sums: Squares) -> str:
    """How many records can be held against need at all, and what the others lack: most real records stand in
    the last row of the picture, below the first screen.
    """
    by_need = {
        s: sum(held.records for at, held in sums.items() if at[0] == s)
        for s in SERVES
    }
    told = {name: say.number(n) for name, n in by_need.items()}
    return say(
        "standing.held_against",
        n=say.number(sum(by_need[s] for s in COMPARED)),
        total=say.number(sum(by_need.values())),
        **told,
    )


def _open_square(
    say: Speech,
    ordered: Sequence[tuple[str, str]],
    names: dict[tuple[str, str], str],
    key: str,
) -> None:
    picked = st.selectbox(
        say("standing.open"),
        ordered,
        index=None,
        placeholder=say("standing.open_placeholder"),
        format_func=names.__getitem__,
        key=f"{key}_open",
    )
    if picked:
        choose(
            square=".".join(picked),
            verdict="",
            project="",
            sign="",
            words="",
            basis=Basis.AT_DECISION,
        )
        st.switch_page("pages/projects.py")


def _to(at: tuple[str, str]) -> dict[str, str]:
    return address(
        square=".".join(at),
        verdict="",
        project="",
        sign="",
        words="",
        basis=Basis.AT_DECISION,
    )


def in_square(
    rows: Rows,
    square: str,
    sign: str,
) -> Rows:
    """The records of a square ("above.not_recorded") that bear a sign (one, any, none of them)."""
    records = [
        r
        for r in rows
        if not square or f"{r['serves']}.{r['on_record']}" == square
    ]
    return [
        r
        for r in records
        if _bears(
            r["signs"] or (),
            sign,
        )
    ]


def _bears(held: Collection[str], sign: str) -> bool:
    """Whether a record with these signs bears the one that was chosen; empty is no choice."""
    if sign == ANY:
        return bool(held)
    if sign == WITHOUT:
        return not held
    return not sign or sign in held


def square_picked(
    say: Speech,
    rows: Rows,
    square: str,
) -> None:
    """Over a list that shows one square: which, and the way back to all."""
    if not square:
        return
    serves, _, on_record = square.partition(".")
    st.info(
        plain(
            say(
                "standing.picked",
                what=square_words(
                    say,
                    (serves, on_record),
                    added(rows),
                ),
            )
        )
    )
    st.button(
        say("standing.unpick"),
        key="unpick_square",
        on_click=choose,
        kwargs={"square": ""},
    )


def sign_filter(
    say: Speech,
    rows: Rows,
    chosen: str,
) -> None:
    """Signs as a filter, each with its number."""
    counts = signs(rows)
    names = {
        "": say("standing.signs.all"),
        ANY: f"{say('standing.signs.any')} · {sum(bool(r['signs']) for r in rows)}",
        WITHOUT: f"{say('standing.signs.without')} · {sum(not r['signs'] for r in rows)}",
        **{
            s: f"{s} {say(f'standing.sign.{s}')} · {counts[s].records}"
            for s in SIGNS
            if counts[s].records
        },
    }
    box = Box[str]("sign_filter")
    box.keep(chosen if chosen in names else "")
    st.selectbox(
        say("standing.signs.filter"),
        list(names),
        format_func=names.__getitem__,
        key=box.key,
        width=420,
        help=say("standing.signs.help"),
        on_change=lambda: choose(sign=box.value()),
    )


def shares_view(
    say: Speech,
    rows: Rows,
    basis: str = Basis.AT_DECISION,
) -> None:
    """The share of records and money in each state, by which blank, beside what would follow if every
    proposal were accepted where a person asks for it; and which answers would settle most.
    """
    st.subheader(say("standing.shares.title"))
    now, whole = shares(rows), added(rows)
    labels = {
        "state": say("standing.shares.col.state"),
        "records": say("standing.col.records"),
        "of_records": say("standing.shares.col.of_records"),
        "of_money": say("standing.shares.col.of_money", year=say.year()),
    }
    # seconds of work for each build: only for those who ask
    supposed: dict[str, Sum] = {}
    if st.toggle(
        say("standing.shares.suppose"),
        key="shares_suppose",
        help=say("standing.shares.suppose_help"),
    ):
        supposed = shares(as_if_accepted(rows, basis))
        labels |= {
            name: say(f"standing.shares.col.{name}")
            for name in ("supposed", "supposed_money")
        }
    table(
        [
            _share_row(
                say,
                state,
                held,
                whole,
                supposed,
            )
            for state, held in now.items()
            if held.records or (supposed and supposed[state].records)
        ],
        labels,
        key="shares_table",
    )
    if supposed:
        st.caption(plain(say("standing.shares.supposed")))
    _answers_line(say, rows)


def _share_row(
    say: Speech,
    state: str,
    held: Sum,
    whole: Sum,
    supposed: Mapping[str, Sum],
) -> dict[str, Any]:
    """One state: its records and shares, and those it would have, where that was asked for."""
    row = {
        "state": say(f"standing.state.{state}"),
        "records": held.records,
        **_of_whole(
            held,
            whole,
            ("of_records", "of_money"),
        ),
    }
    if supposed:
        row["supposed"] = supposed[state].records
        row["supposed_money"] = _of_whole(
            supposed[state],
            whole,
            ("", "money"),
        )["money"]
    return row


def _answers_line(say: Speech, rows: Rows) -> None:
    """How many answers would settle most of the money, and the first of them."""
    settling = answers_that_settle(rows)
    if not settling:
        return
    money = say.money_in_year(sum(r["year_gbp"] for r in settling))
    st.markdown(
        plain(
            say(
                "standing.settle",
                n=len(settling),
                money=money,
                first=settling[0]["title"],
            )
        )
    )


def _of_whole(
    held: Sum,
    whole: Sum,
    names: tuple[str, str],
) -> dict[str, str]:
    return {
        names[0]: share_words(share_of_records(held, whole)),
        names[1]: share_words(share_of_money(held, whole)),
    }


def holdings_view(
    say: Speech,
    rows: Rows,
    programme: str = "",
    by: Sequence[str] = ("la_code", "programme_id"),
) -> None:
    """What the record lacks, by authority and by the programme that pays. `programme`: the one that is
    chosen, whose part of the money the rows then hold.
    """
    st.subheader(say("standing.held.title"))
    st.caption(plain(say("standing.held.help", year=say.year())))
    payers: dict[str, dict[str | None, float]] = (
        {r["project_id"]: {programme: 1.0} for r in rows}
        if programme
        else plans.funding_shares()
    )
    for column in by:
        held = by_payer(rows, payers) if column == "programme_id" else rows
        table(
            [_holding(say, h, column) for h in holdings(held, column)],
            {
                "name": say(f"standing.held.by.{column}"),
                "records": say("standing.col.records"),
                **{what: say(f"standing.held.{what}") for what in HELD},
            },
            key=f"held_{column}",
            height=300,
        )


def _holding(
    say: Speech,
    held: Holding,
    by: str,
) -> dict[str, Any]:
    name = (
        say.programme(held.key) if by == "programme_id" else say.place(held.key)
    )
    return {
        "name": say("standing.held.no_authority")
        if by == "la_code" and not held.key
        else name,
        "records": held.all.records,
        **{what: _both_shares(held, what) for what in HELD},
    }


def _both_shares(held: Holding, what: str) -> str:
    """'6% · £ 100%': of the records, and of the money of the year where any is known."""
    of_records = numbers.pct(held.of_records[what])
    if held.of_money is None:
        return of_records
    return f"{of_records} · £ {numbers.pct(held.of_money[what])}"


def signs_view(say: Speech, rows: Rows) -> None:
    """Verdict against signs with money, and signs by authority beside the share of records whose route is
    known.
    """
    if not any(r["signs"] for r in rows):
        return
    st.subheader(say("standing.signs.title"))
    st.caption(plain(say("standing.signs.help")))
    _verdicts_by_sign(say, rows)
    st.caption(plain(say("standing.signs.by_authority")))
    _signs_by_authority(say, rows)


def _verdicts_by_sign(say: Speech, rows: Rows) -> None:
    names = ("sign", *VERDICT_ORDER)
    table(
        [
            dict(zip(names, cells, strict=True))
            for cells in sign_rows(say, rows)
        ],
        dict(
            zip(
                names,
                sign_columns(say),
                strict=True,
            )
        ),
        key="signs_matrix",
        config={"sign": st.column_config.TextColumn(width="large")},
    )


def _signs_by_authority(say: Speech, rows: Rows) -> None:
    """The authorities whose records bear a sign, the one with most first."""
    by_authority: dict[str | None, Rows] = {}
    for r in rows:
        by_authority.setdefault(
            r["la_code"],
            [],
        ).append(r)
    with_signs = [
        _authority_row(say, la, held) for la, held in by_authority.items()
    ]
    table(
        sorted(
            (row for row in with_signs if row["signs"]),
            key=lambda row: -row["signs"],
        ),
        {
            "name": say("standing.held.by.la_code"),
            "signs": say("standing.col.signs"),
            "money": say("standing.col.money", year=say.year()),
            "route": say("standing.signs.col.route"),
        },
        key="signs_by_authority",
    )


def _authority_row(
    say: Speech,
    la: str | None,
    held: Rows,
) -> dict[str, Any]:
    bearing = [r for r in held if r["signs"]]
    return {
        "name": say.place(la) if la else say("standing.held.no_authority"),
        "signs": len(bearing),
        "money": _cell(say, added(bearing)),
        "route": numbers.pct(
            sum(is_held(r, "route") for r in held) / len(held)
        ),
    }


def _cell(say: Speech, held: Sum) -> str:
    return say.sum_cell(
        held.gbp,
        held.records,
        held.unvalued,
    )
