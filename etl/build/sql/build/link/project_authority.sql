-- Every authority that a project touches, by its areas or by who commissioned it. Sensitive projects: by
-- commissioner or region only. Grain: project, authority.
create table project_authority as
with touched as (
    select r.project_id, l.la_code, false as is_commissioner
    from reach r
    join lsoa l using (area_code)
    join project p using (project_id)
    where not p.is_sensitive and coalesce(p.delivery_model, '') <> 'confidential'
    union all
    select project_id, la_code, true from project
    where la_code is not null
    union all
    select p.project_id, r.la_code, false
    from project p
    join la_region r on r.region_code = p.region_code
    where p.la_code is null
)

select project_id, la_code, bool_or(is_commissioner) as is_commissioner
from touched
group by project_id, la_code
