-- The small areas of the Communities First clusters of a place, with the share (above 0, at most 1) of each
-- that lies in its cluster, as the newest list of the cluster has them; one of noughts has none.
-- Grain: cluster, small area.
with newest as (
    select part, max(period) as period from programme_return
    where measure_id = 'cf_weight' and value is not null
    group by part
)

select r.part as cluster, r.area_code, a.name_en, a.name_cy, a.la_code, r.value as share
from programme_return r
join newest using (part, period)
join area a on a.area_code = r.area_code and a.area_type in ('LSOA21', 'LSOA11')
where
    r.measure_id = 'cf_weight' and r.value > 0
    and a.la_code in (
        select la_code from area_member
        where area_code = $place
    )
order by r.part, r.area_code
