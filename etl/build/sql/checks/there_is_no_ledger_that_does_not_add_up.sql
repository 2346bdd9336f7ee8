-- Projects whose pence in the ledger differ from their pence of the year.
select y.project_id
from (
    select project_id, financial_year, sum(pence) as pence from project_year
    group by all
) y
left join
    (
        select project_id, financial_year, sum(pence) as pence from ledger
        group by all
    ) l
    using (project_id, financial_year)
where l.pence is distinct from y.pence
