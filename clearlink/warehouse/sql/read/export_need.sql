-- Need on one theme in every area and edition; a value that is absent keeps its marker. Grain: area, definition and edition.
select
    theme_id,
    area_code,
    area_type,
    definition,
    edition,
    published,
    people_in_need,
    population_at_risk,
    rate,
    lower,
    upper,
    range_basis,
    rate_decimals,
    marker,
    rank,
    rank_of,
    rank_low,
    rank_high,
    is_illustrative
from need
where theme_id = $theme
order by definition, edition, area_type, area_code
