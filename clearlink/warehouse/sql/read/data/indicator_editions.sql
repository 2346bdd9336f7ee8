-- Editions of an indicator by level, each with the file it came from. Grain: level and edition.
select
    c.area_type,
    c.edition,
    c.first_period,
    c.last_period,
    c.areas_with_value,
    c.markers,
    s.title_en,
    s.title_cy,
    s.publisher,
    s.licence,
    s.url,
    s.retrieved_at,
    s.is_illustrative
from coverage c
left join snapshot s using (snapshot_id)
where c.indicator_id = $indicator
order by c.area_type asc, c.edition desc
