-- Programmes, with how many projects each has. Grain: programme.
select m.*, count(p.project_id)::integer as projects
from programme m
left join project p using (programme_id)
group by all
order by m.programme_id
