-- Areas that commissioners considered for an area-based programme, chosen or not. Grain: area as published.
select *
from area_choice
where ($la is null or la_code = $la)
order by la_code asc, need_value desc nulls last, area_name asc
