-- The share (0 to 1) of a project's money of a year that each programme pays, by its funding lines. What no
-- line accounts for is the project's own programme (programme_id null); lines that come to more than the
-- money are shared in proportion. The shares of a project and year come to one. Twin:
-- clearlink.rules.funding.programme_shares. Grain: project, financial year, programme.
create table funding_share as
with line as (
    select project_id, financial_year, programme_id, sum(round_even(amount_gbp * 100, 0)) as pence
    from funding_line
    group by project_id, financial_year, programme_id
),

whole as (
    select
        project_id, financial_year, round(lines_gbp * 100) as in_lines, round(project_gbp * 100) as pence
    from funding_year
    where lines_state <> 'no_value' and lines_gbp > 0
)

select l.project_id, l.financial_year, l.programme_id, l.pence / greatest(w.in_lines, w.pence) as share
from line l
join whole w using (project_id, financial_year)
union all
select project_id, financial_year, null, (pence - in_lines) / pence
from whole
where in_lines < pence
