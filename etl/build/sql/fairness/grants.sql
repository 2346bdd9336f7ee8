-- Sums of each grant by authority with need under both definitions, for regions of which every authority's
-- sum is known.
with complete as (
    select g.grant_name, g.year, r.region_code from (select distinct grant_name, year from allocation) g
    join la_region r on r.region_type = 'RCC'
    left join allocation a on a.grant_name = g.grant_name and a.year = g.year and a.la_code = r.la_code
    group by all
    having count(*) = count(a.amount_gbp) and count(*) > 1
)

select
    a.grant_name,
    a.year,
    c.region_code as region,
    n.edition,
    n.definition,
    a.la_code,
    a.amount_gbp,
    a.basis,
    a.source_url,
    n.population,
    n.need
from complete c join la_region r on r.region_code = c.region_code and r.region_type = 'RCC'
join allocation a on a.grant_name = c.grant_name and a.year = c.year and a.la_code = r.la_code
join grant_need n on n.la_code = a.la_code
order by all
