-- Today's small areas, with their authority and the region used for comparison (the 2012 to 2019
-- collaborative areas). Grain: small area.
create temp table lsoa as
select a.area_code, l.parent_code as la_code, r.region_code, a.is_illustrative
from area a
join area_link l on l.child_code = a.area_code and l.parent_type = 'LA'
left join la_region r on r.la_code = l.parent_code and r.region_type = 'RCC'
where a.area_type = 'LSOA21'
