-- One row per programme and theme it serves; fit is core or partial.
create table programme_theme (programme_id varchar, theme_id varchar, fit varchar)
