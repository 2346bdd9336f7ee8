-- One area with its authority. Grain: area.
select a.*, coalesce(l.parent_code, a.la_code) as parent_la, x.name_en as la_name_en, x.name_cy as la_name_cy
from area a
left join area_link l on l.child_code = a.area_code and l.parent_type = 'LA'
left join area x on x.area_code = coalesce(l.parent_code, a.la_code)
where a.area_code = $area
