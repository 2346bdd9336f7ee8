-- Gives every count its population at risk, and both parts to every rate, where the publisher ships them apart; the last period of an edition.
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
    end as numerator
from observation o
join indicator i using (indicator_id)
left join latest_value d on d.indicator_id = i.denominator_id and d.area_code = o.area_code
where i.kind in ('count', 'rate_pct', 'rate_per_1000')
qualify row_number() over (partition by o.indicator_id, o.area_code, o.edition order by o.period desc) = 1
