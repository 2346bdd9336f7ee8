-- Records on a theme whose money of the build's year nobody knows, by each authority they touch: they run and
-- state no yearly value, or no day of them is recorded. Its sums are too low by them. Grain: authority.
select x.la_code, count(distinct p.project_id)::integer as projects
from project p join project_now n using (project_id)
join project_theme t using (project_id) join project_authority x using (project_id)
where
    t.theme_id = $theme
    and n.time_state in ('running', 'not_dated')
    and not n.is_money_known
    and not n.is_counted_elsewhere
    and x.la_code in (
        select la_code from area_member
        where area_code = $place
    )
group by x.la_code
order by projects desc, x.la_code asc
