-- How precisely running projects of a place are placed: records, and the money of the year that lies there.
-- Grain: precision.
select
    coalesce(r.precision, 'NONE') as precision,
    count(*)::integer as projects,
    coalesce(sum(h.gbp), 0) as year_gbp
from running_project p
left join money_here($place, $theme, $programme) h using (project_id)
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
    and of_theme(p.project_id, $theme)
group by all
