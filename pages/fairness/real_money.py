"""Published grants against need: what the test says of real money, and what it cannot say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final

import streamlit as st

from clearlink.figures.paired_bars import paired_bars
from clearlink.figures.share_bars import share_bars
from clearlink.warehouse import reader
from clearlink.warehouse.law import served_law
from clearlink.warehouse.reader import Row, Rows
from clearlink.words import numbers
from pages.frame.frame import carry_away, plain, table
from pages.frame.pictures import show_picture
from pages.frame.speech import Speech

DEFINITIONS: Final = ("extent", "score")
Measured = dict[tuple[str, str], float]


def real_money(
    say: Speech,
    theme: str,
    here: str,
) -> None:
    """A grant of which every authority's sum in some region is known, on the edition in force when it was
    awarded where that is held. It opens on what is paid for the theme, and on the region `here`.
    """
    fairness_rows = reader.grant_fairness()
    if not fairness_rows:
        st.info(say("fairness.real.finding_none"))
        _others(say)
        return
    grants = grants_in_order(fairness_rows, theme, here)
    # another place or theme opens on its own grant
    grant, year = _chosen_grant(say, grants, f"real_grant_{theme}_{here}")
    edition = _edition(fairness_rows, grant, year)
    regions: dict[str, Measured] = defaultdict(dict)
    for r in fairness_rows:
        if (
            r["grant_name"],
            r["year"],
            r["edition"],
        ) == (grant, year, edition):
            regions[r["region"]][(r["definition"], r["measure"])] = r["value"]
    finding = _finding_here(
        say,
        grant,
        year,
        regions,
        here,
    ) or _finding(say, grant, year, regions)
    st.markdown(f"**{plain(finding)}**")
    if here not in (reader.WALES, *regions):
        untested = say("fairness.real.not_here", region=say.place(here))
        st.caption(plain(untested))
    _regions(say, regions)
    _edition_note(
        say,
        fairness_rows,
        edition,
        year,
        grant,
    )
    _authorities(
        say,
        grant,
        year,
        edition,
        list(regions),
        here,
    )
    _others(say)


def _chosen_grant(
    say: Speech,
    grants: Sequence[tuple[str, str]],
    key: str,
) -> tuple[str, str]:
    """A grant and its year; nothing is asked where there is one."""
    named = {f"{grant} {year}": (grant, year) for grant, year in grants}
    if len(named) < 2:
        return grants[0]
    chosen = st.selectbox(
        say("fairness.real.choose_grant"),
        list(named),
        format_func=lambda at: _title(say, *named[at]),
        key=key,
        width=480,
    )
    return named[chosen]


def grants_in_order(
    fairness_rows: Rows,
    theme: str,
    region: str,
) -> list[tuple[str, str]]:
    """(grant, year) of those that can be tested: first what is paid for the theme, then what is known of the
    region, then the newest.
    """
    paying = {
        row["programme_id"]
        for row in reader.programme_themes()
        if row["theme_id"] == theme
    }
    of_theme = {
        r["grant_name"] for r in fairness_rows if r["programme_id"] in paying
    }
    known = {
        (r["grant_name"], r["year"])
        for r in fairness_rows
        if r["region"] == region
    }
    every = {(r["grant_name"], r["year"]) for r in fairness_rows}
    return sorted(
        every,
        key=lambda g: (g[0] in of_theme, g in known, g[1], g[0]),
        reverse=True,
    )


def _finding_here(
    say: Speech,
    grant: str,
    year: str,
    regions: dict[str, Measured],
    here: str,
) -> str | None:
    """What the test says of the region of the place chosen; None where it cannot be tested or is Wales."""
    measured = regions.get(here)
    if measured is None:
        return None
    move = {
        f"{d}_move": say.money(measured[(d, "money_to_move_gbp")])
        for d in DEFINITIONS
    }
    return say(
        "fairness.real.finding_here",
        grant=say.printed(grant),
        year=year,
        region=say.place(here),
        says=_says(say, measured),
        **move,
    )


def _finding(
    say: Speech,
    grant: str,
    year: str,
    regions: dict[str, Measured],
) -> str:
    """The region whose direction turns and where most would move; then the one that is nearest to need."""
    nearest = min(
        regions,
        key=lambda code: max(regions[code][(d, "hoover")] for d in DEFINITIONS),
    )
    near = {
        f"{d}_move": say.money(regions[nearest][(d, "money_to_move_gbp")])
        for d in DEFINITIONS
    }
    return (
        _direction(say, regions, grant, year)
        + " "
        + say(
            "fairness.real.finding_nearest",
            region=say.place(nearest),
            **near,
        )
    )


def _direction(
    say: Speech,
    regions: dict[str, Measured],
    grant: str,
    year: str,
) -> str:
    """Whether a region's direction turns with the definition of need, and where most would move."""
    # a region close to its need under both may change sign and say nothing
    turning = [
        code
        for code, m in regions.items()
        if m[("all", "depends")]
        and _says(say, m) == say("fairness.real.depends")
    ]
    if turning:
        shaky = max(
            turning,
            key=lambda code: regions[code][("extent", "money_to_move_gbp")],
        )
        move = {
            f"{d}_move": say.money(regions[shaky][(d, "money_to_move_gbp")])
            for d in DEFINITIONS
        }
        return say(
            "fairness.real.finding_depends",
            grant=say.printed(grant),
            year=year,
            region=say.in_place(shaky),
            **move,
        )
    return say(
        "fairness.real.finding_holds",
        grant=say.printed(grant),
        year=year,
        n=len(regions),
    )


def _title(say: Speech, grant: str, year: str) -> str:
    return f"{say.printed(grant)} {year}"


def _edition(
    found: list[Row],
    grant: str,
    year: str,
) -> str:
    """The latest edition published by the year of the award; where none is held the earliest later one,
    which is hindsight and is said.
    """
    # an edition without published domain ranks has no score, and one definition alone is no test
    editions = {
        r["edition"]: r["published"]
        for r in found
        if (r["grant_name"], r["year"]) == (grant, year)
        and r["definition"] == "score"
    }
    dated = {e: day for e, day in editions.items() if day is not None}
    known = [e for e, day in dated.items() if day.year <= int(year[:4])]
    if known:
        return str(max(known, key=lambda e: dated[e]))
    return str(
        min(
            dated or editions,
            key=lambda e: str(editions[e]),
        )
    )


def _says(say: Speech, measured: Measured) -> str:
    if (
        max(measured[(d, "hoover")] for d in DEFINITIONS)
        <= served_law().near_share
    ):
        return say("fairness.real.near")
    if measured[("all", "depends")]:
        return say("fairness.real.depends")
    return say(
        "fairness.real.holds_under"
        if measured[("extent", "needs_gap")] > 0
        else "fairness.real.holds_over"
    )


def _region_rows(
    say: Speech,
    regions: dict[str, Measured],
) -> list[dict[str, Any]]:
    """The grant in each region under both definitions, the furthest from its need first. Shares in %."""
    return [
        {
            "region": say.place(code),
            "total": round(m[("extent", "spend_gbp")]),
            "says": _says(say, m),
            **{
                f"{d}_share": round(
                    100 * m[(d, "hoover")],
                    1,
                )
                for d in DEFINITIONS
            },
            **{
                f"{d}_move": round(m[(d, "money_to_move_gbp")])
                for d in DEFINITIONS
            },
            **{
                f"{d}_gap": round(
                    m[(d, "needs_gap")],
                    3,
                )
                for d in DEFINITIONS
            },
        }
        for code, m in sorted(
            regions.items(),
            key=lambda item: -item[1][("extent", "hoover")],
        )
    ]


def _regions(say: Speech, regions: dict[str, Measured]) -> None:
    st.subheader(say("fairness.real.regions"))
    rows = _region_rows(say, regions)
    labels = {
        name: say(f"fairness.real.col.{name}")
        for name in (
            "region",
            "total",
            "says",
            "extent_move",
            "score_move",
            "extent_gap",
            "score_gap",
        )
    }
    parts = [
        f"{r['region']} {r['extent_share']:.1f}% / {r['score_share']:.1f}%: {r['says']}"
        for r in rows
    ]
    series = [
        (f"{d}_share", say(f"fairness.real.definition.{d}"))
        for d in DEFINITIONS
    ]
    alt = say(
        "fairness.real.regions_alt",
        parts="; ".join(parts),
    )
    show_picture(
        say,
        paired_bars(
            rows,
            series,
            say("fairness.real.axis"),
            alt,
            labels,
        ),
        key="real_regions",
        name="grant-by-region",
        open_table=True,
        config={
            **{
                name: st.column_config.NumberColumn(format="£%,.0f")
                for name in ("total", "extent_move", "score_move")
            },
            **{
                f"{d}_gap": st.column_config.NumberColumn(format="%.3f")
                for d in DEFINITIONS
            },
        },
    )


def _edition_note(
    say: Speech,
    found: list[Row],
    edition: str,
    year: str,
    grant: str,
) -> None:
    published = next(r["published"] for r in found if r["edition"] == edition)
    lines = [say("fairness.real.edition", edition=edition)]
    if published is not None and published.year > int(year[:4]):
        lines.append(
            say(
                "fairness.real.later",
                edition=edition,
                date=say.date(published),
            )
        )
    lines.append(
        say(
            "fairness.real.caveat"
            if "Shared Prosperity" in grant
            else "fairness.real.caveat_any"
        )
    )
    st.caption("  \n".join(plain(line) for line in lines))


def _chosen_view(
    say: Speech,
    grant: str,
    regions: list[str],
    here: str,
) -> tuple[str, str]:
    """The region whose authorities are shown, and the definition of need they are held against."""
    left, right = st.columns(2, vertical_alignment="bottom")
    ordered = sorted(regions, key=say.place)
    wanted = (here, "RCC_NORTH_WALES")
    with left:
        region = st.selectbox(
            say("fairness.real.choose_region"),
            ordered,
            format_func=say.place,
            index=next(
                (ordered.index(r) for r in wanted if r in ordered),
                0,
            ),
            key=f"real_region_{grant}_{here}",
        )
    with right:
        definition = st.segmented_control(
            say("fairness.definition"),
            DEFINITIONS,
            format_func=lambda d: say(f"fairness.real.definition.{d}"),
            default=DEFINITIONS[0],
            required=True,
            key=f"real_definition_{grant}",
        )
    return region, definition or DEFINITIONS[0]


def _authorities(
    say: Speech,
    grant: str,
    year: str,
    edition: str,
    regions: list[str],
    here: str,
) -> None:
    region, definition = _chosen_view(say, grant, regions, here)
    title = say("fairness.real.authority_title", region=say.place(region))
    st.subheader(title)
    rows = [
        {
            "la": say.place(r["la_code"]),
            "amount": round(r["amount_gbp"]),
            "gap": round(r["gap_gbp"]),
            "basis": r["basis"],
            "source": r["source_url"],
        }
        for r in reader.grant_authorities(
            grant,
            year,
            region,
            edition,
            definition,
        )
    ]
    labels = {
        "la": say("fairness.col.la"),
        "amount": say("fairness.real.col.amount"),
        "gap": say("fairness.col.gap"),
        "basis": say("fairness.real.col.basis"),
        "source": say("fairness.real.col.source"),
    }
    words = (
        say("fairness.move.below"),
        say("fairness.move.above"),
        say("fairness.move.axis_grant"),
    )
    show_picture(
        say,
        share_bars(rows, words, _move_alt(say, rows), labels),
        key="real_authorities",
        name=f"grant-{region}",
        config={
            "amount": st.column_config.NumberColumn(format="£%,.0f"),
            "gap": st.column_config.NumberColumn(format="%,.0f"),
        },
    )


def _move_alt(say: Speech, rows: list[dict[str, Any]]) -> str:
    """What the bars show in a sentence: how much would move, and the authorities furthest on each side."""
    above = min(rows, key=lambda r: r["gap"])
    below = max(rows, key=lambda r: r["gap"])
    return say(
        "fairness.move.alt",
        money=say.money(-sum(min(0.0, r["gap"]) for r in rows)),
        above=above["la"],
        below=below["la"],
    )


def _others(say: Speech) -> None:
    with st.expander(say("fairness.real.others")):
        rows = [
            {
                "grant": say.printed(r["grant_name"]),
                "programme": say.programme(r["programme_id"])
                if r["programme_id"]
                else say("fairness.real.unmatched"),
                "year": r["year"],
                "la": say.place(r["la_code"]),
                "amount": r["amount_gbp"],
                "basis": r["basis"],
                "source": r["source_url"],
            }
            for r in reader.allocations()
        ]
        labels = {
            "grant": say("fairness.real.col.grant"),
            "programme": say("fairness.real.col.programme"),
            "year": say("fairness.real.col.year"),
            "la": say("fairness.col.la"),
            "amount": say("fairness.real.col.amount"),
            "basis": say("fairness.real.col.basis"),
            "source": say("fairness.real.col.source"),
        }
        table(
            rows,
            labels,
            key="real_others",
            height=300,
            config={
                "amount": st.column_config.NumberColumn(format="£%,.0f"),
                "source": st.column_config.LinkColumn(),
            },
        )
        carry_away(
            say,
            "published-allocations",
            rows,
            labels,
            (
                say("fairness.real.others"),
                numbers.join(
                    say.lang,
                    sorted({r["grant"] for r in rows}),
                ),
            ),
        )
