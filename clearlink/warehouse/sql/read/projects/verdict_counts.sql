-- Projects by verdict in a place and for a programme and theme (null = all), and the money of the year that
-- lies there; `live`: those that run on the day of the build only. without_value: projects whose money of the
-- year is not known, so that the sum is too low by them.
-- Grain: verdict.
select
    v.verdict, count(*)::integer as projects, coalesce(sum(h.gbp), 0) as year_gbp,
    count(*) filter (where not n.is_money_known)::integer as without_value
from project p
join verdict v on v.project_id = p.project_id and v.basis = $basis
join project_then n on n.project_id = p.project_id
left join money_here($place, $theme, $programme) h on h.project_id = p.project_id
where
    in_place(p.project_id, $place)
    and in_programme(p.project_id, $programme)
    and of_theme(p.project_id, $theme)
    and (not $live or n.time_state = 'running')
group by v.verdict
