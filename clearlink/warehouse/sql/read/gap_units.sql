-- Running projects on a theme that record capacity, by unit. Grain: unit.
select p.capacity_unit as unit, count(*)::integer as projects, sum(p.capacity)::integer as places
from project p join project_theme t using (project_id)
where
    t.theme_id = $theme
    and p.capacity is not null
    and coalesce(p.start_date, (select as_of from build)) <= (select as_of from build)
    and coalesce(p.end_date, (select as_of from build)) >= (select as_of from build)
group by all
order by projects desc, unit asc
