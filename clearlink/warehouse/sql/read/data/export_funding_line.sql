-- Every funding line as its template lays it out, with how the lines of its project and year stand to the
-- project's money. Grain: line.
select
    l.line_id,
    l.project_id,
    l.funder,
    l.programme_id as programme,
    l.financial_year,
    l.amount_gbp,
    l.basis,
    l.ring_fence,
    l.match_of,
    l.is_illustrative,
    y.lines_state
from funding_line l
join funding_year y using (project_id, financial_year)
order by l.line_id
