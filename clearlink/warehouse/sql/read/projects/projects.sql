-- Projects of a place with their verdict, how they stand on the day of the build and the money of the year
-- that lies there (null where it is not known), for a programme, theme, verdict and words in the title (null
-- = all). Grain: project.
select
    p.project_id,
    p.title,
    p.programme_id,
    p.commissioner,
    p.la_code,
    p.region_code,
    p.annual_value_gbp,
    p.value_kind,
    n.time_state,
    n.is_money_known,
    case when n.is_money_known then coalesce(h.gbp, 0) end as year_gbp,
    p.start_date,
    p.end_date,
    p.dates_basis,
    p.recipient_area,
    p.tier,
    p.delivery_model,
    p.target_group,
    p.is_illustrative,
    p.is_sensitive,
    p.provider_name,
    p.register_id,
    p.source_ref,
    v.verdict,
    v.reason,
    v.confidence,
    v.c1,
    v.c2,
    v.c3,
    v.c4,
    o.verdict as verdict_other_basis,
    p.decision_date,
    p.route_to_award,
    s.serves,
    s.on_record,
    s.signs,
    (
        select theme_id from project_theme t
        where t.project_id = p.project_id and t.is_primary
    ) as theme_id
from project p
join project_then n using (project_id)
left join money_here($place, $theme, $programme) h using (project_id)
join verdict v on v.project_id = p.project_id and v.basis = $basis
join standing s on s.project_id = p.project_id and s.basis = $basis
join verdict o on o.project_id = p.project_id and o.basis <> $basis
where
    in_place(p.project_id, $place)
    and in_programme(p.project_id, $programme)
    and of_theme(p.project_id, $theme)
    and ($verdict is null or v.verdict = $verdict)
    and has_words(p.project_id, p.title, p.provider_name, $words)
order by
    case v.verdict when 'NO_LINK_SHOWN' then 1 when 'PARTIAL' then 2 when 'CANNOT_ASSESS' then 3 else 4 end,
    year_gbp desc nulls last,
    p.project_id asc
