-- How precisely projects of a place are placed: records and money. Grain: precision.
select
    coalesce(r.precision, 'NONE') as precision,
    count(*)::integer as projects,
    coalesce(sum(p.annual_value_gbp), 0) as annual_value_gbp
from project p
left join
    (
        select
            project_id,
            any_value(case when method in ('area_wide', 'protected') then method else precision end)
                as precision
        from project_area
        group by project_id
    ) r
    using (project_id)
where
    exists (
        select 1 from project_authority t join area_member m using (la_code)
        where t.project_id = p.project_id and m.area_code = $place
    )
    and ($programme is null or p.programme_id = $programme)
    and (
        $theme is null or exists (
            select 1 from project_theme t
            where t.project_id = p.project_id and t.theme_id = $theme
        )
    )
group by all
