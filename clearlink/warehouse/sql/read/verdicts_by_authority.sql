-- Projects by verdict in each authority of a place. Grain: authority and verdict.
select
    m.la_code,
    v.verdict,
    count(distinct p.project_id)::integer as projects,
    coalesce(sum(p.annual_value_gbp), 0) as annual_value_gbp
from area_member m
join project_authority t using (la_code)
join project p using (project_id)
join verdict v on v.project_id = p.project_id and v.basis = $basis
where
    m.area_code = $place and ($programme is null or p.programme_id = $programme)
    and (
        $theme is null or exists (
            select 1 from project_theme t
            where t.project_id = p.project_id and t.theme_id = $theme
        )
    )
group by m.la_code, v.verdict
order by m.la_code, v.verdict
