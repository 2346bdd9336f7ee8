-- How many projects of a theme reach each small area, with the verdict most of them have and the money placed there. Grain: area and verdict.
select
    r.area_code,
    v.verdict,
    count(*)::integer as projects,
    sum(p.annual_value_gbp * r.weight) as annual_value_gbp
from project_area r
join project p using (project_id)
join verdict v on v.project_id = p.project_id and v.basis = $basis
where
    r.method in ('users', 'population_at_risk', 'population')
    and ($programme is null or p.programme_id = $programme)
    and (
        $theme is null or exists (
            select 1 from project_theme t
            where t.project_id = p.project_id and t.theme_id = $theme
        )
    )
group by r.area_code, v.verdict
