-- Records of a place by how they stand on the day of the build (running, to_come, ended, not_dated, notice),
-- for a programme and theme (null = all), and what each is worth: year_gbp is money of the year that lies
-- there, stated_gbp what the records state a year, which is no money of this year where they have ended, are
-- not dated or are a notice; ceilings and notices_gbp are never yearly money. Grain: state.
select
    n.time_state,
    count(*)::integer as projects,
    coalesce(sum(h.gbp), 0) as year_gbp,
    count(*) filter (where not n.is_money_known)::integer as without_value,
    coalesce(sum(p.annual_value_gbp) filter (where p.value_kind = 'yearly'), 0) as stated_gbp,
    count(*) filter (where p.value_kind = 'framework_ceiling')::integer as ceilings,
    coalesce(sum(p.annual_value_gbp) filter (where p.value_kind <> 'yearly'), 0) as ceilings_gbp
from project p
join project_then n using (project_id)
left join money_here($place, $theme, $programme) h on h.project_id = p.project_id
where
    in_place(p.project_id, $place)
    and in_programme(p.project_id, $programme)
    and of_theme(p.project_id, $theme)
group by n.time_state
order by n.time_state
