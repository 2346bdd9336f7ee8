"""On a project's record: signs of ad-hoc commissioning beside the verdict, what its public paper says,
papers read in full.
"""

from __future__ import annotations

import streamlit as st

from clearlink.rules.web_address import is_web_address
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Row
from clearlink.words import numbers
from pages.frame.frame import plain
from pages.frame.speech import Speech


def signs_on_record(say: Speech, project_id: str) -> None:
    """Each sign with its source; a ground in law stands before it, the owner's reply after it."""
    signs = reader.project_signs(project_id)
    if not signs:
        return
    st.subheader(say("standing.signs.title"))
    st.caption(plain(say("standing.signs.help")))
    for row in signs:
        with st.container(border=True, gap=None):
            if row["ground"] and row["ground"] != "none_given":
                ground = say(f"standing.ground.{row['ground']}")
                st.markdown(plain(say("standing.signs.ground", ground=ground)))
            st.markdown(plain(_sign(say, row)))
            _address(say, row["url"])
            if row["reply"]:
                st.markdown(
                    plain(
                        say(
                            "standing.signs.reply",
                            date=say.date(row["replied_on"]),
                            reply=row["reply"],
                        )
                    )
                )


def _sign(say: Speech, row: Row) -> str:
    name = f"{row['sign']} {say('standing.sign.' + row['sign'])}"
    if row["known_from"] == "rule":
        date = (
            say.date(row["dated"])
            if row["dated"]
            else say("common.not_recorded")
        )
        return say("standing.signs.line_rule", sign=name, date=date)
    kind = (
        say(f"standing.paper.kind.{row['source_kind']}")
        if row["source_kind"]
        else ""
    )
    source = row["document"] or kind
    return say(
        "standing.signs.line_paper",
        sign=name,
        said=row["said"] or "—",
        source=source,
    )


def papers_on_record(say: Speech, project_id: str) -> None:
    """What the public record says, how near its source is, and papers that people have read in full."""
    told, read = (
        reader.project_paper(project_id),
        reader.project_papers_read(project_id),
    )
    if told is None and not read:
        return
    st.subheader(say("standing.paper.title"))
    if told is not None:
        _paper(say, told)
    for r in read:
        key = "read_two" if r["second_by"] else "read_one"
        st.markdown(
            plain(
                say(
                    f"standing.paper.{key}",
                    reader=r["read_by"],
                    second=r["second_by"] or "",
                    document=r["document"],
                    pages=r["pages"],
                    date=say.date(r["read_on"]),
                )
            )
        )
        _address(say, r["url"])


def _paper(say: Speech, told: Row) -> None:
    lines = [
        say(f"standing.paper.evidence.{told['need_evidence']}"),
        say("standing.paper.said", said=told["said_of_need"]),
    ]
    if told["route"]:
        lines.append(say("standing.paper.route", route=told["route"]))
    money = (
        told["stated_value_gbp"]
        if told["stated_value_gbp"] is not None
        else told["total_value_gbp"]
    )
    if money is not None:
        basis = told["value_basis"] or say("common.not_recorded")
        lines.append(
            say(
                "standing.paper.money",
                money=numbers.gbp(money),
                basis=basis,
            )
        )
    if told["for_whom"]:
        lines.append(say("standing.paper.for_whom", group=told["for_whom"]))
    if told["programme_named"]:
        name = say.of(told, "printed") or told["programme_named"]
        lines.append(say("standing.paper.printed", name=name))
    lines.append(
        say(
            "standing.paper.source",
            kind=say(f"standing.paper.kind.{told['source_kind']}"),
        )
    )
    st.markdown("\n".join(f"- {plain(line)}" for line in lines))
    _address(say, told["url"])


def _address(say: Speech, url: str | None) -> None:
    if url and is_web_address(url):
        st.link_button(
            say("standing.paper.open"),
            url,
            icon=":material/open_in_new:",
        )
