"""The columns of a project that say how it was decided, with whom, to what effect, and which priority it
cites.
"""

from __future__ import annotations

from datetime import date, timedelta

from tests.sample_maker.citing import REGIONS_MOVED, Citing
from tests.sample_maker.draws import pick, share, whole
from tests.sample_maker.projects import TODAY, Made

Columns = dict[str, object]
_LEAST_GBP, _MOST_GBP = 15_000, 2_500_000
_APPROVERS = (
    "Cabinet",
    "Cabinet member, delegated",
    "Head of service",
    "Programme board",
)
_HOUSING_APPROVERS = ("Cabinet", "Head of service", "{region}")
_ROUTES = (
    "open tender",
    "framework call-off",
    "grant agreement",
    "direct award",
    "contract extension",
)
_WITH = {
    "early_years": (
        "parents, and children through play",
        "parents at two family centres",
    ),
    "family_support": (
        "children and parents at two family centres",
        "parents, and children through drawing and talk",
    ),
    "young_people": (
        "young people’s forum",
        "young people who live in supported housing",
    ),
    "learning_skills": (
        "children and young people in three schools",
        "adult learners at two centres",
    ),
    "disability": (
        "disabled people and their families",
        "disabled children and their parents",
    ),
    "carers": ("carers’ group", "young carers and adult carers"),
    "older_people": (
        "older people’s forum",
        "older people at four lunch clubs",
    ),
    "domestic_abuse": ("survivors’ panel",),
    "substance_misuse": ("people in recovery and their families",),
    "mental_health": ("people with lived experience and their families",),
}
_WITH_OTHERS = ("people who use the service", "residents at four drop-ins")
_CHANGES = (
    "opening hours moved to evenings",
    "a second venue within walking distance",
    "Welsh offered from the start",
    "transport paid",
    "one named worker for each person or family",
    "home visits for those who wish them",
)
_GENERIC = ("public consultation", "stakeholder event", "online survey")
_HOUSING_OUTCOMES = (
    "Feeling safe; Managing accommodation",
    "Managing money; Managing accommodation",
    "Mentally healthy; Feeling part of the community",
)
_OUTCOMES = {
    "early_years": (
        "Children ready for school",
        "Parents confident with young children",
    ),
    "family_support": (
        "Families resilient and nurturing",
        "Fewer families stepped up to statutory services",
    ),
    "young_people": (
        "Young people settled and in education, training or work",
    ),
    "learning_skills": (
        "More people with a qualification",
        "Better attendance",
    ),
    "work_income": ("More people in work", "Households with manageable debt"),
    "physical_health": ("People report better health",),
    "community_safety": ("Fewer incidents in the streets concerned",),
}
_OTHER_OUTCOMES = (
    "People feel less alone",
    "People able to do what matters to them",
)
_RECORDERS = (
    "Commissioning officer",
    "Contracts officer",
    "Programme co-ordinator",
)


def money(project: Made, residents: int) -> tuple[int, int]:
    """Places, and value in pounds a year to the nearest £50, never outside £15,000 to £2.5 million.

    A few streets need fewer places than an authority, and a large authority more than a small one.
    """
    if project.recipe.areas == "region" and project.recipe.model == "area_wide":
        scale = 4.0
    elif project.recipe.areas == "authority":
        scale = 0.5 + residents / 90_000
    else:
        scale = 1.0 if project.recipe.model == "confidential" else 0.45
    places = max(
        round(whole(*project.kind.places, "places", project.key) * scale), 4
    )
    each = whole(*project.kind.cost_gbp, "cost", project.key)
    value = min(max(places * each, _LEAST_GBP), _MOST_GBP)
    return places, round(value / 50) * 50


def award(project: Made, sector: str) -> Columns:
    """Who decided when, and by which route; for some projects part of that is not recorded, for a few none
    of it.
    """
    if (
        project.recipe.citing is Citing.BLANK
        and project.recipe.areas == "authority"
        and share("no trail", project.key) < 0.3
    ):
        return {}
    committee = (
        "Regional collaborative committee"
        if project.decision < REGIONS_MOVED
        else "Regional housing support group"
    )
    approvers = _HOUSING_APPROVERS if project.kind.family == "H" else _APPROVERS
    routes = ("in-house",) if sector in ("council", "health") else _ROUTES
    return {
        "decision_date": project.decision,
        "approver": pick(approvers, "approver", project.key).format(
            region=committee
        )
        if share("has approver", project.key) < 0.82
        else "",
        "route_to_award": pick(routes, "route", project.key)
        if share("has route", project.key) < 0.74
        else "",
    }


def engagement(project: Made) -> Columns:
    """About half say with whom they talked, most of those when, and what changed; a few say that nobody
    was asked.
    """
    drawn = share("engagement", project.key)
    if drawn > 0.58:
        return {"engagement_state": "confirmed_none"} if drawn > 0.95 else {}
    day = project.decision - timedelta(
        days=whole(30, 240, "engaged", project.key)
    )
    if drawn > 0.54:
        day = project.start + timedelta(days=whole(20, 90, "late", project.key))
    if drawn > 0.44:
        return {
            "engagement_date": day,
            "engagement_with": pick(_GENERIC, "generic", project.key),
        }
    among = _WITH.get(project.kind.theme, _WITH_OTHERS)
    found: Columns = {
        "engagement_with": pick(among, "with", project.key),
        "engagement_change": pick(_CHANGES, "change", project.key),
    }
    return found if drawn > 0.38 else found | {"engagement_date": day}


def outcomes(project: Made) -> Columns:
    """Outcomes for projects that have run a year, and a review in the last year for most of those."""
    last = min(TODAY, project.end)
    drawn = share("outcomes", project.key)
    if last - project.start < timedelta(days=370) or drawn > 0.7:
        return {"outcomes_state": "confirmed_none"} if drawn > 0.97 else {}
    framework = (
        _HOUSING_OUTCOMES
        if project.kind.family == "H"
        else _OUTCOMES.get(project.kind.theme, _OTHER_OUTCOMES)
    )
    found: Columns = {"outcomes": pick(framework, "outcome", project.key)}
    if drawn < 0.5:
        found["last_review"] = last - timedelta(
            days=whole(20, 330, "review", project.key)
        )
    return found


def is_cited_in_file(project: Made) -> bool:
    """Whether the citation stands in the citations file and not in the register: some owners keep it so."""
    return (
        project.recipe.intent == "V-C1"
        and project.recipe.areas == "authority"
        and share("in file", project.key) < 0.3
    )


def citation(project: Made, in_welsh: bool) -> Columns:
    """The cited priority with page and quotation; without the page where the recipe says so."""
    if project.cited is None or is_cited_in_file(project):
        return {}
    found: Columns = {
        "priority_id": project.cited.priority_id,
        "quotation": project.cited.statement_cy
        if in_welsh
        else project.cited.statement_en,
        "stated_on": _stated_on(project),
        "sighted_by": "Second reader"
        if share("sighted", project.key) < 0.7
        else "",
    }
    return (
        found
        if project.recipe.citing is Citing.NO_PAGE
        else found | {"priority_page": project.cited.page}
    )


def citation_in_file(project_id: str, project: Made) -> Columns:
    """The same as one row of citations.csv."""
    if project.cited is None:
        raise ValueError(
            f"{project_id}: found no citation, expected one; ask only of projects that cite"
        )
    return {
        "project_id": project_id,
        "priority_id": project.cited.priority_id,
        "stated_on": _stated_on(project),
        "quotation": project.cited.statement_en,
        "page": project.cited.page,
        "sighted_by": "Second reader"
        if share("sighted", project.key) < 0.7
        else "",
        "is_illustrative": "yes",
    }


def _stated_on(project: Made) -> date:
    day = project.decision - timedelta(days=whole(2, 20, "stated", project.key))
    published = project.cited.document.published if project.cited else None
    if published and published > day:
        # A citation cannot be older than what it cites.
        return min(
            published + timedelta(days=whole(10, 60, "stated", project.key)),
            TODAY,
        )
    return day


def state_record(project: Made, row: Columns) -> Columns:
    """The states of evidence that is absent, and who recorded them when."""
    recipe = project.recipe
    found: Columns = {}
    if recipe.citing is Citing.NONE:
        found["priority_state"] = "confirmed_none"
    elif recipe.citing is Citing.REQUESTED:
        found["priority_state"] = "requested_not_supplied"
    if recipe.areas == "requested":
        found["areas_state"] = "requested_not_supplied"
    if recipe.theme in ("confirmed_none", "requested_not_supplied"):
        found["theme_state"] = recipe.theme
    if found or any(
        str(row.get(column, ""))
        for column in ("engagement_state", "outcomes_state")
    ):
        found["recorded_by"] = pick(_RECORDERS, "recorder", project.key)
        recorded = TODAY - timedelta(days=whole(6, 60, "recorded", project.key))
        found["recorded_on"] = recorded
        if "requested_not_supplied" in found.values():
            found["requested_on"] = recorded - timedelta(
                days=whole(30, 75, "requested", project.key)
            )
    return found
