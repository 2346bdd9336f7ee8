-- Running projects on a theme that record capacity, by unit. Grain: unit.
select p.capacity_unit as unit, count(*)::integer as projects, sum(p.capacity)::integer as places
from running_project p join project_theme t using (project_id)
where
    t.theme_id = $theme
    and p.capacity is not null
group by all
order by projects desc, unit asc
