-- What published assessments found to be needed in an authority, those in force and the newest first; real
-- ones before illustrative. Grain: priority.
select
    p.priority_id,
    p.theme_id,
    p.statement,
    p.statement_cy,
    p.page,
    a.assessment_id,
    a.title,
    a.body,
    a.published,
    a.valid_to,
    a.cycle,
    a.url,
    coalesce(a.is_illustrative, false) as is_illustrative,
    n.ends_on,
    n.document_state <> 'lapsed' as is_in_force
from priority p
join assessment a using (assessment_id)
join document_now n on n.document_id = a.assessment_id
where
    a.assessment_id in (
        select document_id from document_la
        where la_code = $la
    )
order by
    is_illustrative asc,
    is_in_force desc,
    coalesce(year(a.published), a.cycle) desc nulls last,
    p.priority_id asc
