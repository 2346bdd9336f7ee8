-- Pairs of running projects that serve the same people, in a place, for a theme and programme (null = all).
-- Grain: pair.
select
    o.* exclude (value_gbp),
    -- what the two have in the year; null where neither states its value
    case
        when m.gbp is not null or n.gbp is not null then coalesce(m.gbp, 0) + coalesce(n.gbp, 0)
    end as value_gbp,
    a.title as title_a,
    b.title as title_b,
    a.tier as tier_a,
    b.tier as tier_b,
    a.programme_id as programme_a,
    b.programme_id as programme_b,
    a.la_code as la_a,
    b.la_code as la_b,
    a.target_group,
    a.annual_value_gbp as value_a_gbp,
    b.annual_value_gbp as value_b_gbp,
    a.start_date as start_a,
    a.end_date as end_a,
    b.start_date as start_b,
    b.end_date as end_b,
    a.provider_name as provider_a,
    b.provider_name as provider_b
from overlap o join project a on a.project_id = o.project_a join project b on b.project_id = o.project_b
left join money_here('W92000004', null, null) m on m.project_id = o.project_a
left join money_here('W92000004', null, null) n on n.project_id = o.project_b
where
    (in_place(o.project_a, $place) or in_place(o.project_b, $place))
    and ($theme is null or list_contains(o.theme_ids, $theme))
    and (in_programme(o.project_a, $programme) or in_programme(o.project_b, $programme))
order by o.kind desc, o.shared_people desc, o.project_a asc, o.project_b asc
