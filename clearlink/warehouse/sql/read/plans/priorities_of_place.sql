-- Needs that the assessments of a place name, with how many engagements each rests on and whether children
-- were heard. Grain: priority.
with here as (
    select document_id from document_here($place)
),

heard as (
    select
        p.priority_id,
        count(distinct e.engagement_id)::integer as engagements,
        bool_or(e.has_children) as has_children
    from priority p
    join engagement_link l
        on
            l.subject = 'priority' and l.subject_id = p.priority_id
            or l.subject = 'assessment' and l.subject_id = p.assessment_id
    join engagement e using (engagement_id)
    group by p.priority_id
)

select
    p.priority_id, p.assessment_id, p.theme_id, p.statement, p.statement_cy, p.page, p.rests_on,
    coalesce(h.engagements, 0) as engagements, coalesce(h.has_children, false) as has_children
from priority p
join here d on d.document_id = p.assessment_id
left join heard h using (priority_id)
order by p.assessment_id, p.priority_id
