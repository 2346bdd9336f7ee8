-- Assessments and plans that cover a place, with how each stands on the day of the build and how many
-- engagements are on record for it. Grain: document.
with here as (
    select document_id from document_here($place)
),

document as (
    select
        a.assessment_id as document_id, false as is_plan, a.kind, a.body, a.title, a.published,
        a.valid_from,
        null::varchar as rests_on, a.url, a.is_illustrative, a.standing
    from assessment a
    union all
    select
        p.plan_id, true, p.kind, p.body, p.title, null, p.valid_from, p.assessment_id, p.url,
        p.is_illustrative,
        'published'
    from plan p
),

covered as (
    select document_id, list(distinct la_code order by la_code) as la_codes
    from document_la
    group by document_id
),

heard as (
    select l.subject_id as document_id, count(*)::integer as engagements
    from engagement_link l
    where l.subject = 'assessment'
    group by l.subject_id
)

select
    d.document_id, d.is_plan, d.kind, d.body, d.title, d.published, d.valid_from, d.rests_on, d.url,
    d.is_illustrative, d.standing, n.ends_on, n.is_by_life, n.document_state,
    coalesce(h.engagements, 0) as engagements, c.la_codes
from document d
join here using (document_id)
join document_now n using (document_id)
join covered c using (document_id)
left join heard h using (document_id)
order by d.body asc, coalesce(d.valid_from, d.published) desc nulls last, d.is_plan, d.document_id asc
