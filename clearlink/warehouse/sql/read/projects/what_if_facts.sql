-- What each project of a place was judged on: its results, and the figures and dates that the thresholds were
-- held against. Grain: project.
select
    p.project_id,
    p.title,
    case when n.is_money_known then coalesce(h.gbp, 0) end as year_gbp,
    v.judged_on,
    v.verdict,
    v.reason,
    v.c1,
    v.c2,
    v.c3,
    v.c4,
    c.reason as c3_reason,
    a.reason in ('C2-RATIO', 'C2-POCKETS', 'C2-BELOW', 'C2-AVERAGE', 'C2-COMPOSITE', 'C2-ANACHRONISTIC')
        as has_area_figures,
    (a.facts ->> 'ratio')::double as ratio,
    (a.facts ->> 'lower')::double as lower,
    (a.facts ->> 'upper')::double as upper,
    (a.facts ->> 'targeting_ratio')::double as targeting,
    (a.facts ->> 'served_half_share')::double as half,
    coalesce((a.facts ->> 'anachronistic')::boolean, false) as anachronistic,
    (c.facts ->> 'valid_to')::date as valid_to,
    (d.facts ->> 'reference_end')::date as reference_end,
    coalesce((d.facts ->> 'slow_moving')::boolean, false) as slow_moving,
    (
        select count(*) from citation t
        where t.project_id = p.project_id
    ) as citations
from project p
join project_then n using (project_id)
left join money_here($place, $theme, $programme) h using (project_id)
join verdict v on v.project_id = p.project_id and v.basis = $basis
join criterion a on a.project_id = p.project_id and a.basis = $basis and a.criterion = 2
join criterion c on c.project_id = p.project_id and c.basis = $basis and c.criterion = 3
join criterion d on d.project_id = p.project_id and d.basis = $basis and d.criterion = 4
where
    in_place(p.project_id, $place)
    and in_programme(p.project_id, $programme)
    and of_theme(p.project_id, $theme)
    and has_words(p.project_id, p.title, p.provider_name, $words)
order by year_gbp desc nulls last, p.project_id asc
