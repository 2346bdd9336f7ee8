-- What is held of each assessment of a place, for the checklist of its quality: themes and groups named,
-- age of its newest data, who was heard, and how many of its priorities a project answers. Twin:
-- clearlink.rules.assessment_quality. Grain: assessment.
with here as (
    select document_id from document_here($place)
),

named as (
    select
        assessment_id,
        count(distinct theme_id)::integer as themes,
        string_agg(distinct theme_id, ';' order by theme_id) as theme_ids,
        count(*)::integer as priorities
    from priority
    group by assessment_id
),

heard as (
    select
        l.subject_id as assessment_id,
        count(distinct e.engagement_id)::integer as engagements,
        bool_or(e.has_children) as has_children,
        count(e.changed)::integer as with_change,
        list_distinct(flatten(list(string_split(e.groups, ';')))) as groups
    from engagement_link l
    join engagement e using (engagement_id)
    where l.subject = 'assessment'
    group by l.subject_id
)

select
    a.assessment_id, a.kind, a.body, a.title, a.published, a.evidence_reference_end, a.slow_moving,
    a.is_illustrative,
    d.document_state, coalesce(n.themes, 0) as themes, coalesce(n.theme_ids, '') as theme_ids,
    coalesce(n.priorities, 0) as priorities, coalesce(h.engagements, 0) as engagements,
    coalesce(h.has_children, false) as has_children, coalesce(h.with_change, 0) as with_change,
    len(list_filter(coalesce(h.groups, []), lambda g: g <> ''))::integer as groups
from assessment a
join here on here.document_id = a.assessment_id
join document_now d on d.document_id = a.assessment_id
left join named n using (assessment_id)
left join heard h using (assessment_id)
order by d.document_state = 'lapsed', a.body asc, a.published desc nulls last, a.assessment_id asc
