-- What publishers' files already give of a measure, as published, in the newest edition of each period.
-- Grain: measure, area, period.
insert into programme_return
select
    split_part(m.programmes, ';', 1) as programme_id,
    m.measure_id,
    o.area_code,
    o.period,
    '' as part,
    o.value,
    o.marker,
    o.numerator,
    o.denominator,
    o.snapshot_id as source,
    o.cell,
    null as note,
    null as note_cy,
    coalesce(s.is_illustrative, false) as is_illustrative,
    true as is_published
from observation o
join programme_measure m using (indicator_id)
left join snapshot s using (snapshot_id)
where o.period is not null
qualify row_number() over (
    partition by m.measure_id, o.area_code, o.period
    order by o.edition desc, o.cell asc
) = 1
