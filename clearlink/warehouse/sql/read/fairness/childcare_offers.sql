-- Flying Start childcare in the newest year published for authorities of a place: children newly eligible,
-- offered a place and taking it up.
-- Grain: authority.
with figure as (
    select area_code as la_code, period, indicator_id, value from observation
    where
        indicator_id in ('fs_childcare_eligible', 'fs_childcare_offered', 'fs_childcare_taken_up')
        and value is not null
)

select
    la_code, period, max(value) filter (where indicator_id = 'fs_childcare_eligible') as eligible,
    max(value) filter (where indicator_id = 'fs_childcare_offered') as offered,
    max(value) filter (where indicator_id = 'fs_childcare_taken_up') as taken_up
from figure
where
    period = (
        select max(period) from figure) and la_code in (
        select la_code from area_member
        where area_code = $place
    )
group by la_code, period
having count(distinct indicator_id) = 3
order by la_code
