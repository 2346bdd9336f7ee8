-- Every authority that an assessment or a plan covers, so that a joint one stands in the tree of each.
-- Grain: document, authority.
create table document_la as
select assessment_id as document_id, la_code from assessment_la
union
select plan_id, la_code from plan
where la_code is not null
union
select p.plan_id, r.la_code
from plan p
join la_region r on r.region_code = p.region_code
union
select p.plan_id, a.area_code
from plan p
cross join area a
where p.region_code = 'W92000004' and a.area_type = 'LA'
union
select plan_id, area_code from plan_area
