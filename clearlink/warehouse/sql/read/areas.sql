-- Areas of one level, for a chooser. Grain: area.
select
    a.area_code,
    a.name_en,
    a.name_cy,
    coalesce(l.parent_code, a.la_code, a.area_code) as la_code,
    a.west,
    a.south,
    a.east,
    a.north,
    a.lon,
    a.lat,
    a.population
from area a left join area_link l on l.child_code = a.area_code and l.parent_type = 'LA'
where a.area_type = $area_type
order by a.area_code
