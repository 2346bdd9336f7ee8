-- Need on today's small areas under each definition: people and rate where they are published, a score where
-- not. Grain: theme, small area, definition, edition.
create temp table need_unranked as
select
    n.theme_id,
    n.area_code,
    'lead' as definition,
    n.edition,
    n.people as people_in_need,
    n.denominator as population_at_risk,
    n.rate,
    n.lower,
    n.upper,
    n.range_basis,
    n.rate_decimals,
    n.rate as score,
    n.marker,
    n.fit,
    n.indicator_id,
    n.indicator_id as dated_by
from lead_need n
where n.area_type = 'LSOA21'
union all
select
    c.theme_id,
    c.area_code,
    'composite',
    c.edition,
    null,
    p.people,
    null,
    null,
    null,
    null,
    null,
    c.score,
    null,
    c.fit,
    null,
    c.dated_by
from composite_need c left join population_at_risk p using (theme_id, area_code)
union all
select
    t.theme_id,
    s.area_code,
    'wimd',
    s.edition,
    null,
    p.people,
    null,
    null,
    null,
    null,
    null,
    s.score,
    null,
    'weak',
    'wimd_rank_overall',
    'wimd_rank_overall'
from domain_score s
join lsoa using (area_code)
cross join (select distinct theme_id from theme_population) t
left join population_at_risk p on p.theme_id = t.theme_id and p.area_code = s.area_code
where
    s.indicator_id = 'wimd_rank_overall'
    and s.edition not in (
        select distinct x.edition from domain_score x join area a using (area_code)
        where a.area_type = 'LSOA11' and a.area_code not in (select area_code from lsoa)
    )
