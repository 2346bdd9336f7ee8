"""A twin of the sums by place: it adds the ledger up by itself, from codes and memberships, and holds every
page's reader to it.

The law: the sums of a place's parts never come to more than the place's own, for every programme and year,
whoever reads.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator

import duckdb

from clearlink import folders
from clearlink.report.area_brief import projects_blocks as area_brief_projects
from clearlink.report.content import Table
from clearlink.report.voice import Voice
from clearlink.rules.funding import programme_shares
from clearlink.rules.link import two_questions
from clearlink.rules.money import to_pence
from clearlink.warehouse import plans, reader

PENNY = 0.011
# A question costs a hundredth of a second and there are thousands of places, programmes and years: the sums
# that the build serves are held for all of them, what readers make of those for so many drawn.
PLACES_READ = 9
DRAWN = 9
Sums = dict[str, float]


def added_up(
    con: duckdb.DuckDBPyConnection,
) -> dict[tuple[str | None, str], Sums]:
    """(programme, financial year) → pounds of each small area, authority, region and Wales, added here from
    the ledger's pence and, where a project has funding lines in the year, from those.
    """
    authority_of = dict(
        con.execute(
            "select area_code, la_code from area where area_type = 'LSOA21'"
        ).fetchall()
    )
    authorities: dict[str, set[str]] = defaultdict(set)
    for place, la in con.execute(
        "select area_code, la_code from area_member"
    ).fetchall():
        authorities[place].add(la)
    found: dict[tuple[str | None, str], Sums] = defaultdict(
        lambda: defaultdict(float)
    )
    rows = con.execute(
        "select p.project_id, p.programme_id, l.financial_year, l.area_code, l.la_code, l.region_code,"
        " l.pence from ledger l join project p using (project_id)"
    ).fetchall()
    shares = _shares(con)
    for project, programme, year, area, la, region, pence in rows:
        at = area or la or region
        within = (
            {authority_of[at]}
            if at in authority_of
            else authorities.get(at, set())
        )
        places_of = {at, reader.WALES} | {
            p for p, held in authorities.items() if within and within <= held
        }
        paid = shares.get((project, year), {None: 1.0})
        for place in places_of:
            found[None, year][place] += pence / 100
            for payer, share in paid.items():
                found[payer or programme, year][place] += share * pence / 100
    return found


def _shares(
    con: duckdb.DuckDBPyConnection,
) -> dict[tuple[str, str], dict[str | None, float]]:
    """(project, financial year) → programme → its share by the lines, which the law of funding lines works
    out.
    """
    whole = {
        (project, year): int(pence)
        for project, year, pence in con.execute(
            "select project_id, financial_year, sum(pence) from ledger group by all"
        ).fetchall()
    }
    lines: dict[tuple[str, str], dict[str, int]] = defaultdict(
        lambda: defaultdict(int)
    )
    for project, year, programme, gbp in con.execute(
        "select project_id, financial_year, programme_id, amount_gbp from funding_line"
    ).fetchall():
        lines[project, year][programme] += to_pence(gbp)
    return {
        at: {
            programme: float(share)
            for programme, share in programme_shares(paid, whole[at]).items()
        }
        for at, paid in lines.items()
        if whole.get(at)
    }


def of_the_build(
    con: duckdb.DuckDBPyConnection,
) -> dict[tuple[str | None, str], Sums]:
    """The same as the build serves them."""
    found: dict[tuple[str | None, str], Sums] = defaultdict(
        lambda: defaultdict(float)
    )
    for programme, year, place, gbp in con.execute(
        "select coalesce(s.programme_id, p.programme_id), m.financial_year, m.place,"
        " sum(m.gbp * coalesce(s.share, 1)) from place_money m join project p using (project_id)"
        " left join funding_share s using (project_id, financial_year) group by all"
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
        if (
            sum(sums.get(la, 0.0) for la in members)
            > sums.get(place, 0.0) + PENNY
        ):
            wrong.append(place)
    return wrong


def differences() -> Iterator[str]:
    """What breaks the law in the served build, in words; nothing where it holds.

    The build's sums of every programme, year and place; and every reader, of places in the build's own year
    and of programmes, years and places, drawn at random, always the same ones.
    """
    with duckdb.connect(str(folders.warehouse_file()), read_only=True) as con:
        twin, served = added_up(con), of_the_build(con)
        year = reader.build()["financial_year"]
    for each in twin:
        for place, gbp in twin[each].items():
            if abs(served[each].get(place, 0.0) - gbp) > PENNY:
                yield f"{each} {place}: {served[each].get(place, 0.0):.2f}, by hand {gbp:.2f}"
        for wrong in parts_above_the_whole(served[each]):
            yield f"{each} {wrong}: its parts come to more"
    draw = random.Random(6)
    places_read = {
        reader.WALES,
        "W06000015",
        "W06000016",
        *draw.sample(sorted(reader.members()), PLACES_READ),
    }
    yield from _of_readers(twin.get((None, year), {}), sorted(places_read))
    yield from _of_themes()
    for programme, other in draw.sample(
        sorted(twin, key=str), min(DRAWN, len(twin))
    ):
        with reader.money_of(other):
            drawn = [reader.WALES, draw.choice(sorted(reader.members()))]
            for wrong in _of_readers(twin[programme, other], drawn, programme):
                yield f"{programme} {other} {wrong}"


def _of_readers(
    whole: Sums, drawn: Iterable[str], programme: str | None = None
) -> Iterator[str]:
    """What pages, briefs and packs read of a place, against its sums."""
    for place in drawn:
        own, penny = (
            whole.get(place, 0.0),
            PENNY * (1 + len(reader.members().get(place, ()))),
        )
        for name, gbp in _told(place, programme).items():
            if abs(gbp - own) > penny:
                yield f"{name} {place}: {gbp:.2f}, expected {own:.2f}"
        for name, gbp in _at_most(place, programme).items():
            if gbp > own + penny:
                yield f"{name} {place}: {gbp:.2f}, more than {own:.2f}"


def _told(place: str, programme: str | None) -> Sums:
    """The sums that are the place's own, by who tells them."""
    rows = reader.projects(place, programme)
    return {
        "home": sum(
            r["year_gbp"] for r in reader.verdict_counts(place, programme)
        ),
        "projects": sum(p["year_gbp"] or 0.0 for p in rows),
        "states": sum(
            r["year_gbp"] for r in reader.time_states(place, programme)
        ),
        "lineage": sum(
            r["gbp"]
            for r in plans.lineage_money(place)
            if r["financial_year"] == reader.year()
            and programme in (None, r["programme_id"])
        ),
        "what if": sum(
            r["year_gbp"] or 0.0 for r in reader.what_if_facts(place, programme)
        ),
        "squares": sum(
            held.gbp for held in two_questions.squares(rows).values()
        ),
        "what stands in the way": sum(
            held.gbp for held in two_questions.shares(rows).values()
        ),
        "what the record lacks": sum(
            h.all.gbp
            for h in two_questions.holdings(
                two_questions.by_payer(
                    rows, {} if programme else plans.funding_shares()
                ),
                "programme_id",
            )
        ),
    }


def _at_most(place: str, programme: str | None) -> Sums:
    """The sums of a part of the place, or of what can be placed in it, by who tells them."""
    paid_in_parts = {line["project_id"] for line in plans.funding_lines()}

    def is_of(row: reader.Row) -> bool:
        """These questions are not asked by programme: what is paid under several is none of one's alone."""
        return programme is None or (
            row["programme_id"] == programme
            and row["project_id"] not in paid_in_parts
        )

    reaching = [
        p
        for p in reader.projects_reaching(place, "at_decision")
        if is_of(p) and p["is_here"]
    ]
    ours = [
        r
        for r in reader.coherence_matrix(place)
        if programme in (None, r["programme_id"])
    ]
    bare = [r for r in reader.projects_without_priority(place) if is_of(r)]
    small = draw_areas(place)
    found = {
        "home by authority": sum(
            r["year_gbp"]
            for r in reader.verdicts_by_authority(place, programme)
        ),
        "attention": sum(
            r["year_gbp"] or 0.0
            for r in reader.attention(place, programme, most=10_000)
        ),
        "coherence matrix": sum(r["value_gbp"] for r in ours),
        "coherence by authority": sum(
            r["value_gbp"]
            for r in reader.coherence_by_authority(place, programme)
        ),
        "without a priority": sum(r["year_gbp"] or 0.0 for r in bare),
        "area": sum(p["value_here_gbp"] or 0.0 for p in reaching),
        "brief": sum(brief_sums(reaching)) - len(reaching),
        "small areas": sum(
            p["value_here_gbp"] or 0.0
            for area in small
            for p in reader.projects_reaching(area, "at_decision")
            if is_of(p)
        ),
        "precision": sum(
            r["year_gbp"] for r in reader.precision(place, programme)
        ),
    }
    if programme is None:
        found["who is paid"] = sum(
            r["year_gbp"] or 0.0 for r in plans.paid_providers(place)
        )
        found["the whole set"] = sum(
            r["year_gbp"] or 0.0 for r in plans.coherent_set(place)
        )
        coherent = reader.coherence(place)
        found["coherence"] = coherent["value_gbp"]
        found["coherence by verdict"] = sum(
            coherent[f"{k}_gbp"] for k in ("linked", "no_link", "cannot")
        )
    if place == reader.WALES:
        found["need map"] = sum(
            r["year_gbp"] or 0.0 for r in reader.projects_by_area(programme)
        )
        pairs = (
            reader.overlaps(place, None, programme) if programme is None else []
        )
        found["the dearest pair"] = max(
            (r["value_gbp"] or 0.0 for r in pairs), default=0.0
        )
        items = reader.answer("meeting_candidates", place=place)
        found["agenda"] = sum(r["year_gbp"] or 0.0 for r in items if is_of(r))
    return found


def brief_sums(reaching: reader.Rows) -> list[float]:
    """The pounds that the brief of an area prints, read back from its table."""
    tables = [
        b
        for b in area_brief_projects(Voice("en"), reaching)
        if isinstance(b, Table)
    ]
    return [
        float(cell.removeprefix("£").replace(",", ""))
        for t in tables
        for row in t.rows
        for cell in row
        if cell.startswith("£")
    ]


def draw_areas(place: str) -> list[str]:
    """A few small areas of a place, always the same ones."""
    inside = set(reader.members().get(place, ()))
    areas = [
        a["area_code"] for a in reader.areas("LSOA21") if a["la_code"] in inside
    ]
    return random.Random(place).sample(areas, min(4, len(areas)))


def _of_themes() -> Iterator[str]:
    """Gaps and Fairness, which are worked out for the build's own year."""
    for theme in reader.themes():
        by_theme = {
            "gaps": sum(
                r["spend_gbp"] or 0.0
                for r in reader.gap_areas(theme, reader.WALES, "money")
            ),
            "fairness": sum(
                r["spend_gbp"] for r in reader.fairness_areas(theme)
            ),
        }
        buckets = sum(r["gbp"] for r in reader.money_buckets(theme))
        own = sum(
            r["year_gbp"]
            for r in reader.verdict_counts(reader.WALES, theme=theme)
        )
        if abs(buckets - own) > 1:
            yield f"buckets {theme}: {buckets:.2f}, expected {own:.2f}"
        for name, gbp in by_theme.items():
            if gbp > own + 1:
                yield f"{name} {theme}: {gbp:.2f}, more than {own:.2f}"
