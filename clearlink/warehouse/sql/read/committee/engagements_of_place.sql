-- Engagements for the assessments, priorities, projects and areas of an authority, the latest first. A project that may not be read has no
-- engagement here. Grain: engagement.
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
        left join assessment s
            on s.assessment_id = case when l.subject = 'assessment' then l.subject_id else r.assessment_id end
        where
            s.la_code = $la
            or s.assessment_id in (
                select assessment_id from assessment_area
                where area_code = $la
            )
            or s.region_code in (
                select area_code from area_member
                where la_code = $la
            )
            or l.subject = 'area' and (
                l.subject_id = $la
                or l.subject_id in (
                    select child_code from area_link
                    where parent_code = $la
                )
                or l.subject_id in (
                    select area_code from area_member
                    where la_code = $la
                )
            )
            or l.subject = 'project' and l.subject_id in (
                select project_id from project
                where la_code = $la
            )
    )
    and not exists (
        select 1
        from engagement_link h
        where
            h.engagement_id = e.engagement_id
            and h.subject = 'project'
            and h.subject_id not in (select project_id from project)
    )
order by e.held_until desc nulls last, e.engagement_id asc
