-- Each theme's areas with people in need, extent, and the pounds of the year there under each way of placing.
-- extent is the people at risk who live in the neediest fifth of Wales on the theme's composite, or on the
-- overall index where it has none. Served, so that a what-if can be worked out from the same columns as the
-- measures. Grain: theme, area.
create table fairness_area as
with other as (
    select n.theme_id, n.definition, n.area_type, n.edition from need n
    where n.definition in ('composite', 'wimd') and n.score is not null
    group by n.theme_id, n.definition, n.area_type, n.edition
    qualify
        row_number()
            over (
                partition by n.theme_id, n.area_type
                order by n.definition = 'composite' desc, max(n.published) desc nulls last, n.edition desc
            )
        = 1
),

money as (
    select
        theme_id,
        area_code,
        sum(placed_gbp) as placed,
        sum(by_risk_gbp) as by_risk,
        sum(by_population_gbp) as by_population
    from fairness_money
    group by all
)

select
    n.theme_id,
    n.area_code,
    n.la_code,
    r.region as region_code,
    n.people_in_need,
    n.population_at_risk,
    n.range_basis,
    case when n.range_basis = 'published' then n.lower * n.population_at_risk end as people_lower,
    case when n.range_basis = 'published' then n.upper * n.population_at_risk end as people_upper,
    n.population_at_risk * o.fifth_share_wales as extent,
    coalesce(m.by_risk, 0) as spend_gbp,
    coalesce(m.by_population, 0) as spend_by_population_gbp,
    coalesce(m.placed, 0) as small_areas_gbp
from gap_need n
left join gap_need r on r.theme_id = n.theme_id and r.area_code = n.area_code and r.region <> 'W92000004'
-- where no register of the theme is loaded, pounds are not known and none of them is nought
join provision_known k on k.theme_id = n.theme_id and k.la_code = n.la_code and k.by_register
left join money m on m.theme_id = n.theme_id and m.area_code = n.area_code
left join other x on x.theme_id = n.theme_id and x.area_type = n.area_type
left join
    need o
    on
        o.theme_id = n.theme_id
        and o.area_code = n.area_code
        and o.area_type = n.area_type
        and o.definition = x.definition
        and o.edition = x.edition
where n.region = 'W92000004' and n.people_in_need is not null and n.population_at_risk > 0
order by n.theme_id, n.area_code
