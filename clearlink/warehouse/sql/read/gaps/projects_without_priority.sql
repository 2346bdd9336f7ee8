-- Running projects of a place that serve no assessed priority as far as is shown, with the reason. Grain:
-- project.
select
    p.project_id,
    p.title,
    p.programme_id,
    p.la_code,
    p.region_code,
    case when p.yearly_gbp is not null then coalesce(h.gbp, 0) end as year_gbp,
    v.verdict,
    v.c3,
    c.reason
from running_project p
left join money_here($place, $theme, null) h using (project_id)
join verdict v on v.project_id = p.project_id and v.basis = 'at_decision' and v.c3 not in ('MET', 'PARTLY')
join criterion c on c.project_id = p.project_id and c.basis = 'at_decision' and c.criterion = 3
where
    in_place(p.project_id, $place)
    and of_theme(p.project_id, $theme)
order by v.c3 asc, year_gbp desc nulls last, p.project_id asc
