-- Each project judged twice: on the day of its decision, and as if decided today. Where no day is known at
-- all, judged_on is null and the tests that need a day say so. day: which day that is (decision, start where
-- no decision date is recorded, today, or none known). Grain: project, basis.
create temp table basis as
select
    s.project_id,
    'at_decision' as basis,
    s.decided_on as judged_on,
    case
        when p.decision_date is not null then 'decision'
        when s.decided_on is not null then 'start'
        else 'none' end
        as day
from project_scope s join project p using (project_id)
union all
select project_id, 'today', (select as_of from build), 'today' from project_scope
