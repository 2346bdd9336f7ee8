-- Published sums of programmes in a place or in one that lies in it; of Wales all of them.
-- Grain: published sum.
select s.*
from programme_sum s
where
    s.area_code = $place
    or $place = 'W92000004'
    or s.area_code in (
        select m.la_code from area_member m
        where m.area_code = $place
    )
order by s.grant_en, s.area_code <> 'W92000004', s.year_en, s.sum_id
