-- How the funding lines of a project stand to its money of the year: adds_up (to the pound), less, more, or
-- no_value where the register gives no money of that year. Twin: clearlink.rules.funding.lines_state.
-- Grain: project, financial year.
create table funding_year as
with lines as (
    select project_id, financial_year, sum(round_even(amount_gbp * 100, 0)::bigint)::bigint as lines_pence
    from funding_line
    group by project_id, financial_year
),

money as (
    select project_id, financial_year, sum(pence)::bigint as pence from project_year
    group by project_id, financial_year
)

select
    l.project_id,
    l.financial_year,
    l.lines_pence / 100.0 as lines_gbp,
    m.pence / 100.0 as project_gbp,
    case
        when m.pence is null then 'no_value'
        when abs(l.lines_pence - m.pence) <= 100 then 'adds_up'
        when l.lines_pence < m.pence then 'less'
        else 'more'
    end as lines_state
from lines l
left join money m using (project_id, financial_year)
