-- Each theme's areas with people in need, extent, and the pounds of the year there under each way of placing, in order of area. Money placed on
-- small areas stays where it is placed; money of services for a whole area is spread over that area by people at risk, or all
-- money by population. small_areas_gbp counts only what is recorded for small areas. extent is the people at risk who live in
-- the neediest fifth of Wales on the theme's composite, or on the overall index where it has none. Grain: theme, area.
with other as (
    select n.theme_id, n.definition, n.area_type, n.edition from need n
    where n.definition in ('composite', 'wimd') and n.score is not null
    group by n.theme_id, n.definition, n.area_type, n.edition
    qualify row_number() over (partition by n.theme_id, n.area_type order by n.definition = 'composite' desc, max(n.published) desc nulls last, n.edition desc) = 1
),
year_money as (
    select project_id, theme_id, bucket, sum(pence) as pence from ledger
    where bucket in ('placed', 'area_wide') and theme_id is not null and financial_year = (select max(financial_year) from ledger) group by all
),
spread as (
    select y.theme_id, y.bucket, r.area_code, y.pence * coalesce(a.population, 1) * r.share / sum(coalesce(a.population, 1) * r.share) over one as by_population,
           y.pence * coalesce(par.people, 0) * r.share / nullif(sum(coalesce(par.people, 0) * r.share) over one, 0) as by_risk
    from year_money y join reach r using (project_id) join area a using (area_code)
    left join population_at_risk par on par.theme_id = y.theme_id and par.area_code = r.area_code
    window one as (partition by y.project_id, y.theme_id, y.bucket)
),
small as (
    select theme_id, area_code, sum(pence) as placed, 0.0 as wide, 0.0 as by_population from ledger
    where bucket = 'placed' and theme_id is not null and financial_year = (select max(financial_year) from ledger) group by all
    union all
    select theme_id, area_code, 0, sum(coalesce(by_risk, by_population)) filter (where bucket = 'area_wide'), sum(by_population) from spread group by all
),
spent as (
    select s.theme_id, unnest([s.area_code, l.la_code]) as area_code, s.placed, coalesce(s.wide, 0) as wide, s.by_population from small s join lsoa l using (area_code)
),
money as (
    select theme_id, area_code, sum(placed) / 100.0 as placed, sum(placed + wide) / 100.0 as by_risk, sum(by_population) / 100.0 as by_population from spent group by all
)
select n.theme_id, n.area_code, n.la_code, r.region as region_code, n.people_in_need, n.population_at_risk, n.population_at_risk * o.fifth_share_wales as extent,
       coalesce(m.by_risk, 0) as spend_gbp, coalesce(m.by_population, 0) as spend_by_population_gbp, coalesce(m.placed, 0) as small_areas_gbp
from gap_need n
left join gap_need r on r.theme_id = n.theme_id and r.area_code = n.area_code and r.region <> 'W92000004'
left join money m on m.theme_id = n.theme_id and m.area_code = n.area_code
left join other x on x.theme_id = n.theme_id and x.area_type = n.area_type
left join need o on o.theme_id = n.theme_id and o.area_code = n.area_code and o.area_type = n.area_type and o.definition = x.definition and o.edition = x.edition
where n.region = 'W92000004' and n.people_in_need is not null and n.population_at_risk > 0
order by n.theme_id, n.area_code
