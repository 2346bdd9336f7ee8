"""Where high areas stand beside high ones and low beside low: need and money on a map in words, for
analysts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, TypeAlias

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from clearlink.rules.need.intervals import empirical_bayes
from clearlink.rules.need.spatial import (
    Cluster,
    GlobalMoran,
    contiguity,
    global_moran,
    local_moran,
)
from clearlink.rules.settings import Settings
from clearlink.warehouse import reader
from clearlink.warehouse.law import served_law
from clearlink.warehouse.reader import Row, Rows
from clearlink.words import numbers
from pages.area_map import HoverLine, MapClass, Pattern
from pages.area_map.class_map import ClassMap, class_map
from pages.fairness.fairness_view import FairnessView
from pages.frame.frame import carry_away, plain, table
from pages.frame.picks import open_picked, opens
from pages.frame.speech import Speech
from pages.frame.visit.url_choice import url_choice

Floats: TypeAlias = "NDArray[np.float64]"
OF: Final = ("need", "each")
PLACED_GBP: Final = {
    "population_at_risk": "spend_gbp",
    "population": "spend_by_population_gbp",
}
# Dark for beside its like, pale for apart from its neighbours; grey is no pattern.
COLOURS: Final = {
    Cluster.HIGH_BY_HIGH: "#b2182b",
    Cluster.LOW_BY_LOW: "#2166ac",
    Cluster.HIGH_BY_LOW: "#f4a582",
    Cluster.LOW_BY_HIGH: "#92c5de",
    Cluster.NONE: "#dcdcdc",
}


@dataclass(frozen=True, slots=True)
class Clusters:
    """Areas of a region with their figure and class; `ring` areas around it lent their neighbours,
    `left_out` had no usable figure.
    """

    whole: GlobalMoran
    code: tuple[str, ...]
    value: tuple[float, ...]
    raw: tuple[float, ...]
    cluster: tuple[Cluster, ...]
    ring: int
    islands: tuple[str, ...]
    left_out: int


def fairness_clusters(say: Speech, view: FairnessView) -> None:
    """Choice of figure, what was found, the map, and its table."""
    st.subheader(say("fairness.clusters.title"))
    law = served_law()
    rows = reader.fairness_areas(view.theme)
    if not rows or rows[0]["area_type"] != "LSOA21":
        level = rows[0]["area_type"] if rows else "LA"
        st.info(say(f"fairness.clusters.only_{level}"))
        return
    of = url_choice(
        say("fairness.clusters.of"),
        "fair_cluster",
        OF,
        lambda o: say(f"fairness.clusters.of_{o}"),
        help=say("fairness.clusters.of_help"),
    )
    clusters = _clusters(
        reader.build_key(),
        view.theme,
        view.region,
        of,
        view.placed_by,
    )
    if clusters is None:
        st.info(say("fairness.clusters.too_few", least=law.moran_min_areas))
        return
    st.markdown(f"**{plain(_finding(say, clusters, of, law))}**")
    if of == "each":
        st.warning(
            say("fairness.clusters.artefact"),
            icon=None,
        )
    _map(say, view, clusters, of)
    _table(say, view, clusters, of)
    st.caption(
        "  \n".join(plain(line) for line in _method(say, view, clusters, law))
    )


@lru_cache(maxsize=64)
def _clusters(
    key: tuple[int, int, int],
    theme: str,
    region: str,
    of: str,
    placed_by: str,
) -> Clusters | None:
    law = served_law()
    rows = reader.fairness_areas(theme)
    usable = _usable(rows, of, law)
    wanted = _codes_in(usable.values(), region)
    if len(wanted) < law.moran_min_areas:
        return None
    touching = [
        (r["area_code"], r["neighbour_code"]) for r in reader.area_neighbours()
    ]
    ring = _around(
        wanted,
        usable.keys(),
        touching,
    )
    codes = sorted(wanted | ring)
    held = [usable[code] for code in codes]
    raw, value = _figures(
        held,
        of,
        PLACED_GBP[placed_by],
    )
    if np.all(value == value[0]):
        return None
    near = contiguity(
        codes,
        touching,
        {r["area_code"]: (r["lon"], r["lat"]) for r in held},
    )
    inside = np.isin(codes, sorted(wanted))
    local = local_moran(value, near, law, inside)
    kept = np.flatnonzero(inside).tolist()
    return Clusters(
        global_moran(value, near, law),
        tuple(codes[at] for at in kept),
        tuple(value[inside].tolist()),
        tuple(raw[inside].tolist()),
        tuple(local.cluster[at] for at in kept),
        len(ring),
        tuple(held[at]["name_en"] for at in near.joined if inside[at]),
        len(_codes_in(rows, region)) - len(wanted),
    )


def _usable(
    rows: Rows,
    of: str,
    law: Settings,
) -> dict[str, Row]:
    """Area → its row, of those whose figure may be shown: £ each is not told of a few people."""
    return {
        r["area_code"]: r
        for r in rows
        if of == "need" or r["people_in_need"] >= law.small_people
    }


def _codes_in(rows: Iterable[Row], region: str) -> set[str]:
    return {
        r["area_code"]
        for r in rows
        if region in (reader.WALES, r["region_code"])
    }


def _around(
    wanted: Set[str],
    usable: Set[str],
    touching: Iterable[tuple[str, str]],
) -> set[str]:
    """Usable areas outside the region that touch one inside it."""
    both_ways = (each for pair in touching for each in (pair, pair[::-1]))
    return {b for a, b in both_ways if a in wanted and b in usable - wanted}


def _figures(
    held: Sequence[Row],
    of: str,
    money: str,
) -> tuple[Floats, Floats]:
    """The figure of each area as it is, and as it is compared: a rate of few people is drawn to the mean."""
    people = np.array(
        [r["people_in_need"] for r in held],
        dtype=np.float64,
    )
    if of == "need":
        at_risk = np.array(
            [r["population_at_risk"] for r in held],
            dtype=np.float64,
        )
        return people / at_risk, empirical_bayes(people, at_risk)
    each = (
        np.array(
            [r[money] for r in held],
            dtype=np.float64,
        )
        / people
    )
    return each, each


def _said(value: float, of: str) -> str:
    return numbers.pct(value, 1) if of == "need" else f"£{value:,.2f}"


def _named(found: Clusters) -> int:
    """How many areas are named as standing among their like, or out from them."""
    return sum(each is not Cluster.NONE for each in found.cluster)


def _finding(
    say: Speech,
    found: Clusters,
    of: str,
    law: Settings,
) -> str:
    """Whether like stands beside like, and how many areas are named."""
    pattern = "none"
    if found.whole.p_value <= law.moran_fdr:
        pattern = (
            "alike" if found.whole.moran > found.whole.expected else "unlike"
        )
    text = say(
        f"fairness.clusters.finding_{pattern}",
        what=say(f"fairness.clusters.what_{of}"),
        moran=f"{found.whole.moran:.2f}",
    )
    if not _named(found):
        return f"{text} {say('fairness.clusters.finding_no_area')}"
    count = Counter(found.cluster)
    named = say(
        "fairness.clusters.finding_named",
        n=_named(found),
        total=say.number(len(found.cluster)),
        high=say.number(count[Cluster.HIGH_BY_HIGH]),
        low=say.number(count[Cluster.LOW_BY_LOW]),
    )
    return f"{text} {named}"


def _method(
    say: Speech,
    view: FairnessView,
    found: Clusters,
    law: Settings,
) -> list[str]:
    """How it was tested, and what of the neighbours is not there."""
    islands = numbers.join(
        say.lang,
        list(found.islands),
    )
    lines = [
        say(
            "fairness.clusters.method",
            permutations=say.number(law.moran_local_permutations),
            rate=numbers.pct(law.moran_fdr),
            chance=f"{law.moran_fdr * _named(found):.0f}",
        ),
        say("fairness.clusters.islands", names=islands)
        if islands
        else say("fairness.clusters.no_islands"),
        say("fairness.clusters.ring", n=found.ring)
        if view.region != reader.WALES
        else say("fairness.clusters.edge"),
    ]
    return (
        [
            *lines,
            say("fairness.clusters.left_out", n=found.left_out),
        ]
        if found.left_out
        else lines
    )


def _map(
    say: Speech,
    view: FairnessView,
    found: Clusters,
    of: str,
) -> None:
    order = list(COLOURS)
    here = {
        r["area_code"]: len(order)
        for r in reader.fairness_areas(view.theme)
        if view.region in (reader.WALES, r["region_code"])
    }
    hover = (
        HoverLine(
            say(f"fairness.clusters.hover_{of}"),
            (
                {
                    code: _said(v, of)
                    for code, v in zip(found.code, found.value, strict=True)
                },
            ),
        ),
    )
    shown = ClassMap(
        "LSOA21",
        _map_classes(say, of),
        here
        | {
            code: order.index(c)
            for code, c in zip(found.code, found.cluster, strict=True)
        },
        hover,
        say(
            "fairness.clusters.map_title",
            theme=say.theme(view.theme),
            what=say(f"fairness.clusters.of_{of}"),
        ),
        say("fairness.clusters.legend"),
        say("fairness.clusters.legend_note"),
        say("fairness.clusters.source"),
    )
    class_map(
        say,
        shown,
        view.region,
        key="fair_clusters",
        name=f"clear-link-clusters-{of}-{view.theme}",
    )


def _map_classes(say: Speech, of: str) -> list[MapClass]:
    """The kinds of neighbourhood in the order of the legend; then no figure, and outside the region."""
    kinds = [
        MapClass(
            colour,
            say(f"fairness.clusters.class_{of}.{c}"),
        )
        for c, colour in COLOURS.items()
    ]
    return [
        *kinds,
        MapClass("#ffffff", say("fairness.clusters.no_figure"), Pattern.HATCH),
        MapClass("#ffffff", say("gaps.cross.outside"), Pattern.OUTLINED),
    ]


# first what stands out from its surroundings
_TABLE_ORDER: Final = (
    Cluster.HIGH_BY_LOW,
    Cluster.LOW_BY_HIGH,
    Cluster.HIGH_BY_HIGH,
    Cluster.LOW_BY_LOW,
    Cluster.NONE,
)


def _table_rows(
    say: Speech,
    view: FairnessView,
    found: Clusters,
    of: str,
) -> list[dict[str, Any]]:
    """A row for each area, by its kind, the highest value first."""
    areas = {r["area_code"]: r for r in reader.fairness_areas(view.theme)}
    rows: list[dict[str, Any]] = [
        {
            "code": code,
            "area": say.of(areas[code]),
            "la": say.place(areas[code]["la_code"]),
            "class": say(f"fairness.clusters.class_{of}.{c}"),
            "value": _said(v, of),
            "raw": _said(raw, of),
            "_": (_TABLE_ORDER.index(c), -v),
        }
        for code, c, v, raw in zip(
            found.code,
            found.cluster,
            found.value,
            found.raw,
            strict=True,
        )
    ]
    rows.sort(key=lambda r: (r["_"], r["code"]))
    return rows


def _table(
    say: Speech,
    view: FairnessView,
    found: Clusters,
    of: str,
) -> None:
    rows = _table_rows(say, view, found, of)
    labels = {
        c: say(f"fairness.clusters.col.{c}")
        for c in (
            "area",
            "la",
            "class",
            *(("value", "raw") if of == "need" else ("raw",)),
            "code",
        )
    }
    with st.expander(say("common.table_twin")):
        table(
            rows,
            labels,
            key=f"fair_clusters_{view.theme}_{view.region}_{of}",
            height=360,
            pick=True,
            on_pick=opens("area", rows, "code"),
        )
        open_picked()
        carry_away(
            say,
            f"clusters-{of}-{view.theme}",
            rows,
            labels,
            (
                say("fairness.clusters.title"),
                say("fairness.clusters.legend_note"),
                say("fairness.clusters.source"),
            ),
        )
