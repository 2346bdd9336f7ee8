-- Running projects on a theme that state no yearly value, by each authority they touch; so its sums are too
-- low. Grain: authority.
select x.la_code, count(distinct p.project_id)::integer as projects
from running_project p join project_theme t using (project_id) join project_authority x using (project_id)
where
    t.theme_id = $theme
    and p.yearly_gbp is null
    and not p.is_counted_elsewhere
    and x.la_code in (
        select la_code from area_member
        where area_code = $place
    )
group by x.la_code
order by projects desc, x.la_code asc
