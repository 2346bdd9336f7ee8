-- Every reference from a project to a priority, with the need and the assessment it names. Grain: citation.
select
    c.project_id,
    c.priority_id,
    c.stated_on,
    c.quotation,
    c.page,
    c.sighted_by,
    c.is_illustrative,
    p.theme_id,
    p.statement,
    p.statement_cy,
    p.assessment_id,
    a.title as assessment_title,
    a.body as assessment_body,
    a.published as assessment_published,
    a.url as assessment_url
from citation c left join priority p using (priority_id) left join assessment a using (assessment_id)
order by c.project_id, c.priority_id, c.stated_on, c.page
