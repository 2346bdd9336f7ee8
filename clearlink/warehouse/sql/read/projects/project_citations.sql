-- Every citation of one project, with the priority and the assessment it refers to. Grain: citation.
select
    c.priority_id,
    c.stated_on,
    c.quotation,
    c.page,
    c.sighted_by,
    c.source_ref,
    c.is_illustrative,
    p.theme_id,
    p.statement,
    p.statement_cy,
    p.rests_on,
    p.page as priority_page,
    a.assessment_id,
    a.kind,
    a.body,
    a.title,
    a.published,
    a.valid_from,
    a.valid_to,
    a.evidence_reference_end,
    a.url
from citation c left join priority p using (priority_id) left join assessment a using (assessment_id)
where c.project_id = $project_id
order by c.priority_id
