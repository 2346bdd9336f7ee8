-- Planned, outturn, capacity, reached and in need of each authority of a place, and of the place itself
-- where it returns figures, with what is odd. Grain: area, period, part.
select
    c.area_code, c.period, c.part, c.planned_gbp, c.outturn_gbp, c.capacity, c.reached, c.in_need, c.odd,
    c.is_illustrative
from programme_cascade c
where
    c.programme_id = $programme
    and (
        c.area_code = $place
        or c.area_code in (
            select la_code from area_member
            where area_code = $place
        )
    )
order by c.period, c.area_code, c.part
