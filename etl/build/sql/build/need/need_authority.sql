-- Rows of authorities and middle-layer areas: people are sums of small-area counts where those exist, else
-- the area's own published figure; a figure published for middle-layer areas speaks there before a sum. Where
-- the count of a small area is withheld or missing the sum would be too low, so the larger area gets the mark
-- of its parts and no figure. Grain: theme, larger area, definition, edition. Under composite and wimd the
-- score is the share of people at risk who live in Wales's neediest fifth; ranks are never averaged.
insert into need
with small_area as (
    select parent_code, count(*) as n from lsoa_parent
    group by parent_code
),

added as (
    select
        n.theme_id,
        l.parent_code as area_code,
        l.parent_type as area_type,
        n.definition,
        n.edition,
        any_value(n.published) as published,
        any_value(n.reference_end) as reference_end,
        any_value(n.slow_moving) as slow_moving, any_value(n.indicator_id) as indicator_id,
        case when n.definition = 'lead' then sum(n.people_in_need) end as people_in_need,
        sum(n.population_at_risk) filter (where n.score is not null) as population_at_risk,
        sum(n.population_at_risk * n.fifth_share_wales)
        / nullif(sum(n.population_at_risk) filter (where n.fifth_share_wales is not null), 0)
            as fifth_share_wales,
        min(n.fit) as fit,
        bool_or(n.is_illustrative) as is_illustrative,
        n.definition <> 'lead' or count(n.people_in_need) = any_value(a.n) as is_whole,
        coalesce(bool_and(n.range_basis = 'counted'), false) as is_counted,
        case when count(distinct n.marker) = 1 then any_value(n.marker) else 'not_available' end
            as part_marker,
        count(*) as held,
        any_value(a.n) as n
    from need n join lsoa_parent l using (area_code) join small_area a using (parent_code)
    where
        n.definition <> 'rate' and not exists (
            select 1 from lead_need own
            where
                own.area_type = 'MSOA21'
                and own.area_type = l.parent_type
                and own.theme_id = n.theme_id
                and n.definition = 'lead'
        )
    group by n.theme_id, l.parent_code, l.parent_type, n.definition, n.edition
),

summed as (
    select
        * exclude (people_in_need), case when is_whole then people_in_need end as people_in_need,
        null::double as rate,
        null::double as lower,
        null::double as upper,
        case when definition = 'lead' and is_whole then case
            when is_counted then 'counted'
            else 'none'
        end end
            as range_basis,
        null::bigint as rate_decimals,
        case when not is_whole then case when held = n then part_marker else 'not_available' end end as marker
    from added
),

published as (
    select
        n.theme_id,
        n.area_code,
        n.area_type,
        'lead' as definition,
        n.edition,
        e.published,
        e.reference_end,
        e.slow_moving,
        n.indicator_id,
        n.people as people_in_need,
        n.denominator as population_at_risk,
        null::double as fifth_share_wales,
        n.rate,
        n.lower,
        n.upper,
        n.range_basis,
        n.rate_decimals,
        n.fit,
        n.marker,
        coalesce(e.is_illustrative, false) as is_illustrative
    from lead_need n left join edition_date e using (indicator_id, edition)
    where
        n.area_type in ('LA', 'MSOA21') and not exists (
            select 1 from summed s
            where s.theme_id = n.theme_id and s.definition = 'lead' and s.area_type = n.area_type
        )
),

every_row as (
    select * exclude (is_whole, is_counted, part_marker, held, n) from summed
    union all by name
    select * from published
),

scored as (
    select
        *,
        case
            when definition = 'lead' then coalesce(rate, people_in_need / nullif(population_at_risk, 0)) else
                fifth_share_wales
        end as score
    from every_row
)

select
    theme_id,
    area_code,
    area_type,
    definition,
    edition,
    published,
    reference_end,
    slow_moving,
    indicator_id,
    people_in_need,
    population_at_risk,
    case when definition = 'lead' then score end,
    case
        when lower is not null then lower
        when range_basis = 'counted' and population_at_risk > 0
            then wilson_lower(least(people_in_need, population_at_risk), population_at_risk)
    end,
    case
        when upper is not null then upper
        when range_basis = 'counted' and population_at_risk > 0
            then wilson_upper(least(people_in_need, population_at_risk), population_at_risk)
    end,
    range_basis,
    rate_decimals::integer,
    marker, score,
    case when score is not null then rank() over ranked end::integer,
    (count(score) over (partition by theme_id, area_type, definition, edition))::integer,
    null, null, null, null, fifth_share_wales, null, null, fit, is_illustrative
from scored
window ranked as (partition by theme_id, area_type, definition, edition order by score desc nulls last)
