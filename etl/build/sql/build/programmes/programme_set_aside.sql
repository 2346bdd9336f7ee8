-- Families First money for disabled children and their families against the share that the year requires;
-- an authority's own requirement, else that of Wales. The twin of
-- `clearlink.rules.programmes.set_aside.set_aside`. Grain: authority, period.
create table programme_set_aside as
with money as (
    select area_code as la_code, period, value, is_illustrative from return_standing
    where measure_id = 'ff_money' and part = '' and value is not null
),

disabled as (
    select area_code as la_code, period, value from return_standing
    where measure_id = 'ff_money_disability' and part = '' and value is not null
),

required as (
    select area_code, period, value / 100 as share from return_standing
    where measure_id = 'ff_set_aside_pct' and part = '' and value is not null
)

select
    m.la_code, m.period, m.value as money_gbp, d.value as set_aside_gbp,
    coalesce(o.share, w.share) as required_share,
    d.value / nullif(m.value, 0) as share,
    -- without a requirement nothing is missing and nothing is enough
    case
        when coalesce(o.share, w.share) is not null
            then greatest(m.value * coalesce(o.share, w.share) - d.value, 0)
    end as missing_gbp,
    m.is_illustrative
from money m
join disabled d using (la_code, period)
left join required o on o.area_code = m.la_code and o.period = m.period
left join required w on w.area_code = 'W92000004' and w.period = m.period
order by all
