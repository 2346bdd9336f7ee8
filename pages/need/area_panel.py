"""The chosen area beside the map: its need with range and rank, what drives it, what reaches it, what
people said.
"""

from __future__ import annotations

from typing import Final

import streamlit as st

from clearlink.report.likeness import most_like
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Row, Rows
from clearlink.words import numbers
from clearlink.words.rates import in_need_words, share_words
from pages.frame.choices import Choices, address, choose
from pages.frame.frame import plain
from pages.frame.speech import Speech
from pages.gaps.gap_layer import figures_words, returned_words
from pages.need.need_layer import NeedLayer, NeedShown, measure_words
from pages.need.need_picture import map_has_drawn
from pages.need.need_sentences import need_name, rows_in_place

TOP: Final = 5


def area_panel(
    say: Speech,
    chosen: Choices,
    shown: NeedShown,
    layer: NeedLayer,
) -> None:
    """The box that a click, the name box on the map and the table all open."""
    here = rows_in_place(layer, chosen.place)
    row = _row_open(chosen, layer, here)
    if row is None:
        st.info(say("map.panel.empty"))
        # a way in for who does not know where to click; it waits for the map, so that the map is not later
        # for it
        if map_has_drawn():
            _most_in_need(
                say,
                chosen,
                shown,
                here,
            )
        return
    with st.container(border=True, key="area_panel"):
        st.subheader(plain(say.of(row)))
        st.markdown(
            "  \n".join(
                plain(line) for line in _need_lines(say, row, shown, layer.rows)
            )
        )
        _drivers(say, row)
        _projects(say, chosen, row)
        for said in reader.statements(row["area_code"])[:3]:
            st.markdown(
                f"**{say('map.panel.voices')}** — {plain(said[f'text_{say.lang}'])}"
            )
        st.page_link(
            "pages/area.py",
            label=say("map.panel.open_area"),
            query_params=address(area=row["area_code"]),
        )


def _row_open(
    chosen: Choices,
    layer: NeedLayer,
    here: Rows,
) -> Row | None:
    """The area that was chosen; a place that is one authority on a map of authorities needs no choosing."""
    if chosen.area:
        return next(
            (r for r in layer.rows if r["area_code"] == chosen.area),
            None,
        )
    return here[0] if len(here) == 1 and map_has_drawn() else None


def _most_in_need(
    say: Speech,
    chosen: Choices,
    shown: NeedShown,
    here: Rows,
) -> None:
    """The few areas of the place with most need; each opens in this box and on the map."""
    held = [r for r in here if r["rank"] is not None]
    if len(held) < 2:
        return
    st.markdown(
        f"**{plain(say('map.panel.top', place=say.in_place(chosen.place)))}**"
    )
    with st.container(gap=None, key="most_in_need"):
        for r in sorted(
            held,
            key=lambda r: r["rank"],
        )[:TOP]:
            by_rate = shown.definition == "lead" and r["rate"] is not None
            words = (
                say(
                    "map.panel.top_share",
                    area=say.of(r),
                    rate=share_words(r),
                )
                if by_rate
                else say(
                    "map.panel.top_rank",
                    area=say.of(r),
                    rank=say.rank(
                        r["rank"],
                        r["rank_of"],
                    ),
                )
            )
            st.button(
                plain(words),
                key=f"top_{r['area_code']}",
                type="tertiary",
                on_click=choose,
                kwargs={"area": r["area_code"]},
            )


def _need_lines(
    say: Speech,
    row: Row,
    shown: NeedShown,
    rows: Rows,
) -> list[str]:
    if row["marker"]:
        if row["marker"] == "unreliable":
            return [say("map.panel.marker_unreliable")]
        return [
            say(
                "map.panel.marker",
                marker=say(f"map.marker.{row['marker']}"),
            )
        ]
    return [
        *_people_lines(say, row, shown),
        *_rank_lines(say, row, shown, rows),
    ]


def _people_lines(
    say: Speech,
    row: Row,
    shown: NeedShown,
) -> list[str]:
    """The published rate, and how many people it is of, with the range."""
    lines = []
    if shown.definition == "rate" and row["score"] is not None:
        lines.append(
            say(
                "map.panel.rate",
                measure=need_name(say, shown),
                value=measure_words(say, shown, [row])(row["score"]),
            )
        )
    if row["people_in_need"] is not None and row["rate"] is not None:
        people, population, rate = in_need_words(row)
        lines.append(
            say(
                f"map.panel.people_{row['range_basis'] or 'counted'}",
                people=people,
                population=population,
                rate=rate,
                low="—"
                if row["lower"] is None
                else numbers.pct(
                    row["lower"],
                    1,
                ),
                high="—"
                if row["upper"] is None
                else numbers.pct(
                    row["upper"],
                    1,
                ),
            )
        )
    return lines


def _rank_lines(
    say: Speech,
    row: Row,
    shown: NeedShown,
    rows: Rows,
) -> list[str]:
    """The rank with its range where one is known, and how it stands to similar areas."""
    if row["rank"] is None:
        return []
    ranked = say.rank(
        row["rank"],
        row["rank_of"],
    )
    if row["rank_low"] is None:
        line = say("map.panel.rank_plain", rank=ranked)
    else:
        line = say(
            f"map.panel.rank_by_{_ranged_by(shown, rows)}",
            rank=ranked,
            low=numbers.ordinal(
                say.lang,
                row["rank_low"],
            ),
            high=numbers.ordinal(
                say.lang,
                row["rank_high"],
            ),
        )
    return [
        line,
        *_beside_similar(say, row, shown.level, rows),
    ]


def _beside_similar(
    say: Speech,
    row: Row,
    level: str,
    rows: Rows,
) -> list[str]:
    """How many of the areas most like this one have less need, by the measure of the map; none where the
    level has no characteristics.
    """
    like = set(most_like(row["area_code"], level))
    ranks = [
        r["rank"]
        for r in rows
        if r["area_code"] in like and r["rank"] is not None
    ]
    if not ranks:
        return []
    less = sum(row["rank"] < rank for rank in ranks)
    return [
        say(
            "map.panel.similar",
            n=less,
            of=say.number(len(ranks)),
        )
    ]


def _ranged_by(shown: NeedShown, rows: Rows) -> str:
    """What a range of ranks is the range of: other ways to make a composite, the publisher's limits, or
    chance in counts.

    As the build draws them: limits where the publisher gives them for every area that is ranked.
    """
    if shown.definition != "lead":
        return "making"
    ranked = [r for r in rows if r["rank_low"] is not None]
    return (
        "limits"
        if all(r["range_basis"] == "published" for r in ranked)
        else "chance"
    )


def _drivers(say: Speech, row: Row) -> None:
    observed = reader.area_observations(row["area_code"])
    ranks = [
        o for o in observed if o["kind"] == "rank" and o["value"] is not None
    ]
    if not ranks:
        return
    newest = max(o["edition"] for o in ranks)
    domains = [
        o
        for o in ranks
        if o["edition"] == newest and o["indicator_id"] != "wimd_rank_overall"
    ]
    three = sorted(
        domains,
        key=lambda o: o["value"],
    )[:3]
    st.markdown(f"**{plain(say('map.panel.indicators'))}**")
    st.markdown(
        "\n".join(
            f"- {plain(say.of(o))} {newest}: {round(o['value']):,}"
            for o in three
        )
    )


def nothing_reaches(
    say: Speech,
    theme: str,
    la: str,
) -> str:
    """That no running project is on record for an area, and what is known of provision in its authority."""
    told = [say("map.panel.no_projects")]
    known = next(
        iter(reader.provision_known(theme, la)),
        None,
    )
    if known is not None and not known["by_register"]:
        told.append(
            say(
                "map.panel.not_known",
                place=say.place(la),
            )
        )
    figures = figures_words(say, known) if known else None
    if figures:
        told.append(say("gaps.finding_whole_authority", figures=figures))
    # a return is of the whole authority: it says nothing of one area in it
    if returned := returned_words(say, theme, la):
        told.append(returned)
    return " ".join(told)


def _project_link(say: Speech, p: Row) -> None:
    """A project that reaches the area: its verdict, its title, and how it is placed there."""
    placed = say(
        "map.panel.placed",
        verdict=say.verdict(p["verdict"]),
        title=p["title"],
        how=say(f"record.method_{p['method']}"),
    )
    st.page_link(
        "pages/projects.py",
        label=plain(placed),
        query_params=address(project=p["project_id"]),
    )


def _projects(
    say: Speech,
    chosen: Choices,
    row: Row,
) -> None:
    st.markdown(f"**{say('map.panel.projects')}**")
    reaching = [
        p
        for p in reader.projects_reaching(
            row["area_code"],
            chosen.basis,
        )
        if p["theme_id"] == chosen.theme
        and chosen.programme in ("", p["programme_id"])
    ]
    running = [p for p in reaching if p["time_state"] == "running"]
    if not running:
        st.markdown(
            plain(
                nothing_reaches(
                    say,
                    chosen.theme,
                    row["la_code"] or row["area_code"],
                )
            )
        )
    for p in running[:8]:
        _project_link(say, p)
    if len(running) > 8:
        st.caption(
            say(
                "map.panel.more",
                n=len(running) - 8,
            )
        )
    if len(reaching) > len(running):
        st.caption(
            say(
                "map.panel.ended",
                n=len(reaching) - len(running),
            )
        )
