"""Illustrative projects as rows of the register template."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from shapely.geometry.base import BaseGeometry

from tests.sample_maker.citing import REGIONS_MOVED
from tests.sample_maker.draws import pick, share, whole
from tests.sample_maker.folders import CATALOGUE, read_rows
from tests.sample_maker.kinds import Provider, providers
from tests.sample_maker.outlines import Outline
from tests.sample_maker.places import Wales
from tests.sample_maker.projects import Made
from tests.sample_maker.trail import (
    award,
    citation,
    citation_in_file,
    engagement,
    is_cited_in_file,
    money,
    outcomes,
    state_record,
)

WELSH_AREAS = {
    "W06000001",
    "W06000002",
    "W06000008",
    "W06000010",
    "W06000009",
    "W06000003",
}
_SHORT = {"Isle of Anglesey": "Anglesey"}
_COMPASS = {
    (0, 1): ("north", "gogledd"),
    (0, -1): ("south", "de"),
    (1, 0): ("east", "dwyrain"),
    (-1, 0): ("west", "gorllewin"),
    (1, 1): ("north-east", "gogledd-ddwyrain"),
    (-1, 1): ("north-west", "gogledd-orllewin"),
    (1, -1): ("south-east", "de-ddwyrain"),
    (-1, -1): ("south-west", "de-orllewin"),
    (0, 0): ("central", "canol"),
}
_SECTOR_NAMES = {
    "third": "third sector",
    "association": "housing association",
    "council": "council in-house",
    "health": "health board",
    "private": "private",
    "university": "university",
}


def register_rows(
    made: list[Made],
    wales: Wales,
    outlines: list[Outline],
    shapes: Mapping[str, BaseGeometry],
) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """Rows of the register by authority and start, each with its own reference and title; and rows of the
    citations file.
    """
    org_ids = {
        row["la_code"]: row["org_id"].removeprefix("GB-PLA-")
        for row in read_rows(CATALOGUE / "authority_org_ids.csv")
    }
    places = {o.code: o.shape.representative_point() for o in outlines}
    numbers: Counter[str] = Counter()
    titles: set[str] = set()
    rows: list[dict[str, object]] = []
    citations: list[dict[str, object]] = []
    for project in sorted(made, key=lambda m: (m.la_code, m.start, m.key)):
        # A region's project is numbered by its region: an authority's letters would give a refuge away.
        stem = (
            _commissioner(project, wales)
            if project.is_regional
            else org_ids[project.la_code]
        )
        numbers[stem] += 1
        provider = _provider(project, wales)
        where = _where(project, wales, places, shapes)
        title = ", ".join(
            (
                _in_language(project.title, project, provider),
                _in_language(where, project, provider),
            )
        )
        while title in titles:
            title = (
                f"{title} ({project.start.year})"
                if f"({project.start.year})" not in title
                else f"{title} {whole(2, 9, title)}"
            )
        titles.add(title)
        project_id = f"{stem}-{project.start.year}-{numbers[stem]:03d}"
        rows.append(_row(project_id, title, project, provider, wales))
        if project.cited and is_cited_in_file(project):
            citations.append(citation_in_file(project_id, project))
    return rows, citations


def _row(
    project_id: str, title: str, project: Made, provider: Provider, wales: Wales
) -> dict[str, object]:
    recipe, kind = project.recipe, project.kind
    places, value_gbp = money(
        project, wales.authorities[project.la_code].residents
    )
    # Without a theme, the target group would say it; so it is left out too.
    is_theme_known = recipe.theme == "stated"
    row: dict[str, object] = {
        "project_id": project_id,
        "title": title,
        "programme": project.programme,
        "commissioner": _commissioner(project, wales),
        "provider_org_id": provider.org_id,
        "provider_name": provider.name,
        "provider_sector": _SECTOR_NAMES[provider.sector],
        "start": project.start,
        "end": project.end,
        "annual_value_gbp": value_gbp,
        "area_codes": ";".join(project.areas) if not project.users else "",
        "users_by_area": ";".join(
            f"{code}={people}" for code, people in project.users
        ),
        "target_group": kind.target_group if is_theme_known else "",
        "theme": kind.theme if is_theme_known else "",
        "capacity": places if share("capacity", project.key) < 0.9 else "",
        "capacity_unit": kind.unit,
        "delivery_model": recipe.model,
        "tier": project.tier if share("tier", project.key) < 0.97 else "",
        "welsh_language": pick(
            ("active offer", "Welsh-medium", "on request", ""),
            "welsh",
            project.key,
        ),
        "is_sensitive": "yes" if recipe.model == "confidential" else "no",
        "is_illustrative": "yes",
    }
    if recipe.areas == "users":
        row["area_codes"] = ";".join(project.areas)
    in_welsh = project.la_code in WELSH_AREAS and provider.writes_welsh
    row |= (
        award(project, provider.sector)
        | engagement(project)
        | outcomes(project)
        | citation(project, in_welsh)
    )
    return row | state_record(project, row)


def _commissioner(project: Made, wales: Wales) -> str:
    authority = wales.authorities[project.la_code]
    if project.is_regional:
        return (
            authority.rpb
            if project.decision >= REGIONS_MOVED
            else authority.rcc
        )
    in_welsh = (
        project.la_code in WELSH_AREAS
        and share("commissioner", project.key) < 0.35
    )
    return authority.name_cy if in_welsh else authority.name_en


def _provider(project: Made, wales: Wales) -> Provider:
    sector = pick(project.kind.sectors, "sector", project.key)
    authority = wales.authorities[project.la_code]
    if sector == "council":
        return Provider(
            f"XI-EXAMPLE-9{project.la_code[-3:]}",
            f"{authority.name_en} Council (in-house)",
            sector,
            project.la_code in WELSH_AREAS,
        )
    if sector == "health":
        return Provider(
            f"XI-EXAMPLE-8{project.la_code[-3:]}",
            "Health board children and communities team",
            sector,
            False,
        )
    among = [p for p in providers() if p.sector == sector]
    if (
        project.la_code in WELSH_AREAS
        and share("welsh provider", project.key) < 0.6
    ):
        among = [p for p in among if p.writes_welsh] or among
    return pick(among, "provider", project.key)


def _in_language(
    pair: tuple[str, str], project: Made, provider: Provider
) -> str:
    return (
        pair[1]
        if project.la_code in WELSH_AREAS and provider.writes_welsh
        else pair[0]
    )


def _where(
    project: Made,
    wales: Wales,
    places: Mapping[str, BaseGeometry],
    shapes: Mapping[str, BaseGeometry],
) -> tuple[str, str]:
    authority = wales.authorities[project.la_code]
    name_en, name_cy = (
        _SHORT.get(authority.name_en, authority.name_en),
        authority.name_cy,
    )
    if project.is_regional:
        return wales.region_names[
            authority.rpb
            if project.decision >= REGIONS_MOVED
            else authority.rcc
        ]
    points = [places[code] for code in project.areas if code in places]
    if not points:
        return name_en, name_cy
    west, south, east, north = shapes[project.la_code].bounds
    x = sum(point.x for point in points) / len(points)
    y = sum(point.y for point in points) / len(points)
    across, up = (
        (2 * (x - west) / (east - west) - 1),
        (2 * (y - south) / (north - south) - 1),
    )
    en, cy = _COMPASS[_third(across), _third(up)]
    return f"{en} {name_en}", f"{cy} {name_cy}"


def _third(position: float) -> int:
    return 0 if abs(position) < 0.3 else 1 if position > 0 else -1
