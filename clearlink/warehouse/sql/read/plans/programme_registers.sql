-- In how many authorities of a place a register is loaded that holds projects of each programme.
-- Grain: programme; one that no register holds here has no row.
with here as (
    select la_code from area_member
    where area_code = $place
)

select
    p.programme_id, count(distinct m.la_code) as loaded, (select count(*) from here) as authorities
from project p
join area_member m on m.area_code = coalesce(p.la_code, p.region_code)
where p.from_register and p.programme_id is not null and m.la_code in (select la_code from here)
group by p.programme_id
order by p.programme_id
