-- In how many authorities of a place a register of a programme of each theme is loaded: where one is
-- missing, nothing on record is not known to be nothing there. Grain: theme.
select
    k.theme_id, count(*) filter (where k.by_register) as loaded, count(*) as authorities
from provision_known k
where
    k.la_code in (
        select la_code from area_member
        where area_code = $place
    )
group by k.theme_id
order by k.theme_id
