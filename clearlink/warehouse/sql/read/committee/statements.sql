-- What people told us in an area or its authority. Grain: statement.
select *
from statement s
where
    s.area_code = $area or s.area_code in (
        select parent_code from area_link
        where child_code = $area) or s.area_code in (
        select la_code from area_member
        where area_code = $area
    )
order by s.said_on desc nulls last
