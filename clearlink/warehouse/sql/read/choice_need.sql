-- Small areas of an authority whose papers say where an area-based programme went, with need on each real measure. Grain: measure, area.
select n.*, a.name_en, a.name_cy
from area_choice_need n
join area a using (area_code)
where n.la_code = $la
order by n.measure, n.place, n.area_code
