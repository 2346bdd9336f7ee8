-- Figures of a programme's returns for a place, with what they are called and how many of its authorities
-- stand in each. Grain: measure, period, part.
select
    f.measure_id, m.name_en, m.name_cy, m.unit_en, m.unit_cy, m.step, m.cascade, m.share_of, m.sort,
    f.period, f.part, f.value, f.marker, f.told, f.members, f.withheld, f.is_illustrative, f.is_published
from programme_figure f
join programme_measure m using (measure_id)
where f.place = $place and list_contains(string_split(m.programmes, ';'), $programme)
order by m.sort, f.period, f.part
