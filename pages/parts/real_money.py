"""Published grants against need: what the test says of real money, and what it cannot say."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, Final

import streamlit as st

from clearlink.figures.paired_bars import paired_bars
from clearlink.figures.share_bars import share_bars
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Row
from clearlink.words import numbers
from pages.parts.frame import carry_away, plain, table
from pages.parts.pictures import show_picture
from pages.parts.speech import Speech

DEFINITIONS: Final = ("extent", "score")
NEAR_SHARE: Final = 0.03
Measured = dict[tuple[str, str], float]


def real_money(say: Speech) -> None:
    """The grant with most complete regions, on the edition in force when it was awarded where that is held."""
    found = reader.grant_fairness()
    if not found:
        st.info(say("fairness.real.finding_none"))
        _others(say)
        return
    grant, year, edition = _choose(found)
    regions: dict[str, Measured] = defaultdict(dict)
    for r in found:
        if (r["grant_name"], r["year"], r["edition"]) == (grant, year, edition):
            regions[r["region"]][(r["definition"], r["measure"])] = r["value"]
    shaky = max((code for code, m in regions.items() if m[("all", "depends")]), key=lambda code: regions[code][("extent", "money_to_move_gbp")], default=None)
    if shaky is None:
        text = say("fairness.real.finding_holds", grant=grant, year=year, n=len(regions))
    else:
        move = {f"{d}_move": say.money(regions[shaky][(d, "money_to_move_gbp")]) for d in DEFINITIONS}
        text = say("fairness.real.finding_depends", region=say.in_place(shaky), **move)
    st.markdown(f"**{plain(text)}**")
    _regions(say, regions)
    _edition_note(say, found, edition, year)
    _authorities(say, grant, year, edition, list(regions))
    _others(say)


def _choose(found: list[Row]) -> tuple[str, str, str]:
    first_year = {(r["grant_name"], r["year"]): int(r["year"][:4]) for r in found}
    grant, year = max(first_year, key=lambda g: (len({r["region"] for r in found if (r["grant_name"], r["year"]) == g}), g))
    # an edition without published domain ranks has no score, and one definition alone is no test
    editions = {r["edition"]: r["published"] for r in found if (r["grant_name"], r["year"]) == (grant, year) and r["definition"] == "score"}
    known = [e for e, published in editions.items() if published is not None and published.year <= first_year[(grant, year)]]
    edition = max(known or editions, key=lambda e: (editions[e] is not None, str(editions[e])) if known else (editions[e] is None, str(editions[e])))
    return grant, year, edition


def _says(say: Speech, measured: Measured) -> str:
    if max(measured[(d, "hoover")] for d in DEFINITIONS) <= NEAR_SHARE:
        return say("fairness.real.near")
    if measured[("all", "depends")]:
        return say("fairness.real.depends")
    return say("fairness.real.holds_under" if measured[("extent", "needs_gap")] > 0 else "fairness.real.holds_over")


def _regions(say: Speech, regions: dict[str, Measured]) -> None:
    st.subheader(say("fairness.real.regions"))
    rows: list[dict[str, Any]] = [
        {
            "region": say.place(code),
            "total": round(m[("extent", "spend_gbp")]),
            "says": _says(say, m),
            **{f"{d}_share": round(100 * m[(d, "hoover")], 1) for d in DEFINITIONS},
            **{f"{d}_move": round(m[(d, "money_to_move_gbp")]) for d in DEFINITIONS},
            **{f"{d}_gap": round(m[(d, "needs_gap")], 3) for d in DEFINITIONS},
        }
        for code, m in sorted(regions.items(), key=lambda item: -item[1][("extent", "hoover")])
    ]
    labels = {name: say(f"fairness.real.col.{name}") for name in ("region", "total", "says", "extent_move", "score_move", "extent_gap", "score_gap")}
    parts = [f"{r['region']} {r['extent_share']:.1f}% / {r['score_share']:.1f}%: {r['says']}" for r in rows]
    series = [(f"{d}_share", say(f"fairness.real.definition.{d}")) for d in DEFINITIONS]
    alt = say("fairness.real.regions_alt", parts="; ".join(parts))
    show_picture(say, paired_bars(rows, series, say("fairness.real.axis"), alt, labels), key="real_regions", name="grant-by-region", open_table=True)


def _edition_note(say: Speech, found: list[Row], edition: str, year: str) -> None:
    published = next(r["published"] for r in found if r["edition"] == edition)
    lines = [say("fairness.real.edition", edition=edition)]
    if published is not None and published.year > int(year[:4]):
        lines.append(say("fairness.real.later", edition=edition, date=say.date(published)))
    lines.append(say("fairness.real.caveat"))
    st.caption("  \n".join(plain(line) for line in lines))


def _authorities(say: Speech, grant: str, year: str, edition: str, regions: list[str]) -> None:
    left, right = st.columns(2, vertical_alignment="bottom")
    with left:
        region = st.selectbox(say("fairness.real.choose_region"), sorted(regions, key=say.place), format_func=say.place, index=sorted(regions, key=say.place).index("RCC_NORTH_WALES") if "RCC_NORTH_WALES" in regions else 0, key="real_region")
    with right:
        definition = st.segmented_control(say("fairness.definition"), DEFINITIONS, format_func=lambda d: say(f"fairness.real.definition.{d}"), default=DEFINITIONS[0], required=True, key="real_definition") or DEFINITIONS[0]
    st.subheader(say("fairness.real.authority_title", region=say.place(region)))
    rows = [{"la": say.place(r["la_code"]), "amount": round(r["amount_gbp"]), "gap": round(r["gap_gbp"]), "basis": r["basis"], "source": r["source_url"]} for r in reader.grant_authorities(grant, year, region, edition, definition)]
    above, below = min(rows, key=lambda r: r["gap"]), max(rows, key=lambda r: r["gap"])
    alt = say("fairness.move.alt", money=say.money(-sum(min(0.0, r["gap"]) for r in rows)), above=above["la"], below=below["la"])
    labels = {"la": say("fairness.col.la"), "amount": say("fairness.real.col.amount"), "gap": say("fairness.col.gap"), "basis": say("fairness.real.col.basis"), "source": say("fairness.real.col.source")}
    words = (say("fairness.move.below"), say("fairness.move.above"), say("fairness.move.axis_grant"))
    show_picture(say, share_bars(rows, words, alt, labels), key="real_authorities", name=f"grant-{region}")


def _others(say: Speech) -> None:
    with st.expander(say("fairness.real.others")):
        rows = [{"grant": r["grant_name"], "year": r["year"], "la": say.place(r["la_code"]), "amount": r["amount_gbp"], "basis": r["basis"], "source": r["source_url"]} for r in reader.allocations()]
        labels = {"grant": say("fairness.real.col.grant"), "year": say("fairness.real.col.year"), "la": say("fairness.col.la"), "amount": say("fairness.real.col.amount"), "basis": say("fairness.real.col.basis"), "source": say("fairness.real.col.source")}
        table(rows, labels, key="real_others", height=300, config={"amount": st.column_config.NumberColumn(format="£%,.0f"), "source": st.column_config.LinkColumn()})
        carry_away(say, "published-allocations", rows, labels, (say("fairness.real.others"), numbers.join(say.lang, sorted({r["grant"] for r in rows}))))
