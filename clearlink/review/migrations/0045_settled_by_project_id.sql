create index settled_by_project_id on settled (project_id)
