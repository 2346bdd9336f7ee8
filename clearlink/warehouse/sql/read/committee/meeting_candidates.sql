-- Running projects of a place with what triage weighs: verdict, severity (people in need over expected),
-- people at risk, money of the year. Grain: project.
select
    p.project_id,
    p.title,
    p.la_code,
    p.programme_id,
    case when p.yearly_gbp is not null then coalesce(y.gbp, 0) end as year_gbp,
    money_year() as money_year,
    p.provider_org_id,
    p.provider_name,
    v.verdict,
    v.reason,
    s.signs,
    (c.facts ->> 'ratio')::double as severity, (c.facts ->> 'people')::double as people
from running_project p join verdict v on v.project_id = p.project_id and v.basis = 'at_decision'
left join money_here('W92000004', null, null) y
    on y.project_id = p.project_id
left join standing s on s.project_id = p.project_id and s.basis = 'at_decision'
left join criterion c on c.project_id = p.project_id and c.basis = 'at_decision' and c.criterion = 2
where
    in_place(p.project_id, $place)
order by p.project_id
