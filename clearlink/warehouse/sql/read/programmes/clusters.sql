-- Communities First clusters that reach into a place, as the newest list of each has them: small areas, whole
-- or in part, and the people they hold by those shares (null where a population is not known). A cluster
-- whose newest list is of noughts is none. `place`: the code by which it is chosen as an area, null where it
-- is none. Grain: cluster.
with newest as (
    select part, max(period) as period from programme_return
    where measure_id = 'cf_weight' and value is not null
    group by part
)

select
    r.part as cluster, r.period, min(a.la_code) as la_code, count(*)::integer as areas,
    count(*) filter (where r.value < 1)::integer as in_part,
    case when count(*) = count(a.population) then sum(r.value * a.population) end as people,
    bool_or(r.is_illustrative) as is_illustrative,
    any_value(c.area_code) as place
from programme_return r
join newest using (part, period)
left join area c on c.area_type = 'CLUSTER' and c.name_en = r.part
left join area a on a.area_code = r.area_code and a.area_type in ('LSOA21', 'LSOA11')
where
    r.measure_id = 'cf_weight' and r.value > 0
    and a.la_code in (
        select la_code from area_member
        where area_code = $place
    )
group by r.part, r.period
order by r.part
