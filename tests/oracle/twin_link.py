"""The verdict on every project worked out a second time with the published rules, project by project, from
plain rows.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from twin_need import WALES, Catalogue, Need, Wales

from clearlink.rules.codes import (
    DeliveryModel,
    FieldState,
    Fit,
    NeedLevel,
    ValueKind,
)
from clearlink.rules.dates import (
    days_inclusive,
    financial_year,
    financial_year_bounds,
)
from clearlink.rules.disclosure import published_users
from clearlink.rules.link.confidence import confidence, downgrades
from clearlink.rules.link.criteria import (
    AreaEvidence,
    CitedPriority,
    DeclaredTheme,
    EngagementEvidence,
    EvidenceDate,
    PriorityEvidence,
    ProportionEvidence,
    PublishedFigure,
    ReviewEvidence,
    ThemeEvidence,
    TrailEvidence,
    c1_theme,
    c2_area_targeting,
    c3_assessed_priority,
    c4_currency,
    c5_proportionality,
    c6_engagement,
    c7_review,
    c8_decision_trail,
    theme_match,
    users_usable,
)
from clearlink.rules.link.link import verdict
from clearlink.rules.link.outcome import Outcome
from clearlink.rules.need.editions import Edition, edition_in_force
from clearlink.rules.running import is_money_a_year, time_state
from clearlink.rules.settings import Settings
from etl.build.intake import Intake
from etl.records import Project

WHOLE = ("LA", "LHB", "REGION")
CHILDREN = re.compile("child|young|pupil|plant|plentyn|ifanc|disgybl")


@dataclass
class Judged:
    """What the law says of one project on one basis."""

    outcomes: tuple[Outcome, ...]
    verdict: str
    reason: str
    confidence: str
    observed: float | None = None
    expected: float | None = None

    def line(self) -> tuple[str, ...]:
        return (
            self.verdict,
            self.reason,
            self.confidence,
            *(str(o.result) for o in self.outcomes),
            *(str(o.reason) for o in self.outcomes),
        )


@dataclass
class Reached:
    share: float
    users: float | None
    precision: str


class Twin:
    """The whole register of one intake, judged."""

    def __init__(
        self,
        intake: Intake,
        catalogue: Catalogue,
        settings: Settings,
        wales: Wales,
    ) -> None:
        self.intake, self.settings, self.wales = intake, settings, wales
        self.population = {a.area_code: a.population for a in intake.areas}
        self.area_type = {a.area_code: a.area_type for a in intake.areas}
        self.rcc = {
            link.child_code: link.parent_code
            for link in intake.links
            if link.parent_type == "RCC"
        }
        self.regions: dict[str, set[str]] = defaultdict(set)
        for link in intake.links:
            if link.parent_type in ("RCC", "RPB"):
                self.regions[link.parent_code].add(link.child_code)
        self.above: dict[str, set[str]] = defaultdict(set)
        for link in intake.links:
            if link.parent_code != link.child_code:
                self.above[link.child_code].add(link.parent_code)
        self.fits: dict[str, Fit] = {}
        for row in catalogue["theme_indicator"]:
            if (
                row["role"] in ("lead", "support")
                and self.fits.get(row["theme_id"]) is not Fit.GOOD
            ):
                self.fits[row["theme_id"]] = Fit(row["fit"])
        self.related = [
            (r["theme_id"], r["related_id"]) for r in catalogue["theme_related"]
        ]
        self.groups = {
            r["id"]: r["for_children"] for r in catalogue["target_groups"]
        }
        self.themes: dict[str, list[str]] = defaultdict(list)
        for row in intake.project_themes:
            self.themes[row.project_id].append(row.theme_id)
        self.primary = {
            row.project_id: row.theme_id
            for row in intake.project_themes
            if row.is_primary
        }
        self.split = {p for p, many in self.themes.items() if len(many) > 1}
        self.assessments = {a.assessment_id: a for a in intake.assessments}
        self.priorities = {p.priority_id: p for p in intake.priorities}
        self.citations: dict[str, list] = defaultdict(list)
        for c in intake.citations:
            self.citations[c.project_id].append(c)
        self.needs: dict[tuple[str, str, str, str], dict[str, Need]] = (
            defaultdict(dict)
        )
        for need in wales.needs:
            self.needs[
                need.theme, need.definition, need.edition, need.area_type
            ][need.area] = need
        self.reach = {p.project_id: self._reach(p) for p in intake.projects}
        self.usable = {
            p.project_id
            for p in intake.projects
            if self._users_usable(self.reach[p.project_id])
        }
        self.spend = self._spend()

    def judge(self, project: Project, basis: str) -> Judged:
        """Every criterion and the verdict of one project, on the day of its decision or today."""
        day = (
            self.intake.as_of
            if basis == "today"
            else project.decision_date or project.start_date
        )
        theme = c1_theme(
            ThemeEvidence(
                FieldState(project.theme_state.value),
                tuple(
                    DeclaredTheme(t, self.fits.get(t))
                    for t in self.themes[project.project_id]
                ),
            )
        )
        chosen = self._choice(project, day)
        evidence, observed = self._area(project, chosen)
        area = c2_area_targeting(evidence, self.settings)
        priority = self._priority(project, day)
        currency = c4_currency(
            self._dated(area, chosen, priority), day, self.settings
        )
        outcomes = (
            theme,
            area,
            priority,
            currency,
            self._proportion(project, chosen, observed),
            self._engagement(project, day),
            self._review(project),
            c8_decision_trail(
                TrailEvidence(
                    project.approver,
                    project.decision_date,
                    project.route_to_award,
                )
            ),
        )
        said, reason = verdict(
            theme.result, area.result, priority.result, currency.result
        )
        lost = downgrades(
            theme,
            area,
            priority,
            split_estimated=project.project_id in self.split,
            settings=self.settings,
        )
        return Judged(
            outcomes,
            str(said),
            str(reason),
            str(confidence(lost, said)),
            observed,
            evidence.expected_people,
        )

    # --- where a project reaches

    def _reach(self, project: Project) -> dict[str, Reached]:
        users = self._users_served(project)
        lines: list[tuple[str, float, str, float | None]] = []
        for code in project.area_codes or tuple(
            code for code, _ in project.users_by_area
        ):
            given = users.get(code)
            if code in self.wales.authority_of:
                lines.append((code, 1.0, "LSOA", given))
            elif code in self.wales.bridge:
                for new, change, share in self.wales.bridge[code]:
                    lines.append(
                        (
                            new,
                            1.0 if change == "S" else share,
                            "LSOA",
                            None if given is None else given * share,
                        )
                    )
            elif code == WALES or code in self.regions:
                inside = [
                    a
                    for a, la in self.wales.authority_of.items()
                    if code == WALES or la in self.regions[code]
                ]
                lines += [(a, 1.0, "REGION", None) for a in inside]
            else:
                members = self._members(code)
                total = sum(w for _, w, _ in members)
                lines += [
                    (a, w, kind, None if given is None else given * w / total)
                    for a, w, kind in members
                ]
        found: dict[str, list[tuple[float, str, float | None]]] = defaultdict(
            list
        )
        for area, share, precision, given in lines:
            found[area].append((share, precision, given))
        order = ("REGION", "LHB", "LA", "PARTNERSHIP", "WARD", "MSOA", "LSOA")
        reached = {}
        for area, some in found.items():
            told = [u for _, _, u in some if u is not None]
            coarsest = min((p for _, p, _ in some), key=order.index)
            reached[area] = Reached(
                min(1.0, sum(s for s, _, _ in some)),
                sum(told) if told else None,
                coarsest,
            )
        return reached

    def _users_served(self, project: Project) -> dict[str, float]:
        """Users by area that may be told: none of a protected place, or of an area inside another that is
        counted.
        """
        if project.is_sensitive or project.delivery_model == "confidential":
            return {}
        counted = [code for code, _ in project.users_by_area]
        holders = {
            code: [
                other
                for other in counted
                if other != code and self._holds(other, code)
            ]
            for code in counted
        }
        return {
            code: shown
            for code, shown in published_users(
                dict(project.users_by_area), holders, self.settings
            ).items()
            if shown is not None
        }

    def _holds(self, larger: str, smaller: str) -> bool:
        above = sorted(self.above[smaller])
        return larger in above or any(
            self._holds(larger, code) for code in above
        )

    def _members(self, code: str) -> list[tuple[str, float, str]]:
        kinds = {
            "MSOA21": "MSOA",
            "WD24": "WARD",
            "LA": "LA",
            "LHB": "LHB",
            "PARTNERSHIP": "PARTNERSHIP",
        }
        found: dict[str, tuple[float, str]] = {}
        for link in self.intake.links:
            if link.parent_code != code or link.parent_type not in kinds:
                continue
            if link.child_code in self.wales.authority_of:
                found[link.child_code] = (link.weight, kinds[link.parent_type])
            elif link.parent_type == "LHB":
                for area, la in self.wales.authority_of.items():
                    if la == link.child_code:
                        found.setdefault(area, (1.0, "LHB"))
        return [(a, w, kind) for a, (w, kind) in found.items()]

    def _users_usable(self, reach: dict[str, Reached]) -> bool:
        told = {a: r.users for a, r in reach.items() if r.users is not None}
        return len(told) == len(reach) and users_usable(told, self.settings)

    def _scope(self, project: Project) -> str:
        if project.la_code in self.rcc:
            return self.rcc[project.la_code]
        region = project.region_code or ""
        return region if region.startswith("RCC_") else WALES

    # --- the area test

    def _choice(
        self, project: Project, day: date | None
    ) -> tuple[str, str, str, str, bool] | None:
        """(theme, definition, edition, level, anachronistic) of the need that the project is tested on."""
        theme = self.primary.get(project.project_id)
        if theme is None or not self.reach[project.project_id]:
            return None
        offered: dict[str, dict[str, dict[str, date]]] = {
            "LSOA21": {},
            "MSOA21": {},
            "LA": {},
        }
        for (which, definition, edition, level), areas in self.needs.items():
            if which == theme and definition in ("lead", "composite"):
                dates = [
                    n.published
                    for n in areas.values()
                    if n.score is not None and n.published is not None
                ]
                if dates:
                    offered[level].setdefault(definition, {})[edition] = dates[
                        0
                    ]
        level = "LSOA21" if offered["LSOA21"] else "LA"
        later = None
        for definition in ("lead", "composite"):
            editions = [
                Edition(name, published)
                for name, published in offered[level]
                .get(definition, {})
                .items()
            ]
            if not editions:
                continue
            if day is None:
                newest = max(editions, key=lambda e: e.published)
                later = later or (theme, definition, newest.name, level, True)
                continue
            found = edition_in_force(editions, day)
            if found is not None and not found.anachronistic:
                return theme, definition, found.edition.name, level, False
            if found is not None:
                later = later or (
                    theme,
                    definition,
                    found.edition.name,
                    level,
                    True,
                )
        return later

    def _area(
        self, project: Project, chosen: tuple[str, str, str, str, bool] | None
    ) -> tuple[AreaEvidence, float | None]:
        reach = self.reach[project.project_id]
        by_users = project.project_id in self.usable
        model = (
            DeliveryModel.CONFIDENTIAL
            if project.is_sensitive
            else None
            if project.delivery_model is None
            else DeliveryModel(project.delivery_model)
        )
        stated = FieldState(project.areas_state.value)
        state = (
            FieldState.PROVIDED
            if reach
            else FieldState.BLANK
            if stated is FieldState.PROVIDED
            else stated
        )
        theme = self.primary.get(project.project_id)
        if theme is None or not any(
            n.score is not None
            for key, many in self.needs.items()
            if key[0] == theme and key[1] != "wimd"
            for n in many.values()
        ):
            return AreaEvidence(
                state, model, by_users, need_level=NeedLevel.NOT_HELD
            ), None
        if chosen is None:
            return AreaEvidence(state, model, by_users), None
        _, definition, edition, level, anachronistic = chosen
        whole = all(r.precision in WHOLE for r in reach.values())
        if level == "LA" and not whole:
            return AreaEvidence(
                state, model, by_users, True, NeedLevel.AUTHORITY_ONLY
            ), None
        tested = not project.is_sensitive and (
            model in (None, DeliveryModel.PLACE_BASED)
            or (model is DeliveryModel.DISPERSED and by_users)
        )
        if not tested:
            return AreaEvidence(state, model, by_users), None
        scope = WALES if whole else self._scope(project)
        held = self.needs[theme, definition, edition, level]
        touched = (
            {a: (r.share, r.users) for a, r in reach.items()}
            if level == "LSOA21"
            else {self.wales.authority_of[a]: (1.0, None) for a in reach}
        )
        served = [
            (held[a], share, users)
            for a, (share, users) in sorted(touched.items())
            if a in held
        ]
        with_need = [(n, s, u) for n, s, u in served if n.score is not None]
        if served and not with_need:
            return AreaEvidence(
                state, model, by_users, need_level=NeedLevel.SUPPRESSED
            ), None
        observed, people, fifth, half = self._served(with_need, scope, by_users)
        rate, comparator = self._compared(held, scope)
        bases = {n.range_basis for n, _, _ in with_need} - {None}
        limits = (
            self._published(with_need, observed, by_users)
            if bases == {"published"} and observed is not None
            else None
        )
        evidence = AreaEvidence(
            state,
            model,
            by_users,
            not whole,
            NeedLevel.AUTHORITY_ONLY if level == "LA" else NeedLevel.SMALL_AREA,
            observed,
            None if rate is None or people is None else people * rate,
            fifth / people if fifth is not None and people else None,
            comparator,
            half / people if half is not None and people else None,
            edition,
            anachronistic,
            scope,
            bases <= {"counted"} or limits is not None,
            limits,
        )
        return evidence, observed

    def _published(
        self, served: list, observed: float, by_users: bool
    ) -> tuple[float, float]:
        """Limits of the people observed from those of each area's estimate, which are independent of each
        other.
        """
        below = above = 0.0
        for need, share, users in served:
            size = _to_five(users) if by_users else need.at_risk * share
            lower, upper = need.limits()
            below += ((need.rate - lower) * size) ** 2
            above += ((upper - need.rate) * size) ** 2
        return max(observed - below**0.5, 0.0), observed + above**0.5

    def _served(
        self, served: list, scope: str, by_users: bool
    ) -> tuple[float | None, ...]:
        observed: list[float] = []
        people: list[float] = []
        fifth: list[float] = []
        half: list[float] = []
        for need, share, users in served:
            size = (
                _to_five(users)
                if by_users and users is not None
                else None
                if by_users
                else None
                if need.at_risk is None
                else need.at_risk * share
            )
            in_need = (
                (
                    None
                    if size is None or need.rate is None
                    else size * need.rate
                )
                if by_users
                else None
                if need.people is None
                else need.people * share
            )
            lying = need.fifth_wales if scope == WALES else need.fifth_region
            if in_need is not None:
                observed.append(in_need)
            if size is not None:
                people.append(size)
            if size is not None and lying is not None:
                fifth.append(size * lying)
            needier = need.half_wales if scope == WALES else need.half_region
            if size is not None and needier is not None:
                half.append(size * needier)
        # people are counted whole before they are compared, as the exact limits of small counts need
        return (
            _half_up(sum(observed)) if observed else None,
            sum(people) if people else None,
            sum(fifth) if fifth else None,
            sum(half) if half else None,
        )

    def _compared(
        self, held: dict[str, Need], scope: str
    ) -> tuple[float | None, float | None]:
        inside = [
            n
            for a, n in held.items()
            if n.score is not None
            and (scope == WALES or self.wales.region_of.get(a) == scope)
        ]
        people = [(n.people, n.at_risk) for n in inside if n.people is not None]
        rate = (
            sum(p for p, _ in people) / sum(r for _, r in people)
            if people and sum(r for _, r in people)
            else None
        )
        lying = [
            (n.at_risk, n.fifth_wales if scope == WALES else n.fifth_region)
            for n in inside
            if n.at_risk is not None
        ]
        known = [p * f for p, f in lying if f is not None]
        return rate, sum(known) / sum(p for p, _ in lying) if known else None

    # --- the other criteria

    def _priority(self, project: Project, day: date | None) -> Outcome:
        touches = {project.la_code} - {None}
        if (
            not project.is_sensitive
            and project.delivery_model != "confidential"
        ):
            touches |= {
                self.wales.authority_of[a]
                for a in self.reach[project.project_id]
            }
        if project.la_code is None:
            touches |= self.regions.get(project.region_code or "", set())
        cited = []
        for c in self.citations[project.project_id]:
            p = self.priorities[c.priority_id]
            a = self.assessments[p.assessment_id]
            covers = {a.la_code, *a.area_codes} - {None} | self.regions.get(
                a.region_code or "", set()
            )
            everywhere = a.region_code == WALES and bool(touches)
            themes = self.themes[project.project_id] or [p.theme_id]
            cited.append(
                CitedPriority(
                    c.priority_id,
                    a.kind,
                    a.published,
                    a.valid_to,
                    theme_match(themes, p.theme_id, self.related),
                    everywhere or bool(covers & touches),
                    bool((c.quotation or "").strip()),
                    bool((c.page or "").strip()),
                    sighted=bool((c.sighted_by or "").strip()),
                    published_by=a.published_by,
                )
            )
        figures = tuple(
            PublishedFigure(f.figure_id, f.told_on, f.document)
            for f in self.intake.need_figures
            if f.project_id == project.project_id
        )
        silent = any(
            r.project_id == project.project_id and r.second_by
            for r in self.intake.paper_readings
        )
        state = FieldState(project.priority_state.value)
        return c3_assessed_priority(
            PriorityEvidence(state, day, tuple(cited), figures, silent),
            self.settings,
        )

    def _dated(
        self,
        area: Outcome,
        chosen: tuple[str, str, str, str, bool] | None,
        priority: Outcome,
    ) -> list[EvidenceDate]:
        found = []
        best = priority.facts.get("priority_id")
        if best is not None:
            a = self.assessments[self.priorities[str(best)].assessment_id]
            if a.evidence_reference_end is not None:
                found.append(
                    EvidenceDate(
                        a.evidence_reference_end,
                        bool(a.slow_moving),
                        "assessment",
                    )
                )
        is_tested = "need_level" in area.facts and "edition" in area.facts
        if chosen is not None and is_tested and not chosen[4]:
            theme, definition, edition, level, _ = chosen
            some = next(
                iter(self.needs[theme, definition, edition, level].values())
            )
            if some.reference_end is not None:
                found.append(
                    EvidenceDate(some.reference_end, some.slow_moving, "need")
                )
        return found

    def _spend(self) -> dict[str, tuple[float, str, str]]:
        first, last = financial_year_bounds(financial_year(self.intake.as_of))
        found = {}
        for p in self.intake.projects:
            kind = ValueKind(p.value_kind)
            state = time_state(
                self.intake.as_of, p.start_date, p.end_date, kind
            )
            if (
                p.annual_value_gbp is None
                or p.project_id not in self.primary
                or not is_money_a_year(kind, state)
            ):
                continue
            days = days_inclusive(
                max(first, p.start_date or first), min(last, p.end_date or last)
            )
            spend = p.annual_value_gbp * days / days_inclusive(first, last)
            if spend > 0:
                found[p.project_id] = (
                    spend,
                    self._scope(p),
                    self.primary[p.project_id],
                )
        self.totals: dict[tuple[str, str], float] = defaultdict(float)
        for spend, scope, theme in found.values():
            self.totals[scope, theme] += spend
        return found

    def _proportion(
        self,
        project: Project,
        chosen: tuple[str, str, str, str, bool] | None,
        observed: float | None,
    ) -> Outcome:
        part = self.spend.get(project.project_id)
        need_share = None
        if chosen is not None and observed is not None:
            theme, definition, edition, level, _ = chosen
            scope = self._scope(project)
            region = {**self.wales.region_of, **self.rcc}
            whole = sum(
                n.people
                for a, n in self.needs[
                    theme, definition, edition, level
                ].items()
                if n.people is not None
                and (scope == WALES or region.get(a) == scope)
            )
            need_share = observed / whole if whole else None
        return c5_proportionality(
            ProportionEvidence(
                project.annual_value_gbp,
                None
                if part is None
                else part[0] / self.totals[part[1], part[2]],
                need_share,
                None
                if project.delivery_model is None
                else DeliveryModel(project.delivery_model),
                project.is_sensitive,
            ),
            self.settings,
        )

    def _engagement(self, project: Project, day: date | None) -> Outcome:
        said = project.engagement_with
        return c6_engagement(
            EngagementEvidence(
                FieldState(project.engagement_state.value),
                day,
                project.engagement_date,
                said,
                project.engagement_change,
                self.groups.get(project.target_group or "", "")
                in ("yes", "true", "True"),
                None if said is None else bool(CHILDREN.search(said.lower())),
            )
        )

    def _review(self, project: Project) -> Outcome:
        return c7_review(
            ReviewEvidence(
                FieldState(project.outcomes_state.value),
                project.start_date,
                project.end_date,
                self.intake.as_of,
                project.outcomes is not None,
                project.last_review,
            ),
            self.settings,
        )


def _half_up(value: float) -> float:
    return float(math.floor(value + 0.5))


def _to_five(users: float) -> float:
    return 5.0 * _half_up(users / 5)
