-- How each assessment and each plan stands on the day of the build. An assessment that states no last day
-- ends with the life of its kind, from the day it was published; a plan that states none is not_dated.
-- Twin: clearlink.rules.plans.plan_state. Grain: document.
create table document_now as
with document as (
    select
        a.assessment_id as document_id,
        a.valid_from,
        coalesce(a.valid_to, (coalesce(a.published_by, a.published) + to_years(l.years))::date) as ends_on,
        a.valid_to is null as is_by_life
    from assessment a
    left join assessment_life l using (kind)
    union all
    select plan_id, valid_from, valid_to, false from plan
)

select
    d.document_id,
    d.ends_on,
    d.is_by_life and d.ends_on is not null as is_by_life,
    case
        when d.valid_from > b.as_of then 'to_come'
        when d.ends_on is null then 'not_dated'
        when d.ends_on < b.as_of then 'lapsed'
        when d.ends_on < (b.as_of + to_months(6))::date then 'lapses_soon'
        else 'in_force'
    end as document_state
from document d
cross join build b
