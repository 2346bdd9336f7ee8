-- Running projects of a programme in a place by when a review is due: the setting's months after the last
-- one, or after the start where none is recorded. Grain: project.
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
    p.programme_id = $programme and in_place(p.project_id, $place)
    and coalesce(p.last_review, p.start_date) is not null
order by due, p.project_id
