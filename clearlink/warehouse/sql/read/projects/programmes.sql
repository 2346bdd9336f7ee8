-- Programmes, with how many projects each has, by register or by a funding line of the year. Grain:
-- programme.
select m.*, count(x.project_id)::integer as projects
from programme m
left join project_programme x using (programme_id)
group by all
order by m.programme_id
