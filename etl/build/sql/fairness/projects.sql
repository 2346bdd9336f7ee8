-- Pounds of each project on one theme in each area, as places in the theme's list of areas and of projects
-- (from 0). Grain: project, area.
with listed as (
    select area_code, row_number() over (order by area_code) - 1 as area
    from fairness_area
    where theme_id = $theme
)

select m.project_id, l.area, m.by_risk_gbp, m.by_population_gbp
from fairness_money m
join listed l using (area_code)
where m.theme_id = $theme and m.by_population_gbp + m.by_risk_gbp > 0
order by m.project_id, l.area
