-- What published assessments found to be needed in an authority, those that have not lapsed and the newest
-- first; real ones before illustrative. `ends_on`: the last day stated, else by the life of its kind.
-- Grain: priority.
select
    p.priority_id,
    p.theme_id,
    p.statement,
    p.statement_cy,
    p.page,
    p.rests_on,
    a.assessment_id,
    a.title,
    a.body,
    a.published,
    h.ends_on,
    a.cycle,
    a.url,
    coalesce(a.is_illustrative, false) as is_illustrative,
    h.document_state <> 'lapsed' as is_in_force
from priority p
join assessment a using (assessment_id)
join assessment_here h using (assessment_id)
where h.place = $la
order by
    is_illustrative asc,
    is_in_force desc,
    coalesce(year(a.published), a.cycle) desc nulls last,
    p.priority_id asc
