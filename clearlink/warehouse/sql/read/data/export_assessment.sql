-- Every assessment of need, with the one area it covers or the list of its authorities. Grain: assessment.
select
    assessment_id,
    kind,
    body,
    coalesce(
        la_code, region_code,
        (
            select string_agg(c.area_code, ';' order by c.area_code) from assessment_area c
            where c.assessment_id = a.assessment_id
        )
    ) as area_code,
    title,
    published,
    valid_from,
    valid_to,
    evidence_reference_end,
    slow_moving,
    url,
    is_illustrative
from assessment a
order by assessment_id
