-- The words of every record, its theme where one is known and how, and what settling it would weigh.
-- Grain: project.
select
    p.project_id,
    p.title,
    p.provider_name,
    r.for_whom,
    p.note,
    coalesce(r.url, p.source_url) as url,
    p.la_code,
    p.target_group,
    p.programme_id,
    p.areas_state,
    p.is_sensitive,
    p.is_illustrative,
    t.theme_id,
    t.method,
    v.verdict,
    v.c1,
    v.c2,
    v.c3,
    coalesce(p.annual_value_gbp, 0) as yearly_gbp,
    coalesce((c.facts ->> 'people')::double, 0) as people
from project p
join verdict v on v.project_id = p.project_id and v.basis = 'at_decision'
left join public_record r on r.project_id = p.project_id
left join project_theme t on t.project_id = p.project_id and t.is_primary
left join criterion c on c.project_id = p.project_id and c.basis = 'at_decision' and c.criterion = 2
order by p.project_id
