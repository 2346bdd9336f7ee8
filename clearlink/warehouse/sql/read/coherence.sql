-- How well the set of running projects and the set of assessed priorities fit each other in a place, for a theme (null = all). Money is the
-- yearly value; a project counts once. Grain: one row.
with live as (
    select p.project_id, p.annual_value_gbp, v.verdict, v.c3
    from project p join verdict v on v.project_id = p.project_id and v.basis = 'at_decision'
    where
        coalesce(p.start_date, (select as_of from build)) <= (select as_of from build)
        and coalesce(p.end_date, (select as_of from build)) >= (select as_of from build)
        and exists (
            select 1 from project_authority t join area_member m using (la_code)
            where t.project_id = p.project_id and m.area_code = $place
        )
        and (
            $theme is null or exists (
                select 1 from project_theme t
                where t.project_id = p.project_id and t.theme_id = $theme
            )
        )
),

asked as (
    select
        p.priority_id,
        exists(
            select
                1
            from cited_priority j
            where
                j.priority_id = p.priority_id
                and coalesce(j.start_date, (select as_of from build)) <= (select as_of from build)
                and coalesce(j.end_date, (select as_of from build)) >= (select as_of from build)
        ) as has_project
    from priority p join assessment a using (assessment_id)
    where
        exists (
            select 1 from area_member m
            where
                m.area_code = $place
                and (m.la_code = a.la_code or a.region_code = 'W92000004' or m.la_code in (
                    select x.la_code from area_member x
                    where x.area_code = a.region_code
                ))
        )
        and ($theme is null or p.theme_id = $theme)
        and (a.valid_to is null or a.valid_to >= (select as_of from build))
)

select
    (select count(*) from asked)::integer as priorities,
    (
        select count(*) from asked
        where has_project
    )::integer as priorities_with_project,
    (select count(*) from live)::integer as projects,
    (
        select count(*) from live
        where annual_value_gbp is null
    )::integer as projects_without_value,
    coalesce((select sum(annual_value_gbp) from live), 0) as value_gbp,
    coalesce((
        select sum(annual_value_gbp) from live
        where verdict in ('CLEAR', 'PARTIAL')
    ), 0) as linked_gbp,
    coalesce((
        select sum(annual_value_gbp) from live
        where verdict = 'NO_LINK_SHOWN'
    ), 0) as no_link_gbp,
    coalesce((
        select sum(annual_value_gbp) from live
        where verdict = 'CANNOT_ASSESS'
    ), 0) as cannot_gbp,
    (
        select count(*) from live
        where c3 not in ('MET', 'PARTLY')
    )::integer as projects_without_priority
