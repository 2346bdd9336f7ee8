-- What people read in the assessments of a place, or saw at engagements for them, item by item. Grain:
-- subject, item.
with here as (
    select document_id from document_here($place)
)

select
    c.subject, c.subject_id, c.check_id, c.answer, c.quotation, c.page, c.read_by, c.read_on,
    c.is_illustrative
from assessment_check c
where
    c.subject = 'assessment' and c.subject_id in (select document_id from here)
    or c.subject = 'engagement' and c.subject_id in (
        select l.engagement_id
        from engagement_link l
        join here h on h.document_id = l.subject_id
        where l.subject = 'assessment'
    )
order by c.subject, c.subject_id, c.check_id
