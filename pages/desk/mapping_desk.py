"""A council's own columns on screen: what each was taken for, samples of it, and a box to change it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import streamlit as st

from clearlink.exchange.dictionary import register_meanings
from clearlink.place_finder import place_of
from clearlink.warehouse import reader
from pages.frame.frame import plain, table
from pages.frame.speech import Speech

TOTAL: Final = "total_value_gbp"
MONEY: Final = ("annual_value_gbp", TOTAL)
UNITS: Final = ("pounds", "pence", "thousands", "millions", "other")
# What the register's reader calls required in the template; every other column is shown only where something
# fills it.
ALWAYS_SHOWN: Final = 12
SURE: Final = 0.75
MOST_WORDS: Final = 16
NEEDED: Final = ("title", "commissioner")
PARTS: Final = ("header_hash", "century", "sheet")


def mapping_desk(
    say: Speech,
    shown: Mapping[str, Any],
    unmatched: Sequence[Mapping[str, str]],
    key: str,
) -> dict[str, Any] | None:
    """The mapping as the boxes stand, or None where it cannot be used yet (the screen says why).

    `shown` is the mapping that was guessed or remembered; `unmatched` are words of the rows that no closed
    list knows; `key` keeps the boxes of one file apart from those of another.
    """
    columns = _columns_found(say, shown, key)
    fixed = {
        **shown["fixed"],
        **_for_every_row(say, shown, key),
    }
    day_order = _day_order(say, shown, key)
    is_theirs, is_insisted = _as_the_file_says(
        say,
        shown,
        fixed,
        key,
    )
    mapping: dict[str, Any] = {
        **{name: shown[name] for name in PARTS},
        "columns": columns,
        "fixed": {name: value for name, value in fixed.items() if value},
        "words": _words(
            say,
            shown["words"],
            unmatched,
            key,
        ),
    }
    if day_order:
        mapping["day_order"] = day_order
    if is_insisted:
        mapping["is_insisted"] = True
    _filled_from(say, mapping, key)
    return mapping if _is_usable(say, mapping) and is_theirs else None


def _columns_found(
    say: Speech,
    shown: Mapping[str, Any],
    key: str,
) -> list[dict[str, Any]]:
    """The boxes of the columns; folded away where the mapping was remembered."""
    if not shown["was_remembered"]:
        _found(say, shown)
        return _columns(
            say,
            shown["columns"],
            key,
        )
    st.caption(plain(say("desk.map.remembered_lead")))
    with st.expander(say("desk.map.columns_title")):
        _found(say, shown)
        return _columns(
            say,
            shown["columns"],
            key,
        )


def _for_every_row(
    say: Speech,
    shown: Mapping[str, Any],
    key: str,
) -> dict[str, Any]:
    """Commissioner and programme, where they are the same for every row of the file."""
    st.markdown(f"**{plain(say('desk.map.fixed_title'))}**")
    left, right = st.columns(2)
    with left:
        commissioner = _fixed(
            say,
            "commissioner",
            _commissioners(say),
            shown,
            key,
        )
    with right:
        programme = _fixed(
            say,
            "programme",
            {code: say.programme(code) for code in reader.programmes()},
            shown,
            key,
        )
    return {"commissioner": commissioner, "programme": programme}


def sheet_choice(
    say: Speech,
    shown: Mapping[str, Any],
    key: str,
) -> str:
    """Which sheet of a workbook with several tables is looked at; one is loaded at a time, and the others are
    said to be left.
    """
    rows = {each["name"]: each["rows"] for each in shown["sheets"]}
    if len(rows) < 2:
        return ""
    names = list(rows)
    st.warning(plain(say("desk.map.sheets", n=len(rows))))
    chosen = st.selectbox(
        say("desk.map.sheet"),
        names,
        index=names.index(shown["sheet"]),
        key=key,
        format_func=lambda name: say(
            "desk.map.sheet_option",
            name=name,
            n=rows[name],
        ),
    )
    return str(chosen)


def _day_order(
    say: Speech,
    shown: Mapping[str, Any],
    key: str,
) -> str:
    """Which comes first in the dates, asked where the file's own dates do not say."""
    if shown["day_order_found"] not in ("mixed", "unsaid"):
        return str(shown["day_order"])
    way = st.radio(
        say(f"desk.map.dates_{shown['day_order_found']}"),
        ["day", "month"],
        index=None,
        horizontal=True,
        key=f"{key}_day_order",
        format_func=lambda each: say(f"desk.map.dates_{each}"),
    )
    return str(way or "")


def _as_the_file_says(
    say: Speech,
    shown: Mapping[str, Any],
    fixed: Mapping[str, str],
    key: str,
) -> tuple[bool, bool]:
    """Whether the values chosen for every row may stand, and whether a person insists on them against the
    file's own title.
    """
    names = {"commissioner": say.place, "programme": say.programme}
    against = {
        c: said
        for c, said in shown["stated"].items()
        if fixed.get(c) and fixed[c] not in said
    }
    unsettled = {
        c: said
        for c, said in shown["stated"].items()
        if len(said) > 1 and not fixed.get(c)
    }
    for column, said in unsettled.items():
        listed = say.names([names[column](code) for code in said])
        st.warning(
            plain(
                say(
                    "desk.map.titles_disagree",
                    column=column_name(say, column),
                    said=listed,
                )
            )
        )
    for column, said in against.items():
        listed = say.names([names[column](code) for code in said])
        facts = {
            "said": listed,
            "chosen": names[column](fixed[column]),
            "column": column_name(say, column),
        }
        st.warning(plain(say("desk.map.titles_say_other", **facts)))
    if not against:
        return True, False
    is_insisted = bool(
        st.checkbox(
            say("desk.map.insist"),
            key=f"{key}_insist_{sorted(fixed.items())}",
        )
    )
    return is_insisted, is_insisted


def _found(say: Speech, shown: Mapping[str, Any]) -> None:
    recognised = sum(1 for c in shown["columns"] if c["column"])
    st.markdown(
        plain(
            say(
                "desk.map.lead",
                n=recognised,
                of=len(_visible(shown["columns"])),
            )
        )
    )
    lines = [
        say(
            "desk.map.found",
            row=shown["header_row"],
            n=shown["rows"],
        )
    ]
    if shown["above"]:
        lines.append(
            say(
                "desk.map.above",
                titles="; ".join(f"“{text}”" for text in shown["above"][:4]),
            )
        )
    if shown["passed_over"]:
        rows = [
            say(
                "desk.map.passed_row",
                row=each["row"],
                text=each["text"],
            )
            for each in shown["passed_over"]
        ]
        lines.append(
            say(
                "desk.map.passed_over",
                rows="; ".join(
                    [
                        *rows[:6],
                        *(["…"] if len(rows) > 6 else []),
                    ]
                ),
            )
        )
    st.caption(plain(" ".join(lines)))


def _visible(columns: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [c for c in columns if c["header"] or c["samples"]]


def _columns(
    say: Speech,
    columns: Sequence[Mapping[str, Any]],
    key: str,
) -> list[dict[str, Any]]:
    """A box for each column, two beside each other so that they read across in the order of the file."""
    chosen: dict[int, dict[str, Any]] = {}
    visible = _visible(columns)
    for at in range(
        0,
        len(visible),
        2,
    ):
        for place, column in zip(
            st.columns(2),
            visible[at : at + 2],
            strict=False,
        ):
            with place:
                chosen[column["index"]] = _column(say, column, key)
    plain_parts = ("index", "header", "column", "confidence", "unit")
    return [
        chosen.get(
            c["index"],
            {name: c[name] for name in plain_parts},
        )
        for c in columns
    ]


def _column(
    say: Speech,
    column: Mapping[str, Any],
    key: str,
) -> dict[str, Any]:
    header = column["header"] or say("desk.map.no_header")
    options = ["", *register_meanings(), TOTAL]
    taken = st.selectbox(
        plain(f"{column['letter']} · {header}"),
        options,
        index=options.index(column["column"] or ""),
        key=f"{key}_column_{column['index']}",
        format_func=lambda name: option_words(say, name),
    )
    words = (
        say(
            "desk.map.samples",
            samples=" · ".join(column["samples"]),
        )
        if column["samples"]
        else say("desk.map.empty")
    )
    is_unsure = (
        taken and taken == column["column"] and column["confidence"] < SURE
    )
    unsure = (
        f" {say('desk.map.unsure', percent=round(100 * column['confidence']))}"
        if is_unsure
        else ""
    )
    st.caption(
        plain(words)
        + (f" :orange-badge[{plain(unsure.strip())}]" if unsure else "")
    )
    unit = _unit(say, column, header, key) if taken in MONEY else column["unit"]
    same = (taken or None) == column["column"]
    return {
        "index": column["index"],
        "header": column["header"],
        "column": taken or None,
        "confidence": column["confidence"] if same else 1.0,
        "unit": unit,
    }


def _unit(
    say: Speech,
    column: Mapping[str, Any],
    header: str,
    key: str,
) -> str:
    """What the sums of a column count: what its heading says, or nothing chosen where it does not say."""
    unit = st.selectbox(
        plain(say("desk.map.unit", header=header)),
        UNITS,
        index=UNITS.index(column["unit"]) if column["unit"] in UNITS else None,
        key=f"{key}_unit_{column['index']}",
        format_func=lambda each: say(f"desk.map.unit_{each}"),
        placeholder=say("desk.map.unit_choose"),
    )
    return str(unit or "unsaid")


def option_words(say: Speech, name: str) -> str:
    """A column of the register in words: its name in the language of the page and what it means."""
    if not name:
        return say("desk.map.not_loaded")
    meaning = (
        say("desk.map.total_meaning")
        if name == TOTAL
        else register_meanings()[name].said(say.lang)
    )
    return say(
        "desk.map.option",
        name=column_name(say, name),
        meaning=meaning,
    )


def column_name(say: Speech, name: str) -> str:
    """The register's name of a column, as people read it."""
    if name == TOTAL:
        return say("desk.map.total_name")
    return (
        register_meanings()[name].name_cy if say.lang == "cy" else name
    ).replace("_", " ")


def _commissioners(say: Speech) -> dict[str, str]:
    kinds = ("LA", "RPB", "RCC")
    rows = sorted(
        (r for r in reader.place_rows().values() if r["area_type"] in kinds),
        key=lambda r: (kinds.index(r["area_type"]), say.of(r)),
    )
    return {
        r["area_code"]: say.of(r)
        if r["area_type"] == "LA"
        else f"{say.of(r)} ({say('area_type.' + r['area_type'])})"
        for r in rows
    }


def _fixed(
    say: Speech,
    name: str,
    choices: Mapping[str, str],
    shown: Mapping[str, Any],
    key: str,
) -> str:
    options = ["", *choices]
    present = shown["fixed"].get(name, "")
    return str(
        st.selectbox(
            say(f"desk.map.fixed_{name}"),
            options,
            index=options.index(present) if present in options else 0,
            key=f"{key}_fixed_{name}",
            format_func=lambda code: (
                choices.get(code) or say("desk.map.nothing_fixed")
            ),
        )
    )


def _words(
    say: Speech,
    known: Mapping[str, Mapping[str, str]],
    unmatched: Sequence[Mapping[str, str]],
    key: str,
) -> dict[str, dict[str, str]]:
    """What their words mean; a box for each word that is not recognised."""
    words = {column: dict(meanings) for column, meanings in known.items()}
    lists = _closed_lists(say)
    asked = [
        each
        for each in unmatched
        if each["column"] in lists or each["column"] == "area_codes"
    ][:MOST_WORDS]
    if not asked:
        return words
    st.markdown(f"**{plain(say('desk.map.words_title'))}**")
    st.caption(plain(say("desk.map.words_lead")))
    for at in range(
        0,
        len(asked),
        2,
    ):
        for place, each in zip(
            st.columns(2),
            asked[at : at + 2],
            strict=False,
        ):
            column, text = each["column"], each["text"]
            box = f"{key}_word_{column}_{text}"
            with place:
                if column == "area_codes":
                    meant = _place(
                        say,
                        text,
                        each.get("offered", ""),
                        box,
                    )
                else:
                    meant = _word(
                        say,
                        column,
                        text,
                        lists[column],
                        box,
                    )
            if meant:
                words.setdefault(column, {})[text] = meant
    return words


def _place(
    say: Speech,
    text: str,
    offered: str,
    box: str,
) -> str:
    """Which place a name means: one of those that bear it, or codes that somebody types."""
    codes = [code for code in offered.split(";") if code]
    if not codes:
        return st.text_input(
            plain(say("desk.map.word_area", text=text)),
            key=box,
            max_chars=400,
        ).strip()
    chosen = st.selectbox(
        plain(say("desk.map.word_place", text=text)),
        codes,
        index=None,
        key=box,
        placeholder=say("desk.map.unit_choose"),
        accept_new_options=True,
        format_func=lambda code: _place_words(say, code),
    )
    return str(chosen or "").strip()


def _place_words(say: Speech, code: str) -> str:
    """A place with its kind, to tell it from others of its name; what somebody typed as it stands."""
    row = place_of(code)
    if row is None:
        return code
    authorities = [
        say.place(each) for each in row["within"] if each.startswith("W06")
    ]
    kind = say(f"area_type.{row['area_type']}")
    return f"{say.of(row)} ({', '.join([kind, *authorities, code])})"


def _word(
    say: Speech,
    column: str,
    text: str,
    choices: Mapping[str, str],
    box: str,
) -> str:
    label = plain(
        say(
            "desk.map.word",
            text=text,
            column=column_name(say, column),
        )
    )
    return str(
        st.selectbox(
            label,
            ["", *choices],
            key=box,
            format_func=lambda code: (
                choices.get(code) or say("desk.map.word_left")
            ),
        )
    )


def _closed_lists(say: Speech) -> dict[str, dict[str, str]]:
    return {
        "programme": {
            code: say.programme(code) for code in reader.programmes()
        },
        "target_group": {
            code: say.group(code) for code in reader.target_groups()
        },
        "theme": {code: say.theme(code) for code in reader.themes()},
        "tier": {
            code: say(f"record.tier_{code}")
            for code in ("universal", "targeted", "intensive")
        },
        "priority_id": {
            r[
                "priority_id"
            ]: f"{r['priority_id']} – {say.of(r, 'statement') or r['statement']}"
            for r in reader.answer("export_priority")
        },
        "delivery_model": {
            code: say(f"record.delivery_{code}")
            for code in (
                "place_based",
                "dispersed",
                "area_wide",
                "confidential",
            )
        },
    }


def _filled_from(
    say: Speech,
    mapping: Mapping[str, Any],
    key: str,
) -> None:
    """Each column of the register with what fills it; the required ones also where nothing does."""
    taken = {c["column"]: c for c in mapping["columns"] if c["column"]}
    names = [
        name
        for at, name in enumerate(register_meanings())
        if at < ALWAYS_SHOWN or name in taken or name in mapping["fixed"]
    ]
    rows = [
        {
            "register": option_words(say, name),
            "from": _source_of(
                say,
                name,
                taken,
                mapping["fixed"],
            ),
        }
        for name in names
    ]
    with st.expander(say("desk.map.filled_title")):
        table(
            rows,
            {
                "register": say("desk.map.col_register"),
                "from": say("desk.map.col_from"),
            },
            key=f"{key}_filled",
            config={"from": st.column_config.TextColumn(width="large")},
        )


def _source_of(
    say: Speech,
    name: str,
    taken: Mapping[str, Mapping[str, Any]],
    fixed: Mapping[str, str],
) -> str:
    place = {"commissioner": say.place, "programme": say.programme}.get(
        name, str
    )
    if column := taken.get(name):
        facts = {
            "letter": letters(column["index"]),
            "header": column["header"],
        }
        return (
            say(
                "desk.map.from_both",
                **facts,
                value=place(fixed[name]),
            )
            if name in fixed
            else say("desk.map.from_column", **facts)
        )
    if name in fixed:
        return say(
            "desk.map.from_fixed",
            value=place(fixed[name]),
        )
    if name == "annual_value_gbp" and (column := taken.get(TOTAL)):
        return say(
            "desk.map.from_total",
            letter=letters(column["index"]),
            header=column["header"],
        )
    return say(
        "desk.map.from_made"
        if name == "project_id"
        else "desk.map.from_nothing"
    )


def _is_usable(say: Speech, mapping: Mapping[str, Any]) -> bool:
    taken: dict[str, list[str]] = {}
    for column in mapping["columns"]:
        if column["column"]:
            taken.setdefault(
                column["column"],
                [],
            ).append(letters(column["index"]))
    twice = {name: places for name, places in taken.items() if len(places) > 1}
    for name, places in twice.items():
        st.error(
            plain(
                say(
                    "desk.map.twice",
                    column=column_name(say, name),
                    letters=", ".join(places),
                )
            )
        )
    unsaid = [
        c
        for c in mapping["columns"]
        if c["column"] in MONEY and c["unit"] == "unsaid"
    ]
    for column in unsaid:
        st.warning(plain(say("desk.map.unit_missing", header=column["header"])))
    missing = [
        column_name(say, name)
        for name in NEEDED
        if name not in taken and name not in mapping["fixed"]
    ]
    if missing:
        st.warning(
            plain(
                say(
                    "desk.map.missing",
                    columns=say.names(missing),
                )
            )
        )
    return not twice and not missing and not unsaid


def letters(index: int) -> str:
    """A spreadsheet's name of a column: A, B … Z, AA."""
    name, rest = "", index
    while rest >= 0:
        name = chr(ord("A") + rest % 26) + name
        rest = rest // 26 - 1
    return name
