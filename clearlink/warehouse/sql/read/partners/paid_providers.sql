-- Running records of a place with who is paid, of what sector, and the money of the year that lies there.
-- Grain: project.
with here as (
    select project_id, sum(gbp) as gbp from year_money
    where place = $place
    group by project_id
)

select
    p.project_id, p.title, p.provider_org_id, p.provider_name, p.provider_sector, p.annual_value_gbp,
    p.value_kind,
    p.end_date, p.capacity, p.capacity_unit, p.tier, p.programme_id, p.la_code, p.region_code,
    case when n.is_money_known then coalesce(h.gbp, 0) end as year_gbp
from running_project p
join project_then n using (project_id)
left join here h using (project_id)
where in_place(p.project_id, $place)
order by p.end_date nulls last, p.title, p.project_id
