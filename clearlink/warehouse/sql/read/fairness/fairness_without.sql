-- The numbers of a region without one project, for the projects that matter most to them; most money to move
-- first. Grain: project.
select f.* exclude (region, theme_id, definition, placed_by), p.title, p.la_code
from fairness_without f
join project p using (project_id)
where f.region = $region and f.theme_id = $theme and f.definition = $definition and f.placed_by = $placed_by
order by f.money_to_move_gbp, f.project_id
