-- Each project judged twice: on the day of its decision, and as if decided today. Where no day is known at all, judged_on is null and
-- the tests that need a day say so.
create temp table basis as
select project_id, 'at_decision' as basis, decided_on as judged_on from project_scope
union all
select project_id, 'today', (select as_of from build) from project_scope
