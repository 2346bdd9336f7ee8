-- How many records of a place, for a programme and theme (null = all), are real and how many illustrative.
-- Grain: one row.
select
    count(*) filter (where not p.is_illustrative)::integer as real,
    count(*) filter (where p.is_illustrative)::integer as illustrative
from project p
where
    in_place(p.project_id, $place)
    and ($programme is null or p.programme_id = $programme)
    and of_theme(p.project_id, $theme)
