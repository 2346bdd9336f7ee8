-- The two verdicts of one project: at the decision, and if decided today; and how it stands on the two
-- questions. Grain: basis.
select
    v.*,
    s.serves,
    s.on_record
from verdict v
join standing s using (project_id, basis)
where v.project_id = $project_id
order by v.basis
