-- The areas that one project reaches, largest part first. Grain: area.
select
    r.area_code,
    a.name_en,
    a.name_cy,
    a.area_type,
    a.la_code,
    r.weight,
    r.method,
    r.precision,
    a.west,
    a.south,
    a.east,
    a.north,
    a.lon,
    a.lat
from project_area r
join area a using (area_code)
where r.project_id = $project_id
order by r.weight desc, r.area_code asc
