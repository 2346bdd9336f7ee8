-- One row per group of people that a project is for.
create table target_group (
    id varchar primary key, name_en varchar, name_cy varchar, theme_id varchar, for_children boolean
)
