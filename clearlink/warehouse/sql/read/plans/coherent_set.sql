-- Records of a place that run on the day of the build or begin later, by theme: tier, days, programmes that
-- pay, money of the year there and places. Grain: project, theme.
with here as (
    select project_id, theme_id, sum(gbp) as gbp from year_money
    where place = $place
    group by project_id, theme_id
),

paid as (
    select project_id, string_agg(programme_id, ';' order by programme_id) as programme_ids
    from project_programme
    group by project_id
)

select
    p.project_id, p.title, t.theme_id, p.tier, p.start_date, p.end_date, p.la_code, p.region_code,
    p.provider_name,
    p.provider_sector, p.target_group, p.capacity, p.capacity_unit, x.programme_ids, p.is_illustrative,
    n.time_state,
    case when n.is_money_known then coalesce(h.gbp, 0) end as year_gbp
from project p
join project_then n using (project_id)
left join project_theme t using (project_id)
left join paid x using (project_id)
left join here h on h.project_id = p.project_id and h.theme_id is not distinct from t.theme_id
where n.time_state in ('running', 'to_come') and in_place(p.project_id, $place)
order by p.end_date nulls last, p.title, p.project_id, t.theme_id
