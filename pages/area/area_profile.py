"""The parts of one area's profile."""

from __future__ import annotations

from typing import Any, Final

import streamlit as st

from clearlink.figures.need_strip import need_strip
from clearlink.report.engagement_words import engagement_sentence
from clearlink.report.my_area_map import governed_svg
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Row, Rows
from clearlink.words import numbers
from clearlink.words.rates import decimals_of, range_words, share_words
from pages.frame.choices import address
from pages.frame.frame import carry_away, plain, table
from pages.frame.picks import open_picked, opens
from pages.frame.pictures import show_picture
from pages.frame.said import voices_of, what_came
from pages.frame.speech import Speech
from pages.need.need_layer import rate_words


def area_needs(
    say: Speech,
    area: Row,
    needs: Rows,
) -> None:
    """Need by theme: the lead indicator where it is published here, else a rate, else the composite."""
    st.subheader(say("area.need"))
    rows = [_need_row(say, n) for n in speaking_needs(needs)]
    ranged = any(r["rank_low"] is not None for r in rows)
    st.caption(say("area.need_help" if ranged else "area.need_help_plain"))
    parts = numbers.join(
        say.lang,
        [
            f"{r['theme']} {say.rank(r['rank'], r['rank_of'])}"
            for r in rows
            if r["rank"] is not None
        ],
    )
    alt = say(
        "area.strip_alt",
        area=say.of(area),
        parts=parts,
    )
    labels = {
        name: say(f"area.col.{name}")
        for name in (
            "theme",
            "measure",
            "people",
            "rate",
            "rate_range",
            "rank",
            "range",
            "edition",
        )
    }
    show_picture(
        say,
        need_strip(
            rows,
            alt,
            say("area.strip_axis"),
            labels,
        ),
        key="need_strip",
        name=f"need-{area['area_code']}",
    )


def speaking_needs(needs: Rows) -> Rows:
    """One need a theme: the lead indicator where it is published for this area, else a published rate,
    else the composite.
    """
    best: dict[str, Row] = {}
    for n in needs:
        held = best.get(n["theme_id"])
        if n["definition"] == "wimd" or (held is not None and not _speaks(n)):
            continue
        if n["definition"] == "lead" or held is None or not _speaks(held):
            best[n["theme_id"]] = n
    return list(best.values())


def _speaks(need: Row) -> bool:
    """Whether a need has a figure, or says why it has none."""
    return need["score"] is not None or need["marker"] is not None


def _rate_shown(say: Speech, n: Row) -> str:
    """A published rate with its unit, a share of people, or why there is none."""
    if n["marker"]:
        return say(f"map.marker.{n['marker']}")
    if n["definition"] == "rate":
        return rate_words(
            n["score"],
            say.of(n, "unit"),
            decimals_of(n),
        )
    return share_words(n)


def _need_row(say: Speech, n: Row) -> Row:
    indicator = (
        say.of(n, "indicator")
        if n["indicator_en"]
        else say(f"need.definition.{n['definition']}")
    )
    return {
        "theme": say.of(n, "theme"),
        "measure": indicator,
        "people": None
        if n["people_in_need"] is None
        else round(n["people_in_need"]),
        "rate": _rate_shown(say, n),
        "rate_range": "" if n["marker"] else range_words(say, n),
        "rank": n["rank"],
        "rank_of": n["rank_of"],
        "rank_low": n["rank_low"],
        "rank_high": n["rank_high"],
        "range": ""
        if n["rank_low"] is None
        else f"{n['rank_low']:,} – {n['rank_high']:,}",
        "edition": say.edition(n["edition"])
        + (f" ({say('common.illustrative')})" if n["is_illustrative"] else ""),
    }


def area_projects(say: Speech, reaching: Rows) -> None:
    """Projects placed in the area with their money of the year there; apart, without a sum, what covers it
    as part of a wider area.
    """
    st.subheader(say("area.projects"))
    if not reaching:
        st.info(say("area.no_projects"))
        return
    here = [p for p in reaching if p["is_here"]]
    wider = [p for p in reaching if not p["is_here"]]
    if here:
        st.markdown(plain(placed_sentence(say, here)))
        _reaching_table(
            say,
            here,
            "area_projects",
            "area.projects",
            money=True,
        )
    else:
        st.info(say("area.none_placed"))
    if wider:
        st.markdown(f"**{plain(say('area.covers', n=len(wider)))}**")
        st.caption(plain(say("area.covers_lead")))
        _reaching_table(
            say,
            wider,
            "area_covering",
            "area.covers_title",
            money=False,
        )


def placed_sentence(say: Speech, here: Rows) -> str:
    """How much money of the year is placed in an area by what runs, what ended projects had of it, and how
    many state none.
    """
    running = [p for p in here if p["time_state"] == "running"]
    over = [p for p in here if p["time_state"] != "running"]
    stated, earlier = _stated_here(running), sum(_stated_here(over))
    sentences = [
        _running_sentence(
            say,
            len(running),
            stated,
        )
    ]
    if earlier:
        sentences.append(
            say(
                "area.placed_earlier",
                money=say.money_in_year(earlier),
            )
        )
    if 0 < len(stated) < len(running):
        sentences.append(
            say(
                "area.placed_unknown",
                n=len(running) - len(stated),
            )
        )
    return " ".join(sentences)


def _stated_here(projects: Rows) -> list[float]:
    """£ of the year placed in the area, of those that state any."""
    return [
        p["value_here_gbp"] for p in projects if p["value_here_gbp"] is not None
    ]


def _running_sentence(
    say: Speech,
    running: int,
    stated: list[float],
) -> str:
    """What runs in an area, and its money where any of it states some."""
    if not running:
        return say("area.placed_none")
    if not stated:
        return say("area.placed_silent", n=running)
    return say(
        "area.placed",
        n=running,
        money=say.money_in_year(sum(stated)),
    )


def _reaching_table(
    say: Speech,
    reaching: Rows,
    key: str,
    title: str,
    money: bool,
) -> None:
    rows, labels = _reaching_rows(say, reaching), _reaching_labels(say, money)
    table(
        rows,
        labels,
        key=key,
        height=500,
        pick=True,
        on_pick=opens("project", rows, "id"),
        config={"here": st.column_config.NumberColumn(format="£%,.0f")},
    )
    open_picked()
    carry_away(
        say,
        f"{key.replace('_', '-')}",
        rows,
        labels,
        (say(title),),
    )


# first what a person meets there today
_TIME_STATES: Final = (
    "running",
    "to_come",
    "not_dated",
    "notice",
    "ended",
    "never_bought",
)


def _reaching_rows(say: Speech, reaching: Rows) -> list[dict[str, Any]]:
    """A row for each project that reaches the area: by its state, then its theme and tier."""
    return [
        {
            "id": p["project_id"],
            "theme": say.theme(p["theme_id"]),
            "tier": say(f"record.tier_{p['tier']}")
            if p["tier"]
            else say("common.not_recorded"),
            "title": p["title"],
            "verdict": say.verdict(p["verdict"]),
            "state": say(f"common.time_state.{p['time_state']}"),
            "until": p["end_date"],
            "how": say(f"record.method_{p['method']}"),
            "here": p["value_here_gbp"],
            "covers": say.place(p["covers_code"]),
        }
        for p in sorted(
            reaching,
            key=lambda p: (
                _TIME_STATES.index(p["time_state"]),
                not p["theme_id"],
                p["theme_id"] or "",
                p["tier"] or "",
            ),
        )
    ]


def _reaching_labels(say: Speech, money: bool) -> dict[str, str]:
    """Columns → headings; the money placed here, or the place that a project covers."""
    names = (
        "title",
        "verdict",
        "theme",
        "state",
        "until",
        "tier",
        "here" if money else "covers",
        "how",
    )
    own = ("title", "verdict", "state")
    return {
        n: say(f"projects.column.{n}")
        if n in own
        else say(
            f"area.col.{n}",
            year=say.year(),
        )
        for n in names
    }


def area_voices(say: Speech, area_code: str) -> None:
    """What people told us here and what came of it, or the gap in listening."""
    st.subheader(say("area.voices"))
    voices = voices_of(say, area_code)
    if not voices:
        st.info(say("area.no_voices"))
    for v in voices[:5]:
        st.markdown(
            plain(
                say(
                    "area.voice",
                    text=v.text,
                    who=v.who,
                    date=say.date(v.said_on),
                )
                + (
                    f" ({say('common.illustrative')})"
                    if v.is_illustrative
                    else ""
                )
            )
        )
        what_came(say, v)
    for e in reader.engagements_of_place(area_code)[:3]:
        st.markdown(plain(engagement_sentence(say, e)))


def wimd_lines(say: Speech, area_code: str) -> None:
    """A larger area as the publisher describes it: shares of its small areas in the most deprived groups."""
    shares = [
        s
        for s in reader.wimd_shares(area_code)
        if s["indicator_id"] == "wimd_rank_overall"
    ]
    lines = [
        plain(
            say(
                "area.wimd_line",
                edition=say.edition(s["edition"]),
                share10=numbers.pct(s["share_10"]),
                share20=numbers.pct(s["share_20"]),
                share50=numbers.pct(s["share_50"]),
            )
        )
        for s in shares
    ]
    if lines:
        st.markdown(lines[0])
    if len(lines) > 1:
        st.caption("  \n".join((*lines[1:], plain(say("area.wimd_earlier")))))


def governed_needs(
    say: Speech,
    area: Row,
    needs: Rows,
) -> None:
    """People in need of a partnership by theme, largest share first; no ranks, because partnerships
    overlap.
    """
    st.subheader(say("area.need"))
    st.caption(say("area.governed_sum"))
    rows = sorted(
        (
            _need_row(say, n) | {"share": n["rate"]}
            for n in speaking_needs(needs)
        ),
        key=lambda r: -(r["share"] or 0.0),
    )
    if not rows:
        st.info(
            say(
                "area.finding_no_need",
                area=say.of(area),
            )
        )
        return
    labels = {
        name: say(f"area.col.{name}")
        for name in (
            "theme",
            "people",
            "rate",
            "rate_range",
            "measure",
            "edition",
        )
    }
    table(
        rows,
        labels,
        key="governed_needs",
        height=420,
    )
    carry_away(
        say,
        f"need-{area['area_code']}",
        rows,
        labels,
        (say("area.need"), say("area.governed_sum")),
    )


def governed_days(say: Speech, governed: Row) -> None:
    """From and until when a partnership stood, where its list says so."""
    days = {
        name: say.date(governed[name])
        for name in ("since", "until")
        if governed[name]
    }
    if days:
        known = "both" if len(days) == 2 else next(iter(days))
        st.caption(say(f"area.governed_{known}", **days))


def governed_map(say: Speech, area: Row) -> None:
    """Which small areas it is made of, as far as this build has their outlines."""
    drawn = governed_svg(area["area_code"])
    if drawn is None:
        return
    st.image(
        drawn,
        alt=say(
            "area.governed_alt",
            area=say.of(area),
        ),
    )
    st.caption(plain(say("area.governed_map")))


def _published_figure(say: Speech, o: Row) -> dict[str, Any]:
    """A figure, or why there is none, with the publisher's file, edition and cell."""
    mark = f" ({say('common.illustrative')})" if o["is_illustrative"] else ""
    return {
        "id": o["indicator_id"],
        "indicator": say.of(o),
        "value": f"{o['value']:g}"
        if o["value"] is not None
        else say(f"map.marker.{o['marker']}"),
        "unit": say.of(o, "unit"),
        "caveat": say.of(o, "caveat") or "",
        "edition": say.edition(o["edition"]),
        "source": (say.of(o, "title") or o["snapshot_id"]) + mark,
        "cell": o["cell"],
        "hash": (o["sha256"] or "")[:12],
    }


def area_numbers(say: Speech, area_code: str) -> None:
    """Why this number? Every published figure with its file, edition and cell."""
    with st.expander(say("area.why_number")):
        rows = [
            _published_figure(say, o)
            for o in reader.area_observations(area_code)
        ]
        labels = {
            name: say(f"area.col.{name}")
            for name in (
                "indicator",
                "value",
                "unit",
                "caveat",
                "edition",
                "source",
                "cell",
                "hash",
            )
        }
        st.caption(say("indicator.pick"))
        table(
            rows,
            labels,
            key="area_numbers",
            height=420,
            pick=True,
            on_pick=opens("indicator", rows, "id"),
        )
        open_picked()
        carry_away(
            say,
            f"figures-{area_code}",
            rows,
            labels,
            (say("area.why_number"),),
        )


def start_from(say: Speech, authorities: Rows) -> None:
    """Authorities of the place as links, in the order of the language, where no area is open yet."""
    st.subheader(say("area.start_from"))
    ordered = numbers.sorted_names(
        say.lang,
        authorities,
        say.of,
    )
    columns = st.columns(4)
    for number, authority in enumerate(ordered):
        # down each column first, as a list is read
        with columns[number * 4 // len(ordered)]:
            st.page_link(
                "pages/area.py",
                label=plain(say.of(authority)),
                query_params=address(area=authority["area_code"]),
            )
