-- Running projects of each authority of a place by theme and tier; a project that touches two authorities
-- counts in both, with the money of the year that lies in each. Grain: authority, theme, tier.
select
    x.la_code,
    t.theme_id,
    p.tier,
    count(distinct p.project_id)::integer as projects,
    coalesce(sum(y.gbp), 0) as value_gbp
from running_project p
join project_theme t using (project_id)
join project_authority x using (project_id)
left join (
    select project_id, theme_id, place, sum(gbp) as gbp from year_money
    where $programme is null or programme_id = $programme
    group by all
) y
    on y.project_id = p.project_id and y.theme_id = t.theme_id and y.place = x.la_code
where
    x.la_code in (
        select la_code from area_member
        where area_code = $place
    )
    and in_programme(p.project_id, $programme)
group by all
order by all
