-- Records whose place of benefit is not recorded and whose recipient has its address in a place, for a
-- programme and theme (null = all).
-- Grain: one row.
select count(*)::integer as projects
from project p
where
    p.recipient_area in (
        select la_code from area_member
        where area_code = $place
    )
    and in_programme(p.project_id, $programme)
    and of_theme(p.project_id, $theme)
