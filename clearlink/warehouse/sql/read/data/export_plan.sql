-- Every plan as its template lays it out, with how it stands on the day of the build. Grain: plan.
select
    p.plan_id,
    p.kind,
    p.body,
    coalesce(
        p.la_code, p.region_code,
        (
            select string_agg(c.area_code, ';' order by c.area_code) from plan_area c
            where c.plan_id = p.plan_id
        )
    ) as area_code,
    p.title,
    p.valid_from,
    p.valid_to,
    p.assessment_id,
    p.url,
    p.is_illustrative,
    n.document_state as plan_state
from plan p
join document_now n on n.document_id = p.plan_id
order by p.plan_id
