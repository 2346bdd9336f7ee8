-- Communities First clusters that reach into a place: small areas, whole or in part, and the people they
-- hold by those shares (null where a population is not known). Grain: cluster, period.
select
    r.part as cluster, r.period, min(a.la_code) as la_code, count(*)::integer as areas,
    count(*) filter (where r.value < 1)::integer as in_part,
    case when count(*) = count(a.population) then sum(r.value * a.population) end as people,
    bool_or(r.is_illustrative) as is_illustrative
from programme_return r
left join area a on a.area_code = r.area_code and a.area_type in ('LSOA21', 'LSOA11')
where
    r.measure_id = 'cf_weight' and r.value is not null
    and a.la_code in (
        select la_code from area_member
        where area_code = $place
    )
group by r.part, r.period
order by r.period desc, r.part
