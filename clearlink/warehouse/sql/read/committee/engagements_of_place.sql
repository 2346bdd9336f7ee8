-- Engagements for the assessments, priorities, projects and areas of a place, the latest first. A project
-- that may not be read has no engagement here; one of a project that nobody holds stands where else it is of.
-- Grain: engagement.
with here as (
    select la_code from area_member
    where area_code = $place
    union
    select area_code as la_code from area
    where area_code = $place and area_type = 'LA'
    union
    select parent_code as la_code from area_link
    where child_code = $place and parent_type = 'LA'
),

assessed as (
    select distinct d.document_id as assessment_id
    from document_la d
    join here using (la_code)
),

within as (
    select la_code as area_code from here
    union
    select area_code from area_member
    where la_code in (select la_code from here)
    union
    select child_code as area_code from area_link
    where parent_code in (select la_code from here)
)

select
    e.*,
    a.title as assessment_title,
    a.body as assessment_body
from engagement e
left join assessment a using (assessment_id)
where
    e.engagement_id in (
        select l.engagement_id
        from engagement_link l
        left join priority r on l.subject = 'priority' and r.priority_id = l.subject_id
        where
            l.subject = 'assessment' and l.subject_id in (select assessment_id from assessed)
            or r.assessment_id in (select assessment_id from assessed)
            or l.subject = 'area' and l.subject_id in (select area_code from within)
            or l.subject = 'project' and l.subject_id in (
                select project_id from project
                where la_code in (select la_code from here)
            )
    )
    and is_of_nothing_withheld(e.engagement_id)
order by e.held_until desc nulls last, e.engagement_id asc
