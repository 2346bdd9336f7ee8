-- How precisely running projects of a place are placed: records, and the money of the year that lies there.
-- Grain: precision.
with here as (
    select project_id, sum(gbp) as gbp from year_money
    where
        place = $place
        and ($theme is null or theme_id = $theme)
        and ($programme is null or programme_id = $programme)
    group by project_id
)

select
    coalesce(r.precision, 'NONE') as precision,
    count(*)::integer as projects,
    coalesce(sum(h.gbp), 0) as year_gbp
from running_project p
left join here h using (project_id)
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
    in_place(p.project_id, $place)
    and in_programme(p.project_id, $programme)
    and (
        $theme is null or exists (
            select 1 from project_theme t
            where t.project_id = p.project_id and t.theme_id = $theme
        )
    )
group by all
