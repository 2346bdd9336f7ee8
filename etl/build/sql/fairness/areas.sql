-- One theme's areas as columns, in order of area. Grain: area.
select
    area_code,
    la_code,
    region_code,
    people_in_need,
    population_at_risk,
    range_basis,
    people_lower,
    people_upper,
    extent,
    spend_gbp,
    spend_by_population_gbp,
    small_areas_gbp
from fairness_area
where theme_id = $theme
order by area_code
