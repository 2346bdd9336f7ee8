-- Projects that lack a verdict on one of the two bases.
select p.project_id as offender
from project p
left join verdict v using (project_id)
group by p.project_id
having count(v.basis) <> 2
