"""Illustrative plans with their actions, funding lines, and what was read in assessments, made from the
rows of the sample's register, assessments and priorities.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from clearlink.rules.money import annual_value_pence, to_pence
from tests.sample_maker.draws import pick, share
from tests.sample_maker.folders import TEMPLATES, read_rows, write_rows

Row = Mapping[str, str]
PLAN_COLUMNS = (
    "plan_id",
    "kind",
    "body",
    "area_code",
    "title",
    "valid_from",
    "valid_to",
    "assessment_id",
    "is_illustrative",
)
ACTION_COLUMNS = (
    "action_id",
    "plan_id",
    "priority_id",
    "what",
    "what_cy",
    "who",
    "by_when",
    "state",
    "for_children",
    "project_ids",
    "is_illustrative",
)
LINE_COLUMNS = (
    "line_id",
    "project_id",
    "funder",
    "programme",
    "financial_year",
    "amount_gbp",
    "basis",
    "ring_fence",
    "match_of",
    "is_illustrative",
)
CHECK_COLUMNS = (
    "assessment_id",
    "check_id",
    "answer",
    "quotation",
    "page",
    "read_by",
    "read_on",
    "is_illustrative",
)
# series of assessments → the kind, title and days of the plan that rests on it
_PLANS = {
    "SIP13": (
        "single_integrated_plan",
        "Single integrated plan 2013–17",
        "2013-04-01",
        "2017-03-31",
    ),
    "WB22": (
        "wellbeing_plan",
        "Well-being plan 2023–28",
        "2023-05-05",
        "2028-05-04",
    ),
    "CY23": (
        "action_plan",
        "Children and Communities Grant action plan 2024–27",
        "2024-04-01",
        "2027-03-31",
    ),
    "HS26": (
        "delivery_plan",
        "Housing support delivery plan 2026–27",
        "2026-04-01",
        "2027-03-31",
    ),
    "PA22": ("area_plan", "Area plan 2023–27", "2023-04-01", "2027-06-30"),
}
_STRATEGY = (
    "engagement_strategy",
    "Citizen engagement strategy 2024–27",
    "2024-06-01",
    "2027-05-31",
)
_PROMISES = (
    (
        "Publish what people said and what was done about it twice a year",
        "Cyhoeddi ddwywaith y flwyddyn yr hyn a ddywedodd pobl a’r hyn a wnaed amdano",
        "2026-09-30",
        "no",
    ),
    (
        "Ask children and young people before the next plan is written, and tell them what came of it",
        "Holi plant a phobl ifanc cyn ysgrifennu’r cynllun nesaf, a dweud wrthynt beth ddaeth o hynny",
        "2027-02-28",
        "yes",
    ),
)
_UNTIED = (
    "Review the list of services with partners",
    "Adolygu’r rhestr o wasanaethau gyda phartneriaid",
)
CHILDREN = frozenset({"early_years", "family_support", "young_people"})
YEAR, FIRST, LAST = "2026-27", "2026-04-01", "2027-03-31"
LARGE_GBP = 100_000.0


def write_plans(sample: Path) -> None:
    """Writes plans.csv, plan_actions.csv, funding_lines.csv and assessment_checks.csv beside what they are
    made from.
    """
    assessments = read_rows(sample / "assessments.csv")
    register = read_rows(sample / "register.csv")
    plans = list(_plans(assessments))
    priorities: dict[str, list[Row]] = {}
    for row in read_rows(sample / "priorities.csv"):
        priorities.setdefault(row["assessment_id"], []).append(row)
    actions = [
        a for plan in plans for a in _actions(plan, priorities, register)
    ]
    write_rows(sample / "plans.csv", PLAN_COLUMNS, plans)
    write_rows(sample / "plan_actions.csv", ACTION_COLUMNS, actions)
    write_rows(sample / "funding_lines.csv", LINE_COLUMNS, _lines(register))
    write_rows(
        sample / "assessment_checks.csv", CHECK_COLUMNS, _checks(assessments)
    )


def _plans(assessments: Iterable[Row]) -> Iterable[dict[str, str]]:
    for assessment in assessments:
        series, _, place = assessment["assessment_id"].partition("-")
        if series not in _PLANS:
            continue
        yield _plan(
            f"{series}P-{place}",
            _PLANS[series],
            assessment,
            assessment["assessment_id"],
        )
        if series == "WB22":
            yield _plan(f"CES24-{place}", _STRATEGY, assessment, "")


def _plan(
    plan_id: str,
    made: tuple[str, str, str, str],
    assessment: Row,
    rests_on: str,
) -> dict[str, str]:
    kind, title, valid_from, valid_to = made
    name = assessment["title"].rpartition(": ")[2]
    return {
        "plan_id": plan_id,
        "kind": kind,
        "body": assessment["body"],
        "area_code": assessment["area_code"],
        "title": f"{title}: {name}",
        "valid_from": valid_from,
        "valid_to": valid_to,
        "assessment_id": rests_on,
        "is_illustrative": "yes",
    }


def _actions(
    plan: Row, priorities: Mapping[str, list[Row]], register: Iterable[Row]
) -> Iterable[dict[str, str]]:
    if plan["kind"] == "engagement_strategy":
        promised = [
            ("", en, cy, by, children, []) for en, cy, by, children in _PROMISES
        ]
    else:
        promised = list(
            _from_priorities(
                plan, priorities.get(plan["assessment_id"], []), register
            )
        )
    for number, (priority_id, en, cy, by_when, children, projects) in enumerate(
        promised, 1
    ):
        yield {
            "action_id": f"{plan['plan_id']}-A{number:02d}",
            "plan_id": plan["plan_id"],
            "priority_id": priority_id,
            "what": en,
            "what_cy": cy,
            "who": plan["body"],
            "by_when": by_when,
            "state": _state(plan, by_when, number),
            "for_children": children,
            "project_ids": ";".join(projects),
            "is_illustrative": "yes",
        }


def _from_priorities(
    plan: Row, priorities: Iterable[Row], register: Iterable[Row]
) -> Iterable[tuple[str, str, str, str, str, list[str]]]:
    words = {
        row["theme_id"]: row for row in read_rows(TEMPLATES / "actions.csv")
    }
    citing: dict[str, list[str]] = {}
    for row in register:
        citing.setdefault(row["priority_id"], []).append(row["project_id"])
    first, last = (
        date.fromisoformat(plan["valid_from"]),
        date.fromisoformat(plan["valid_to"]),
    )
    for priority in priorities:
        # some priorities never become an action, as happens
        if share("acted on", plan["plan_id"], priority["priority_id"]) < 0.25:
            continue
        days = int(
            (last - first).days
            * (0.3 + 0.6 * share("by when", priority["priority_id"]))
        )
        by_when = date.fromordinal(first.toordinal() + days).isoformat()
        said = words[priority["theme_id"]]
        children = "yes" if priority["theme_id"] in CHILDREN else "no"
        yield (
            priority["priority_id"],
            said["en"],
            said["cy"],
            by_when,
            children,
            citing.get(priority["priority_id"], [])[:2],
        )
    if share("untied", plan["plan_id"]) < 0.4:
        yield ("", *_UNTIED, "", "no", [])


def _state(plan: Row, by_when: str, number: int) -> str:
    if plan["valid_to"] < "2020":
        return pick(
            ("done", "done", "started"), "state", plan["plan_id"], number
        )
    if by_when and by_when < "2026-06-01":
        return pick(
            ("done", "done", "started", "dropped"),
            "state",
            plan["plan_id"],
            number,
        )
    return pick(("planned", "started"), "state", plan["plan_id"], number)


def _lines(register: Iterable[Row]) -> Iterable[dict[str, str]]:
    """Merged grants that show the programme inside: each larger project of the Children and Communities
    Grant is paid in two parts, which come to its money of the year.
    """
    for row in register:
        is_large = (
            bool(row["annual_value_gbp"])
            and float(row["annual_value_gbp"]) >= LARGE_GBP
        )
        runs = row["start"] <= LAST and (not row["end"] or row["end"] >= FIRST)
        if (
            row["programme"] != "ccg"
            or not is_large
            or not runs
            or row["value_kind"] not in ("", "yearly")
        ):
            continue
        if row["is_sensitive"] == "yes":
            continue
        end = date.fromisoformat(row["end"]) if row["end"] else None
        pence = annual_value_pence(
            to_pence(row["annual_value_gbp"]),
            date.fromisoformat(row["start"]),
            end,
            YEAR,
        )
        inside = (
            "flying_start"
            if row["theme"] == "early_years"
            else "families_first"
        )
        part = (
            pence * pick((60, 70, 80, 100), "inside", row["project_id"]) // 100
        )
        for number, (programme, sum_of) in enumerate(
            ((inside, part), ("ccg", pence - part)), 1
        ):
            if sum_of:
                yield _line(
                    row,
                    number,
                    programme,
                    sum_of,
                    "disabled" in row["target_group"],
                )


def _line(
    row: Row, number: int, programme: str, pence: int, is_set_aside: bool
) -> dict[str, str]:
    fenced = is_set_aside and programme == "families_first"
    return {
        "line_id": f"{row['project_id']}-{YEAR}-{number}",
        "project_id": row["project_id"],
        "funder": "Welsh Government",
        "programme": programme,
        "financial_year": YEAR,
        "amount_gbp": f"{pence / 100:.2f}",
        "basis": "budget",
        "ring_fence": "disability" if fenced else "",
        "is_illustrative": "yes",
    }


def _checks(assessments: Iterable[Row]) -> Iterable[dict[str, str]]:
    """Every second well-being and population assessment has been read for what only a reader can say."""
    said = (
        (
            "gaps",
            "yes",
            "The extent to which need is not being met is set out by theme.",
        ),
        (
            "responses",
            "partly",
            "Replies are listed; what changed because of them is said for some.",
        ),
        (
            "children",
            "yes",
            "Sessions were held in two schools and a youth club.",
        ),
        ("feedback", "no", ""),
        (
            "information",
            "yes",
            "A version in young people’s words was given out beforehand.",
        ),
    )
    for assessment in assessments:
        series = assessment["assessment_id"].partition("-")[0]
        if (
            series not in ("WB22", "PA22")
            or share("read", assessment["assessment_id"]) < 0.5
        ):
            continue
        for number, (check_id, answer, quotation) in enumerate(said):
            yield {
                "assessment_id": assessment["assessment_id"],
                "check_id": check_id,
                "answer": answer,
                "quotation": quotation,
                "page": str(12 + 9 * number) if quotation else "",
                "read_by": "Second reader",
                "read_on": "2026-10-05",
                "is_illustrative": "yes",
            }
