"""A twin of the sums by place: it adds the ledger up by itself, from codes and memberships, and holds every page's reader to it.

The law: the sums of a place's parts never come to more than the place's own, for every programme and year, whoever reads.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import duckdb

from clearlink import folders
from clearlink.warehouse import reader

PENNY = 0.011
Sums = dict[str, float]


def added_up(con: duckdb.DuckDBPyConnection) -> dict[tuple[str | None, str], Sums]:
    """(programme, financial year) → pounds of each small area, authority, region and Wales, added here from the ledger's pence."""
    authority_of = dict(
        con.execute("select area_code, la_code from area where area_type = 'LSOA21'").fetchall()
    )
    authorities: dict[str, set[str]] = defaultdict(set)
    for place, la in con.execute("select area_code, la_code from area_member").fetchall():
        authorities[place].add(la)
    found: dict[tuple[str | None, str], Sums] = defaultdict(lambda: defaultdict(float))
    rows = con.execute(
        "select p.programme_id, l.financial_year, l.area_code, l.la_code, l.region_code, l.pence from ledger l join project p using (project_id)"
    ).fetchall()
    for programme, year, area, la, region, pence in rows:
        at = area or la or region
        within = {authority_of[at]} if at in authority_of else authorities.get(at, set())
        places_of = {at, reader.WALES} | {p for p, held in authorities.items() if within and within <= held}
        for each in ((programme, year), (None, year)):
            for place in places_of:
                found[each][place] += pence / 100
    return found


def of_the_build(con: duckdb.DuckDBPyConnection) -> dict[tuple[str | None, str], Sums]:
    """The same as the build serves them."""
    found: dict[tuple[str | None, str], Sums] = defaultdict(lambda: defaultdict(float))
    for programme, year, place, gbp in con.execute(
        "select p.programme_id, m.financial_year, m.place, sum(m.gbp) from place_money m join project p using (project_id) group by all"
    ).fetchall():
        for each in ((programme, year), (None, year)):
            found[each][place] += gbp
    return found


def parts_above_the_whole(sums: Sums) -> list[str]:
    """Places whose parts come to more than they do."""
    small: Sums = defaultdict(float)
    for area in reader.areas("LSOA21"):
        small[area["la_code"]] += sums.get(area["area_code"], 0.0)
    wrong = [la for la, gbp in small.items() if gbp > sums.get(la, 0.0) + PENNY]
    for place, members in reader.members().items():
        if sum(sums.get(la, 0.0) for la in members) > sums.get(place, 0.0) + PENNY:
            wrong.append(place)
    return wrong


def differences() -> Iterator[str]:
    """What breaks the law in the served build, in words; nothing where it holds."""
    with duckdb.connect(str(folders.warehouse_file()), read_only=True) as con:
        twin, served = added_up(con), of_the_build(con)
        year = reader.build()["financial_year"]
    for each in twin:
        for place, gbp in twin[each].items():
            if abs(served[each].get(place, 0.0) - gbp) > PENNY:
                yield f"{each} {place}: {served[each].get(place, 0.0):.2f}, by hand {gbp:.2f}"
        for wrong in parts_above_the_whole(served[each]):
            yield f"{each} {wrong}: its parts come to more"
    yield from _of_readers(twin.get((None, year), {}))


def _of_readers(whole: Sums) -> Iterator[str]:
    """Home, Projects, Coherence, Area, the brief, Gaps and Fairness against the same sums of the year."""
    for place, members in reader.members().items():
        own = whole.get(place, 0.0)
        told = {
            "home": sum(r["year_gbp"] for r in reader.verdict_counts(place)),
            "projects": sum(p["year_gbp"] or 0.0 for p in reader.projects(place)),
            "states": sum(r["year_gbp"] for r in reader.time_states(place)),
        }
        at_most = {
            "home by authority": sum(r["year_gbp"] for r in reader.verdicts_by_authority(place)),
            "coherence": reader.coherence(place)["value_gbp"],
            "coherence matrix": sum(r["value_gbp"] for r in reader.coherence_matrix(place)),
            "coherence by authority": sum(r["value_gbp"] for r in reader.coherence_by_authority(place)),
            "area": sum(r["value_here_gbp"] or 0.0 for r in reader.projects_reaching(place, "at_decision")),
            "precision": sum(r["year_gbp"] for r in reader.precision(place)),
        }
        for name, gbp in told.items():
            if abs(gbp - own) > PENNY * (1 + len(members)):
                yield f"{name} {place}: {gbp:.2f}, expected {own:.2f}"
        for name, gbp in at_most.items():
            if gbp > own + PENNY * (1 + len(members)):
                yield f"{name} {place}: {gbp:.2f}, more than {own:.2f}"
    for theme in reader.themes():
        by_theme = {
            "gaps": sum(r["spend_gbp"] or 0.0 for r in reader.gap_areas(theme, reader.WALES, "money")),
            "fairness": sum(r["spend_gbp"] for r in reader.fairness_areas(theme)),
        }
        own = sum(r["year_gbp"] for r in reader.verdict_counts(reader.WALES, theme=theme))
        for name, gbp in by_theme.items():
            if gbp > own + 1:
                yield f"{name} {theme}: {gbp:.2f}, more than {own:.2f}"
