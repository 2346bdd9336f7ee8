-- Areas of one level, for a chooser. Grain: area.
select
    a.area_code,
    a.name_en,
    a.name_cy,
    coalesce(l.parent_code, a.la_code, a.area_code) as la_code,
    coalesce(m.la_codes, [coalesce(l.parent_code, a.la_code, a.area_code)]) as la_codes,
    a.west,
    a.south,
    a.east,
    a.north,
    a.lon,
    a.lat,
    a.population
from area a
left join area_link l on l.child_code = a.area_code and l.parent_type = 'LA'
left join (
    select parent_code, list(child_code order by child_code) as la_codes
    from area_link
    where parent_type = 'CSP'
    group by parent_code
) m on m.parent_code = a.area_code
where a.area_type = $area_type
order by a.area_code
