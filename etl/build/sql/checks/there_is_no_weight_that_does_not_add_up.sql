-- Projects whose weights by area do not add up to one.
select project_id as offender
from project_area
where method <> 'protected'
group by project_id
having abs(sum(weight) - 1) > 1e-9
