-- The assessments that cover a place, with how each stands on the day of the build: one is in force unless
-- it has lapsed or is yet to begin. Every page that says what is assessed in a place asks here.
-- Grain: place, assessment.
create view assessment_here as
select distinct
    m.area_code as place,
    d.document_id as assessment_id,
    n.ends_on,
    n.is_by_life,
    n.document_state,
    n.document_state not in ('lapsed', 'to_come') as is_in_force
from document_la d
join area_member m using (la_code)
join document_now n using (document_id)
join assessment a on a.assessment_id = d.document_id
