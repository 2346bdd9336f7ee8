-- Running projects of a place that most need a look: no link shown, weighed by money of the year there and
-- people in need reached. Grain: project.
select
    p.project_id,
    p.title,
    p.la_code,
    p.programme_id,
    case when p.yearly_gbp is not null then coalesce(h.gbp, 0) end as year_gbp,
    v.verdict,
    v.reason,
    v.confidence,
    p.is_illustrative,
    (
        select theme_id from project_theme t
        where t.project_id = p.project_id and t.is_primary
    ) as theme_id,
    (c.facts ->> 'people')::double as people_at_risk
from running_project p
left join money_here($place, $theme, $programme) h using (project_id)
join verdict v on v.project_id = p.project_id and v.basis = 'at_decision'
left join criterion c on c.project_id = p.project_id and c.basis = 'at_decision' and c.criterion = 2
where
    v.verdict in ('NO_LINK_SHOWN', 'CANNOT_ASSESS')
    and in_place(p.project_id, $place)
    and in_programme(p.project_id, $programme)
    and of_theme(p.project_id, $theme)
order by
    case v.verdict when 'NO_LINK_SHOWN' then 0 else 1 end,
    coalesce(h.gbp, 0) * sqrt(1 + coalesce((c.facts ->> 'people')::double, 0)) desc,
    p.project_id
limit $most
