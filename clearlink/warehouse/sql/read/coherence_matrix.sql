-- Running projects and yearly value of a place by theme, programme and tier; a project with two themes counts on both. Grain: theme, programme, tier.
select
    t.theme_id,
    p.programme_id,
    p.tier,
    count(distinct p.project_id)::integer as projects,
    coalesce(sum(p.annual_value_gbp * coalesce(t.share, 1)), 0) as value_gbp
from project p join project_theme t using (project_id)
where
    coalesce(p.start_date, (select as_of from build)) <= (select as_of from build)
    and coalesce(p.end_date, (select as_of from build)) >= (select as_of from build)
    and exists (
        select 1 from project_authority x join area_member m using (la_code)
        where x.project_id = p.project_id and m.area_code = $place
    )
group by all
order by all
