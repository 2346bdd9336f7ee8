-- Regions whose committee a project comes before: those that hold an authority it serves, the present
-- partnerships first. Grain: region.
select distinct m.area_code, g.area_type
from project_authority t join area_member m using (la_code) join area g on g.area_code = m.area_code
where t.project_id = $project_id and g.area_type in ('RPB', 'RCC')
order by g.area_type desc, m.area_code asc
