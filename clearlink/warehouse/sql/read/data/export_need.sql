-- Need on one theme in every area and edition; a value that is absent keeps its marker. Grain: area,
-- definition and edition.
select
    need.theme_id,
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
    case when definition = 'rate' then score end as published_rate,
    case when definition = 'rate' then i.unit_en end as rate_unit,
    indicator_id as need_indicator,
    rank,
    rank_of,
    rank_low,
    rank_high,
    is_illustrative
from need left join indicator i using (indicator_id)
where need.theme_id = $theme
order by definition, edition, area_type, area_code
