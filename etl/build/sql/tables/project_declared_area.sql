-- One row per area that a project's register row names; sensitive projects name none below region. users is
-- as it may be served (tens or more, in fives); users_marker is low where counts were given and are withheld,
-- all of a project together. Counts as given never enter this file.
create table project_declared_area (
    project_id varchar not null, area_code varchar not null, users double, users_marker varchar
)
