-- Every figure of a programme's returns for a place, its authorities and its small areas, with file and
-- row; notes are the returner's own. Grain: measure, area, period, part, source.
select
    r.programme_id, r.measure_id, m.name_en, m.name_cy, r.area_code, r.period, r.part, r.value, r.marker,
    r.source, r.cell, r.note, r.note_cy, r.is_illustrative, r.is_published
from programme_return r
join programme_measure m using (measure_id)
left join area a on a.area_code = r.area_code and a.la_code is not null
where
    list_contains(string_split(m.programmes, ';'), $programme)
    and (
        r.area_code = $place
        or coalesce(a.la_code, r.area_code) in (
            select la_code from area_member
            where area_code = $place
        )
    )
order by m.sort, r.area_code, r.period, r.part, r.cell
