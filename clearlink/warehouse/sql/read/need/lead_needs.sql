-- The lead need of every area of a level on every theme, its latest edition. Grain: area and theme.
select
    n.area_code,
    n.theme_id,
    n.indicator_id,
    n.edition,
    n.people_in_need,
    n.population_at_risk,
    n.rate,
    n.rate_decimals,
    n.lower,
    n.upper,
    n.marker,
    n.is_illustrative
from need n
where n.definition = 'lead' and n.area_type = $area_type
qualify
    row_number()
        over (
            partition by n.area_code, n.theme_id
            order by n.rate is not null desc, n.published desc nulls last, n.edition desc
        )
    = 1
order by n.area_code, n.theme_id
