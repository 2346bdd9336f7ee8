-- Citations whose priority this build does not hold.
select c.priority_id as offender
from citation c
left join priority p using (priority_id)
where p.priority_id is null
