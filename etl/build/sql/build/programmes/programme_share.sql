-- How much of one measure another is (of those referred, how many were assessed), for every place: its own
-- two figures, else the sums over the authorities that told both, so that both sides count the same
-- authorities. The twin of `clearlink.rules.programmes.funnel.share_of`. Over 1 where the later count is
-- of earlier periods' people. Grain: measure, place, period, part.
create table programme_share as
with pair as (
    select
        p.measure_id, m.share_of, p.area_code, p.period, p.part, p.value as part_value,
        w.value as whole_value,
        p.is_illustrative or w.is_illustrative as is_illustrative
    from return_standing p
    join programme_measure m using (measure_id)
    join return_standing w
        on
            w.measure_id = m.share_of and w.area_code = p.area_code and w.period = p.period
            and w.part = p.part
    where p.value is not null and w.value > 0
),

summed as (
    select
        p.measure_id, p.share_of, a.area_code, p.period, p.part, sum(p.part_value) as part_value,
        sum(p.whole_value) as whole_value, bool_or(p.is_illustrative) as is_illustrative, count(*) as told
    from pair p
    join area_member a on a.la_code = p.area_code and a.area_code <> a.la_code
    group by all
)

select
    measure_id, share_of, area_code as place, period, part, part_value, whole_value,
    part_value / whole_value as share, 1 as told, is_illustrative
from pair
union all
select
    s.measure_id, s.share_of, s.area_code as place, s.period, s.part, s.part_value, s.whole_value,
    s.part_value / s.whole_value as share, s.told, s.is_illustrative
from summed s
where
    not exists (
        select 1 from pair p
        where (p.measure_id, p.area_code, p.period, p.part) = (s.measure_id, s.area_code, s.period, s.part)
    )
order by all
