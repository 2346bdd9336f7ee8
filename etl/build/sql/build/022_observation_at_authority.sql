-- Authority totals of populations, so that authority rates have people under them; sums of published LSOA counts.
insert into observation
select o.indicator_id, l.parent_code, min(o.period), o.edition, sum(o.value), null, null, null, null, null, min(o.snapshot_id),
       'sum of ' || count(*) || ' LSOAs'
from observation o
join indicator i on i.indicator_id = o.indicator_id and i.kind = 'population'
join area_link l on l.child_code = o.area_code and l.parent_type = 'LA'
where o.value is not null
group by o.indicator_id, l.parent_code, o.edition
