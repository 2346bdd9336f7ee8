-- Pounds of the year of each project in each area of a theme whose need is known, under each way of placing.
-- Money placed on small areas stays where it is placed; money of services for a whole area is spread over
-- that area by people at risk (by_risk_gbp), or all money by population (by_population_gbp). placed_gbp
-- counts only what is recorded for small areas. Grain: theme, project, area.
create temp table fairness_money as
with year_money as (
    select project_id, theme_id, bucket, sum(pence) as pence from ledger
    where
        bucket in ('placed', 'area_wide')
        and theme_id is not null
        and financial_year = (select financial_year from build)
    group by all
),

spread as (
    select
        y.theme_id,
        y.project_id,
        y.bucket,
        r.area_code,
        y.pence
        * coalesce(a.population, 1)
        * r.share
        / sum(coalesce(a.population, 1) * r.share) over one as by_population,
        y.pence
        * coalesce(par.people, 0)
        * r.share
        / nullif(sum(coalesce(par.people, 0) * r.share) over one, 0) as by_risk
    from year_money y join reach r using (project_id) join area a using (area_code)
    left join population_at_risk par on par.theme_id = y.theme_id and par.area_code = r.area_code
    window one as (partition by y.project_id, y.theme_id, y.bucket)
),

small as (
    select theme_id, project_id, area_code, sum(pence) as placed, 0.0 as wide, 0.0 as by_population
    from ledger
    where
        bucket = 'placed'
        and theme_id is not null
        and financial_year = (select financial_year from build)
    group by all
    union all
    select
        theme_id,
        project_id,
        area_code,
        0,
        sum(coalesce(by_risk, by_population)) filter (where bucket = 'area_wide'),
        sum(by_population)
    from spread
    group by all
),

level as (
    select theme_id, any_value(area_type) as area_type from gap_need
    group by theme_id
)

select
    s.theme_id, s.project_id, coalesce(l.parent_code, s.area_code) as area_code,
    sum(s.placed) / 100.0 as placed_gbp,
    sum(s.placed + coalesce(s.wide, 0)) / 100.0 as by_risk_gbp,
    sum(s.by_population) / 100.0 as by_population_gbp
from small s
join level v using (theme_id)
left join lsoa_parent l on l.area_code = s.area_code and l.parent_type = v.area_type
group by all
