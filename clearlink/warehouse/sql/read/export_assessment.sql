-- Every assessment of need. Grain: assessment.
select
    assessment_id,
    kind,
    body,
    coalesce(la_code, region_code) as area_code,
    title,
    published,
    valid_from,
    valid_to,
    evidence_reference_end,
    slow_moving,
    url,
    is_illustrative
from assessment
order by assessment_id
