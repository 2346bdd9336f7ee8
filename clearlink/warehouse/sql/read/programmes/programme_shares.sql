-- Each measure as a share of the one it is compared with, in a place and in Wales, from the same period.
-- Grain: measure, period, part.
select
    s.measure_id, s.share_of, s.period, s.part, s.part_value, s.whole_value, s.share, s.told,
    w.share as wales_share, w.told as wales_told
from programme_share s
join programme_measure m using (measure_id)
left join programme_share w
    on
        w.place = 'W92000004' and w.measure_id = s.measure_id and w.period = s.period
        and w.part = s.part
where s.place = $place and list_contains(string_split(m.programmes, ';'), $programme)
order by m.sort, s.period, s.part
