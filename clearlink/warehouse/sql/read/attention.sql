-- Live projects of a place that most need a look: no link shown, weighed by money and people in need reached. Grain: project.
select
    p.project_id,
    p.title,
    p.la_code,
    p.programme_id,
    p.annual_value_gbp,
    v.verdict,
    v.reason,
    v.confidence,
    p.is_illustrative,
    (
        select theme_id from project_theme t
        where t.project_id = p.project_id and t.is_primary
    ) as theme_id,
    (c.facts ->> 'people')::double as people_at_risk
from project p join verdict v on v.project_id = p.project_id and v.basis = 'at_decision'
left join criterion c on c.project_id = p.project_id and c.basis = 'at_decision' and c.criterion = 2
where
    v.verdict in ('NO_LINK_SHOWN', 'CANNOT_ASSESS')
    and exists (
        select 1 from project_authority t join area_member m using (la_code)
        where t.project_id = p.project_id and m.area_code = $place
    )
    and ($programme is null or p.programme_id = $programme)
    and (
        $theme is null or exists (
            select 1 from project_theme t
            where t.project_id = p.project_id and t.theme_id = $theme
        )
    )
    and (p.end_date is null or p.end_date >= (select as_of from build))
order by
    case v.verdict when 'NO_LINK_SHOWN' then 0 else 1 end,
    coalesce(p.annual_value_gbp, 0) * sqrt(1 + coalesce((c.facts ->> 'people')::double, 0)) desc,
    p.project_id
limit $most
