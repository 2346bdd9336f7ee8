-- One row per project and theme; method says how the theme was known (stated, target_group, programme).
create table project_theme (
    project_id varchar not null, theme_id varchar not null, share double, method varchar, is_primary boolean
)
