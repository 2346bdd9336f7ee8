-- Rates of small areas beside the other definitions of need: ordered by the rate as published, and never
-- people. Grain: theme, area, edition.
insert into need_unranked by name
select
    r.theme_id,
    r.area_code,
    'rate' as definition,
    r.edition,
    p.people as population_at_risk,
    r.value as score,
    r.marker,
    r.rate_decimals,
    r.fit,
    r.indicator_id,
    r.indicator_id as dated_by
from rate_need r left join population_at_risk p using (theme_id, area_code)
where r.area_type = 'LSOA21'
