-- The settled areas, of those that the build knows. Grain: record and area.
insert into project_declared_area
select distinct t.project_id, t.area_code, null::double, null::varchar
from told as t
join project as p using (project_id)
where
    not p.is_sensitive
    and coalesce(p.delivery_model, '') <> 'confidential'
    and t.area_code in (select area_code from area)
