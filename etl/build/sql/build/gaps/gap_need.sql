-- Need in people behind the gaps: the latest edition of each theme's lead indicator, on small areas where it
-- is published there, else on middle-layer areas, else on authorities. Each area is seen in its region and in
-- Wales: the share of it in the neediest fifth by people at risk (areas that tie are merged, the boundary
-- area split), and whether its 95 % interval spans the rate at the cut. Grain: theme, region, area.
create temp table gap_need as
with latest as (
    select theme_id, area_type, edition from need
    where
        definition = 'lead'
        and area_type in ('LSOA21', 'MSOA21', 'LA')
        and score is not null
    group by theme_id, area_type, edition
    qualify row_number() over (
        partition by theme_id
        order by
            area_type = 'LSOA21' desc,
            area_type = 'MSOA21' desc,
            max(published) desc nulls last,
            edition desc
    ) = 1
),

here as (
    select
        x.theme_id,
        x.edition,
        a.area_code,
        a.area_type,
        coalesce(l.la_code, a.la_code, a.area_code) as la_code,
        coalesce(l.region_code, r.region_code) as region_code,
        n.people_in_need, n.population_at_risk, n.rate, n.lower, n.upper, n.range_basis, n.rate_decimals,
        n.marker, coalesce(n.is_illustrative, false) as is_illustrative
    from latest x
    join area a on a.area_type = x.area_type
    left join lsoa l on l.area_code = a.area_code
    left join la_region r
        on
            r.la_code = coalesce(a.la_code, a.area_code) and r.region_type = 'RCC'
            and a.area_type in ('LA', 'MSOA21')
    left join need n
        on
            n.theme_id = x.theme_id and n.area_code = a.area_code and n.area_type = x.area_type
            and n.definition = 'lead' and n.edition = x.edition
),

scoped as (
    select
        h.*,
        s.region
    from here h
    cross join lateral (select unnest([h.region_code, 'W92000004']) as region) s
    where s.region is not null
),

tied as (
    select
        *,
        sum(population_at_risk) over (partition by theme_id, region, rate) as tie_people,
        sum(population_at_risk) over (
            partition by theme_id, region order by rate desc nulls last
        ) as people_to,
        sum(population_at_risk) filter (where rate is not null) over (
            partition by theme_id, region
        ) as people_all
    from scoped
),

fifth as (
    select
        *,
        -- of those who tie, the part that the fifth still has room for
        case
            when rate is not null
                then greatest(
                    0,
                    least(
                        1,
                        (setting_value('neediest_share') * people_all - (people_to - tie_people))
                        / nullif(tie_people, 0)
                    )
                )
        end as fifth_share
    from tied
)

select
    theme_id, edition, area_code, area_type, la_code, region, people_in_need, population_at_risk, rate,
    lower, upper, range_basis, rate_decimals, marker, is_illustrative, fifth_share,
    coalesce(fifth_share >= 0.5 - 1e-9, false) as high_need,
    min(rate) filter (where fifth_share > 1e-9) over (partition by theme_id, region) as cut_rate
from fifth
