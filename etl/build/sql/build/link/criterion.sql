-- One row per project, basis and criterion: its result, its reason, the figures that the sentence needs, and
-- what decided it.
-- Grain: project, basis, criterion.
create table criterion as
with day_known as (
    select project_id, basis, day from basis
)

select
    project_id, basis, 1 as criterion, result, reason,
    to_json({ theme_id: theme_id, method: method }) as facts, 'register|theme' as source_ref
from c1
union all
select
    project_id, basis, 2, result, reason,
    to_json({
        theme_id: theme_id,
        definition: definition,
        edition: edition,
        published: published,
        observed: observed,
        expected: round(expected, 2),
        ratio: round(ratio, 4),
        lower: round(lower, 4),
        upper: round(upper, 4),
        range_basis: range_basis,
        served_fifth_share: round(served_fifth_share, 4),
        scope_fifth_share: round(scope_fifth_share, 4),
        served_half_share: round(served_half_share, 4),
        targeting_ratio: round(targeting_ratio, 4),
        scope: scope,
        people: round(people),
        areas: areas,
        is_whole: is_whole,
        anachronistic: anachronistic,
        underlying: underlying,
        area_type: area_type,
        areas_with_need: areas_with_need, is_illustrative: is_illustrative
    }),
    case when is_tested then 'need|' || edition else 'register|area_codes' end
from c2
union all
select
    project_id, basis, 3, result, reason,
    to_json(
        {
            judged_on: judged_on,
            day: day,
            requested_on: requested_on,
            priority_id: priority_id,
            assessment_id: assessment_id,
            published: published,
            valid_to: valid_to,
            page: page,
            quotation: quotation,
            sighted_by: sighted_by,
            document: document,
            url: url,
            figure: figure,
            figure_area: figure_area,
            told_on: told_on
        }
    ),
    coalesce('citation|' || source_ref, 'register|priority_id')
from c3 join day_known using (project_id, basis)
union all
select
    project_id,
    basis,
    4,
    result,
    reason,
    to_json(
        {
            reference_end: reference_end,
            age_months: age_months,
            slow_moving: slow_moving,
            behind: behind,
            day: day
        }
    ),
    coalesce(behind || '|' || coalesce(reference_end::varchar, ''), 'register|priority_id')
from c4 join day_known using (project_id, basis)
union all
select
    project_id,
    basis,
    5,
    result,
    reason,
    to_json(
        {
            proportion: round(proportion, 3),
            spend_share: round(spend_share, 4),
            need_share: round(need_share, 4)
        }
    ),
    'register|annual_value_gbp'
from c5
union all
select
    c.project_id,
    c.basis,
    6,
    c.result,
    c.reason,
    to_json(
        {
            engagement_date: c.engaged_on,
            engagement_with: c.engaged_with,
            engagement_change: c.what_changed,
            day: d.day
        }
    ),
    coalesce('engagement|' || c.engagement_id, 'register|engagement_date')
from c6 c
join day_known d on d.project_id = c.project_id and d.basis = c.basis
union all
select
    c.project_id,
    c.basis,
    7,
    c.result,
    c.reason,
    to_json({ outcomes: p.outcomes, last_review: p.last_review }),
    'register|outcomes'
from c7 c
join project p using (project_id)
union all
select
    c.project_id,
    c.basis,
    8,
    c.result,
    c.reason,
    to_json(
        {
            approver: p.approver,
            decision_date: p.decision_date,
            route_to_award: p.route_to_award,
            parts: c.parts
        }
    ),
    'register|approver'
from c8 c
join project p
    using (project_id)
