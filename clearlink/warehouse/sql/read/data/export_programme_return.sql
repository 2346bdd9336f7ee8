-- Returns of programmes. Grain: measure, area, period, part, source.
select
    programme_id, measure_id, area_code, period, part, value, marker, source, cell, note, is_published,
    is_illustrative
from programme_return
order by programme_id, measure_id, area_code, period, part, cell
