-- Every authority that an assessment covers. Grain: assessment, authority.
create temp table assessment_la as
select assessment_id, la_code from assessment
where la_code is not null
union
select a.assessment_id, r.la_code from assessment a join la_region r on r.region_code = a.region_code
union
select a.assessment_id, x.area_code
from assessment a
cross join area x
where a.region_code = 'W92000004' and x.area_type = 'LA'
union
select assessment_id, area_code from assessment_area
