-- The small areas of the Communities First clusters of a place, with the share (0 to 1) of each that lies in
-- its cluster, as the newest list of the cluster has them. Grain: cluster, small area.
select r.part as cluster, r.area_code, a.la_code, r.value as share
from programme_return r
join area a on a.area_code = r.area_code and a.area_type in ('LSOA21', 'LSOA11')
where
    r.measure_id = 'cf_weight' and r.value is not null
    and a.la_code in (
        select la_code from area_member
        where area_code = $place
    )
qualify r.period = max(r.period) over (partition by r.part)
order by r.part, r.area_code
