"""The need of a build worked out a second time, one plain step after another, from the rows that went in.

Slow on purpose and without SQL: what a careful person would do with a table and the published rules.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from clearlink.rules.need.intervals import wilson
from clearlink.rules.need.need import neediest_fifth, wimd_score
from etl.build.intake import Intake
from etl.records import Observation

WALES = "W92000004"
COUNTED = ("count", "rate_pct", "rate_per_1000")
Catalogue = dict[str, list[dict[str, str]]]


@dataclass
class Need:
    """One theme, area, definition and edition."""

    theme: str
    area: str
    area_type: str
    definition: str
    edition: str
    people: float | None
    at_risk: float | None
    score: float | None
    marker: str | None
    published: date | None = None
    reference_end: date | None = None
    slow_moving: bool = False
    fifth_region: float | None = None
    fifth_wales: float | None = None
    half_region: float | None = None
    half_wales: float | None = None
    # limits of the rate as published, and whether people were counted (else a rate without limits has none)
    published_limits: tuple[float, float] | None = None
    is_counted: bool = True
    # the count and its base, where the rate is applied to other people than it was counted among
    base: tuple[float, float] | None = None

    @property
    def rate(self) -> float | None:
        return (
            None
            if self.people is None or not self.at_risk
            else self.people / self.at_risk
        )

    @property
    def range_basis(self) -> str | None:
        if self.people is None or self.definition != "lead":
            return None
        if self.published_limits is not None:
            return "published"
        return "counted" if self.is_counted else "none"

    def limits(self) -> tuple[float, float] | None:
        if self.published_limits is not None and self.people is not None:
            return self.published_limits
        if self.people is None or not self.at_risk or not self.is_counted:
            return None
        people, out_of = self.base or (self.people, self.at_risk)
        return wilson(min(people, out_of), out_of)


@dataclass
class Wales:
    """Everything worked out about areas and need, as the link test asks for it."""

    region_of: dict[str, str] = field(default_factory=dict)
    authority_of: dict[str, str] = field(default_factory=dict)
    middle_of: dict[str, str] = field(default_factory=dict)
    bridge: dict[str, list[tuple[str, str, float]]] = field(
        default_factory=dict
    )
    at_risk: dict[tuple[str, str], float] = field(default_factory=dict)
    needs: list[Need] = field(default_factory=list)


def work_out(intake: Intake, catalogue: Catalogue) -> Wales:
    """Areas, populations at risk and every need of the intake."""
    wales = Wales()
    types = {a.area_code: a.area_type for a in intake.areas}
    rcc = {
        link.child_code: link.parent_code
        for link in intake.links
        if link.parent_type == "RCC"
    }
    for link in intake.links:
        if link.parent_type == "LA" and types.get(link.child_code) == "LSOA21":
            wales.authority_of[link.child_code] = link.parent_code
            if link.parent_code in rcc:
                wales.region_of[link.child_code] = rcc[link.parent_code]
        if link.parent_type == "MSOA21":
            wales.middle_of[link.child_code] = link.parent_code
    kinds = {
        row["indicator_id"]: row["kind"] for row in catalogue["indicators"]
    }
    seen = [
        (snapshot_id.split("@")[0], o)
        for snapshot_id, many in intake.observations
        for o in many
    ]
    seen += _sums_of_parts(seen, catalogue)
    seen += _authority_populations(seen, kinds, wales)
    _bridges(intake, seen, wales)
    _populations_at_risk(catalogue, seen, wales)
    dates = _Dates(intake, seen)
    _leads(catalogue, seen, kinds, types, dates, wales)
    _composites(catalogue, seen, kinds, types, dates, wales)
    _fifths(wales)
    _larger_areas(wales, dates)
    return wales


def _sums_of_parts(
    seen: list[tuple[str, Observation]], catalogue: Catalogue
) -> list[tuple[str, Observation]]:
    parts: dict[str, list[str]] = defaultdict(list)
    for row in catalogue["derived"]:
        parts[row["indicator_id"]].append(row["part_id"])
    published = {o.indicator_id for _, o in seen}
    made = []
    for whole, needed in parts.items():
        if whole in published:
            continue
        found: dict[tuple[str, str], list[tuple[str, Observation]]] = (
            defaultdict(list)
        )
        for source, o in seen:
            if o.indicator_id in needed and o.value is not None:
                found[o.area_code, o.edition].append((source, o))
        for (area, edition), some in found.items():
            if len(some) == len(needed):
                value = sum(o.value for _, o in some if o.value is not None)
                made.append(
                    (
                        min(s for s, _ in some),
                        Observation(
                            whole,
                            area,
                            min(o.period for _, o in some),
                            edition,
                            value,
                            None,
                            "sum",
                        ),
                    )
                )
    return made


def _authority_populations(
    seen: list[tuple[str, Observation]], kinds: dict[str, str], wales: Wales
) -> list[tuple[str, Observation]]:
    sums: dict[tuple[str, str, str], float] = defaultdict(float)
    for _, o in seen:
        if (
            kinds.get(o.indicator_id) == "population"
            and o.value is not None
            and o.area_code in wales.authority_of
        ):
            sums[
                o.indicator_id, wales.authority_of[o.area_code], o.edition
            ] += o.value
            if o.area_code in wales.middle_of:
                sums[
                    o.indicator_id, wales.middle_of[o.area_code], o.edition
                ] += o.value
    return [
        ("", Observation(i, la, "", edition, value, None, "sum"))
        for (i, la, edition), value in sums.items()
    ]


def _bridges(
    intake: Intake, seen: list[tuple[str, Observation]], wales: Wales
) -> None:
    people: dict[str, float] = {}
    for _, o in seen:
        if o.indicator_id == "population_total" and o.value is not None:
            people[o.area_code] = max(o.value, people.get(o.area_code, 0.0))
    children: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for link in intake.links:
        if link.parent_type == "LSOA21":
            children[link.child_code].append((link.parent_code, link.change))
    for old, new in children.items():
        total = sum(people.get(code, 0.0) for code, _ in new)
        wales.bridge[old] = [
            (
                code,
                change,
                people[code] / total
                if total and code in people
                else 1 / len(new),
            )
            for code, change in new
        ]


def _populations_at_risk(
    catalogue: Catalogue, seen: list[tuple[str, Observation]], wales: Wales
) -> None:
    latest: dict[tuple[str, str], tuple[str, float]] = {}
    for _, o in seen:
        if (
            o.value is not None
            and o.edition
            >= latest.get((o.indicator_id, o.area_code), ("", 0.0))[0]
        ):
            latest[o.indicator_id, o.area_code] = (o.edition, o.value)
    for row in sorted(
        catalogue["theme_population"], key=lambda r: -int(r["sort"])
    ):
        for area in wales.authority_of:
            if (row["indicator_id"], area) in latest:
                wales.at_risk[row["theme_id"], area] = latest[
                    row["indicator_id"], area
                ][1]


class _Dates:
    """When the edition that holds an indicator was published: its own source's day, else the first of that
    name.
    """

    def __init__(
        self, intake: Intake, seen: list[tuple[str, Observation]]
    ) -> None:
        self.rows = intake.editions
        source_of_snapshot = {
            s.snapshot_id: s.source_id for s in intake.snapshots
        }
        self.sources: dict[tuple[str, str], set[str]] = defaultdict(set)
        for snapshot_id, many in intake.observations:
            for o in many:
                self.sources[o.indicator_id, o.edition].add(
                    source_of_snapshot.get(snapshot_id, snapshot_id)
                )
        for source, o in seen:
            self.sources[o.indicator_id, o.edition].add(source)

    def write(self, need: Need, indicator: str) -> Need:
        own = [
            e
            for e in self.rows
            if e.edition == need.edition
            and e.source_id in self.sources[indicator, need.edition]
        ]
        rows = own or [e for e in self.rows if e.edition == need.edition]
        need.published = min(
            (e.published for e in rows if e.published), default=None
        )
        need.reference_end = max(
            (e.reference_end for e in rows if e.reference_end), default=None
        )
        need.slow_moving = any(e.slow_moving for e in rows)
        return need


def _leads(
    catalogue: Catalogue,
    seen: list[tuple[str, Observation]],
    kinds: dict[str, str],
    types: dict[str, str],
    dates: _Dates,
    wales: Wales,
) -> None:
    values: dict[tuple[str, str], tuple[str, float]] = {}
    newest: dict[tuple[str, str, str], Observation] = {}
    for _, o in seen:
        if (
            o.value is not None
            and o.edition
            >= values.get((o.indicator_id, o.area_code), ("", 0.0))[0]
        ):
            values[o.indicator_id, o.area_code] = (o.edition, o.value)
        key = (o.indicator_id, o.area_code, o.edition)
        if key not in newest or o.period > newest[key].period:
            newest[key] = o
    denominators = {
        row["indicator_id"]: row["denominator_id"]
        for row in catalogue["indicators"]
    }
    for theme in sorted(
        {row["theme_id"] for row in catalogue["theme_indicator"]}
    ):
        leads = sorted(
            (int(r["sort"]), r["indicator_id"], r["population_id"])
            for r in catalogue["theme_indicator"]
            if r["theme_id"] == theme and r["role"] == "lead"
        )
        for level in ("LSOA21", "MSOA21", "LA"):
            for _, indicator, population in leads:
                held = []
                for (which, area, edition), o in newest.items():
                    if (
                        which != indicator
                        or types.get(area) != level
                        or kinds.get(which) not in COUNTED
                    ):
                        continue
                    shared = values.get((denominators[which], area))
                    out_of = (
                        o.denominator
                        if o.denominator is not None
                        else shared[1]
                        if shared
                        else None
                    )
                    scale = {
                        "count": 1.0,
                        "rate_pct": 100.0,
                        "rate_per_1000": 1000.0,
                    }[kinds[which]]
                    people = o.numerator
                    if people is None and o.value is not None:
                        people = (
                            o.value
                            if scale == 1
                            else None
                            if shared is None
                            else o.value / scale * shared[1]
                        )
                    if o.marker is None and not (out_of and out_of > 0):
                        continue
                    base = (
                        None
                        if people is None or not out_of
                        else (people, out_of)
                    )
                    limits = (
                        None
                        if o.lower is None or o.upper is None
                        else tuple(
                            limit / (scale if scale > 1 else out_of or 1.0)
                            for limit in (o.lower, o.upper)
                        )
                    )
                    narrower = values.get((population, area))
                    if narrower and people is not None and out_of:
                        people *= narrower[1] / out_of
                    out_of = narrower[1] if narrower else out_of
                    score = (
                        people / out_of
                        if people is not None and out_of
                        else None
                    )
                    marker = None if o.marker is None else o.marker.value
                    held.append(
                        dates.write(
                            Need(
                                theme,
                                area,
                                level,
                                "lead",
                                edition,
                                people,
                                out_of,
                                score,
                                marker,
                                published_limits=limits,
                                is_counted=scale == 1
                                or o.numerator is not None,
                                base=base,
                            ),
                            indicator,
                        )
                    )
                if held:
                    wales.needs += held
                    break


def _composites(
    catalogue: Catalogue,
    seen: list[tuple[str, Observation]],
    kinds: dict[str, str],
    types: dict[str, str],
    dates: _Dates,
    wales: Wales,
) -> None:
    ranks: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
    for _, o in seen:
        if kinds.get(o.indicator_id) == "rank" and o.value is not None:
            ranks[o.indicator_id, o.edition][o.area_code] = o.value
    # a row of the file may have been refused: the list is then at least as long as its highest rank
    scores = {
        key: {
            area: float(wimd_score(rank, int(max(len(many), *many.values()))))
            for area, rank in many.items()
        }
        for key, many in ranks.items()
    }
    old = {
        edition
        for (_, edition), many in ranks.items()
        if any(types.get(area) == "LSOA11" for area in many)
    }
    themes = sorted({row["theme_id"] for row in catalogue["theme_population"]})
    for theme in sorted(
        {row["theme_id"] for row in catalogue["theme_indicator"]}
    ):
        weights = {
            r["indicator_id"]: float(r["weight"])
            for r in catalogue["theme_indicator"]
            if r["theme_id"] == theme and r["role"] == "composite"
        }
        made: dict[str, tuple[dict[str, float], list[str]]] = {}
        for edition in sorted(
            {edition for which, edition in scores if which in weights}
        ):
            published: dict[str, float] = {}
            for area in sorted(
                {
                    a
                    for (which, e), many in scores.items()
                    if e == edition and which in weights
                    for a in many
                }
            ):
                held = {
                    w: scores[w, edition][area]
                    for w in weights
                    if area in scores.get((w, edition), {})
                }
                share = sum(weights[w] for w in held)
                if share >= sum(weights.values()) * 2 / 3 - 1e-9:
                    published[area] = round(
                        sum(weights[w] * held[w] for w in held) / share, 9
                    )
            made[edition] = (
                published,
                [w for w in weights if (w, edition) in scores],
            )
        for row in catalogue["theme_indicator"]:
            if row["theme_id"] == theme and row["role"] == "score":
                for _, o in seen:
                    if (
                        o.indicator_id == row["indicator_id"]
                        and o.value is not None
                    ):
                        made.setdefault(o.edition, ({}, [row["indicator_id"]]))[
                            0
                        ][o.area_code] = o.value
        for edition, (published, by) in made.items():
            was_drawn_anew = any(types.get(a) == "LSOA11" for a in published)
            today = (
                _on_todays_areas(theme, published, wales)
                if was_drawn_anew
                else {
                    a: s
                    for a, s in published.items()
                    if a in wales.authority_of
                }
            )
            for area, score in today.items():
                wales.needs.append(
                    dates.write(
                        Need(
                            theme,
                            area,
                            "LSOA21",
                            "composite",
                            edition,
                            None,
                            wales.at_risk.get((theme, area)),
                            score,
                            None,
                        ),
                        min(by),
                    )
                )
    for (indicator, edition), many in scores.items():
        if indicator == "wimd_rank_overall" and edition not in old:
            for theme in themes:
                for area, score in many.items():
                    if area in wales.authority_of:
                        wales.needs.append(
                            dates.write(
                                Need(
                                    theme,
                                    area,
                                    "LSOA21",
                                    "wimd",
                                    edition,
                                    None,
                                    wales.at_risk.get((theme, area)),
                                    score,
                                    None,
                                ),
                                indicator,
                            )
                        )


def _on_todays_areas(
    theme: str, published: dict[str, float], wales: Wales
) -> dict[str, float]:
    parts: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for old, score in published.items():
        for new, _, share in wales.bridge.get(old, ()):
            parts[new].append(
                (score, share * wales.at_risk.get((theme, new), 1.0))
            )
    return {
        new: round(sum(s * w for s, w in some) / sum(w for _, w in some), 9)
        for new, some in parts.items()
        if sum(w for _, w in some)
    }


def _fifths(wales: Wales) -> None:
    groups: dict[tuple[str, str, str], list[Need]] = defaultdict(list)
    for need in wales.needs:
        if (
            need.area_type == "LSOA21"
            and need.score is not None
            and need.at_risk
        ):
            groups[need.theme, need.definition, need.edition].append(need)
    for many in groups.values():
        for scope in sorted(
            {wales.region_of.get(n.area, WALES) for n in many} | {WALES}
        ):
            inside = [
                n for n in many if scope in (WALES, wales.region_of.get(n.area))
            ]
            found = neediest_fifth(
                [n.score for n in inside], [n.at_risk for n in inside]
            )
            halves = neediest_fifth(
                [n.score for n in inside],
                [n.at_risk for n in inside],
                share=0.5,
            )
            for need, share, half in zip(inside, found, halves, strict=True):
                if scope == WALES:
                    need.fifth_wales, need.half_wales = (
                        float(share),
                        float(half),
                    )
                else:
                    need.fifth_region, need.half_region = (
                        float(share),
                        float(half),
                    )


def _larger_areas(wales: Wales, dates: _Dates) -> None:
    small: dict[tuple[str, str, str, str, str], list[Need]] = defaultdict(list)
    own = {
        n.theme
        for n in wales.needs
        if n.area_type == "MSOA21" and n.definition == "lead"
    }
    parents = {"LA": wales.authority_of, "MSOA21": wales.middle_of}
    for need in wales.needs:
        for kind, of in parents.items() if need.area_type == "LSOA21" else ():
            # a figure published for middle-layer areas speaks there before a sum
            if need.area in of and not (
                kind == "MSOA21"
                and need.definition == "lead"
                and need.theme in own
            ):
                small[
                    need.theme,
                    need.definition,
                    need.edition,
                    kind,
                    of[need.area],
                ].append(need)
    summed = {
        (theme, definition, kind) for theme, definition, _, kind, _ in small
    }
    wales.needs = [
        n
        for n in wales.needs
        if n.area_type == "LSOA21"
        or (n.theme, n.definition, n.area_type) not in summed
    ]
    for (theme, definition, edition, kind, larger), many in small.items():
        people = [n.people for n in many if n.people is not None]
        at_risk = [
            n.at_risk
            for n in many
            if n.score is not None and n.at_risk is not None
        ]
        lying = [
            (n.at_risk, n.fifth_wales)
            for n in many
            if n.fifth_wales is not None and n.at_risk is not None
        ]
        # a sum without one of its parts would be too low: it is not told, and says why
        every = [a for a, of in parents[kind].items() if of == larger]
        marks = {n.marker for n in many if n.marker}
        is_whole = definition != "lead" or len(people) == len(every)
        marker = (
            None
            if is_whole
            else marks.pop()
            if len(marks) == 1 and len(many) == len(every)
            else "not_available"
        )
        need = Need(
            theme,
            larger,
            kind,
            definition,
            edition,
            sum(people) if is_whole and definition == "lead" else None,
            sum(at_risk) if at_risk else None,
            None,
            marker,
        )
        need.published, need.reference_end, need.slow_moving = (
            many[0].published,
            many[0].reference_end,
            many[0].slow_moving,
        )
        need.fifth_wales = (
            sum(p * s for p, s in lying) / sum(p for p, _ in lying)
            if lying
            else None
        )
        need.score = need.rate if definition == "lead" else need.fifth_wales
        wales.needs.append(need)
