-- A record whose theme was settled has one. Grain: record.
update project
set theme_state = 'provided'
where project_id in (select project_id from told)
