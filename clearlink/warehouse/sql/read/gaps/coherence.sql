-- How well the set of running projects and the set of assessed priorities fit each other in a place, for a
-- theme (null = all). `assessments`: those of the place that are in force, whatever their theme;
-- `undated_assessments`: of them those whose last day is not known. Money is that of the year that lies
-- there; a project counts once. Grain: one row.
with live as (
    select p.project_id, p.yearly_gbp, p.is_counted_elsewhere, coalesce(h.gbp, 0) as gbp, v.verdict, v.c3
    from running_project p
    join verdict v on v.project_id = p.project_id and v.basis = 'at_decision'
    left join money_here($place, $theme, null) h on h.project_id = p.project_id
    where
        in_place(p.project_id, $place)
        and of_theme(p.project_id, $theme)
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
                and j.is_running
        ) as has_project
    from priority p
    join assessment_here h using (assessment_id)
    where
        h.place = $place
        and h.is_in_force
        and ($theme is null or p.theme_id = $theme)
),

of_priorities as (
    select
        count(*)::integer as priorities,
        (count(*) filter (where has_project))::integer as priorities_with_project
    from asked
),

of_projects as (
    select
        count(*)::integer as projects,
        (
            count(*) filter (where yearly_gbp is null and not is_counted_elsewhere)
        )::integer as projects_without_value,
        coalesce(sum(gbp), 0) as value_gbp,
        coalesce(sum(gbp) filter (where verdict in ('CLEAR', 'PARTIAL')), 0) as linked_gbp,
        coalesce(sum(gbp) filter (where verdict = 'NO_LINK_SHOWN'), 0) as no_link_gbp,
        coalesce(sum(gbp) filter (where verdict = 'CANNOT_ASSESS'), 0) as cannot_gbp,
        (count(*) filter (where c3 not in ('MET', 'PARTLY')))::integer as projects_without_priority
    from live
)

select
    (
        select count(*) from assessment_here
        where place = $place and is_in_force
    )::integer as assessments,
    (
        select count(*) from assessment_here
        where place = $place and is_in_force and document_state = 'not_dated'
    )::integer as undated_assessments,
    a.priorities,
    a.priorities_with_project,
    p.projects,
    p.projects_without_value,
    p.value_gbp,
    p.linked_gbp,
    p.no_link_gbp,
    p.cannot_gbp,
    p.projects_without_priority
from of_priorities as a cross join of_projects as p
