-- Projects of a place that can be held against another as a possible duplicate: running, with a start, a
-- group of people and areas on record, for a theme and programme (null = all). Grain: one row.
select count(*)::integer as projects
from running_project p
where
    p.start_date is not null
    and p.target_group is not null
    and not p.is_sensitive
    and exists (
        select 1 from project_declared_area d
        where d.project_id = p.project_id
    )
    and in_place(p.project_id, $place)
    and in_programme(p.project_id, $programme)
    and exists (
        select 1 from project_theme t
        where t.project_id = p.project_id and ($theme is null or t.theme_id = $theme)
    )
