-- The programmes that a project is of in the year that money is of: those its funding lines name, and the
-- one its register names unless the lines account for all of its money. Grain: project, programme.
create view project_programme as
with lines as (
    select project_id, programme_id from funding_share
    where financial_year = money_year()
)

select p.project_id, p.programme_id
from project p
where
    p.project_id not in (select project_id from lines)
    or p.project_id in (
        select project_id from lines
        where programme_id is null
    )
union
select project_id, programme_id from lines
where programme_id is not null
