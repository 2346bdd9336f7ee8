-- Every engagement on record: who was listened to, how, when, how much say they had, what they said and what
-- came of it, with what it is about. One of a project that may not be read is left out; a project that nobody
-- holds is named as the engagement names it.
-- Grain: engagement.
with about as (
    select
        engagement_id,
        string_agg(subject_id, ';' order by subject_id) filter (where subject = 'priority') as priority_ids,
        string_agg(subject_id, ';' order by subject_id) filter (
            where subject in ('project', 'project_unknown')
        ) as project_ids,
        string_agg(subject_id, ';' order by subject_id) filter (where subject = 'area') as area_codes
    from engagement_link
    group by engagement_id
)

select
    e.engagement_id,
    e.assessment_id,
    a.priority_ids,
    a.project_ids,
    a.area_codes,
    e.theme_id,
    e.who as people_heard,
    e.who_cy as people_heard_cy,
    e.groups as groups_heard,
    e.has_children as children_heard,
    e.method_kind as heard_by,
    e.people_band,
    e.held_until,
    e.stage,
    e.level as level_of_say,
    e.stance,
    e.said,
    e.said_cy,
    e.changed,
    e.changed_cy,
    e.owed_by,
    e.due,
    e.document,
    e.page,
    e.url
from engagement e
left join about a using (engagement_id)
where is_of_nothing_withheld(e.engagement_id)
order by e.engagement_id
