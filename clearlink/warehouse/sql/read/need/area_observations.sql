-- Every published figure for one area, with the file and the cell it came from. Grain: observation.
select
    o.*,
    i.name_en,
    i.name_cy,
    i.unit_en,
    i.unit_cy,
    i.caveat_en,
    i.caveat_cy,
    i.kind,
    i.theme_id,
    s.title_en,
    s.title_cy,
    s.publisher,
    s.licence,
    s.url,
    s.retrieved_at,
    s.sha256,
    s.is_illustrative
from observation o join indicator i using (indicator_id) left join snapshot s using (snapshot_id)
where o.area_code = $area
order by i.theme_id asc nulls last, i.indicator_id asc, o.edition desc
