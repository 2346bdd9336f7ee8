-- Partnership and board rows: people are the weighted sums of the small areas that lie in them today (or last
-- lay in them), only where every one of those has a figure; the others get the mark of their parts. Nothing
-- is ranked: partnerships overlap and differ in size. Grain: theme, partnership, edition.
-- before: need_rate
create table partnership_need as
with today as (
    select m.parent_code, m.parent_type, m.area_code, max(m.weight) as weight
    from
        (
            select *, max(coalesce(valid_to, date '9999-12-31')) over (partition by parent_code) as last_day
            from partnership_member
        ) m
    cross join build b
    where
        least(b.as_of, m.last_day) between coalesce(m.valid_from, date '0001-01-01') and coalesce(
            m.valid_to, date '9999-12-31'
        )
    group by m.parent_code, m.parent_type, m.area_code
),

summed as (
    select
        n.theme_id,
        t.parent_code,
        t.parent_type,
        n.edition,
        any_value(n.published) as published,
        any_value(n.reference_end) as reference_end,
        any_value(n.slow_moving) as slow_moving,
        any_value(n.indicator_id) as indicator_id,
        sum(n.people_in_need * t.weight) as people_in_need,
        sum(n.population_at_risk * t.weight) as population_at_risk,
        count(n.people_in_need) as known,
        coalesce(bool_and(n.range_basis = 'counted') filter (where n.range_basis is not null), false)
            as is_counted,
        min(n.fit) as fit,
        bool_or(n.is_illustrative) as is_illustrative,
        case when count(distinct n.marker) = 1 then any_value(n.marker) else 'not_available' end as marker
    from need n join today t using (area_code)
    where n.definition = 'lead' and n.area_type = 'LSOA21'
    group by n.theme_id, t.parent_code, t.parent_type, n.edition
),

counted as (
    select
        s.*, s.known = (
            select count(*) from today t
            where t.parent_code = s.parent_code
        ) as is_whole
    from summed s
)

select
    theme_id,
    parent_code as area_code,
    parent_type as area_type,
    'lead' as definition,
    edition,
    published,
    reference_end,
    slow_moving,
    indicator_id,
    case when is_whole then people_in_need end as people_in_need,
    population_at_risk,
    case when is_whole then people_in_need / nullif(population_at_risk, 0) end as rate,
    case
        when
            is_whole and is_counted and population_at_risk > 0
            then wilson_lower(least(people_in_need, population_at_risk), population_at_risk)
    end as lower,
    case
        when
            is_whole and is_counted and population_at_risk > 0
            then wilson_upper(least(people_in_need, population_at_risk), population_at_risk)
    end as upper,
    case when is_whole then case when is_counted then 'counted' else 'none' end end as range_basis,
    null::integer as rate_decimals,
    case when not is_whole then marker end as marker,
    case when is_whole then people_in_need / nullif(population_at_risk, 0) end as score,
    fit,
    is_illustrative
from counted
