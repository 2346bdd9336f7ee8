-- Finds decision by project_id.
create index decision_by_project_id on decision (project_id)
