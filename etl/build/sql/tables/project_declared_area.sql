-- One row per area that a project's register row names; sensitive projects name none below region.
create table project_declared_area (project_id varchar not null, area_code varchar not null, users double)
