-- What the register said of the theme gives way to what a person settled. Grain: record and theme.
delete from project_theme
where project_id in (select project_id from told)
