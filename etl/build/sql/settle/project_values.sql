-- Columns of a record that a person settled from its paper. Grain: record.
update project
set
    target_group = coalesce(t.target_group, project.target_group),
    programme_id = coalesce(t.programme_id, project.programme_id),
    decision_date = coalesce(t.decision_date::date, project.decision_date),
    route_to_award = coalesce(t.route_to_award, project.route_to_award)
from told as t
where t.project_id = project.project_id
