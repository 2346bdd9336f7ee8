-- Gives every count its population at risk, and both parts to every rate, where the publisher ships them
-- apart; the last period of an edition. rate is the publisher's own where it publishes a rate, so that its
-- rounding (rate_decimals of the per cent as printed) and its ties stand. range_basis says where limits of
-- the rate may come from: published with it; counted (a count of people, so Wilson's); none (a rate of a
-- survey or a model that came without limits: working them out as if everybody had been asked would make it
-- surer than it is). Grain: indicator, area, edition.
create temp table counted as
select
    o.indicator_id,
    o.area_code,
    o.period,
    o.edition,
    o.marker,
    o.snapshot_id,
    o.cell,
    o.value,
    o.lower,
    o.upper,
    i.kind,
    coalesce(o.denominator, d.value) as denominator,
    case i.kind
        when 'count' then coalesce(o.numerator, o.value)
        when 'rate_pct' then coalesce(o.numerator, o.value / 100 * d.value)
        when 'rate_per_1000' then coalesce(o.numerator, o.value / 1000 * d.value)
    end as numerator,
    case
        when i.kind = 'count' or o.numerator is not null then null
        when i.kind = 'rate_pct' then o.value / 100
        when i.kind = 'rate_per_1000' then o.value / 1000
    end as rate,
    case
        when i.kind = 'rate_pct' then o.lower / 100
        when i.kind = 'rate_per_1000' then o.lower / 1000
        else o.lower / nullif(coalesce(o.denominator, d.value), 0)
    end as rate_lower,
    case
        when i.kind = 'rate_pct' then o.upper / 100
        when i.kind = 'rate_per_1000' then o.upper / 1000
        else o.upper / nullif(coalesce(o.denominator, d.value), 0)
    end as rate_upper,
    case
        when o.value is null then null
        when o.lower is not null and o.upper is not null then 'published'
        when i.kind = 'count' or o.numerator is not null then 'counted'
        else 'none'
    end as range_basis,
    -- a whole list in whole per cents was rounded so: the most decimals that any of it shows
    case
        when i.kind = 'rate_pct'
            then max(decimals_printed(o.value)) over (partition by o.indicator_id, o.edition)
    end as rate_decimals
from observation o
join indicator i using (indicator_id)
left join latest_value d on d.indicator_id = i.denominator_id and d.area_code = o.area_code
where i.kind in ('count', 'rate_pct', 'rate_per_1000')
qualify row_number() over (partition by o.indicator_id, o.area_code, o.edition order by o.period desc) = 1
