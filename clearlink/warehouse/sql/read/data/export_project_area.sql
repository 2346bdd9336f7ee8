-- The areas that each project reaches, with the share of it placed there and how precisely; sensitive
-- projects hold their region only. Grain: project and area.
select
    r.project_id,
    r.area_code,
    a.area_type,
    a.name_en,
    a.name_cy,
    r.weight,
    r.method,
    r.precision,
    p.is_illustrative
from project_area r
join project p using (project_id)
left join area a using (area_code)
order by r.project_id, r.area_code
