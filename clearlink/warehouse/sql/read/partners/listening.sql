-- Engagements behind each running record of a place: those that name it, or a priority or assessment that
-- it cites, and what its register says by itself. Twin: clearlink.rules.followed. Grain: project and
-- engagement (one row without an engagement where there is none).
with tied as (
    select l.subject_id as project_id, l.engagement_id from engagement_link l
    where l.subject = 'project'
    union
    select c.project_id, l.engagement_id
    from citation c
    join engagement_link l on l.subject = 'priority' and l.subject_id = c.priority_id
    union
    select c.project_id, l.engagement_id
    from citation c
    join priority r using (priority_id)
    join engagement_link l on l.subject = 'assessment' and l.subject_id = r.assessment_id
),

heard as (
    select
        t.project_id, e.held_until, e.stage, e.level, e.changed is not null as is_changed,
        e.has_children, true as is_record
    from tied t
    join engagement e using (engagement_id)
    union all
    select project_id, engagement_date, null, null, engagement_change is not null, null, false
    from project
    where engagement_date is not null or engagement_with is not null or engagement_change is not null
)

select
    p.project_id, p.title, p.la_code, p.region_code, p.target_group, p.decision_date, h.held_until,
    h.stage, h.level,
    h.is_changed, h.has_children, h.is_record
from running_project p
left join heard h using (project_id)
where in_place(p.project_id, $place)
order by p.title asc, p.project_id asc, h.held_until desc nulls last, h.level asc nulls last
