-- Engagements that name a project, or the assessment of a priority that it cites, the latest first. Grain:
-- engagement.
select
    e.*,
    a.title as assessment_title,
    a.body as assessment_body,
    exists(
        select 1 from engagement_link l
        where l.engagement_id = e.engagement_id and l.subject = 'project' and l.subject_id = p.project_id
    ) as is_own
from project p
join engagement e
    on e.engagement_id in (
        select l.engagement_id
        from engagement_link l
        where
            l.subject = 'project' and l.subject_id = p.project_id
            or l.subject = 'priority' and l.subject_id in (
                select c.priority_id from citation c
                where c.project_id = p.project_id
            )
            or l.subject = 'assessment' and l.subject_id in (
                select r.assessment_id
                from citation c
                join priority r using (priority_id)
                where c.project_id = p.project_id
            )
    )
left join assessment a using (assessment_id)
where p.project_id = $project_id and is_of_nothing_withheld(e.engagement_id)
order by is_own desc, e.held_until desc nulls last, e.engagement_id asc
