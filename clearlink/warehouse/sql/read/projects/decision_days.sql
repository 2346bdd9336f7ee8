-- How many projects of a place record the day of their decision, for a programme and theme (null = all):
-- those without one were judged as on the day they started, and those without a start cannot be judged as on
-- any day but today. Grain: one row.
select
    count(*)::integer as projects,
    count(*) filter (where p.decision_date is null)::integer as without_decision,
    count(*) filter (where p.decision_date is null and p.start_date is null)::integer as without_day
from project p
where
    in_place(p.project_id, $place)
    and in_programme(p.project_id, $programme)
    and of_theme(p.project_id, $theme)
