"""Every question the app asks of the served warehouse: one question, one query, one function.

Each function answers plain rows (a list of dictionaries, column name → value). `place` is the code of Wales,
a region or an authority; None for programme or theme means all. How a question is put and its answer kept:
clearlink.warehouse.asking.

Every answer is what the scope of the moment may read (clearlink.warehouse.scope): there is no question that
goes round it.
"""

from __future__ import annotations

from collections.abc import Sequence

from clearlink.rules.codes import WALES, Basis
from clearlink.warehouse.asking import (
    UNANSWERED,
    Row,
    Rows,
    answer,
    build_key,
    once_a_build,
)
from clearlink.warehouse.connection import BuiltEarlier, NothingBuilt, warehouse
from clearlink.warehouse.records import (
    ALL_RECORDS,
    choose_records,
    chosen_records,
    records_of,
)
from clearlink.warehouse.scope import (
    Scope,
    ask_scope_of,
    everything,
    reading_as,
    scope_now,
    under_this_scope,
)
from clearlink.warehouse.year import choose_year, chosen_year, money_of

__all__ = [
    "UNANSWERED",
    "WALES",
    "BuiltEarlier",
    "NothingBuilt",
    "Row",
    "Rows",
    "Scope",
    "answer",
    "ask_scope_of",
    "build_key",
    "choose_records",
    "choose_year",
    "chosen_records",
    "chosen_year",
    "everything",
    "money_of",
    "once_a_build",
    "reading_as",
    "records_of",
    "scope_now",
    "under_this_scope",
]


def is_previous() -> bool:
    """Whether the served file is damaged and the build before it answers in its place. Raises
    NothingBuilt.
    """
    return warehouse().is_previous


def build() -> Row:
    """The served build: kind, date it is judged on, content hash, whether it holds illustrative data."""
    return answer("build")[0]


def is_mixed() -> bool:
    """Whether the build holds real and illustrative records, so that the real ones can be read alone. Raises
    NothingBuilt.
    """
    return warehouse().is_mixed


def records_held(
    place: str = WALES,
    programme: str | None = None,
    theme: str | None = None,
) -> Row:
    """How many records of a place are real and how many illustrative, whichever of them answer at this
    moment.
    """
    with records_of(ALL_RECORDS):
        return answer(
            "records_held", place=place, programme=programme, theme=theme
        )[0]


def records_reaching(area: str) -> Row:
    """The same of what is placed in an area or covers it."""
    with records_of(ALL_RECORDS):
        illustrative = [
            row["is_illustrative"] for row in projects_reaching(area)
        ]
    return {
        "real": illustrative.count(False),
        "illustrative": illustrative.count(True),
    }


def year() -> str:
    """The financial year that sums of money are of at this moment: the one chosen, else that of the build."""
    return chosen_year() or str(build()["financial_year"])


@once_a_build
def years() -> tuple[str, ...]:
    """The financial years that can be chosen, the newest first: those in which this build knows of money."""
    return tuple(row["financial_year"] for row in answer("years"))


def verdict_counts(
    place: str = WALES,
    programme: str | None = None,
    theme: str | None = None,
    basis: str = Basis.AT_DECISION,
    live: bool = False,
) -> Rows:
    """Projects by verdict, and their money (£) of the year of the build that lies in the place."""
    return answer(
        "verdict_counts",
        place=place,
        programme=programme,
        theme=theme,
        basis=basis,
        live=live,
    )


def decision_days(
    place: str = WALES,
    programme: str | None = None,
    theme: str | None = None,
) -> Row:
    """How many projects record the day of their decision, how many only a start, and how many neither."""
    return answer(
        "decision_days", place=place, programme=programme, theme=theme
    )[0]


def time_states(
    place: str = WALES,
    programme: str | None = None,
    theme: str | None = None,
) -> Rows:
    """Records of a place by how they stand on the day of the build: running, to come, ended, dates not known,
    tender notice; with money (£).
    """
    return answer("time_states", place=place, programme=programme, theme=theme)


def provision_known(theme: str, place: str = WALES) -> Rows:
    """What is held of provision on a theme in each authority: a register, a list of areas, the newest
    published figure.
    """
    return answer("provision_known", theme=theme, place=place)


def provision_returned(theme: str, place: str = WALES) -> Rows:
    """What returns of the programmes of a theme tell of people reached in a place, the newest of each."""
    return [r for r in places_returned(theme) if r["place"] == place]


def places_returned(theme: str) -> Rows:
    """The same of every place that a return tells of, in one question."""
    return answer("provision_returned", theme=theme)


def recipients(
    place: str = WALES,
    programme: str | None = None,
    theme: str | None = None,
) -> int:
    """How many records name no place of benefit and have a recipient with an address in the place."""
    return int(
        answer("recipients", place=place, programme=programme, theme=theme)[0][
            "projects"
        ]
    )


def withheld(place: str = WALES, live: bool = False) -> Row | None:
    """How many projects of Wales or a region this scope may not read, and their money (£) of the year, so
    that totals add up.

    None where there is none, or fewer than three: a count that small would point at one of them.
    """
    rows = answer("withheld", place=place, live=live)
    return rows[0] if rows else None


def verdicts_by_authority(
    place: str = WALES,
    programme: str | None = None,
    theme: str | None = None,
    basis: str = Basis.AT_DECISION,
) -> Rows:
    """Projects by verdict in each authority of a place."""
    return answer(
        "verdicts_by_authority",
        place=place,
        programme=programme,
        theme=theme,
        basis=basis,
    )


def projects(
    place: str = WALES,
    programme: str | None = None,
    theme: str | None = None,
    verdict: str | None = None,
    words: str | None = None,
    basis: str = Basis.AT_DECISION,
) -> Rows:
    """Projects with their verdict, those that most need a look first."""
    return answer(
        "projects",
        place=place,
        programme=programme,
        theme=theme,
        verdict=verdict,
        words=words or None,
        basis=basis,
    )


def programmes_of_projects() -> Rows:
    """The programmes that each project is of in the year chosen, one row a programme."""
    return answer("programmes_of_projects")


def project(project_id: str) -> Row | None:
    """One project as its register states it, or None."""
    rows = answer("project", project_id=project_id)
    return rows[0] if rows else None


@once_a_build
def project_owners() -> dict[str, tuple[str, ...]]:
    """Project → the places whose people may settle its record, the nearest first: its authority or region,
    and their regions.
    """
    owners: dict[str, list[str]] = {}
    for row in answer("project_owners"):
        owners.setdefault(
            row["project_id"],
            [],
        ).append(row["place"])
    return {project_id: tuple(places) for project_id, places in owners.items()}


def record_to_settle(project_id: str) -> Row | None:
    """A project as `project` answers it, with the places whose people may settle it; None where it is
    gone.
    """
    row = project(project_id)
    return (
        None
        if row is None
        else {
            **row,
            "owners": project_owners().get(project_id, ()),
        }
    )


def project_verdicts(project_id: str) -> dict[str, Row]:
    """Basis → verdict, reason, confidence and results of the eight criteria."""
    return {
        row["basis"]: row
        for row in answer("project_verdicts", project_id=project_id)
    }


def project_criteria(project_id: str, basis: str = Basis.AT_DECISION) -> Rows:
    """The eight criteria with the figures each rests on (facts, JSON text) and what decided it."""
    return answer("project_criteria", project_id=project_id, basis=basis)


def project_themes(project_id: str) -> Rows:
    """Themes of a project and how each was known."""
    return answer("project_themes", project_id=project_id)


def project_areas(project_id: str) -> Rows:
    """Areas a project reaches, with weight (0 to 1), method and precision of placing."""
    return answer("project_areas", project_id=project_id)


def project_citations(project_id: str) -> Rows:
    """Citations of a project with priority and assessment."""
    return answer("project_citations", project_id=project_id)


def project_signs(project_id: str) -> Rows:
    """Signs of ad-hoc commissioning on a project, each with its source."""
    return answer("project_signs", project_id=project_id)


def project_paper(project_id: str) -> Row | None:
    """What the public record says of a project, or None where it is not of that record."""
    rows = answer("project_paper", project_id=project_id)
    return rows[0] if rows else None


def project_papers_read(project_id: str) -> Rows:
    """Papers that took a project's decision, read in full and silent on need."""
    return answer("project_papers_read", project_id=project_id)


def proposal_records() -> Rows:
    """Every record's words, its theme where one is known and how, and what weighs it: £ a year, people of its
    areas, blanks.
    """
    return answer("proposal_records")


def priorities() -> Rows:
    """Every need that an assessment names, with its theme."""
    return answer("export_priority")


def project_regions(project_id: str) -> Rows:
    """Regions whose committee a project comes before, the present partnerships first."""
    return answer("project_regions", project_id=project_id)


def need_offer() -> Rows:
    """Which need can be shown: theme, definition (lead, rate, composite, wimd), level and edition."""
    return answer("need_offer")


def need_known() -> Rows:
    """How many rows of need may be read, by theme, definition, level and edition: two scopes that answer
    alike read the same need.
    """
    return answer("need_known")


def need_map(
    theme: str,
    definition: str,
    edition: str,
    area_type: str,
) -> Rows:
    """Need of every area of a level: rate (0 to 1), people, score (under `rate` the figure in its unit), rank
    (1 = most need) or a marker.
    """
    return answer(
        "need_map",
        theme=theme,
        definition=definition,
        edition=edition,
        area_type=area_type,
    )


def projects_by_area(
    programme: str | None = None,
    theme: str | None = None,
    basis: str = Basis.AT_DECISION,
    level: str = "LSOA21",
) -> Rows:
    """Projects that reach each small area (or each MSOA21) by verdict, and the annual value (£) placed
    there.
    """
    return answer(
        "projects_by_area",
        programme=programme,
        theme=theme,
        basis=basis,
        level=level,
    )


def projects_reaching(area: str, basis: str = Basis.AT_DECISION) -> Rows:
    """Projects placed in an area or area-wide over it."""
    return answer("projects_reaching", area=area, basis=basis)


def area(area_code: str) -> Row | None:
    """One area with its authority, or None."""
    rows = answer("area", area=area_code)
    return rows[0] if rows else None


def area_need(area_code: str) -> Rows:
    """Need of an area on every theme, latest edition of each definition."""
    return answer("area_need", area=area_code)


def area_observations(area_code: str) -> Rows:
    """Every published figure for an area with its file and cell."""
    return answer("area_observations", area=area_code)


def areas(area_type: str) -> Rows:
    """Areas of one level for a chooser."""
    return answer("areas", area_type=area_type)


@once_a_build
def place_rows() -> dict[str, Row]:
    """Code → names, type and box of Wales, every region and authority."""
    return {row["area_code"]: row for row in answer("places")}


@once_a_build
def members() -> dict[str, list[str]]:
    """Place → the authorities in it."""
    authorities: dict[str, list[str]] = {}
    for row in answer("members"):
        authorities.setdefault(
            row["area_code"],
            [],
        ).append(row["la_code"])
    return authorities


@once_a_build
def themes() -> dict[str, Row]:
    """Theme id → its names and scope, in order."""
    return {row["theme_id"]: row for row in answer("themes")}


@once_a_build
def programmes() -> dict[str, Row]:
    """Programme id → names, dates and number of projects."""
    return {row["programme_id"]: row for row in answer("programmes")}


@once_a_build
def target_groups() -> dict[str, Row]:
    """Group id → names."""
    return {row["id"]: row for row in answer("target_groups")}


@once_a_build
def layers() -> dict[str, Row]:
    """Layer name → its file, hash and number of areas."""
    return {row["layer"]: row for row in answer("layers")}


def snapshots() -> Rows:
    """Publishers' files in this build: edition, age, state, licence."""
    return answer("snapshots")


def problems() -> Rows:
    """What was refused and why, cell by cell."""
    return answer("problems")


def coverage() -> Rows:
    """Which indicators are held at which level and edition."""
    return answer("coverage")


def assessment_coverage() -> Rows:
    """Each round of a statutory assessment or plan: what ought to exist, what is held, and where none was
    found.
    """
    return answer("assessment_coverage")


def row_counts() -> Rows:
    """Rows read, kept and refused by source."""
    return answer("row_counts")


def priorities_without_project(
    place: str = WALES, theme: str | None = None
) -> Rows:
    """Assessed priorities in force that no live project cites."""
    return answer("priorities_without_project", place=place, theme=theme)


def expiring(place: str = WALES, months: int = 6) -> Rows:
    """Assessments that lapse soon and how many projects rest on them."""
    return answer("expiring", place=place, months=months)


def attention(
    place: str = WALES,
    programme: str | None = None,
    theme: str | None = None,
    most: int = 12,
) -> Rows:
    """Live projects that most need a look, by verdict, money and people."""
    return answer(
        "attention",
        place=place,
        programme=programme,
        theme=theme,
        most=most,
    )


def statements(area_code: str) -> Rows:
    """What people told us in an area."""
    return answer("statements", area=area_code)


def every_statement() -> Rows:
    """What people told us, wherever, the latest first."""
    return answer("every_statement")


def precision(
    place: str = WALES,
    programme: str | None = None,
    theme: str | None = None,
) -> Rows:
    """How precisely projects are placed: running records and money (£) of the year."""
    return answer("precision", place=place, programme=programme, theme=theme)


def wimd_shares(area_code: str) -> Rows:
    """Share of an area's small areas among Wales's most deprived 10, 20, 30 and 50 per cent."""
    return answer("wimd_shares", area=area_code)


def area_choices(la: str | None = None) -> Rows:
    """Areas considered for an area-based programme, chosen or not, with the commissioner's own need
    figure.
    """
    return answer("area_choices", la=la)


def indicators() -> Rows:
    """The catalogue of indicators and the themes each serves."""
    return answer("indicators")


def gap_areas(
    theme: str,
    region: str,
    gap_type: str,
    place: str = WALES,
) -> Rows:
    """One named gap on a theme: areas of a place, each classed against its region (an RCC code or Wales),
    most below its share first.
    """
    return answer(
        "gap_areas",
        theme=theme,
        region=region,
        gap_type=gap_type,
        place=place,
    )


def gaps(
    region: str = WALES,
    place: str = WALES,
    theme: str | None = None,
) -> Rows:
    """Areas and people in need by theme, gap and class."""
    return answer("gaps", region=region, place=place, theme=theme)


def gap_what_if(
    theme: str,
    region: str,
    gap_type: str,
    place: str,
    cuts: dict[str, float],
) -> Rows:
    """Class now and class under other thresholds (gap_cut, watch_cut, matched_cut, above_cut,
    unplaced_share_max, small_people).
    """
    return answer(
        "gap_what_if",
        theme=theme,
        region=region,
        gap_type=gap_type,
        place=place,
        **cuts,
    )


def money_buckets(theme: str, region: str = WALES) -> Rows:
    """Money (£) of the build's financial year on a theme: placed, area-wide, protected, unplaced."""
    return answer("gap_precision", theme=theme, region=region)


def capacity_units(theme: str) -> Rows:
    """Units in which running projects on a theme record capacity."""
    return answer("gap_units", theme=theme)


def overlaps(
    place: str = WALES,
    theme: str | None = None,
    programme: str | None = None,
) -> Rows:
    """Pairs of running projects that serve the same people: possible duplicates first, then ladders."""
    return answer("overlaps", place=place, theme=theme, programme=programme)


def possible_duplicates(project_id: str | None = None) -> Rows:
    """Pairs of records that may be one thing, with both sources: those of one record, or all."""
    return answer("possible_duplicates", project_id=project_id)


def recorded_twice(
    place: str = WALES,
    theme: str | None = None,
    programme: str | None = None,
) -> Rows:
    """Records that look like another record of the same service, with what was found."""
    return answer(
        "recorded_twice", place=place, theme=theme, programme=programme
    )


def overlap_comparable(
    place: str = WALES,
    theme: str | None = None,
    programme: str | None = None,
) -> int:
    """How many running projects record what is needed to hold them against another: a start, a group of
    people, areas and a theme.
    """
    rows = answer(
        "overlap_comparable", place=place, theme=theme, programme=programme
    )
    return int(rows[0]["projects"])


def coherence(place: str = WALES, theme: str | None = None) -> Row:
    """Priorities with a project, money with a link, money that cannot be assessed."""
    return answer("coherence", place=place, theme=theme)[0]


def coherence_matrix(place: str = WALES) -> Rows:
    """Running projects by theme, programme and tier."""
    return answer("coherence_matrix", place=place)


def coherence_by_authority(
    place: str = WALES, programme: str | None = None
) -> Rows:
    """Running projects by authority, theme and tier."""
    return answer("coherence_by_authority", place=place, programme=programme)


def projects_without_priority(
    place: str = WALES, theme: str | None = None
) -> Rows:
    """Running projects that serve no assessed priority as far as is shown, with the reason."""
    return answer("projects_without_priority", place=place, theme=theme)


def fairness(region: str = WALES, theme: str | None = None) -> Rows:
    """Whether money follows need: each measure by definition of need and way of placing, with ranges."""
    return answer("fairness", region=region, theme=theme)


def fairness_curve(
    region: str,
    theme: str,
    definition: str,
    placed_by: str,
) -> Rows:
    """Concentration curves of money and need at each twentieth of the people, neediest first (shares 0 to
    1).
    """
    return answer(
        "fairness_curve",
        region=region,
        theme=theme,
        definition=definition,
        placed_by=placed_by,
    )


def fairness_authorities(
    region: str,
    theme: str,
    definition: str,
    placed_by: str,
) -> Rows:
    """Money, need and pounds per person in need of each authority of a region."""
    return answer(
        "fairness_authorities",
        region=region,
        theme=theme,
        definition=definition,
        placed_by=placed_by,
    )


def fairness_without(
    region: str,
    theme: str,
    definition: str,
    placed_by: str,
) -> Rows:
    """The numbers of a region without one project, for the projects that matter most to them."""
    return answer(
        "fairness_without",
        region=region,
        theme=theme,
        definition=definition,
        placed_by=placed_by,
    )


def fairness_areas(theme: str) -> Rows:
    """Need and money of every area of Wales on a theme, the columns that every measure of fairness is worked
    out from.
    """
    return answer("fairness_areas", theme=theme)


def area_neighbours() -> Rows:
    """Small areas that touch, each pair once."""
    return answer("area_neighbours")


def grant_fairness() -> Rows:
    """Published grants against need, by region, edition and definition."""
    return answer("grant_fairness")


def grant_authorities(
    grant_name: str,
    year: str,
    region: str,
    edition: str,
    definition: str,
) -> Rows:
    """A grant's sum by authority beside its share of need."""
    return answer(
        "grant_authorities",
        grant_name=grant_name,
        year=year,
        region=region,
        edition=edition,
        definition=definition,
    )


def allocations() -> Rows:
    """Published sums of grants by authority and year."""
    return answer("allocations")


def choice_need(la: str) -> Rows:
    """Every small area of an authority with its need on each real measure, chosen for an area-based programme
    or not.
    """
    return answer("choice_need", la=la)


def choice_authorities() -> Rows:
    """Authorities whose papers say which areas were chosen, and how the choice compares with need."""
    return answer("choice_authorities")


def childcare_offers(place: str = WALES) -> Rows:
    """Children newly eligible for Flying Start childcare, offered it and taking it up, by authority in the
    newest year published.
    """
    return answer("childcare_offers", place=place)


def programme_figures(place: str, programme: str) -> Rows:
    """Figures of a programme's returns for a place, and how many of its authorities stand in each."""
    return answer("programme_figures", place=place, programme=programme)


def programme_shares(place: str, programme: str) -> Rows:
    """Measures as shares (0 to 1, over 1 for flows) of those they are compared with, beside Wales."""
    return answer("programme_shares", place=place, programme=programme)


def programme_cascade(place: str, programme: str) -> Rows:
    """Planned and outturn (£), capacity, reached and in need by authority, with what is odd."""
    return answer("programme_cascade", place=place, programme=programme)


def programme_returns(place: str, programme: str) -> Rows:
    """Every figure of a programme's returns in a place, with its file and row."""
    return answer("programme_returns", place=place, programme=programme)


def set_asides(place: str) -> Rows:
    """Families First money (£) for disabled children, by authority: the share required, the sum missing."""
    return answer("set_asides", place=place)


def hourly_costs() -> Rows:
    """Housing support: £ an hour by authority and client group."""
    return answer("hourly_costs")


def places_told(programme: str) -> list[str]:
    """The places of which the returns of a programme tell anything."""
    return [row["place"] for row in answer("places_told", programme=programme)]


def cluster_areas(place: str = WALES) -> Rows:
    """The small areas of the Communities First clusters of a place, with the share of each in its cluster."""
    return answer("cluster_areas", place=place)


def clusters(place: str) -> Rows:
    """Communities First clusters in a place: small areas and the people they hold."""
    return answer("clusters", place=place)


def reviews_due(place: str, programmes: Sequence[str]) -> Rows:
    """Running projects that any of some programmes pays for, by the day on which a review is due."""
    return answer(
        "reviews_due",
        place=place,
        programmes=";".join(programmes),
    )


@once_a_build
def return_rows_held() -> dict[str, Row]:
    """Programme → how many figures of returns are held: illustrative, published, all."""
    return {row["programme_id"]: row for row in answer("system_rows")}


def programme_themes() -> Rows:
    """Themes each programme is meant to serve: core or partial."""
    return answer("programme_themes")


def unvalued(theme: str, place: str = WALES) -> Rows:
    """Running projects on a theme that state no yearly value, by authority: its sums are too low by them."""
    return answer("unvalued", theme=theme, place=place)


def what_if_facts(
    place: str = WALES,
    programme: str | None = None,
    theme: str | None = None,
    words: str | None = None,
    basis: str = Basis.AT_DECISION,
) -> Rows:
    """What each project was judged on: results, figures and dates that the thresholds were held against."""
    return answer(
        "what_if_facts",
        place=place,
        programme=programme,
        theme=theme,
        words=words or None,
        basis=basis,
    )


def build_changes() -> Rows:
    """What changed since the build before this one: kind, subject, before, after."""
    return answer("build_changes")


def source_states() -> Rows:
    """Every source of the catalogue: current, late, refused, withdrawn, awaiting its columns, or never
    fetched; with the age of its file.
    """
    return answer("source_states")


def figure_changes() -> Rows:
    """What newer files changed since the build before: figures added, gone and revised, by source and
    indicator.
    """
    return answer("figure_changes")


def partnerships(place: str = WALES) -> Rows:
    """Public services boards and partnerships that reach into a place, with the number of their small areas
    and their days.
    """
    return answer("partnerships", place=place)


def partnership_areas(area: str) -> Rows:
    """The small areas of a board, partnership, ward or cluster, with the share of each that lies in it."""
    return answer("partnership_areas", area=area)


def place_names() -> Rows:
    """Places that can be searched for by name: authorities, middle and small areas, wards with their small
    areas.
    """
    return answer("place_names")


def postcode_districts() -> Rows:
    """First halves of the postcodes held, and whether each is still in use; none where the list was not
    loaded.
    """
    return answer("postcode_districts")


def postcodes_of_district(district: str) -> Rows:
    """Every postcode of one district with its small area."""
    return answer("postcodes_of_district", district=district)


def council_site(la: str) -> Row | None:
    """The public site of an authority in both languages, or None."""
    rows = answer("council_site", la=la)
    return rows[0] if rows else None


def assessed_needs(la: str) -> Rows:
    """What published assessments found to be needed in an authority, with body, title, page and address;
    those in force first.
    """
    return answer("assessed_needs", la=la)


def engagements_of_place(place: str) -> Rows:
    """Engagements for the assessments, priorities, projects and areas of a place, the latest first."""
    return answer("engagements_of_place", place=place)


def engagements_of_project(project_id: str) -> Rows:
    """Engagements that name a project (`is_own`), or fed the assessments that it cites."""
    return answer("engagements_of_project", project_id=project_id)


def area_characteristics(area_type: str) -> Rows:
    """What every area of a level is like: shares (0 to 1) by the Census, and of people in rural small
    areas.
    """
    return answer("area_characteristics", area_type=area_type)


def ranks_of_areas(area_codes: Sequence[str]) -> Rows:
    """Ranks of need of some areas on every theme, definition and edition."""
    return answer(
        "ranks_of_areas",
        areas=";".join(area_codes),
    )


def indicator_series(indicator: str, place: str = WALES) -> Rows:
    """An indicator by period for the authorities of a place and for Wales, with the publisher's ranges where
    it gives any.
    """
    return answer("indicator_series", indicator=indicator, place=place)


def indicator_editions(indicator: str) -> Rows:
    """Editions of an indicator by level, each with its file, publisher and licence."""
    return answer("indicator_editions", indicator=indicator)


def lead_needs(area_type: str) -> Rows:
    """The lead need of every area of a level on every theme, its latest edition."""
    return answer("lead_needs", area_type=area_type)


def programme_sums(place: str) -> Rows:
    """Published sums (£) of programmes in a place and the authorities in it, as papers gave them."""
    return answer("programme_sums", place=place)


def auditor_findings(place: str | None = None) -> Rows:
    """What auditors and scrutiny found of how a place commissions; of every place where none is named."""
    return answer("auditor_findings", place=place)
