-- Running projects of a place that serve no assessed priority as far as is shown, with the reason. Grain: project.
select
    p.project_id,
    p.title,
    p.programme_id,
    p.la_code,
    p.region_code,
    p.annual_value_gbp,
    v.verdict,
    v.c3,
    c.reason
from project p
join verdict v on v.project_id = p.project_id and v.basis = 'at_decision' and v.c3 not in ('MET', 'PARTLY')
join criterion c on c.project_id = p.project_id and c.basis = 'at_decision' and c.criterion = 3
where
    coalesce(p.start_date, (select as_of from build)) <= (select as_of from build)
    and coalesce(p.end_date, (select as_of from build)) >= (select as_of from build)
    and exists (
        select 1 from project_authority x join area_member m using (la_code)
        where x.project_id = p.project_id and m.area_code = $place
    )
    and (
        $theme is null or exists (
            select 1 from project_theme t
            where t.project_id = p.project_id and t.theme_id = $theme
        )
    )
order by v.c3 asc, p.annual_value_gbp desc nulls last, p.project_id asc
