-- Running projects that some programmes pay for in a place by when a review is due: the setting's months
-- after the last one, or after the start where none is recorded. `programmes`: ids parted by ";".
-- Grain: project.
with law as (
    select min(value)::integer as months from setting
    where name = 'review_months'
)

select
    p.project_id, p.title, p.last_review,
    (coalesce(p.last_review, p.start_date) + to_months(l.months))::date as due
from project p
join project_then n on n.project_id = p.project_id and n.time_state = 'running'
cross join law l
where
    exists (
        select 1 from project_programme x
        where x.project_id = p.project_id and list_contains(string_split($programmes, ';'), x.programme_id)
    )
    and in_place(p.project_id, $place)
    and coalesce(p.last_review, p.start_date) is not null
order by due, p.project_id
