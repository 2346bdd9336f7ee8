-- One row per theme of need.
create table theme (
    theme_id varchar primary key, name_en varchar, name_cy varchar, scope_en varchar, scope_cy varchar,
    population_en varchar, population_cy varchar, sort integer
)
