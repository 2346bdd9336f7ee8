-- Priorities that a record could serve: of an assessment in force on the day it was decided (or began), on
-- one of the themes or a related one, for an authority that the record serves, is of, or has its recipient
-- in. is_same: on the theme itself. Grain: priority.
with record as (
    select
        project_id, is_illustrative, coalesce(decision_date, start_date) as decided,
        coalesce(la_code, recipient_area) as home
    from project
    where project_id = $project_id
),

place as (
    select la_code from project_authority
    where project_id = $project_id
    union
    select home from record
    where home is not null
),

related as (
    select theme_id, related_id from theme_related
    union
    select related_id, theme_id from theme_related
)

select
    p.priority_id,
    p.assessment_id,
    p.theme_id,
    p.statement,
    p.statement_cy,
    p.page,
    p.rests_on,
    p.is_illustrative,
    a.title,
    a.body,
    a.published,
    a.url,
    p.theme_id = $theme as is_same
from priority as p
join assessment as a using (assessment_id)
cross join record as r
left join assessment_life as life using (kind)
where
    (
        p.theme_id = $theme
        or exists (
            select 1 from related as x
            where x.theme_id = $theme and x.related_id = p.theme_id
        )
    )
    -- a real record is never offered an example
    and (r.is_illustrative or not p.is_illustrative)
    and exists (
        select 1 from document_la as d
        join place using (la_code)
        where d.document_id = a.assessment_id
    )
    and (r.decided is null or a.published is null or a.published <= r.decided)
    and (
        r.decided is null
        or r.decided <= coalesce(
            a.valid_to,
            (coalesce(a.published_by, a.published) + to_years(life.years))::date,
            r.decided
        )
    )
order by is_same desc, a.published desc nulls last, p.priority_id asc
