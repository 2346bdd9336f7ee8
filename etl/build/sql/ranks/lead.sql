-- People in need and at risk of one theme, level and edition, by area; with the publisher's limits in people
-- where the need is an estimate.
select
    area_code,
    people_in_need,
    population_at_risk,
    case when range_basis = 'published' then lower * population_at_risk end as people_lower,
    case when range_basis = 'published' then upper * population_at_risk end as people_upper
from need
where
    theme_id = $theme
    and definition = 'lead'
    and edition = $edition
    and area_type = $area_type
    and score is not null
order by area_code
