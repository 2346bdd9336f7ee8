-- What people read in assessments or saw at engagements, as the template lays it out. Grain: subject, item.
select
    case when subject = 'assessment' then subject_id end as assessment_id,
    case when subject = 'engagement' then subject_id end as engagement_id,
    check_id,
    answer,
    quotation,
    page,
    read_by,
    read_on,
    is_illustrative
from assessment_check
order by subject, subject_id, check_id
