-- Sensitive or confidential projects with a place below region.
select p.project_id as offender
from project p
join project_area a using (project_id)
join area x using (area_code)
where (p.is_sensitive or p.delivery_model = 'confidential') and x.area_type not in ('RCC', 'RPB', 'WALES')
