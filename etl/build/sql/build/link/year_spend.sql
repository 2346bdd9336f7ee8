-- Money of each project that falls in the financial year (1 April to 31 March) of each day it is judged on,
-- by days. Grain: project, financial year.
create temp table year_spend as
with judged as (
    select
        b.project_id,
        b.basis,
        make_date(year(b.judged_on) - case when month(b.judged_on) < 4 then 1 else 0 end, 4, 1) as year_start
    from basis b
    where b.basis = 'today'
)

select
    j.project_id, j.year_start,
    p.annual_value_gbp * greatest(0, 1 + date_diff(
        'day', greatest(j.year_start, coalesce(p.start_date, j.year_start)),
        least(
            (j.year_start + interval 1 year - interval 1 day)::date,
            coalesce(p.end_date, (j.year_start + interval 1 year - interval 1 day)::date)
        )
    ))
    / (1 + date_diff('day', j.year_start, (j.year_start + interval 1 year - interval 1 day)::date))
        as spend_gbp
from judged j join project p using (project_id) join project_now n using (project_id)
where n.is_money_known
