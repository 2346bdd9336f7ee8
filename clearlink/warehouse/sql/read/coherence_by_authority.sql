-- Running projects of each authority of a place by theme and tier; a project that touches two authorities counts in both. Grain: authority, theme, tier.
select
    x.la_code,
    t.theme_id,
    p.tier,
    count(distinct p.project_id)::integer as projects,
    coalesce(sum(p.annual_value_gbp * coalesce(t.share, 1)), 0) as value_gbp
from project p join project_theme t using (project_id) join project_authority x using (project_id)
where
    coalesce(p.start_date, (select as_of from build)) <= (select as_of from build)
    and coalesce(p.end_date, (select as_of from build)) >= (select as_of from build)
    and x.la_code in (
        select la_code from area_member
        where area_code = $place
    )
    and ($programme is null or p.programme_id = $programme)
group by all
order by all
