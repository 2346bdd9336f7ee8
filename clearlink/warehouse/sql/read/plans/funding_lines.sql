-- Funding lines of a project, or of every project (null = all), with how those of a year stand to its money
-- of that year. Grain: line.
select
    l.line_id, l.project_id, l.funder, l.programme_id, l.financial_year, l.amount_gbp, l.basis,
    l.ring_fence, l.match_of,
    l.is_illustrative, l.source_ref, y.lines_gbp, y.project_gbp, y.lines_state
from funding_line l
join funding_year y using (project_id, financial_year)
where $project_id is null or l.project_id = $project_id
order by l.project_id asc, l.financial_year desc, l.amount_gbp desc, l.line_id asc
