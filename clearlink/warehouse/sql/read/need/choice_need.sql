-- Areas of an authority whose papers say where an area-based programme went, with need on each real measure,
-- and the name of the small area of today that stands there (the first of several; none where its code has no
-- successor). Grain: measure, area.
select n.*, a.name_en, a.name_cy
from area_choice_need n
left join area a on a.area_code = n.area_codes[1]
where n.la_code = $la
order by n.measure, n.place, n.area_name, n.area_code
